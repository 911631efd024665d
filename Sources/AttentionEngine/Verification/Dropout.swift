/// Dropout that was left on: weights, or numbers of out, that are 0 or larger by one factor.
struct Dropout {
    let mistake: AttentionMistake

    /// Nil where out shows none. Weights are found where a row has no more of them than numbers in
    /// out, so that these give them; a whole layer's row has those of all heads. Of longer rows of
    /// heads a usual part is found. Cost: the cube of
    /// a row's weights, 64 at the most.
    init?(_ comparison: RecordComparison) {
        guard
            let (kind, factor) = Self.ofWeights(comparison) ?? Self.ofOutputs(comparison)
                ?? Self.ofSubsets(comparison)
        else {
            return nil
        }
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
            let heads: Range<Int>
            switch comparison.reading.finish {
            case .heads: heads = row.head..<row.head + 1
            case .projected: heads = 0..<sizes.queryHeads
            }
            guard (1...min(64, outputs.width)).contains(heads.count * seen.count),
                seen.lowerBound == 0
            else { continue }
            var values: [[Double]] = []
            var parts: [Double] = []
            for head in heads {
                let from = head / sizes.groupSize
                let powers = inputs.powers(row.batch, head, row.query, from, seen, rule.factor)
                let sum = powers.reduce(0, +)
                parts += powers.map { $0 / sum }
                values += seen.map { key in
                    let start = inputs.values.start(row.batch, from, key)
                    let value = inputs.values.numbers[start..<start + sizes.valueWidth]
                    return comparison.reading.finish.row(of: head, Array(value))
                }
            }
            let start = outputs.start(row.batch, row.head, row.query)
            let out = Array(outputs.numbers[start..<start + outputs.width])
            guard let weights = weights(of: values, giving: out) else { continue }
            for (weight, part) in zip(weights, parts) where part > 0.02 {
                ratios.append((ratio: weight / part, slack: 0.02))
            }
        }
        return factor(ratios).map { ("weights", $0) }
    }
}

extension HeadInputs {
    /// What a query's weights on a head's keys are in proportion to.
    func powers(
        _ batch: Int, _ head: Int, _ query: Int, _ from: Int, _ seen: Range<Int>, _ factor: Double
    ) -> [Double] {
        let q = queries.start(batch, head, query)
        let scores = seen.map { key in
            let k = keys.start(batch, from, key)
            return factor
                * (0..<queries.width).reduce(0.0) {
                    $0 + queries.numbers[q + $1] * keys.numbers[k + $1]
                }
        }
        let largest = scores.max() ?? 0
        return scores.map { exponential($0 - largest) }
    }
}

extension RuleOutputs.Finish {
    /// What a head's row is in out.
    fileprivate func row(of head: Int, _ row: [Double]) -> [Double] {
        guard case .projected(let matrix, let width) = self else { return row }
        return (0..<matrix.count / width).map { place in
            let start = place * width + head * row.count
            return row.indices.reduce(0.0) { $0 + matrix[start + $1] * row[$1] }
        }
    }
}
