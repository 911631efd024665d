import AttentionEngine
import CourseContent

/// What a real model wrote with its cache kept in some ways, up to the token that is written.
package struct WritingFigures {
    /// One way.
    package struct Row {
        /// "one latent, c = 128"
        package let name: String
        /// "128 numbers", of a token in each layer.
        package let numbers: String
        /// Bytes held so far, with what a token takes: "967,680 bytes for 42 tokens"; nil where
        /// that is hidden.
        package let bytes: String?
        /// The same, a share of the most that any of the ways holds at the end.
        package let share: Double?
        /// What a token costs more than as built; nil where that is hidden, or as built.
        package let loss: String?
        /// The same loss as a number; 0 as built.
        package let nats: Double?
        /// Tokens held so far, and once all is written; nil where that is hidden.
        package let tokens: (held: Int, most: Int)?
        /// What was written so far behind the beginning.
        package let text: String
        /// All that was written, which room is kept for.
        package let whole: String
    }

    /// The model that wrote.
    package let model = MeasuredModel.smolLM2
    /// In the order of the lesson.
    package let rows: [Row]
    /// What all of them went on with.
    package var beginning: String { model.beginning }
    /// What must be said beside ways that lose much.
    package let caveat: String?

    /// Of a picture as its dials and parameters stand.
    package init(_ spec: WritingSpec, _ scene: Scene) {
        let model = model
        let forms = spec.forms.map { Self.form($0, scene.setting) }
        let bytes = forms.compactMap { model.writing($0)?.bytesHeld }
        let most = Double(max(bytes.max() ?? 1, model.writing(.built)?.bytesHeld ?? 1))
        rows = forms.compactMap { form in
            guard let writing = model.writing(form), let point = model.point(form) else {
                return nil
            }
            let written = min(scene.dials[.written], writing.pieces.count)
            // The last token is not read yet.
            let tokens = writing.readTokens + written - 1
            let held = tokens * point.bytesPerToken
            return Row(
                name: Self.name(form), numbers: "\(grouped(point.numbers)) numbers",
                bytes: scene.isVeiled
                    ? nil
                    : "\(grouped(held)) bytes = \(grouped(tokens)) tokens x "
                        + grouped(point.bytesPerToken),
                share: scene.isVeiled ? nil : Double(held) / most,
                loss: scene.isVeiled || form == .built ? nil : Self.loss(point),
                nats: scene.isVeiled ? nil : max(0, point.more.nats),
                tokens: scene.isVeiled
                    ? nil : (tokens, writing.readTokens + writing.pieces.count - 1),
                text: scene.isVeiled && spec.forms.count > 1 && form != .built
                    ? " ?" : writing.pieces.prefix(written).joined(),
                whole: writing.pieces.joined())
        }
        caveat = Self.caveat(of: forms)
    }

    private static func caveat(of forms: [MeasuredModel.Form]) -> String? {
        if forms.contains(.mean(1)) {
            return
                "Not trained afterwards: the mean is where uptraining starts, not what MQA costs."
        }
        if forms.contains(.best(1)) {
            return "Not trained afterwards: a model trained as MQA is far better than g = 1 here."
        }
        let isLatent = forms.contains { if case .latent = $0 { true } else { false } }
        return isLatent ? "Nothing here was trained afterwards." : nil
    }

    private static func form(
        _ form: WritingSpec.Form, _ setting: CacheSetting
    ) -> MeasuredModel.Form {
        switch form {
        case .built: .built
        case .copies: .copies(MeasuredModel.queryHeads)
        case .mean: .mean(1)
        case .best: .best(1)
        case .latent: .latent(nearest(to: setting.latent?.latentRank ?? 128))
        case .bits:
            switch setting.numberWidth {
            case .bits8: .bits(8)
            case .bits4: .bits(4)
            default: .built
            }
        }
    }

    /// The latent measured that is nearest to a width.
    private static func nearest(to width: Int) -> Int {
        [64, 128, 192, 256, 320].min { abs($0 - width) < abs($1 - width) } ?? 128
    }

    /// A way in a few words.
    static func name(_ form: MeasuredModel.Form) -> String {
        switch form {
        case .built: "as built, g = 3"
        case .copies(let heads): "g = \(heads), copies"
        case .mean(let heads): "g = \(heads), the mean"
        case .best(let heads): "g = \(heads), the best"
        case .latent(let numbers): "latent, c = \(numbers)"
        case .weighted(let numbers): "latent, c = \(numbers), weighted"
        case .bits(let bits): "\(bits) bits, g = 3"
        }
    }

    /// The same, shorter.
    package static func shortName(_ form: MeasuredModel.Form) -> String {
        if case .bits(let bits) = form { return "\(bits) bits" }
        return name(form)
    }

    /// "0.53 ± 0.03 nats more": at least two decimals, and none that the error swallows.
    static func loss(_ point: MeasuredModel.Point) -> String {
        let decimals = point.more.error < 0.01 ? 3 : 2
        return "\(fixed(max(0, point.more.nats), decimals: decimals)) "
            + "± \(fixed(point.more.error, decimals: decimals)) nats more"
    }

    /// In words.
    package var told: [Passage] {
        [.paragraph("\(model.name) goes on with \"\(beginning)\".")]
            + rows.map { row in
                let parts = [
                    "\(row.numbers) of a token in each layer", row.bytes, row.loss,
                ].compactMap(\.self).joined(separator: "; ")
                let text = row.text.replacing("\n", with: " ¶ ")
                return .row("\(row.name): \(parts). It writes: \"\(text)\"")
            }
            + [caveat, model.origins[0]].compactMap(\.self).map { .row(ended($0), mark: "") }
    }
}
