/// One step of Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) on `count` numbers, a
/// multiple of 8, with decays 0.9 and 0.999 and an epsilon of 1e-8.
///
/// The corrections are 1 - 0.9^t and 1 - 0.999^t at step t, counted from 1. All four blocks of
/// memory are aligned to 32 bytes.
@inline(never)
package func adamStep(
    weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>, count: Int,
    learningRate: Double, meanCorrection: Double, varianceCorrection: Double
) {
    let rate = Float(learningRate / meanCorrection)
    let spread = Float(1 / varianceCorrection.squareRoot())
    let epsilon: Float = 1e-8
    let weights = UnsafeMutableRawPointer(weights).assumingMemoryBound(to: Lanes.self)
    let gradient = UnsafeRawPointer(gradient).assumingMemoryBound(to: Lanes.self)
    let mean = UnsafeMutableRawPointer(mean).assumingMemoryBound(to: Lanes.self)
    let variance = UnsafeMutableRawPointer(variance).assumingMemoryBound(to: Lanes.self)
    for place in 0..<count / 8 {
        let slope = gradient[place]
        let newMean = mean[place] * 0.9 + slope * 0.1
        let newVariance = variance[place] * 0.999 + slope * slope * 0.001
        mean[place] = newMean
        variance[place] = newVariance
        weights[place] -= newMean * rate / (newVariance.squareRoot() * spread + epsilon)
    }
}
