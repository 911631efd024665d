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
    /// Whether any of the ways loses anything, so that losses are worth their rows.
    package let hasLosses: Bool
    /// What the learner's own model does just now, where nothing is written yet.
    package let doing: String?

    /// Of a picture as its dials and parameters stand.
    package init(_ spec: WritingSpec, _ scene: Scene) {
        let model = model
        let experiment = WritingExperiment(spec, scene.setting)
        // Of one that was stopped before its first token there is nothing to see.
        let live = scene.experiments[experiment].flatMap {
            $0.isRunning || !$0.rows.isEmpty ? $0 : nil
        }
        let losses = WritingLosses(
            of: experiment.forms, content: live?.content ?? model.content, scene.experiments)
        let texts = experiment.forms.compactMap { form -> Text? in
            if let live { return Text(form, in: live, knowing: losses) }
            guard let writing = model.writing(form), let point = model.point(form) else {
                return nil
            }
            return Text(
                name: Self.name(form), numbers: point.numbers, bytesPerToken: point.bytesPerToken,
                readTokens: writing.readTokens, pieces: writing.pieces,
                tokensAtEnd: writing.bytesHeld / point.bytesPerToken, loss: losses.point(form))
        }
        let most = texts.reduce(1) { max($0, $1.bytesAtEnd) }
        // All bars are parts of what as many tokens take as built, where that is known.
        let tokens = texts.reduce(0) { max($0, $1.readTokens) } + WritingSpec.mostWritten - 1
        let isKnown = live == nil || live?.content == model.content
        let built = isKnown ? tokens * (model.point(.built)?.bytesPerToken ?? 1) : 1
        let isWhole = live?.isRunning == true
        rows = zip(experiment.forms, texts).map { form, text in
            let isSecret = spec.forms.count > 1 && form != .built
            return text.row(
                written: isWhole ? text.pieces.count : scene.dials[.written],
                most: Double(max(most, built)), isVeiled: scene.isVeiled, isSecret: isSecret)
        }
        hasLosses = experiment.forms.contains { $0 != .built }
        beginning = live?.beginning ?? model.beginning
        caveat = Self.caveat(of: experiment.forms)
        let other = live.flatMap { $0.content == model.content ? nil : $0.built }
        foreign = other?.foreignWords
        instead = Self.instead(spec.forms, scene.setting)
        layers = other?.layers ?? LooksSpec.layers
        doing = live.flatMap {
            $0.isRunning && !$0.doing.isEmpty ? "\($0.doing) \($0.percent)" : nil
        }
        if let live {
            origins = Self.origins(
                of: live, scene.experiments.origin(of: experiment), hasLosses ? losses : nil)
        } else if hasLosses, let place = losses.place {
            origins = [
                "\(model.name) wrote this \(model.date); the losses were measured \(place)",
                "Written \(model.date); losses measured \(place)",
            ]
        } else {
            origins = model.origins
        }
    }

    private static func origins(
        of live: WritingStatus, _ origin: ExperimentStatuses.Origin, _ losses: WritingLosses?
    ) -> [String] {
        let shipped = MeasuredModel.smolLM2
        let name = live.content == shipped.content ? shipped.name : live.model
        let what = "\(name) \(live.isRunning ? "writes" : "wrote this")"
        let place = origin.dateBefore.map { "on \($0)" } ?? origin.machine
        let end = live.isRunning || live.share == 1 ? "" : ", until it was stopped"
        guard let losses else { return ["\(what) \(place)\(end)"] }
        if let place = losses.place {
            let measured = "losses measured \(place)"
            return ["\(what) \(place)\(end); \(measured)", "Text \(place); \(measured)"]
        }
        guard live.content == shipped.content else { return ["\(what) \(place)\(end)"] }
        // They belong to the same file, but to another text.
        let text = "lessons 3 and 7, not this text"
        return [
            "\(what) \(place)\(end); losses: Headroom's, of \(text)",
            "Text \(place); losses: Headroom's, of lessons 3 and 7", "Losses: of \(text)",
        ]
    }

    /// That a width or a number of bytes is not one that was measured, and which is shown; nil
    /// where it is, or where nothing is chosen.
    private static func instead(_ forms: [WritingSpec.Form], _ setting: CacheSetting) -> String? {
        let width = setting.latent?.latentRank ?? 128
        if forms.contains(.latent), nearest(to: width) != width {
            return "c = \(grouped(width)) was not measured; the nearest is shown, "
                + "c = \(nearest(to: width))."
        }
        let isMeasured = [NumberWidth.bits16, .bits8, .bits4].contains(setting.numberWidth)
        return forms.contains(.bits) && !isMeasured
            ? "\(setting.numberWidth.bytesText) bytes a number were not measured; as built, with "
                + "2, is shown." : nil
    }

    /// What was written with one way, whoever wrote it.
    fileprivate struct Text {
        let name: String
        let numbers: Int
        let bytesPerToken: Int
        let readTokens: Int
        let pieces: [String]
        /// Tokens held once all is written: the last one, too, where the model read it to choose
        /// its end.
        let tokensAtEnd: Int
        /// What was measured of the same file; nil of another one.
        let loss: MeasuredModel.Point?

        var bytesAtEnd: Int { tokensAtEnd * bytesPerToken }

        func row(written: Int, most: Double, isVeiled: Bool, isSecret: Bool) -> Row {
            let written = min(written, pieces.count)
            // The newest token is not read yet.
            let tokens = written == pieces.count ? tokensAtEnd : max(0, readTokens + written - 1)
            let held = tokens * bytesPerToken
            return Row(
                name: name, numbers: numbers == 0 ? "" : "\(grouped(numbers)) numbers",
                bytes: isVeiled
                    ? nil
                    : bytesPerToken == 0
                        ? ""
                        : "\(grouped(held)) bytes = \(grouped(tokens)) tokens x "
                            + grouped(bytesPerToken),
                share: isVeiled ? nil : Double(held) / most,
                loss: isVeiled || loss?.form == .built
                    ? nil : loss.map(WritingFigures.loss) ?? "not measured",
                nats: isVeiled ? nil : loss.map { max(0, $0.more.nats) },
                tokens: isVeiled ? nil : (tokens, tokensAtEnd),
                text: isVeiled && isSecret ? " ?" : pieces.prefix(written).joined(),
                whole: pieces.joined())
        }
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
        return isLatent
            ? "Nothing was trained afterwards. On text unlike this course a latent loses more."
            : nil
    }

    static func form(
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

    /// "0.53 ± 0.03 nats more": at least two decimals, and none that the error swallows.
    static func loss(_ point: MeasuredModel.Point) -> String {
        let decimals = point.more.error < 0.01 ? 3 : 2
        return "\(fixed(max(0, point.more.nats), decimals: decimals)) "
            + "± \(fixed(point.more.error, decimals: decimals)) nats more"
    }

    /// In words.
    package var told: [Passage] {
        [.paragraph("The model goes on with \"\(beginning)\".")]
            + rows.map { row in
                let parts = [
                    row.numbers.isEmpty ? nil : "\(row.numbers) of a token in each layer",
                    row.bytes, row.loss,
                ].compactMap(\.self).joined(separator: "; ")
                let text = row.text.replacing("\n", with: " ¶ ")
                return .row("\(row.name): \(parts). It writes: \"\(text)\"")
            }
            + [doing, instead, caveat, foreign, origins[0]].compactMap(\.self).map {
                .row(ended($0), mark: "")
            }
    }
}

extension WritingFigures.Text {
    /// What a model on this machine, or there, wrote so far with a way.
    fileprivate init(
        _ form: MeasuredModel.Form, in live: WritingStatus, knowing losses: WritingLosses
    ) {
        let row = live.rows.first { $0.form == form.id }
        let pieces = row?.pieces ?? []
        // As a reader sees it: a bar is shorter because fewer tokens were written.
        let isShort = !live.isRunning && !pieces.isEmpty && pieces.count < WritingSpec.mostWritten
        let end = isShort ? live.share < 1 ? ", stopped" : ", ended by itself" : ""
        self.init(
            name: WritingFigures.name(form, in: live) + end, numbers: row?.numbers ?? 0,
            bytesPerToken: row?.bytesPerToken ?? 0, readTokens: row?.readTokens ?? 0,
            pieces: pieces,
            tokensAtEnd: row?.heldTokens ?? max(0, (row?.readTokens ?? 0) + pieces.count - 1),
            loss: losses.point(form))
    }
}

extension WritingFigures {
    /// A way in a few words, of the model that wrote with it.
    static func name(_ form: MeasuredModel.Form, in live: WritingStatus) -> String {
        live.content == MeasuredModel.smolLM2.content ? name(form) : name(form, of: live.built)
    }

    /// A way in a few words, of a model with these heads.
    fileprivate static func name(_ form: MeasuredModel.Form, of built: BuiltHeads?) -> String {
        let own = built.map { ", g = \($0.keyValueHeads)" } ?? ""
        return switch form {
        case .built: "as built" + own
        case .copies: built.map { "g = \($0.queryHeads), copies" } ?? "a copy for each query head"
        case .bits(let bits): "\(bits) bits" + own
        default: name(form)
        }
    }
}

extension WritingStatus {
    /// "40 %"
    var percent: String { "\(Int(share * 100))\u{A0}%" }
}
