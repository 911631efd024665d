/// Somebody else's figure for a cache against ours: by what factor it is off, and which mistakes
/// give that factor.
package struct SizeComparison: Hashable, Sendable {
    /// A size that the figure may mean in place of what attention needs.
    package struct Other: Hashable, Sendable {
        /// Its member in JSON, "total_bytes".
        package let member: String
        /// What it is, behind "is": "what each of 4 GPUs holds".
        let words: String
        let size: ByteCount

        /// A size with its name in JSON and in words.
        package init(member: String, words: String, size: ByteCount) {
            self.member = member
            self.words = words
            self.size = size
        }

        /// All that is kept, with what stands beside keys and values.
        package static func total(of sizes: KeptSizes) -> Other {
            let besides = [
                sizes.indexKeys.bytes > 0 ? "index keys" : nil,
                sizes.states.bytes > 0 ? "states" : nil,
            ].compactMap(\.self)
            return Other(
                member: "total_bytes",
                words: "all that is kept, with its " + besides.joined(separator: " and "),
                size: sizes.total)
        }
    }

    /// The other figure, as it was written.
    package let stated: StatedSize
    /// What attention needs.
    let ours: ByteCount
    /// Mistakes that lead from ours to theirs, likeliest first, each beginning with a verb:
    /// "counted the 71 query heads as K/V heads, where there is 1". Empty where none explains it.
    package let causes: [String]
    /// The size that rounds to the figure and differs from it by 1 % at most, what attention needs
    /// before all others; nil where none does.
    package let agreeing: Other?
    /// Whether the mistakes explain the factor only to one part in a hundred.
    let isApproximate: Bool

    /// Whether the figure is one of our sizes.
    package var agrees: Bool { agreeing != nil }

    /// How many times ours theirs is.
    package var factor: Double { stated.bytes / Double(ours.bytes) }

    /// Compares a figure with a load on a model's cache, and with other sizes that it may mean. n,
    /// h and the hidden width are what mistaken calculations start from. Throws as the sizes do.
    /// Cost: some hundred sizes.
    package init(
        stated: StatedSize, stack: LayerStack, load: CacheLoad, queryHeads: Int,
        headDimension: Int?, hiddenSize: Int?, others: [Other] = []
    ) throws(SettingError) {
        self.stated = stated
        let needed = try stack.needed(load)
        ours = needed
        let own = Other(member: "needed_bytes", words: "the same", size: needed)
        agreeing = ([own] + others).first {
            Self.rounds($0.size, to: stated)
                && abs(stated.bytes / Double($0.size.bytes) - 1) <= 0.01
        }
        guard agreeing == nil, ours.bytes > 0 else {
            causes = []
            isApproximate = false
            return
        }
        let search = MistakenSizes(
            stated: stated, stack: stack, load: load, queryHeads: queryHeads,
            headDimension: headDimension, hiddenSize: hiddenSize)
        // One digit would explain nearly everything.
        let exact = search.causes(tolerance: max(min(stated.precision * 1.02, 0.05), 1e-6))
        causes = exact.isEmpty ? search.causes(tolerance: 0.01) : exact
        isApproximate = exact.isEmpty
    }

    /// Whether a size, rounded to the digits that a figure was written with, is that figure.
    private static func rounds(_ size: ByteCount, to stated: StatedSize) -> Bool {
        size.bytes > 0
            && abs(Double(size.bytes) / stated.bytes - 1) <= stated.precision + 1e-9
    }
}

extension SizeComparison {
    /// The comparison in whole sentences: what the other figure is to ours, then each cause. The
    /// causes are rows of their own, so that they can stand indented.
    package var sentences: (verdict: String, causes: [String]) {
        let theirs = ByteCount(Int(stated.bytes.rounded())).both
        let digits = counted(stated.digits, "digit")
        if let agreeing {
            let isExact = abs(stated.bytes / Double(agreeing.size.bytes) - 1) <= 1e-9
            let rounding = isExact ? "" : ", rounded to \(digits)"
            return ("The other figure, \(theirs), is \(agreeing.words)\(rounding).", [])
        }
        if ours.bytes == 0 { return ("The other figure is \(theirs), ours nothing at all.", []) }
        let verdict = "The other figure, \(theirs), is \(distance)."
        let nearly = isApproximate ? ", nearly" : ""
        var rows = causes.enumerated().map { ($0 == 0 ? "It " : "Or it ") + $1 + nearly + "." }
        if Self.rounds(ours, to: stated) {
            rows.append("Rounded to \(digits) ours is that figure, too: more digits would tell.")
        }
        return (verdict, rows.isEmpty ? ["No common mistake gives that factor."] : rows)
    }

    /// "8 times ours"; of nearly ours, "6.87 % less than ours".
    private var distance: String {
        if 0.9..<1.1 ~= factor {
            let percent = abs(factor - 1) * 100
            let amount = percent < 0.01 ? "less than 0.01" : brief(percent)
            return "\(amount) % \(factor > 1 ? "more" : "less") than ours"
        }
        return factor > 1
            ? "\(brief(factor)) times ours" : "\(brief(1 / factor)) times less than ours"
    }
}
