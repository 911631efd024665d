import RecallKernels

/// Trains one variant from its first weights, a step at a time.
///
/// A seed gives the same bits beside any other threads, in debug and release builds, and with any
/// vector instructions the kernels are compiled to: one thread computes everything in one order,
/// every product and sum is rounded by itself, and no system's mathematics library takes part. Not
/// to be used by two threads at once.
package final class RecallTrainer {
    let variant: RecallVariant
    let seed: UInt64
    /// Steps taken so far.
    private(set) var step = 0

    private let weights: RecallTensors
    private let layer: RecallLayer
    private let backward: RecallBackward
    private let mean: RecallTensors
    private let variance: RecallTensors
    private var random: RecallRandom
    private var batch = RecallBatch()
    // 0.9 and 0.999 to the power of the steps taken.
    private var meanPower = 1.0
    private var variancePower = 1.0

    /// A layer with the seed's first weights, and the seed's questions before it.
    package init(_ variant: RecallVariant, seed: UInt64) {
        self.variant = variant
        self.seed = seed
        weights = RecallTensors(of: variant, seed: seed)
        layer = RecallLayer(variant, weights: weights)
        backward = RecallBackward(layer)
        mean = RecallTensors(of: variant)
        variance = RecallTensors(of: variant)
        random = RecallRandom(seed: seed, stream: .training)
    }

    /// Trains for some steps, each on 64 fresh questions. Cost: some 0.3 ms a step.
    func train(steps: Int) {
        for _ in 0..<steps {
            batch.draw(from: &random)
            layer.answer(batch)
            backward.run(batch)
            meanPower *= 0.9
            variancePower *= 0.999
            adamStep(
                weights: weights.block.base, gradient: backward.gradient.block.base,
                mean: mean.block.base, variance: variance.block.base, count: weights.block.count,
                learningRate: RecallTask.learningRate, meanCorrection: 1 - meanPower,
                varianceCorrection: 1 - variancePower)
            step += 1
        }
    }

    /// The layer as it stands.
    package var trained: TrainedRecall {
        TrainedRecall(variant: variant, seed: seed, steps: step, weights: weights.block.numbers)
    }
}
