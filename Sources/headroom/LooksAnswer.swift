import AttentionEngine
import ForeignText
import LanguageModel

/// Where a model's heads looked, or how different they were, in the forms it is printed in.
struct LooksAnswer {
    private let model: String
    private let point: KeptPoint
    private let shape: AttentionShape
    private let threads: Int
    /// The texts of a sentence's tokens; nil of a longer text, whose heads are compared.
    private let tokens: [String]?
    private let ids: [Int]
    /// [layer][n][t][t] of a sentence.
    private let weights: [[Float]]
    /// Of each layer of a longer text.
    private let layers: [HeadDiversity]
    /// Whether all weights were numbers.
    let isNumber: Bool

    /// Reads a text with an empty sequence.
    init(
        model: String, point: KeptPoint, threads: Int, of sequence: inout ModelSequence,
        tokens: [[UInt8]]?, ids: [Int], uncounted: Int
    ) {
        (self.model, self.point, self.threads) = (model, point, threads)
        self.ids = ids
        let attention = sequence.model.shape.attention
        shape = attention
        // Of fewer K/V heads than built more query heads share one.
        let kept: Int? =
            switch point.form {
            case .asBuilt, .copies, .latent: nil
            case .joined(let heads, _): heads
            }
        let groupSize = attention.queryHeads / (kept ?? attention.keyValueHeads)
        guard let tokens else {
            var comparison = HeadComparison(
                of: ids, by: sequence, groupSize: groupSize, uncounted: uncounted)
            while comparison.readOn() {}
            self.tokens = nil
            (layers, isNumber, weights) = (comparison.layers, comparison.isNumber, [])
            return
        }
        self.tokens = tokens.map { String(foreign: $0) }
        var (looks, isNumber) = ([[Float]](), true)
        sequence.read(ids) { _, weights in
            isNumber = isNumber && weights.allSatisfy(\.isFinite)
            looks.append(weights)
        }
        (layers, self.isNumber, weights) = ([], isNumber, looks)
    }

    // MARK: Text

    /// A layer's heads at a token, or all layers.
    func lines(layer: Int, token: Int) -> [String] {
        guard let tokens else { return comparison }
        let heads = 0..<shape.queryHeads
        var table = TextTable(
            columns: [.init(title: "token", alignment: .left)]
                + heads.map { head in
                    .init(
                        title: "q\(head)", alignment: .right,
                        gap: head % shape.groupSize == 0 ? 4 : 2)
                })
        for seen in 0..<token {
            table.rows.append(
                [printable(tokens[seen])]
                    + heads.map { head in
                        let share = weights[layer][
                            (head * ids.count + token - 1) * ids.count + seen]
                        return share < 0.005 ? "." : fixed(Double(share) * 100, decimals: 0)
                    })
        }
        return table.lines + [""]
            + wrapped(
                "Layer \(layer), where '\(printable(tokens[token - 1]))' looks, in percent; "
                    + "\(shape.queryHeads) query heads on \(shape.keyValueHeads) K/V heads, those "
                    + "that share one side by side. Kept: \(point.words).")
    }

    private func printable(_ token: String) -> String {
        let text = token.replacing([.control, .separator, .format])
        return text.first == " " && text.count > 1 ? String(text.dropFirst()) : text
    }

    private var comparison: [String] {
        var table = TextTable(
            columns: [
                "layer", "share", "apart", "share, no first", "apart, no first", "same, share",
                "same, apart", "on first",
            ].map { .init(title: $0, alignment: .right) })
        func row(_ name: String, _ value: (KeyPath<HeadDiversity, Double>) -> Double) -> [String] {
            [name]
                + Self.measures.map { measure in
                    let value = value(measure.path)
                    return value.isFinite ? fixed(value, decimals: 2) : "-"
                }
        }
        for (index, layer) in layers.enumerated() {
            table.rows.append(row(String(index)) { layer[keyPath: $0] })
        }
        table.rows.append(row("mean", mean))
        return table.lines + [""]
            + wrapped(
                "How different two heads of a layer look, 0 the same and 1 nothing in common: those "
                    + "that share a K/V head, and those that do not; also without the first token. "
                    + "same: tokens at which both look most at the same one, not the first. on "
                    + "first: how much attention lies on the first token. "
                    + "\(grouped(layers[0].tokens)) tokens. Kept: \(point.words).")
    }

    private func mean(_ path: KeyPath<HeadDiversity, Double>) -> Double {
        layers.reduce(0) { $0 + $1[keyPath: path] } / Double(layers.count)
    }

    private static var measures: [(name: String, path: KeyPath<HeadDiversity, Double>)] {
        [
            ("sharing", \.all.sharing), ("apart", \.all.apart),
            ("sharing_without_first", \.withoutFirst.sharing),
            ("apart_without_first", \.withoutFirst.apart),
            ("same_target_sharing", \.sameTarget.sharing),
            ("same_target_apart", \.sameTarget.apart),
            ("on_first", \.onFirst),
        ]
    }

    // MARK: JSON

    var json: JSON {
        let head: [(key: String, value: JSON)] = [
            ("schema", .int(1)), ("model", .string(model)), ("kept", .string(point.words)),
            ("query_heads", .int(shape.queryHeads)), ("kv_heads", .int(shape.keyValueHeads)),
        ]
        let end: [(key: String, value: JSON)] = [("threads", .int(threads))]
        guard let tokens else {
            let rows = layers.map { layer in
                JSON.object(Self.measures.map { ($0.name, Self.number(layer[keyPath: $0.path])) })
            }
            return .object(
                head + [("tokens", .int(layers[0].tokens)), ("layers", .array(rows))] + end)
        }
        return .object(
            head + [
                ("tokens", .array(tokens.map { .string($0) })),
                ("attention", .array(weights.map(heads))),
            ] + end)
    }

    /// [n][t] rows of what each token gives to those it sees.
    private func heads(_ layer: [Float]) -> JSON {
        .array(
            (0..<shape.queryHeads).map { head in
                .array(
                    ids.indices.map { token in
                        let row = (head * ids.count + token) * ids.count
                        return .array(
                            layer[row...row + token].map { Self.number(Double($0)) })
                    })
            })
    }

    private static func number(_ value: Double) -> JSON {
        value.isFinite ? .number(fixed(value, decimals: 4).filter { $0 != "," }) : .null
    }
}
