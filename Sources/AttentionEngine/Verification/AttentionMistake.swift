/// A usual mistake in an attention that somebody wrote themselves.
package enum AttentionMistake: Hashable, Sendable {
    /// `repeat` for `repeat_interleave`: query head i reads K/V head i mod g, not i / (n/g).
    case headsTiled
    /// The same of the keys only.
    case keysTiled
    /// The same of the values only.
    case valuesTiled
    /// Keys of the own group, values of the one after it.
    case valuesOfNextGroup
    /// Keys of the own group, values of the one before it.
    case valuesOfPreviousGroup
    /// Scores as they come from the product, without 1/√h.
    case scaleMissing
    /// 1/h, or 1/√h twice.
    case scaleByWidth
    /// 1/√(n h).
    case scaleOfModelWidth
    /// No mask where a causal one was asked for.
    case maskMissing
    /// A causal mask where none was asked for.
    case maskUnwanted
    /// The first query sees the first key only, though there are keys before its own.
    case maskAtTopLeft
    /// Weights that sum to 1 down a column of scores, not along its row.
    case softmaxOverQueries
    /// Weights that sum to 1 over the query heads.
    case softmaxOverHeads
    /// Scores taken as weights.
    case softmaxMissing
    /// Scores from v, mixing of k.
    case keysAndValuesSwapped
    /// Scores or weights kept in 16 bits.
    case sixteenBitSoftmax(FloatFormat)

    /// A name for programs: "heads-tiled".
    package var id: String {
        switch self {
        case .headsTiled: "heads-tiled"
        case .keysTiled: "keys-tiled"
        case .valuesTiled: "values-tiled"
        case .valuesOfNextGroup: "values-of-next-group"
        case .valuesOfPreviousGroup: "values-of-previous-group"
        case .scaleMissing: "scale-missing"
        case .scaleByWidth: "scale-by-width"
        case .scaleOfModelWidth: "scale-of-model-width"
        case .maskMissing: "mask-missing"
        case .maskUnwanted: "mask-unwanted"
        case .maskAtTopLeft: "mask-at-top-left"
        case .softmaxOverQueries: "softmax-over-queries"
        case .softmaxOverHeads: "softmax-over-heads"
        case .softmaxMissing: "softmax-missing"
        case .keysAndValuesSwapped: "keys-and-values-swapped"
        case .sixteenBitSoftmax(let format): "softmax-in-\(format.rawValue.lowercased())"
        }
    }

    /// Whether it is a rounding inside the softmax.
    package var isRounding: Bool { subject == .rounding }

    /// The mistakes that are looked for alone, in the order in which they are named.
    static func candidates(causal: Bool) -> [AttentionMistake] {
        [
            .headsTiled, .scaleMissing, .scaleByWidth, .scaleOfModelWidth,
            causal ? .maskMissing : .maskUnwanted,
        ] + (causal ? [.maskAtTopLeft] : []) + [
            .softmaxOverQueries, .softmaxOverHeads, .softmaxMissing, .keysAndValuesSwapped,
            .keysTiled, .valuesTiled, .valuesOfNextGroup, .valuesOfPreviousGroup,
        ]
    }

    /// Pairs worth a look: mistakes about different things. A mask nobody asked for may also stand
    /// in the wrong corner.
    static func pairs(causal: Bool) -> [[AttentionMistake]] {
        let singles = candidates(causal: causal)
        var pairs = singles.indices.flatMap { first in
            singles[(first + 1)...].map { [singles[first], $0] }
        }.filter { $0[0].subject != $0[1].subject }
        if !causal { pairs.insert([.maskUnwanted, .maskAtTopLeft], at: 0) }
        return pairs
    }

    /// What a mistake is about.
    private enum Subject { case heads, scale, mask, softmax, order, rounding }

    private var subject: Subject {
        switch self {
        case .headsTiled, .keysTiled, .valuesTiled, .valuesOfNextGroup, .valuesOfPreviousGroup:
            .heads
        case .scaleMissing, .scaleByWidth, .scaleOfModelWidth: .scale
        case .maskMissing, .maskUnwanted, .maskAtTopLeft: .mask
        case .softmaxOverQueries, .softmaxOverHeads, .softmaxMissing: .softmax
        case .keysAndValuesSwapped: .order
        case .sixteenBitSoftmax: .rounding
        }
    }

    /// Makes this mistake.
    func apply(to rule: inout AttentionRule) {
        switch self {
        case .headsTiled: (rule.keyHeads, rule.valueHeads) = (.tiled, .tiled)
        case .keysTiled: rule.keyHeads = .tiled
        case .valuesTiled: rule.valueHeads = .tiled
        case .valuesOfNextGroup: rule.valueHeads = .next
        case .valuesOfPreviousGroup: rule.valueHeads = .previous
        case .scaleMissing: rule.scale = .none
        case .scaleByWidth: rule.scale = .width
        case .scaleOfModelWidth: rule.scale = .rootOfModelWidth
        case .maskMissing: rule.mask = .none
        case .maskUnwanted: rule.mask = .bottomRight
        case .maskAtTopLeft: rule.mask = .topLeft
        case .softmaxOverQueries: rule.axis = .queries
        case .softmaxOverHeads: rule.axis = .heads
        case .softmaxMissing: rule.axis = .none
        case .keysAndValuesSwapped: rule.isSwapped = true
        case .sixteenBitSoftmax(let format):
            rule.rounding = AttentionRule.Rounding(
                format: format, scores: .scaled, weights: .quotients)
        }
    }
}
