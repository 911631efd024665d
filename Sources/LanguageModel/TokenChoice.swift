import AttentionEngine

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// How the next token is chosen: the likeliest, or one drawn from the likeliest.
package struct TokenChoice: Sendable {
    private let temperature: Double
    private let share: Double
    private var random: SplitMix

    /// - Parameters:
    ///   - temperature: What logits are divided by; 0 takes the likeliest token each time.
    ///   - share: The likeliest tokens that have this probability together are drawn from, and no
    ///     others (nucleus sampling: Holtzman et al. 2020, arXiv 1904.09751, section 3.1).
    ///   - seed: The same draws the same.
    package init(temperature: Double = 0, share: Double = 1, seed: UInt64 = 0) {
        self.temperature = temperature
        self.share = share
        random = SplitMix(state: seed)
    }

    /// The token chosen of [v] logits; the first of equal ones, and nil where one is no number.
    /// Cost: O(v), with a temperature O(v log v).
    package mutating func token(of logits: [Float]) -> Int? {
        guard logits.allSatisfy(\.isFinite), let top = logits.max() else { return nil }
        if temperature == 0 { return logits.firstIndex(of: top) }
        let weights = logits.map { exp(Double($0 - top) / temperature) }
        let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
        let wanted = share * weights.reduce(0, +)
        var sum = 0.0
        var candidates: [Int] = []
        for token in order {
            candidates.append(token)
            sum += weights[token]
            if sum >= wanted { break }
        }
        // From 0 to 1, without 1.
        var left = Double(random.next() &>> 11) * 0x1p-53 * sum
        return candidates.first {
            left -= weights[$0]
            return left < 0
        } ?? candidates.last
    }
}
