import AttentionEngine
import Testing

private func layer(_ format: FloatFormat, size: Double = 1) -> LatentLayer {
    var layer = LatentLayer()
    (layer.rounded, layer.size) = (sixteenBits(format), size)
    return layer
}

@Suite("A whole MLA layer in 16 bits")
struct LatentRoundingTests {
    @Test("matches with its right cache where every stage is rounded, of a large input, too")
    func right() throws {
        for format in [FloatFormat.bfloat16, .float16] {
            for size in [1.0, 3] {
                for seed in UInt64(1)...4 {
                    let report = try layer(format, size: size).report(seed: seed, format: format)
                    #expect(report.verdict == .matches, "\(format) \(size) \(seed) \(report.names)")
                }
            }
        }
    }

    @Test("does not match where its rotary base or its scale is another")
    func wrong() throws {
        for seed in UInt64(1)...4 {
            for format in [FloatFormat.bfloat16, .float16] {
                var other = layer(format)
                other.base = 100
                let base = try other.report(seed: seed, format: format) {
                    $0["cache.k_rope"] = nil
                }
                #expect(base.verdict == .differs, "\(format) \(seed)")
                other = layer(format)
                other.scale = 1
                let scale = try other.report(seed: seed, format: format)
                #expect(scale.verdict == .differs, "\(format) \(seed)")
            }
        }
    }

    @Test("has a cache that is short, long, or holds the newest twice")
    func caches() throws {
        let layer = LatentLayer()
        let (c, s) = (layer.c, layer.s)
        func names(_ change: (inout [Double]) -> Void) throws -> [[String]] {
            try layer.report(seed: 1, format: .float64) { file in
                var numbers = file["cache.latent"]?.numbers ?? []
                change(&numbers)
                file["cache.latent"] = ([numbers.count / c, c], numbers)
            }.names
        }
        #expect(try names { _ in } == [])
        #expect(try names { $0 += Array(repeating: 0, count: 3 * c) } == [])
        #expect(try names { $0.removeLast(c) } == [["cache-latent-size"]])
        #expect(try names { $0 += $0[(s - 1) * c..<s * c] } == [["cache-latent-size"]])
    }

    @Test("names a norm of the rotary key, and value weights that were forgotten")
    func mistakes() throws {
        var layer = LatentLayer()
        layer.normsRotaryKey = true
        let norm = try layer.report(seed: 1, format: .float64) { $0["cache.k_rope"] = nil }
        #expect(norm.names == [["norm-of-rotary-key"]])
        layer = LatentLayer()
        (layer.v, layer.forgetsValueWeights) = (layer.c, true)
        #expect(
            try layer.report(seed: 1, format: .float64).names == [["value-weights-forgotten"]])
    }

    @Test("names equal scales together: that of the values' width is the model's, too")
    func scales() throws {
        var layer = LatentLayer()
        (layer.v, layer.d) = (8, 32)
        layer.scale = 1 / 8.0.squareRoot()
        let names = try layer.report(seed: 1, format: .float64).names.flatMap { $0 }
        #expect(Set(names).isSuperset(of: ["scale-of-model-width", "scale-of-values"]))
    }
}
