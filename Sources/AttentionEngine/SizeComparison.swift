/// Somebody else's figure for a cache against ours: by what factor it is off, and which mistakes
/// give that factor.
package struct SizeComparison: Hashable, Sendable {
    /// The other figure, as it was written.
    package let stated: StatedSize
    /// What attention needs.
    let ours: ByteCount
    /// Mistakes that lead from ours to theirs, likeliest first, each beginning with a verb:
    /// "counted the 71 query heads as K/V heads, where there is 1". Empty where none explains it.
    package let causes: [String]
    /// Whether the figures agree to the digits that were written.
    package let agrees: Bool
    /// Whether the mistakes explain the factor only to one part in a hundred.
    let isApproximate: Bool

    /// How many times ours theirs is.
    package var factor: Double { stated.bytes / Double(ours.bytes) }

    /// Compares a figure with a load on a model's cache. n, h and the hidden width are what
    /// mistaken calculations start from. Throws as the sizes do. Cost: some hundred sizes.
    package init(
        stated: StatedSize, stack: LayerStack, load: CacheLoad, queryHeads: Int,
        headDimension: Int?, hiddenSize: Int?
    ) throws(SettingError) {
        self.stated = stated
        ours = try stack.needed(load)
        agrees =
            ours.bytes > 0
            && abs(stated.bytes / Double(ours.bytes) - 1) <= max(stated.precision * 1.02, 1e-9)
        guard !agrees, ours.bytes > 0 else {
            causes = []
            isApproximate = false
            return
        }
        let search = MistakenSizes(
            stated: stated, stack: stack, load: load, queryHeads: queryHeads,
            headDimension: headDimension, hiddenSize: hiddenSize)
        let exact = search.causes(tolerance: max(stated.precision * 1.02, 1e-6))
        causes = exact.isEmpty ? search.causes(tolerance: 0.01) : exact
        isApproximate = exact.isEmpty
    }
}

extension SizeComparison {
    /// The comparison in whole sentences: what the other figure is to ours, then each cause. The
    /// causes are rows of their own, so that they can stand indented.
    package var sentences: (verdict: String, causes: [String]) {
        let theirs = ByteCount(Int(stated.bytes.rounded())).both
        if agrees { return ("The other figure, \(theirs), is the same.", []) }
        if ours.bytes == 0 { return ("The other figure is \(theirs), ours nothing at all.", []) }
        let off =
            factor > 1
            ? "\(brief(factor)) times ours" : "\(brief(1 / factor)) times less than ours"
        let verdict = "The other figure, \(theirs), is \(off)."
        if causes.isEmpty { return (verdict, ["No common mistake gives that factor."]) }
        let nearly = isApproximate ? ", nearly" : ""
        return (
            verdict,
            causes.enumerated().map { ($0 == 0 ? "It " : "Or it ") + $1 + nearly + "." }
        )
    }
}
