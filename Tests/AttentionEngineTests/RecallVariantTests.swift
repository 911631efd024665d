import RecallKernels
import Testing

@testable import AttentionEngine

@Suite("Recall: variants, weights and Adam")
struct RecallVariantTests {
    @Test("The race's variants, what they cache for a token and how many parameters they have")
    func race() {
        #expect(RecallVariant.race.map(\.id) == ["mha", "gqa4", "gqa2", "mqa", "mla32"])
        #expect(RecallVariant.race.map(\.name) == ["MHA", "GQA-4", "GQA-2", "MQA", "MLA-32"])
        #expect(RecallVariant.race.map(\.numbersPerToken) == [128, 64, 32, 16, 32])
        #expect(RecallVariant.race.map(\.parameters) == [36_864, 32_768, 30_720, 29_696, 34_816])
    }

    @Test("With MHA's parameters MQA is 85 wide, and no width is nearer")
    func matching() {
        let mha = RecallVariant.race[0]
        let matched = RecallVariant.race.map { $0.matchingParameters(of: mha) }
        #expect(matched.map(\.width) == [64, 75, 81, 85, 70])
        #expect(matched.map(\.parameters) == [36_864, 36_992, 36_704, 36_752, 36_928])
        #expect(matched.map(\.layout) == RecallVariant.race.map(\.layout))
    }

    @Test("Every id names a variant of that id; other texts name none")
    func ids() {
        let ids =
            ["mha", "gqa4", "gqa2", "mqa"] + stride(from: 8, through: 64, by: 8).map { "mla\($0)" }
        #expect(ids.map { RecallVariant(id: $0)?.id } == ids)
        for id in ["", "MHA", "gqa", "gqa3", "gqa8", "mla", "mla0", "mla12", "mla72", "mla032"] {
            #expect(RecallVariant(id: id) == nil)
        }
    }

    @Test("First weights have variance 1 / fan-in", arguments: RecallVariant.race)
    func firstWeights(variant: RecallVariant) {
        let weights = RecallTensors(of: variant, seed: 5)
        for shape in RecallTensor.shapes(of: variant) {
            let matrix = weights[shape.tensor]
            var square = 0.0
            for row in 0..<shape.rows {
                for column in 0..<shape.columns {
                    square += Double(matrix[row, column] * matrix[row, column])
                }
            }
            let variance = square / Double(shape.rows * shape.columns)
            #expect(abs(variance * Double(shape.fanIn) - 1) < 0.15, "\(variant.id) \(shape.tensor)")
        }
        let fans = RecallTensor.shapes(of: variant).map(\.fanIn)
        #expect(fans == (variant.id == "mla32" ? [64, 64, 64, 64, 32, 64] : [64, 64, 64, 64, 64]))
    }

    @Test("Steps of Adam are those of its formula in double precision")
    func adam() {
        let blocks = (0..<4).map { _ in FloatBlock(count: 8) }
        var weights = (0..<8).map { Double($0) - 3.5 }
        var mean = Array(repeating: 0.0, count: 8)
        var variance = mean
        for lane in 0..<8 { blocks[0].base[lane] = Float(weights[lane]) }
        for step in 1...20 {
            var powers = (1.0, 1.0)
            for _ in 0..<step { powers = (powers.0 * 0.9, powers.1 * 0.999) }
            for lane in 0..<8 {
                let slope = Double((lane * 7 + step * 3) % 11 - 4) * 0.01
                blocks[1].base[lane] = Float(slope)
                mean[lane] = 0.9 * mean[lane] + 0.1 * slope
                variance[lane] = 0.999 * variance[lane] + 0.001 * slope * slope
                let spread = (variance[lane] / (1 - powers.1)).squareRoot() + 1e-8
                weights[lane] -= 3e-3 * mean[lane] / (1 - powers.0) / spread
            }
            adamStep(
                weights: blocks[0].base, gradient: blocks[1].base, mean: blocks[2].base,
                variance: blocks[3].base, count: 8, learningRate: 3e-3,
                meanCorrection: 1 - powers.0, varianceCorrection: 1 - powers.1)
            for lane in 0..<8 { #expect(abs(Double(blocks[0].base[lane]) - weights[lane]) < 3e-6) }
        }
    }
}
