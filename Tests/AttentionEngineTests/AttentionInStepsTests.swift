import AttentionEngine
import Testing

@Suite("Attention in steps")
struct AttentionInStepsTests {
    @Test("Its shares and output are those of the engine's attention", arguments: 1...8)
    func sameAsAttention(width: Int) throws {
        var random = SystemRandomNumberGenerator()
        func numbers(_ count: Int) -> [Double] {
            (0..<count).map { _ in Double.random(in: -2...2, using: &random) }
        }
        let tokens = 9
        let query = numbers(width)
        let keys = (0..<tokens).map { _ in numbers(width) }
        let values = numbers(tokens)
        let steps = AttentionInSteps(query: query, keys: keys, values: values)
        // As a value each token has its own value, then, one token at a time, a 1.
        for token in 0..<tokens {
            let given = keys.indices.map { [values[$0], $0 == token ? 1 : 0] }
            let outputs = try Self.attention(query: query, keys: keys, values: given)
            #expect(abs(outputs[0] - steps.output) < 1e-5)
            #expect(abs(outputs[1] - steps.scores[token].share) < 1e-5)
        }
        #expect(abs(steps.scores.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    }

    /// The same by `attention`; keys and values of fewer numbers are filled up with zeros.
    private static func attention(
        query: [Double], keys: [[Double]], values: [[Double]]
    ) throws -> [Double] {
        let width = max(query.count, 2)
        func filled(_ row: [Double]) -> [Float] {
            row.map(Float.init) + Array(repeating: 0, count: width - row.count)
        }
        let shape = try AttentionShape(queryHeads: 1, keyValueHeads: 1, headDimension: width)
        var cache = KVCache(
            layout: .perHead(keyValueHeads: 1, headDimension: width), format: .float32)
        cache.append(keys: keys.flatMap(filled), values: values.flatMap(filled))
        return AttentionEngine.attention(
            queries: filled(query), cache: cache, shape: shape, causal: true,
            scale: 1 / Float(query.count).squareRoot()
        ).map(Double.init)
    }
}
