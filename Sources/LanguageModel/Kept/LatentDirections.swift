import AttentionEngine

/// How a layer's keys and values become a latent of c numbers, and are rebuilt from it: along the
/// first c principal directions of what a text leaves there (related: TransMLA, Meng et al. 2025,
/// arXiv 2502.07864).
///
///     m  g · h, numbers of all K/V heads' keys, or of their values
///     t  tokens
package struct LatentDirections: Sendable {
    /// [2m], what is taken off before and put back after.
    private let centre: [Float]
    /// [c, 2m]
    private var down: FloatMatrix
    /// [2m, c]
    private var up: FloatMatrix

    /// The directions of a layer of c numbers, 1 to 2m. isWeighted: numbers that matter more are
    /// kept better. Cost: that of `SymmetricEigen` of 2m numbers.
    init(
        width: Int, isWeighted: Bool, moments: LayerMoments, shape: AttentionShape,
        output: WeightMatrix
    ) {
        let weights =
            isWeighted
            ? NumberWeights(of: shape, moments: moments, output: output)
            : NumberWeights(plain: shape)
        let count = moments.means.count
        let eigen = SymmetricEigen(weights.weighed(moments.covariance).flatMap { $0 })
        let directions = (0..<width).map {
            Array(eigen.directions[$0 * count..<($0 + 1) * count])
        }
        centre = moments.means
        down = FloatMatrix(directions.map(weights.weighed))
        up = FloatMatrix(directions.map(weights.unweighed)).transposed
    }

    /// c.
    var width: Int { down.rows }

    /// keys, values: [g, t, h], before turning, to [t, c].
    func latents(_ keys: [Float], _ values: [Float], headDimension: Int, threads: Int) -> [Float] {
        let m = centre.count / 2
        let tokens = keys.count / m
        let (keys, values) = (
            byToken(keys, heads: m / headDimension, width: headDimension),
            byToken(values, heads: m / headDimension, width: headDimension)
        )
        let rows = [Float](unsafeUninitializedCapacity: 2 * keys.count) { rows, count in
            count = 2 * keys.count
            for token in 0..<tokens {
                for index in 0..<m {
                    let (from, to) = (token * m + index, token * 2 * m + index)
                    rows[to] = keys[from] - centre[index]
                    rows[to + m] = values[from] - centre[m + index]
                }
            }
        }
        return down.product(rows, threads: threads)
    }

    /// latents: [t, c] to keys and values, [g, t, h] each, before turning.
    func rebuilt(
        _ latents: [Float], headDimension: Int, threads: Int
    ) -> (keys: [Float], values: [Float]) {
        var rows = up.product(latents, threads: threads)
        for index in rows.indices { rows[index] += centre[index % centre.count] }
        let heads = byHead(rows, heads: centre.count / headDimension, width: headDimension)
        return (Array(heads[..<(heads.count / 2)]), Array(heads[(heads.count / 2)...]))
    }

    /// Those of fewer numbers.
    func narrowed(to width: Int) -> LatentDirections {
        var narrowed = self
        narrowed.down = down.prefix(width)
        narrowed.up = up.transposed.prefix(width).transposed
        return narrowed
    }
}
