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
        /// "of 16 bits": what each of them takes, with its part of a block's scale; empty where
        /// that is not known.
        package let format: String
        /// What each token takes, "384 numbers x 30 layers x 16 bits = 23,040 bytes", and the same
        /// without units; nil where that is hidden or not known.
        let ofToken: (inWords: String, short: String)?
        /// Bytes held so far: "967,680 bytes"; nil where that is hidden, empty where nothing is.
        package let held: String?
        /// How they come: " = 42 tokens x 23,040".
        package let factors: String
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
        /// That the model has not written with it yet, in place of a text; nil where it has.
        package let missing: String?
        /// Whether the text is not to be seen before the question is answered.
        package let isHidden: Bool

        /// "967,680 bytes = 42 tokens x 23,040"; nil where that is hidden.
        package var bytes: String? { held.map { $0 + factors } }
    }

    /// The model that wrote.
    package let model = MeasuredModel.smolLM2
    /// In the order of the lesson.
    package let rows: [Row]
    /// What all of them went on with.
    package let beginning: String
    /// What must be said beside ways that lose much.
    package let caveat: String?
    /// That the lesson's text is about another model; nil where it is about this one.
    package let foreign: String?
    /// That what is asked for was not measured, and what is shown instead; nil where it was.
    package let instead: String?
    /// Layers of the cache.
    package let layers: Int
    /// Where and when it was written, in fewer and fewer words.
    package let origins: [String]
    /// Of which text losses are, and when they were measured, in fewer and fewer words; empty where
    /// none are shown.
    package let conditions: [String]
    /// What the learner typed that the model has not gone on with; nil where there is nothing.
    package let kept: String?
    /// Whether any of the ways loses anything, so that losses are worth their rows.
    package let hasLosses: Bool
    /// What the learner's own model does just now, where nothing is written yet.
    package let doing: String?
    /// The longest that is said of bytes with any of the ways and as built, so that bars keep
    /// their scale while sliders move.
    package let longestBytes: String

    /// Of a picture as its dials and parameters stand.
    package init(_ spec: WritingSpec, _ scene: Scene) {
        let model = model
        let experiment = WritingExperiment(spec, scene.setting)
        // Of one that was stopped before its first token there is nothing to see but the words.
        let live = scene.experiments[experiment].flatMap {
            $0.isRunning || !$0.rows.isEmpty || $0.isOwn ? $0 : nil
        }
        let losses = WritingLosses(
            of: experiment.forms, content: live?.content ?? model.content, scene.experiments,
            isDated: live == nil)
        conditions = experiment.forms.contains { $0 != .built } ? losses.conditions : []
        let texts = experiment.forms.compactMap { form -> Text? in
            if let live { return Text(form, in: live, knowing: losses) }
            guard let writing = model.writing(form), let point = model.point(form) else {
                return nil
            }
            return Text(
                name: Self.name(form), numbers: point.numbers, bytesPerToken: point.bytesPerToken,
                layers: LooksSpec.layers, readTokens: writing.readTokens, pieces: writing.pieces,
                tokensAtEnd: writing.bytesHeld / point.bytesPerToken, loss: losses.point(form))
        }
        let most = texts.reduce(1) { max($0, $1.bytesAtEnd) }
        // All bars are parts of what as many tokens take as built, where that is known.
        let tokens = texts.reduce(0) { max($0, $1.readTokens) } + WritingSpec.mostWritten - 1
        let isKnown = live == nil || live?.content == model.content
        let bytesPerToken = isKnown ? model.point(.built)?.bytesPerToken ?? 1 : 1
        let built = tokens * bytesPerToken
        let ends = texts.map { Text.bytes(of: $0.tokensAtEnd, each: $0.bytesPerToken) }
        longestBytes =
            (ends + [Text.bytes(of: tokens, each: bytesPerToken)]).map { $0.0 + $0.1 }
            .max { $0.count < $1.count } ?? ""
        rows = zip(experiment.forms, texts).map { form, text in
            let isSecret = spec.forms.count > 1 && form != .built
            return text.row(
                written: text.isGoingOn ? text.pieces.count : scene.dials[.written],
                most: Double(max(most, built)), isVeiled: scene.isVeiled, isSecret: isSecret)
        }
        hasLosses = experiment.forms.contains { $0 != .built }
        beginning = live?.beginning ?? model.beginning
        caveat = Self.caveat(of: experiment.forms)
        let other = live.flatMap { $0.content == model.content ? nil : $0.built }
        foreign = other?.foreignWords
        instead = Self.instead(spec.forms, scene.setting)
        layers = other?.layers ?? LooksSpec.layers
        doing = live.flatMap { $0.isRunning && !$0.doing.isEmpty ? $0.doing : nil }
        origins =
            live.map { Self.origins(of: $0, scene.experiments.origin(of: experiment)) }
            ?? model.origins
        let isSeen = scene.kept.map { live?.beginning == $0.words } ?? true
        kept = isSeen ? nil : scene.kept?.text(toDo: ("go on", "goes on with"))
    }

    private static func origins(
        of live: WritingStatus, _ origin: ExperimentStatuses.Origin
    ) -> [String] {
        let verb =
            live.isRunning ? "writes" : live.rows.isEmpty ? "has not written this" : "wrote this"
        let name = MeasuredModel.name(live.model, content: live.content)
        let place = live.places(origin)
        let isStopped = !live.isRunning && !live.rows.isEmpty && live.share < 1
        let end = isStopped ? ", until it was stopped" : ""
        return ["\(name) \(verb) \(place)\(end)", "Text: \(place)\(end)", "Text: \(place)"]
    }

    /// That a width, a number of heads or of bytes is not one that was measured, and which is
    /// shown; nil where it is, or where nothing is chosen.
    private static func instead(_ forms: [WritingSpec.Form], _ setting: CacheSetting) -> String? {
        let width = setting.latent?.latentRank ?? 128
        if forms.contains(.latent), nearest(to: width) != width {
            return "c = \(grouped(width)) was not measured; the nearest is shown, "
                + "c = \(nearest(to: width))."
        }
        let shape = setting.shape
        if forms.contains(.heads), !heads.contains(shape.keyValueHeads),
            shape.keyValueHeads != shape.queryHeads
        {
            return "g = \(grouped(shape.keyValueHeads)) was not measured; as built is shown."
        }
        let isMeasured = [NumberWidth.bits16, .bits8, .bits4].contains(setting.numberWidth)
        return forms.contains(.bits) && !isMeasured
            ? "\(setting.numberWidth.bytesText) bytes a number were not measured; as built, with "
                + "2, is shown." : nil
    }

    /// What was written with one way, whoever wrote it.
    struct Text {
        let name: String
        /// Of a token in each layer; 0 where that is not known.
        let numbers: Int
        /// 0 where that is not known.
        let bytesPerToken: Int
        /// Layers of the cache; nil where they are not known.
        let layers: Int?
        let readTokens: Int
        let pieces: [String]
        /// Tokens held once all is written: the last one, too, where the model read it to choose
        /// its end.
        let tokensAtEnd: Int
        /// What was measured of the same file; nil of another one.
        let loss: MeasuredModel.Point?
        /// That nothing was written with it yet; nil where something was.
        var missing: String?
        /// Whether it is being written: then all of it is shown.
        var isGoingOn = false

        var bytesAtEnd: Int { tokensAtEnd * bytesPerToken }

        /// "967,680 bytes", and how they come; nothing where that is not known.
        static func bytes(of tokens: Int, each bytes: Int) -> (String, String) {
            if bytes == 0 { return ("", "") }
            return (
                "\(grouped(tokens * bytes)) bytes",
                " = \(grouped(tokens)) tokens x \(grouped(bytes))"
            )
        }

        private var format: String {
            guard let layers, numbers > 0, bytesPerToken > 0, readTokens > 0 else { return "" }
            let bits = Double(bytesPerToken * 8) / Double(numbers * layers)
            let isWhole = bits == bits.rounded()
            return "of \(fixed(bits, decimals: isWhole ? 0 : 1)) bits"
        }

        private var ofToken: (String, String)? {
            guard let layers, !format.isEmpty else { return nil }
            let (numbers, bits) = (grouped(numbers), format.dropFirst("of ".count))
            let bytes = grouped(bytesPerToken)
            return (
                "\(numbers) numbers x \(layers) layers x \(bits) = \(bytes) bytes",
                "\(numbers) x \(layers) x \(bits) = \(bytes)"
            )
        }

        func row(written: Int, most: Double, isVeiled: Bool, isSecret: Bool) -> Row {
            let written = min(written, pieces.count)
            // The newest token is not read yet.
            let tokens = written == pieces.count ? tokensAtEnd : max(0, readTokens + written - 1)
            let (held, factors) = Self.bytes(of: tokens, each: bytesPerToken)
            return Row(
                name: name, numbers: numbers == 0 ? "" : "\(grouped(numbers)) numbers",
                format: format, ofToken: isVeiled ? nil : ofToken, held: isVeiled ? nil : held,
                factors: isVeiled ? "" : factors,
                share: isVeiled ? nil : Double(tokens * bytesPerToken) / most,
                loss: isVeiled || loss?.form == .built
                    ? nil : loss.map(WritingFigures.loss) ?? "not measured",
                nats: isVeiled ? nil : loss.map { max(0, $0.more.nats) },
                tokens: isVeiled ? nil : (tokens, tokensAtEnd),
                text: isVeiled && isSecret ? "" : pieces.prefix(written).joined(),
                whole: pieces.joined(), missing: missing, isHidden: isVeiled && isSecret)
        }
    }

    /// What must be said beside one shared head that was not trained.
    static let untrained =
        "Untrained. T5 trained on with MQA came near MHA (Ainslie et al. 2023)."

    private static func caveat(of forms: [MeasuredModel.Form]) -> String? {
        if forms.contains(.mean(1)) {
            return
                "Not trained: the mean is where uptraining starts, not what MQA costs."
        }
        if forms.contains(.best(1)) {
            return untrained
        }
        let isLatent = forms.contains { if case .latent = $0 { true } else { false } }
        return isLatent
            ? "Not trained. How much a latent loses depends on the text it is fitted to."
            : nil
    }

    static func form(
        _ form: WritingSpec.Form, width: Int, _ numbers: NumberWidth, heads: Int
    ) -> MeasuredModel.Form {
        switch form {
        case .built: .built
        case .copies: .copies(MeasuredModel.queryHeads)
        case .mean: .mean(1)
        case .best: .best(1)
        case .heads:
            heads == 1 ? .best(1) : heads == Self.heads.last ? .copies(heads) : .built
        case .latent: .latent(nearest(to: width))
        case .bits:
            switch numbers {
            case .bits8: .bits(8)
            case .bits4: .bits(4)
            default: .built
            }
        }
    }

    /// The latents that are shown.
    package static let latents = widths.map(MeasuredModel.Form.latent)

    /// The latent measured that is nearest to a width.
    private static func nearest(to width: Int) -> Int {
        widths.min { abs($0 - width) < abs($1 - width) } ?? 128
    }

    /// The K/V heads that were measured: one, as built, and one for each query head.
    static let heads = [1, MeasuredModel.keyValueHeads, MeasuredModel.queryHeads]

    /// Which of them a setting's g stands for.
    static func heads(of shape: AttentionShape) -> Int {
        switch shape.keyValueHeads {
        case 1: 1
        case shape.queryHeads: MeasuredModel.queryHeads
        default: MeasuredModel.keyValueHeads
        }
    }

    /// The latents that were measured.
    static let widths = [64, 128, 192, 256, 320]

    /// A way in a few words.
    static func name(_ form: MeasuredModel.Form) -> String {
        switch form {
        case .built: "as built, g = 3"
        case .copies(let heads): "g = \(heads), copies"
        case .mean(let heads): "g = \(heads), the mean"
        case .best(let heads): "g = \(heads), the best"
        case .latent(let numbers): "latent, c = \(numbers)"
        case .weighted(let numbers): "latent, c = \(numbers), weighted"
        case .bits(let bits): "g = 3, \(bits) bits"
        }
    }

    /// "0.53 ± 0.03 nats more": at least two decimals, and none that the error swallows; where no
    /// token was predicted otherwise, "0 nats more".
    static func loss(_ point: MeasuredModel.Point) -> String {
        if point.more.nats == 0, point.more.error == 0 { return noLoss }
        let decimals = point.more.error < 0.01 ? 3 : 2
        return "\(fixed(max(0, point.more.nats), decimals: decimals)) "
            + "± \(fixed(point.more.error, decimals: decimals)) nats more"
    }

    /// What is said of as built, beside what others lose.
    package static let noLoss = "0 nats more"

    /// What is said of a text in place of it.
    package static let hiddenWords = "hidden until you answer"

    /// In words.
    package var told: [Passage] {
        [.paragraph("The model goes on with \"\(beginning)\".")]
            + rows.map { row in
                let parts = [
                    row.numbers.isEmpty
                        ? nil
                        : [row.numbers, row.format, "for a token in each layer"]
                            .filter { !$0.isEmpty }.joined(separator: " "),
                    row.bytes,
                    row.loss ?? (hasLosses && row.nats == 0 ? Self.noLoss : nil),
                ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
                let text = row.text.replacing("\n", with: " ¶ ")
                let written =
                    row.missing.map { "It has \($0)." }
                    ?? (row.isHidden
                        ? "What it writes is \(Self.hiddenWords)." : "It writes: \"\(text)\"")
                return .row("\(row.name): \(parts.isEmpty ? "" : parts + ". ")\(written)")
            }
            + [kept, doing, instead, caveat, foreign, conditions.first, origins[0]]
            .compactMap(\.self).map { .row(ended($0), mark: "") }
    }
}
