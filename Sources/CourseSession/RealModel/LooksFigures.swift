import AttentionEngine
import CourseContent

/// Where the heads of one layer of a real model look from one token of a sentence.
package struct LooksFigures {
    /// The layer, counted from 0.
    package let layer: Int
    /// The tokens that are seen, the one that asks last.
    package let tokens: [String]
    /// [head][token seen] in percent.
    package let shares: [[Int]]
    /// Query heads that share a K/V head.
    package let groupSize: Int
    /// Where it was found, in fewer and fewer words.
    package let origins: [String]
    /// That the lesson's text is about another model; nil where it is about this one.
    package let foreign: String?
    /// "Layer 13: where 'it' looks, in percent"
    package var title: String { "Layer \(layer): where '\(tokens.last ?? "")' looks, in percent" }

    /// Of a picture as its dials stand.
    package init(_ scene: Scene) {
        let model = MeasuredModel.smolLM2
        let experiment = LooksExperiment()
        let live = scene.experiments[experiment].flatMap {
            $0.layers.isEmpty || $0.tokens.isEmpty ? nil : $0
        }
        let words = live?.tokens ?? model.tokens
        let layer = min(max(0, scene.dials[.layer]), (live?.layers.count ?? model.looks.count) - 1)
        self.layer = layer
        let asking = min(max(1, scene.dials[.token]), words.count)
        tokens = words.prefix(asking).map { word in
            let own = word.drop { $0 == " " || $0 == "\n" }
            return own.isEmpty ? "\"\"" : String(own)
        }
        let heads = live.map { $0.layers[layer].map(MeasuredModel.triangle) } ?? model.looks[layer]
        shares = heads.map { $0[asking - 1] }
        groupSize = live?.groupSize ?? MeasuredModel.queryHeads / MeasuredModel.keyValueHeads
        origins =
            live.map { live in
                let name = live.content == model.content ? model.name : live.model
                let origin = scene.experiments.origin(of: experiment)
                return [
                    "\(name) read this \(origin.dateBefore.map { "on \($0)" } ?? origin.machine)"
                ]
            } ?? model.origins
        foreign = live.flatMap { live in
            live.content == model.content
                ? nil
                : BuiltHeads(
                    layers: live.layers.count, queryHeads: live.layers[0].count,
                    keyValueHeads: live.layers[0].count / live.groupSize
                ).foreignWords
        }
    }

    /// In words: for each head the three tokens that it gives most.
    package var told: [Passage] {
        [.paragraph(title + ". Query heads that share a K/V head:")]
            + shares.enumerated().map { head, shares in
                let most = shares.indices.sorted { shares[$0] > shares[$1] }.prefix(3)
                    .filter { shares[$0] > 0 }
                    .map { "\(tokens[$0]) \(shares[$0]) %" + ($0 == 0 ? " (first token)" : "") }
                return .row(
                    "kv\(head / groupSize), q\(head): " + most.joined(separator: ", ") + ".")
            } + [foreign, ended(origins[0])].compactMap(\.self).map { .row($0, mark: "") }
    }
}

extension BuiltHeads {
    /// What is said beside a picture of other heads than the lesson's text is about.
    var foreignWords: String {
        let own = Self.measured
        return "Here: \(layers) layers, \(queryHeads) query heads on \(keyValueHeads). The text is "
            + "about \(MeasuredModel.smolLM2.name)'s \(own.layers), \(own.queryHeads) on "
            + "\(own.keyValueHeads)."
    }
}

/// How different the heads of a real model look, layer by layer.
package struct DiversityFigures {
    /// The model whose heads they are.
    package let model = MeasuredModel.smolLM2
    /// Whether the first token counts.
    package let countsFirst: Bool
    /// Of each layer, pairs that share a K/V head; nil where that is hidden.
    package let sharing: [Double]?
    /// The same of pairs that do not.
    package let apart: [Double]?
    private let onFirst: [Double]

    /// Of a picture as its dial stands.
    package init(_ scene: Scene) {
        let countsFirst = scene.dials[.first] == 1
        self.countsFirst = countsFirst
        let layers = model.layers
        sharing =
            scene.isVeiled
            ? nil : layers.map { countsFirst ? $0.sharing : $0.sharingWithoutFirst }
        apart =
            scene.isVeiled ? nil : layers.map { countsFirst ? $0.apart : $0.apartWithoutFirst }
        onFirst = layers.map(\.onFirst)
    }

    /// "share 0.45, do not 0.54: sharing heads are more alike in 28 of 30 layers"
    package var summary: String {
        guard let sharing, let apart else { return "Hidden until you answer." }
        let nearer = zip(sharing, apart).count { $0 < $1 }
        return
            "Sharing heads differ by \(text(sharing)), others by \(text(apart)), by more in \(nearer) "
            + "of \(sharing.count) layers. "
            + (countsFirst
                ? "\(fixed(100 * Self.mean(onFirst), decimals: 0))\u{A0}% of all attention lies on the "
                    + "first token."
                : "The first token is left out.")
    }

    private func text(_ values: [Double]) -> String { fixed(Self.mean(values), decimals: 2) }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    /// What was read.
    package var conditions: String {
        "\(model.compared) tokens of lesson 3, half the sum of the absolute differences of two "
            + "heads' attention."
    }

    /// In words: the means, and every third layer.
    package var told: [Passage] {
        guard let sharing, let apart else { return [.paragraph(summary)] }
        return [.paragraph(summary)]
            + Passage.table(
                header: ["layer", "share a K/V head", "do not"],
                rows: stride(from: 0, to: sharing.count, by: 3).map { layer in
                    [
                        String(layer), fixed(sharing[layer], decimals: 2),
                        fixed(apart[layer], decimals: 2),
                    ]
                }) + [.row(conditions, mark: ""), .row(ended(model.origins[0]), mark: "")]
    }
}

/// What each way to keep a real model's cache costs.
package struct LossFigures {
    /// One way.
    package struct Row {
        /// What is kept.
        package let form: MeasuredModel.Form
        /// A few words.
        package let name: String
        /// Numbers or bits of a token in each layer.
        package let memory: Double
        /// What a token costs more than as built, in nats.
        package let nats: Double
        /// The cells of a table: numbers, bits, perplexity, nats more, error.
        package let cells: [String]
    }

    /// The model whose cache it is.
    package let model = MeasuredModel.smolLM2
    /// Whether memory is counted in bits.
    package let isInBits: Bool
    /// From much memory to little.
    package let rows: [Row]
    /// The right end of the axis: what is kept as built.
    package let most: Double
    /// Where the learner's proposal of the race would stand; nil where there is none.
    package let proposal: (memory: Double, words: String)?

    /// Of a picture as its dial stands.
    package init(_ scene: Scene) {
        let isInBits = scene.dials[.memory] == 1
        self.isInBits = isInBits
        let layers = Double(LooksSpec.layers)
        func bits(_ point: MeasuredModel.Point) -> Double {
            Double(point.bytesPerToken) * 8 / layers
        }
        rows = model.points.map { point in
            Row(
                form: point.form, name: WritingFigures.name(point.form),
                memory: isInBits ? bits(point) : Double(point.numbers), nats: point.more.nats,
                cells: [
                    WritingFigures.name(point.form), grouped(point.numbers),
                    grouped(Int(bits(point))), threeDigits(point.perplexity),
                    fixed(max(0, point.more.nats), decimals: 3),
                    fixed(point.more.error, decimals: 3),
                ])
        }
        let built = model.point(.built)
        let most = built.map { isInBits ? bits($0) : Double($0.numbers) } ?? 1
        self.most = most
        proposal = scene.proposal.map { proposal in
            // The same part of what a K/V head for every query head would keep.
            let mha = most * Double(MeasuredModel.queryHeads / MeasuredModel.keyValueHeads)
            let memory = mha * Double(proposal.numbers) / Double(Proposal.mostNumbers)
            let whose = scene.isProposalThere ? "The guess" : "Your proposal"
            return (
                memory,
                "\(whose) of lesson 7 keeps \(proposal.numbers) of MHA's \(Proposal.mostNumbers) "
                    + "numbers. Here that part is \(grouped(Int(memory.rounded()))) "
                    + "\(isInBits ? "bits" : "numbers"); its loss nobody has measured."
            )
        }
    }

    /// The columns of the table.
    package static let header = ["kept", "numbers", "bits", "perplexity", "nats more", "error"]

    /// What was measured, and what must be said beside it.
    package var conditions: String {
        "\(grouped(model.points.first?.tokens ?? 0)) tokens of lessons 3 and 7; what is kept was "
            + "chosen on the other lessons, so other text loses more. Nothing was trained "
            + "afterwards: a model trained as MQA is far better than g = 1 here."
    }

    /// In words.
    package var told: [Passage] {
        [.paragraph("What a token costs more than as built, by what is kept of it in each layer.")]
            + Passage.table(header: Self.header, rows: rows.map(\.cells))
            + [proposal?.words, conditions, model.origins[0]].compactMap(\.self)
            .map { .row(ended($0), mark: "") }
    }
}
