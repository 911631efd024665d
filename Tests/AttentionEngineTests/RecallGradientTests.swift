import TestSupport
import Testing

@testable import AttentionEngine

@Suite("Recall: gradients")
struct RecallGradientTests {
    /// Every way to share, and two widths that must be filled up to a multiple of 8.
    static let variants =
        RecallVariant.race + [RecallVariant(id: "mla8")!]
        + ["mqa", "mla32"].map {
            RecallVariant(id: $0)!.matchingParameters(of: RecallVariant(id: "mha")!)
        }

    /// A layer whose heads have begun to look at items, and four questions that fill a batch.
    struct Example {
        let questions: [RecallQuestion]
        let reference: RecallReference
        let loss: Double
        let gradient: RecallTensors

        init(_ variant: RecallVariant) {
            let weights = RecallTensors(of: variant, seed: 3)
            // Larger weights than a layer starts with, so that no head looks everywhere alike.
            for place in 0..<weights.block.count { weights.block.base[place] *= 1.5 }
            questions = (0..<4).map { TrainedRecall.question($0, seed: 3) }
            let batch = RecallBatch((0..<64).map { [questions] in questions[$0 % 4] })
            let layer = RecallLayer(variant, weights: weights)
            layer.answer(batch)
            var nats = 0.0
            for row in 0..<64 {
                for attribute in 0..<8 {
                    let answer = attribute * 16 + questions[row % 4].answer(attribute)
                    nats -= naturalLogarithm(Double(layer.probabilities[row, answer]))
                }
            }
            loss = nats / 512
            let backward = RecallBackward(layer)
            backward.run(batch)
            gradient = backward.gradient
            reference = RecallReference(variant, weights: weights)
        }
    }

    @Test(
        "The loss is that of the layer computed item by item in double precision",
        arguments: variants)
    func loss(variant: RecallVariant) {
        let example = Example(variant)
        #expect(abs(example.loss - example.reference.loss(example.questions)) < 1e-5)
    }

    @Test(
        "The gradient of every tensor is the slope of the loss, in random directions of the whole tensor",
        arguments: variants)
    func directions(variant: RecallVariant) {
        let example = Example(variant)
        var random = RecallRandom(seed: 1, stream: .curve)
        for shape in RecallTensor.shapes(of: variant) {
            let gradient = example.gradient[shape.tensor]
            for _ in 0..<SlowTests.extent(1, of: 3) {
                let direction = (0..<shape.rows).map { _ in
                    (0..<shape.columns).map { _ in random.normal() }
                }
                var expected = 0.0
                var square = 0.0
                for row in 0..<shape.rows {
                    for column in 0..<shape.columns {
                        let slope = Double(gradient[row, column])
                        expected += slope * direction[row][column]
                        square += slope * slope
                    }
                }
                let measured = slope(of: example, in: shape.tensor) { $0 + direction[$1][$2] * $3 }
                #expect(
                    abs(measured - expected) < 2e-4 * square.squareRoot(),
                    "\(variant.id) \(shape.tensor): \(measured) against \(expected)")
                #expect(square > 1e-6)
            }
        }
    }

    @Test("The gradient of single weights is the slope of the loss", arguments: variants)
    func weights(variant: RecallVariant) {
        let example = Example(variant)
        for shape in RecallTensor.shapes(of: variant) {
            let gradient = example.gradient[shape.tensor]
            // The steepest of every seventh row.
            for row in stride(from: 0, to: shape.rows, by: max(shape.rows / 3, 1)) {
                let column = (0..<shape.columns).max {
                    abs(gradient[row, $0]) < abs(gradient[row, $1])
                }!
                let measured = slope(of: example, in: shape.tensor) {
                    ($1, $2) == (row, column) ? $0 + $3 : $0
                }
                #expect(abs(measured - Double(gradient[row, column])) < 1e-6)
            }
        }
    }

    @Test("What fills up a width has no gradient and stays zero", arguments: ["mqa", "mla32"])
    func filling(id: String) throws {
        let variant = try #require(RecallVariant(id: id))
            .matchingParameters(of: RecallVariant.race[0])
        #expect(variant.width % 8 != 0)
        let trainer = RecallTrainer(variant, seed: 0)
        trainer.train(steps: 5)
        let weights = RecallTensors(of: variant)
        for (place, weight) in trainer.trained.weights.enumerated() {
            weights.block.base[place] = weight
        }
        for shape in RecallTensor.shapes(of: variant) {
            let matrix = weights[shape.tensor]
            for row in 0..<matrix.rows {
                for column in 0..<matrix.columns {
                    let isFilling = row >= shape.rows || column >= shape.columns
                    #expect((matrix[row, column] == 0) == isFilling)
                }
            }
        }
    }

    /// The slope of the loss by central differences, moving a tensor as `move(weight, row, column,
    /// distance)` says.
    private func slope(
        of example: Example, in tensor: RecallTensor,
        _ move: (Double, Int, Int, Double) -> Double
    ) -> Double {
        let losses = [1e-5, -1e-5].map { distance in
            var moved = example.reference
            moved.tensors[tensor] = moved.tensors[tensor]!.enumerated().map { row, weights in
                weights.enumerated().map { move($1, row, $0, distance) }
            }
            return moved.loss(example.questions)
        }
        return (losses[0] - losses[1]) / 2e-5
    }
}
