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
        /// The cells of a table: numbers, bits, perplexity, nats more, error.
        package let cells: [String]
    }

    /// Whether memory is counted in bits.
    package let isInBits: Bool
    /// In the order in which they were measured.
    package let rows: [Row]
    /// The right end of the axis: what is kept as built.
    package let most: Double
    /// Where the learner's proposal of the race would stand; nil where there is none.
    package let proposal: (memory: Double, words: String)?
    /// Where they were found, in fewer and fewer words.
    package let origins: [String]
    private let tokens: Int
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
        let found = live?.found ?? model.losses
        let isInBits = scene.dials[.memory] == 1
        self.isInBits = isInBits
        tokens = found.tokens
        isShared = found.keyValueHeads > 1
        foreign =
            live == nil || live?.content == model.content
            ? nil
            : BuiltHeads(
                layers: found.layers, queryHeads: found.queryHeads,
                keyValueHeads: found.keyValueHeads
            ).foreignWords
        let names = Names(keyValueHeads: found.keyValueHeads)
        rows = found.points.map { Row($0, names, layers: found.layers, isInBits: isInBits) }
        let built = 2 * found.keyValueHeads * found.headDimension
        // Numbers are kept in 16 bits.
        let most = Double(isInBits ? 16 * built : built)
        self.most = most
        origins =
            live.map { live in
                MeasuredModel.origins(
                    of: live.model, content: live.content,
                    way: LiveWay(
                        live.found.share, isRunning: live.isRunning,
                        doing: live.found.doing.isEmpty
                            ? live.found.next.map(names.name) ?? "" : live.found.doing,
                        secondsLeft: live.found.secondsLeft),
                    scene.experiments.origin(of: experiment))
            } ?? model.origins
        proposal = scene.proposal.map { proposal in
            // The same part of what a K/V head for every query head would keep.
            let mha = most * Double(found.queryHeads / found.keyValueHeads)
            let memory = mha * Double(proposal.numbers) / Double(Proposal.mostNumbers)
            let whose = scene.isProposalThere ? "The guess" : "Your proposal"
            return (
                memory,
                "\(whose): \(proposal.numbers) of MHA's \(Proposal.mostNumbers) numbers, here "
                    + "\(grouped(Int(memory.rounded()))) \(isInBits ? "bits" : "numbers"); "
                    + "loss not measured."
            )
        }
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
        "\(grouped(tokens)) tokens of lessons 3 and 7. Latents fitted to unlike text, not other "
            + "lessons, lose more. Nothing was trained"
            + (isShared ? "; trained MQA does better." : ".")
            + (foreign.map { " " + $0 } ?? "")
    }

    /// In words.
    package var told: [Passage] {
        [.paragraph("What a token costs more than as built, by what is kept of it in each layer.")]
            + (rows.isEmpty ? [] : Passage.table(header: Self.header, rows: rows.map(\.cells)))
            + [proposal?.words, Self.columns, conditions, origins[0]].compactMap(\.self)
            .map { .row(ended($0), mark: "") }
    }
}

extension LossFigures.Row {
    fileprivate init(
        _ point: MeasuredModel.Point, _ names: LossFigures.Names, layers: Int, isInBits: Bool
    ) {
        let bits = Double(point.bytesPerToken) * 8 / Double(layers)
        let perplexity =
            point.perplexity < 1e6 ? threeDigits(point.perplexity) : "over 1,000,000"
        self.init(
            form: point.form, name: names.name(point.form), short: names.short(point.form),
            memory: isInBits ? bits : Double(point.numbers), nats: point.more.nats,
            cells: [
                names.name(point.form), grouped(point.numbers), grouped(Int(bits)), perplexity,
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
            case .bits(let bits): "\(bits) bits, g = \(keyValueHeads)"
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
