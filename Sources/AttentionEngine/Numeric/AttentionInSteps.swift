#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One query's attention over the keys that it sees, with all that `attention` computes on the way.
///
/// In double precision, for a few small numbers that somebody looks at: no score is taken off
/// before e is raised to it, so scores of some hundreds overflow. Values are one number each.
package struct AttentionInSteps: Sendable {
    /// A key on its way to its share.
    package struct Score: Sendable {
        /// The query's numbers times the key's, one by one.
        package let products: [Double]
        /// q·k, their sum.
        package let dotProduct: Double
        /// That divided by √h, h being how many numbers a key has.
        package let scaled: Double
        /// e to that power.
        package let power: Double
        /// The power over the sum of all keys' powers.
        package fileprivate(set) var share = 0.0
    }

    /// One for each key, in their order.
    package let scores: [Score]
    /// All keys' powers added, which the shares are parts of.
    package let sumOfPowers: Double
    /// The values, each times its share, added.
    package let output: Double

    /// - Parameters:
    ///   - query: h numbers.
    ///   - keys: At least one, h numbers each.
    ///   - values: As many as keys.
    package init(query: [Double], keys: [[Double]], values: [Double]) {
        var scores = keys.map { key in
            let products = zip(query, key).map { $0 * $1 }
            let dotProduct = products.reduce(0, +)
            let scaled = dotProduct / Double(query.count).squareRoot()
            return Score(
                products: products, dotProduct: dotProduct, scaled: scaled, power: exp(scaled))
        }
        let sum = scores.reduce(0) { $0 + $1.power }
        for index in scores.indices { scores[index].share = scores[index].power / sum }
        self.scores = scores
        sumOfPowers = sum
        output = zip(scores, values).reduce(0) { $0 + $1.0.share * $1.1 }
    }
}
