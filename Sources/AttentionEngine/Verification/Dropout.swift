/// Dropout that was left on: weights, or numbers of out, that are 0 or larger by one factor.
struct Dropout {
    let mistake: AttentionMistake

    /// Nil where out shows none. Weights are found where a row sees no more keys than its values
    /// have numbers, so that out gives them. Cost: s³ for a row that sees s keys, 64 at the most.
    init?(_ comparison: RecordComparison) {
        guard case .heads = comparison.reading.finish,
            let (kind, factor) = Self.ofWeights(comparison) ?? Self.ofOutputs(comparison)
        else { return nil }
        let part = (1 - 1 / factor) * 100
        mistake = AttentionMistake(
            "dropout-left-on", .weights,
            "dropout is on: \(kind) are 0 or \((factor * 100).rounded() / 100) times too large",
            "About \(Int(part.rounded())) % are dropped. Call model.eval() or pass dropout_p=0, and "
                + "run it twice: what differs from run to run is dropout."
        ) { _ in }
    }

    /// The factor that what is left was multiplied by; nil where ratios are not 0 and one more.
    private static func factor(_ ratios: [(ratio: Double, slack: Double)]) -> Double? {
        let kept = ratios.filter { abs($0.ratio) > $0.slack }
        guard kept.count < ratios.count, kept.count > 1 else { return nil }
        let sorted = kept.map(\.ratio).sorted()
        let middle = sorted[sorted.count / 2]
        guard middle > 1.001,
            kept.allSatisfy({ abs($0.ratio - middle) <= $0.slack + 1e-3 * middle })
        else { return nil }
        return middle
    }

    private static func ofOutputs(_ comparison: RecordComparison) -> (String, Double)? {
        let outputs = comparison.reading.outputs
        var ratios: [(Double, Double)] = []
        for row in comparison.allRows.prefix(512) {
            guard let right = comparison.row(row, of: comparison.rightRule) else { return nil }
            let start = outputs.start(row.batch, row.head, row.query)
            for (place, expected) in right.expected.enumerated()
            where abs(expected) > 20 * right.allowed[place] {
                ratios.append(
                    (
                        outputs.numbers[start + place] / expected,
                        2 * right.allowed[place] / abs(expected)
                    ))
            }
        }
        return factor(ratios.map { (ratio: $0.0, slack: $0.1) }).map { ("numbers of out", $0) }
    }

    private static func ofWeights(_ comparison: RecordComparison) -> (String, Double)? {
        guard let inputs = comparison.inputs(InputRule()) else { return nil }
        let (outputs, sizes) = (comparison.reading.outputs, comparison.reading.sizes)
        let rule = comparison.rightRule
        var ratios: [(ratio: Double, slack: Double)] = []
        for row in comparison.allRows.prefix(512) {
            let seen = rule.mask.seen(row.batch, row.query, sizes)
            let width = sizes.valueWidth
            guard (1...min(64, width)).contains(seen.count), seen.lowerBound == 0 else { continue }
            let head = row.head / sizes.groupSize
            let values = seen.map { key -> [Double] in
                let start = inputs.values.start(row.batch, head, key)
                return Array(inputs.values.numbers[start..<start + width])
            }
            let scores = seen.map { key -> Double in
                let (q, k) = (
                    inputs.queries.start(row.batch, row.head, row.query),
                    inputs.keys.start(row.batch, head, key)
                )
                return rule.factor
                    * (0..<sizes.keyWidth).reduce(0.0) {
                        $0 + inputs.queries.numbers[q + $1] * inputs.keys.numbers[k + $1]
                    }
            }
            let largest = scores.max() ?? 0
            let powers = scores.map { exponential($0 - largest) }
            let sum = powers.reduce(0, +)
            let start = outputs.start(row.batch, row.head, row.query)
            let out = Array(outputs.numbers[start..<start + width])
            guard let weights = weights(of: values, giving: out) else { continue }
            for (weight, power) in zip(weights, powers) where power / sum > 0.02 {
                ratios.append((ratio: weight * sum / power, slack: 0.02))
            }
        }
        return factor(ratios).map { ("weights", $0) }
    }
}
