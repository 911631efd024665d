import AttentionEngine
import CourseContent

/// What each way to keep a real model's cache costs.
package struct LossFigures {
    /// One way.
    package struct Row {
        /// What is kept.
        package let form: MeasuredModel.Form
        /// A few words, and fewer.
        package let name, short: String
        /// Numbers or bits of a token in each layer.
        package let memory: Double
        /// What a token costs more than as built, in nats.
        package let nats: Double
        /// Whether it is the project's, where others are the learner's own: then names stand in
        /// brackets.
        package let isBracketed: Bool
        /// The cells of a table: numbers, bits, perplexity, nats more, error.
        package let cells: [String]
    }

    /// Whether memory is counted in bits.
    package let isInBits: Bool
    /// In the order in which they were measured.
    package let rows: [Row]
    /// The right end of the axis: what is kept as built.
    package let most: Double
    /// Where the learner's proposal of the race would stand across, and that in fewer and fewer
    /// words; nil where there is none.
    package let proposal: (memory: Double, words: [String])?
    /// Whose points stand in brackets; nil where none do.
    package let brackets: String?
    /// Where they were found, in fewer and fewer words.
    package let origins: [String]
    private let tokens: Int
    /// Whether it is the project's file.
    private let isOfProject: Bool
    /// Whether the model was built with more K/V heads than one.
    private let isShared: Bool
    /// That the lesson's text is about another model; nil where it is about this one.
    private let foreign: String?

    /// Of a picture as its dial stands.
    package init(_ scene: Scene) {
        let model = MeasuredModel.smolLM2
        let experiment = LossesExperiment()
        let live = scene.experiments[experiment].flatMap {
            $0.isRunning || !$0.found.points.isEmpty ? $0 : nil
        }
        let shipped = model.losses
        let isSame = live?.content == model.content && live?.found.tokens == shipped.tokens
        // The project's stay until each is measured; of another model's file until the first is.
        let left = live.map { live in
            live.found.share == 1 || !isSame && !live.found.points.isEmpty
                ? []
                : shipped.points.filter { point in
                    !live.found.points.contains { $0.form == point.form }
                }
        }
        let found = live.flatMap { isSame || !$0.found.points.isEmpty ? $0.found : nil } ?? shipped
        let isInBits = scene.dials[.memory] == 1
        self.isInBits = isInBits
        tokens = found.tokens
        isShared = found.keyValueHeads > 1
        let heads = BuiltHeads(
            layers: found.layers, queryHeads: found.queryHeads, keyValueHeads: found.keyValueHeads)
        let isOther = live.map { $0.content != model.content && left?.isEmpty == true } ?? false
        foreign = isOther ? heads.foreignWords : nil
        isOfProject = !isOther
        brackets = left?.isEmpty == false ? "In brackets: Headroom's points of \(model.date)." : nil
        let names = Names(keyValueHeads: found.keyValueHeads)
        rows = Self.inOrder(live?.found.points ?? shipped.points, left ?? []).map { point, isLeft in
            Row(point, names, layers: found.layers, isInBits: isInBits, isBracketed: isLeft)
        }
        let built = 2 * found.keyValueHeads * found.headDimension
        // Numbers are kept in 16 bits.
        let most = Double(isInBits ? 16 * built : built)
        self.most = most
        origins =
            live.map { live in
                let own = Names(keyValueHeads: live.found.keyValueHeads)
                let isCalibrating = live.isRunning && !live.found.doing.isEmpty
                return MeasuredModel.origins(
                    of: live.model, content: live.content,
                    way: LiveWay(
                        isCalibrating ? nil : live.found.share, isRunning: live.isRunning,
                        doing: isCalibrating
                            ? live.found.doing : live.found.next.map(own.name) ?? "",
                        secondsLeft: isCalibrating ? nil : live.found.secondsLeft),
                    scene.experiments.origin(of: experiment))
            } ?? model.origins
        proposal = scene.proposal.map { proposal in
            // The same part of what a K/V head for every query head would keep.
            let mha = most * Double(found.queryHeads / found.keyValueHeads)
            let memory = mha * Double(proposal.numbers) / Double(Proposal.mostNumbers)
            let whose = scene.isProposalThere ? "Theirs" : "Yours"
            let part = Int((100 * memory / mha).rounded())
            let here = grouped(Int(memory.rounded()))
            let all = grouped(Int(mha))
            let unit = isInBits ? "bits" : "numbers"
            let order = memory > most ? "more than" : memory < most ? "less than" : "as much as"
            let built = "\(order) g = \(found.keyValueHeads)'s \(grouped(Int(most)))"
            return (
                memory,
                [
                    "\(whose), \(part) % of MHA's \(unit): \(here) of \(all) here, \(built); its "
                        + "loss is not measured.",
                    "\(whose), \(part) %: \(here) of MHA's \(all), \(built); loss not measured.",
                ]
            )
        }
    }

    /// Points that are measured and those that are left, in the order in which they are measured.
    private static func inOrder(
        _ own: [MeasuredModel.Point], _ left: [MeasuredModel.Point]
    ) -> [(point: MeasuredModel.Point, isLeft: Bool)] {
        let order = MeasuredModel.smolLM2.points.map(\.form)
        let all = own.map { (point: $0, isLeft: false) } + left.map { (point: $0, isLeft: true) }
        if left.isEmpty { return all }
        return order.compactMap { form in all.first { $0.point.form == form } }
            + all.filter { !order.contains($0.point.form) }
    }

    /// The columns of the table.
    package static let header = ["kept", "numbers", "bits", "perplexity", "nats more", "error"]

    /// What the columns of the table mean.
    package static let columns =
        "perplexity: among so many equally likely tokens the model might as well guess. weighted: "
        + "keeps better what queries ask for and what the output uses. error: the standard error "
        + "of nats more."

    /// What was measured, and what must be said beside it.
    package var conditions: String {
        "\(grouped(tokens)) tokens of lessons 3, 7; \(isOfProject ? "weights in 4 bits; " : "")"
            + "fitted to other lessons. "
            + (isShared ? WritingFigures.untrained : "Nothing was trained.")
            + (foreign.map { " " + $0 } ?? "")
    }

    /// In words.
    package var told: [Passage] {
        [.paragraph("What a token costs more than as built, by what is kept of it in each layer.")]
            + (rows.isEmpty ? [] : Passage.table(header: Self.header, rows: rows.map(\.cells)))
            + [proposal?.words[0], Self.columns, brackets, conditions, origins[0]].compactMap(
                \.self
            )
            .map { .row(ended($0), mark: "") }
    }
}

extension LossFigures.Row {
    fileprivate init(
        _ point: MeasuredModel.Point, _ names: LossFigures.Names, layers: Int, isInBits: Bool,
        isBracketed: Bool
    ) {
        func bracketed(_ name: String) -> String { isBracketed ? "(\(name))" : name }
        let name = bracketed(names.name(point.form))
        let bits = Double(point.bytesPerToken) * 8 / Double(layers)
        let perplexity =
            point.perplexity < 1e6 ? threeDigits(point.perplexity) : "over 1,000,000"
        self.init(
            form: point.form, name: name, short: bracketed(names.short(point.form)),
            memory: isInBits ? bits : Double(point.numbers), nats: point.more.nats,
            isBracketed: isBracketed,
            cells: [
                name, grouped(point.numbers), grouped(Int(bits)), perplexity,
                fixed(max(0, point.more.nats), decimals: 3), fixed(point.more.error, decimals: 3),
            ])
    }
}

extension LossFigures {
    /// What ways are called beside those of a model of so many K/V heads.
    struct Names {
        let keyValueHeads: Int

        /// In a few words.
        func name(_ form: MeasuredModel.Form) -> String {
            switch form {
            case .built: "as built, g = \(keyValueHeads)"
            case .bits(let bits): "g = \(keyValueHeads), \(bits) bits"
            default: WritingFigures.name(form)
            }
        }

        /// In a word or two.
        func short(_ form: MeasuredModel.Form) -> String {
            switch form {
            case .built: "g=\(keyValueHeads)"
            case .best(let heads): "g=\(heads) best"
            case .mean(let heads): "g=\(heads) mean"
            case .copies(let heads): "g=\(heads) copies"
            case .latent(let numbers): "c=\(numbers)"
            case .weighted(let numbers): "c=\(numbers) weighted"
            case .bits(let bits): "\(bits) bits"
            }
        }
    }
}

extension MeasuredModel {
    /// What was measured of its ways to keep a cache.
    fileprivate var losses: LossesFound {
        LossesFound(
            queryHeads: Self.queryHeads, keyValueHeads: Self.keyValueHeads,
            headDimension: Self.headDimension, layers: LooksSpec.layers,
            tokens: points.first?.tokens ?? 0, points: points, next: nil,
            doing: "", share: 1, secondsLeft: nil)
    }
}
