import AttentionEngine
import TestSupport
import Testing

@Suite("Attention weights")
struct AttentionWeightsTests {
    @Test("mix the values into what attention gives, in each format", arguments: [true, false])
    func outputs(causal: Bool) throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            let inputs = try AttentionInputs(random: &random)
            let (shape, width) = (inputs.shape, inputs.shape.headDimension)
            for format in inputs.formats {
                let weights = attentionWeights(
                    queries: inputs.queries, cache: inputs.cache(format), shape: shape,
                    causal: causal)
                let values = inputs.kept(in: format).values
                let mixed = (0..<shape.queryHeads * inputs.queryTokens).flatMap { row in
                    let head = row / inputs.queryTokens / shape.groupSize
                    return (0..<width).map { place in
                        (0..<inputs.tokens).reduce(Float(0)) { sum, token in
                            sum + weights[row * inputs.tokens + token]
                                * values[(head * inputs.tokens + token) * width + place]
                        }
                    }
                }
                let outputs = inputs.outputs(format, causal: causal)
                #expect(largestDifference(mixed, outputs) < 1e-4, "\(format)")
            }
        }
    }

    @Test("add up to 1, and what a query does not see has 0")
    func shares() throws {
        var random = SeededGenerator(seed: 6)
        let inputs = AttentionInputs(
            try AttentionShape(queryHeads: 6, keyValueHeads: 2, headDimension: 8), queryTokens: 5,
            tokens: 9, from: &random)
        let weights = attentionWeights(
            queries: inputs.queries, cache: inputs.cache(.float32), shape: inputs.shape,
            causal: true)
        #expect(weights.count == 6 * 5 * 9)
        for row in 0..<30 {
            let shares = weights.row(row, 9)
            #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
            let unseen = shares.dropFirst(5 + row % 5).allSatisfy { $0 == 0 }
            #expect(unseen)
        }
    }
}
