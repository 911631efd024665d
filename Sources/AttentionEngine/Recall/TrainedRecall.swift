import RecallKernels

/// A trained layer as a value: it can be shown questions again and again.
package struct TrainedRecall: Sendable {
    /// The variant that was trained.
    package let variant: RecallVariant
    /// The seed that it was trained from, and whose unseen questions it is asked.
    package let seed: UInt64
    /// Steps of training behind it, of `RecallTask.batch` questions each.
    package let steps: Int
    let weights: [Float]

    /// One question of the layer's own unseen ones, any index from 0 on. They are the same for all
    /// variants of a seed.
    package static func question(_ index: Int, seed: UInt64) -> RecallQuestion {
        var random = RecallRandom(seed: seed, stream: .questions)
        var batch = RecallBatch()
        for _ in 0...index / RecallTask.batch { batch.draw(from: &random) }
        return batch[index % RecallTask.batch]
    }

    /// What the layer makes of a question: each head's attention over the items, which sums to one,
    /// `attention[head][item]`, and the value it finds most probable for each part.
    package func look(
        at question: RecallQuestion
    ) -> (attention: [[Double]], answers: [Int]) {
        let layer = layer()
        layer.answer(RecallBatch([question]))
        let answers = (0..<8).map { layer.answer(to: $0, of: 0) }
        return (layer.attention(on: 0), answers)
    }

    /// Measures everything on this many unseen questions, rounded up to batches of 64. Cost: some
    /// 10 ms for 2,048.
    package func measurement(questions: Int = 2048) -> RecallMeasurement {
        let layer = layer()
        var score = Score()
        var divergence = 0.0
        var following = Array(repeating: Array(repeating: 0.0, count: 8), count: 8)
        var random = RecallRandom(seed: seed, stream: .questions)
        var batch = RecallBatch()
        while score.questions < questions {
            batch.draw(from: &random)
            layer.answer(batch)
            score.add(layer, batch)
            for row in 0..<RecallTask.batch {
                let attention = layer.attention(on: row)
                divergence += RecallMeasurement.headDivergenceBits(attention)
                for attribute in 0..<8 {
                    let target = Int(batch.targets[row * 8 + attribute])
                    for head in 0..<8 {
                        following[head][attribute] += attention[head][target]
                    }
                }
            }
        }
        let count = Double(score.questions)
        return RecallMeasurement(
            questions: score.questions, accuracy: score.accuracy, loss: score.loss,
            headDivergenceBits: divergence / count,
            following: following.map { $0.map { $0 / count } })
    }

    /// The accuracy on the questions of a curve: always the same 256 of a seed.
    func curvePoint() -> RecallPoint {
        let layer = layer()
        var score = Score()
        var random = RecallRandom(seed: seed, stream: .curve)
        var batch = RecallBatch()
        while score.questions < 256 {
            batch.draw(from: &random)
            layer.answer(batch)
            score.add(layer, batch)
        }
        return RecallPoint(step: steps, accuracy: score.accuracy)
    }

    private func layer() -> RecallLayer {
        let tensors = RecallTensors(of: variant)
        weights.withUnsafeBufferPointer {
            tensors.block.base.update(from: $0.baseAddress!, count: tensors.block.count)
        }
        return RecallLayer(variant, weights: tensors)
    }
}

/// A point of a training curve, measured on a few questions that stay the same.
package struct RecallPoint: Hashable, Sendable {
    /// Steps of training before it.
    package let step: Int
    /// The share of answers that were right, 0 to 1; guessing gives `RecallTask.chance`.
    package let accuracy: Double

    /// A point as it was measured.
    package init(step: Int, accuracy: Double) {
        self.step = step
        self.accuracy = accuracy
    }
}

/// Right answers and loss, summed over batches.
private struct Score {
    var questions = 0
    private var right = 0
    private var nats = 0.0

    var accuracy: Double { Double(right) / Double(questions * 8) }
    var loss: Double { nats / Double(questions * 8) }

    mutating func add(_ layer: RecallLayer, _ batch: RecallBatch) {
        for row in 0..<RecallTask.batch {
            for attribute in 0..<8 {
                let answer = Int(batch.answers[row * 8 + attribute])
                let probability = layer.probabilities[row, attribute * 16 + answer]
                nats -= naturalLogarithm(Double(max(probability, .leastNormalMagnitude)))
                if layer.answer(to: attribute, of: row) == answer { right += 1 }
            }
        }
        questions += RecallTask.batch
    }
}

extension RecallLayer {
    /// The most probable value for a part of a question; of equals the first.
    fileprivate func answer(to attribute: Int, of row: Int) -> Int {
        var best = 0
        for value in 1..<16
        where probabilities[row, attribute * 16 + value]
            > probabilities[row, attribute * 16 + best]
        {
            best = value
        }
        return best
    }

    /// Each head's shares of attention on the items of a question.
    fileprivate func attention(on row: Int) -> [[Double]] {
        (0..<8).map { head in (0..<8).map { Double(attention[row, head * 8 + $0]) } }
    }
}
