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
    /// That the lesson's text is about another model or sentence, and what of a sentence was not
    /// read; empty where there is nothing to say.
    package let foreign: [String]
    /// What the learner typed that the model has not read; nil where there is nothing.
    package let kept: String?
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
            return own.isEmpty ? "(blank)" : String(own)
        }
        let heads = live.map { $0.layers[layer].map(MeasuredModel.triangle) } ?? model.looks[layer]
        shares = heads.map { $0[asking - 1] }
        groupSize = live?.groupSize ?? MeasuredModel.queryHeads / MeasuredModel.keyValueHeads
        origins =
            live.map { live in
                let name = live.content == model.content ? model.name : live.model
                return ["\(name) read this \(scene.experiments.origin(of: experiment).inWords)"]
            } ?? model.origins
        let isSeen =
            scene.kept.map { kept in
                live.map { $0.sentence.map { $0 == kept.words } ?? $0.isOfSentence(kept.words) }
                    ?? false
            } ?? true
        kept = isSeen ? nil : scene.kept?.text(toDo: ("be read", "reads"))
        foreign = live?.foreign(to: model) ?? []
    }

    /// A token, and which it is where that is not plain.
    private func told(_ index: Int) -> String {
        let isOne = tokens.count { $0 == tokens[index] } == 1
        let place = index == 0 ? " (first token)" : isOne ? "" : " (token \(index + 1))"
        return tokens[index] + place
    }

    /// In words: for each head the three tokens that it gives most.
    package var told: [Passage] {
        [.paragraph(title + ". Query heads that share a K/V head:")]
            + shares.enumerated().map { head, shares in
                let most = shares.indices.sorted { shares[$0] > shares[$1] }.prefix(3)
                    .filter { shares[$0] > 0 }
                    .map { "\(told($0)) \(shares[$0]) %" }
                return .row(
                    "kv\(head / groupSize), q\(head): " + most.joined(separator: ", ") + ".")
            }
            + ([kept].compactMap(\.self) + foreign + [ended(origins[0])]).map { .row($0, mark: "") }
    }
}

extension LooksStatus {
    /// What is not as the lesson's text has it. It has something.
    fileprivate func foreign(to model: MeasuredModel) -> [String] {
        let heads = BuiltHeads(
            layers: layers.count, queryHeads: layers[0].count,
            keyValueHeads: layers[0].count / groupSize)
        let other =
            isOfSentence(model.tokens.joined())
            ? nil : "The sentence is not the one that the text is about."
        let all = sentenceTokens ?? tokens.count
        let cut =
            all == tokens.count
            ? nil
            : "Read: its first \(tokens.count) tokens of \(grouped(all)). More are not read."
        let part =
            tokens.contains { $0.contains("\u{FFFD}") }
            ? "\u{FFFD}: a part of a character, which takes several tokens." : nil
        return [content == model.content ? nil : heads.foreignWords, other, cut, part]
            .compactMap(\.self)
    }

    /// Whether it is the beginning of a sentence, in whatever tokens a model divides it; some begin
    /// with one that no text is written with.
    fileprivate func isOfSentence(_ sentence: String) -> Bool {
        [tokens, Array(tokens.dropFirst())].contains { tokens in
            tokens.count > 2 && sentence.hasPrefix(tokens.joined().trimmed)
        }
    }
}

extension BuiltHeads {
    /// What is said beside a picture of other heads than the lesson's text is about.
    var foreignWords: String {
        let own = Self.measured
        let heads = "\(counted(layers, "layer")), \(counted(queryHeads, "query head"))"
        if self == own { return "This is another file than the one that the text is about." }
        return "Here: \(heads) on \(keyValueHeads). The text is about "
            + "\(MeasuredModel.smolLM2.name)'s \(own.layers), \(own.queryHeads) on "
            + "\(own.keyValueHeads)."
    }
}
