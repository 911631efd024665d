/// How different the heads of a layer look at a text: pairs that share a K/V head, and pairs that
/// do not.
///
/// Two heads' attention weights at a token differ by their total variation, half the sum of the
/// absolute differences: 0 where they are the same, 1 where they have nothing in common. What is
/// measured is its mean over tokens and pairs.
package struct HeadDiversity: Hashable, Sendable {
    /// A mean of pairs that share a K/V head, and of those that do not; no number of no pair.
    package struct Means: Hashable, Sendable {
        /// Pairs that share.
        package fileprivate(set) var sharing = 0.0
        /// Pairs that do not.
        package fileprivate(set) var apart = 0.0
    }

    /// Over all tokens that a head sees.
    package private(set) var all = Means()
    /// Without the first token, the rest taken as the whole.
    package private(set) var withoutFirst = Means()
    /// The share of tokens at which both look most at the same one, the first left out.
    package private(set) var sameTarget = Means()
    /// How much of all heads' attention lies on the first token, in the mean.
    package private(set) var onFirst = 0.0
    /// Tokens counted.
    package private(set) var tokens = 0

    /// Nothing counted yet.
    package init() {}

    /// Counts tokens of a layer: weights [n, t, s], query heads so many to a K/V head; of the t
    /// those from `start` on. The first token of the text sees nothing else, and is to be left out.
    package mutating func add(
        _ weights: [Float], queryHeads: Int, groupSize: Int, queryTokens: Int, from start: Int = 0
    ) {
        let (n, count) = (queryHeads, weights.count / (queryHeads * queryTokens))
        for token in start..<queryTokens {
            let rows = (0..<n).map { head -> ArraySlice<Float> in
                let row = (head * queryTokens + token) * count
                return weights[row..<row + count]
            }
            let rests = rows.map { row -> [Float] in
                let rest = row.dropFirst()
                let sum = rest.reduce(0, +)
                return sum > 0 ? rest.map { $0 / sum } : Array(rest)
            }
            let targets = rests.map { rest in rest.indices.max { rest[$0] < rest[$1] } ?? 0 }
            tokens += 1
            let part = 1 / Double(tokens)
            onFirst +=
                (rows.reduce(0.0) { $0 + Double($1.first ?? 0) } / Double(n) - onFirst) * part
            func take(_ means: WritableKeyPath<Self, Means>, _ pair: (Int, Int) -> Double) {
                let found = Self.means(heads: n, groupSize: groupSize, pair)
                self[keyPath: means].sharing +=
                    (found.sharing - self[keyPath: means].sharing) * part
                self[keyPath: means].apart += (found.apart - self[keyPath: means].apart) * part
            }
            take(\.all) { Self.variation(rows[$0], rows[$1]) }
            take(\.withoutFirst) { Self.variation(rests[$0][...], rests[$1][...]) }
            take(\.sameTarget) { targets[$0] == targets[$1] ? 1 : 0 }
        }
    }

    private static func means(
        heads: Int, groupSize: Int, _ pair: (Int, Int) -> Double
    ) -> Means {
        var (sums, counts) = (Means(), (sharing: 0, apart: 0))
        for one in 0..<heads {
            for other in one + 1..<max(one + 1, heads) {
                let value = pair(one, other)
                if one / groupSize == other / groupSize {
                    sums.sharing += value
                    counts.sharing += 1
                } else {
                    sums.apart += value
                    counts.apart += 1
                }
            }
        }
        return Means(
            sharing: sums.sharing / Double(counts.sharing), apart: sums.apart / Double(counts.apart)
        )
    }

    private static func variation(_ one: ArraySlice<Float>, _ other: ArraySlice<Float>) -> Double {
        Double(zip(one, other).reduce(0) { $0 + abs($1.0 - $1.1) }) / 2
    }
}
