import AttentionEngine

/// Multi-head latent attention as a learner writes it, in loops over plain arrays; every stage is
/// rounded as a file of 16 bits has it.
struct LatentLayer {
    var n = 4
    var h = 16
    var r = 8
    var v = 16
    var c = 24
    var d = 32
    var s = 10
    var rounded: (Double) -> Double = { $0 }
    var base = 10_000.0
    /// By how much the input is larger than usual.
    var size = 1.0
    /// In place of 1/√(h + r).
    var scale: Double?
    var normsRotaryKey = false
    var forgetsValueWeights = false

    typealias Saved = [String: (shape: [Int], numbers: [Double])]

    /// [rows, inner] times the transpose of [columns, inner].
    private func product(_ a: [Double], _ b: [Double], _ inner: Int) -> [Double] {
        stride(from: 0, to: a.count, by: inner).flatMap { row in
            stride(from: 0, to: b.count, by: inner).map { column in
                rounded((0..<inner).reduce(0) { $0 + a[row + $1] * b[column + $1] })
            }
        }
    }

    private func turned(_ row: [Double], _ position: Int) -> [Double] {
        var row = row
        for pair in 0..<row.count / 2 {
            var speed = 1.0
            // base^(-2 pair / r), by roots: r is a power of 2.
            var (part, root) = (2 * pair, base)
            var power = row.count
            while power > 1 {
                root = root.squareRoot()
                power /= 2
                if part >= power {
                    speed /= root
                    part -= power
                }
            }
            let (cosine, sine) = Self.turn(Double(position) * speed)
            let (c, s) = (rounded(cosine), rounded(sine))
            let (x, y) = (row[2 * pair], row[2 * pair + 1])
            row[2 * pair] = rounded(rounded(x * c) - rounded(y * s))
            row[2 * pair + 1] = rounded(rounded(x * s) + rounded(y * c))
        }
        return row
    }

    /// Cosine and sine: of a small angle by their series, doubled.
    private static func turn(_ angle: Double) -> (Double, Double) {
        if abs(angle) > 0.1 {
            let (c, s) = turn(angle / 2)
            return (c * c - s * s, 2 * c * s)
        }
        let x = angle * angle
        return (
            1 - x / 2 * (1 - x / 12 * (1 - x / 30)),
            angle * (1 - x / 6 * (1 - x / 20 * (1 - x / 42)))
        )
    }

    private static func exponential(_ x: Double) -> Double {
        if abs(x) > 0.25 {
            let half = exponential(x / 2)
            return half * half
        }
        return (1...14).reversed().reduce(1.0) { 1 + x / Double($1) * $0 }
    }

    private func normed(_ row: [Double]) -> [Double] {
        let mean = row.reduce(0) { $0 + $1 * $1 } / Double(row.count)
        return row.map { rounded($0 / (mean + 1e-6).squareRoot()) }
    }

    /// The layer's file, its cache included.
    func saved(seed: UInt64) -> Saved {
        var random = SeededGenerator(seed: seed)
        func take(_ rows: Int, _ columns: Int, _ size: Double) -> [Double] {
            // Even numbers between -1 and 1 have a mean square of a third.
            random.numbers(rows * columns, times: 1).map { rounded(Double($0) * size * 1.7) }
        }
        let root = { (inner: Int) in 1 / Double(inner).squareRoot() }
        let x = take(s, d, size)
        let (wq, wa) = (take(n * (h + r), d, root(d)), take(c + r, d, root(d)))
        let (wb, wo) = (take(n * (h + v), c, root(c)), take(d, n * v, root(n * v)))
        let gain = take(1, c, 0.5).map { rounded(1 + $0 / 2) }
        let (q, a) = (product(x, wq, d), product(x, wa, d))
        var (latents, keys): ([[Double]], [[Double]]) = ([], [])
        for t in 0..<s {
            let row = Array(a[t * (c + r)..<(t + 1) * (c + r)])
            latents.append(zip(normed(Array(row[..<c])), gain).map { rounded($0 * $1) })
            let key = Array(row[c...])
            keys.append(turned(normsRotaryKey ? normed(key) : key, t))
        }
        let both = product(latents.flatMap { $0 }, wb, c)
        var merged = [Double](repeating: 0, count: s * n * v)
        for i in 0..<n {
            for t in 0..<s {
                let start = t * n * (h + r) + i * (h + r)
                let query =
                    Array(q[start..<start + h]) + turned(Array(q[start + h..<start + h + r]), t)
                let scores = (0...t).map { j -> Double in
                    let key = j * n * (h + v) + i * (h + v)
                    let k = Array(both[key..<key + h]) + keys[j]
                    let score = zip(query, k).reduce(0) { $0 + $1.0 * $1.1 }
                    return rounded(rounded(score) * (scale ?? 1 / Double(h + r).squareRoot()))
                }
                let most = scores.max() ?? 0
                let powers = scores.map { Self.exponential($0 - most) }
                let sum = powers.reduce(0, +)
                for place in 0..<v {
                    let mean = (0...t).reduce(0.0) { mean, j in
                        let value =
                            forgetsValueWeights
                            ? latents[j][place] : both[j * n * (h + v) + i * (h + v) + h + place]
                        return mean + rounded(powers[j] / sum) * value
                    }
                    merged[t * n * v + i * v + place] = rounded(mean)
                }
            }
        }
        return [
            "x": ([s, d], x), "q_proj": ([n * (h + r), d], wq),
            "kv_a_proj_with_mqa": ([c + r, d], wa), "kv_a_layernorm": ([c], gain),
            "kv_b_proj": ([n * (h + v), c], wb), "o_proj": ([d, n * v], wo),
            "out": ([s, d], product(merged, wo, n * v)),
            "cache.latent": ([s, c], latents.flatMap { $0 }),
            "cache.k_rope": ([s, r], keys.flatMap { $0 }),
        ]
    }

    /// What is said of it.
    func report(
        seed: UInt64, format: FloatFormat, _ change: (inout Saved) -> Void = { _ in }
    ) throws -> AttentionVerification {
        var file = saved(seed: seed)
        change(&file)
        return try AttentionVerification(
            AttentionRecord(file, format: format), VerificationOptions())
    }
}
