import AttentionEngine
import Testing

@Suite("The key/value cache")
struct KVCacheTests {
    @Test("It holds the bytes the memory model computes, after every token, in every layout")
    func modelledBytesEqualBytesHeld() throws {
        for setting in try randomSettings(12, seed: 9) {
            for format in NumberFormat.allCases {
                guard let width = format.numberWidth else { continue }
                let modelled = try (1...9).map { tokens in
                    MemoryReport(
                        try CacheSetting(
                            layers: 1, shape: setting.shape, tokens: tokens, numberWidth: width,
                            latent: setting.latent))
                }
                for variant in modelled[0].variants {
                    var cache = KVCache(layout: variant.layout, format: format)
                    #expect(cache.bytesHeld == ByteCount(0))
                    let held = (1...9).map { _ in
                        cache.appendZeros()
                        return cache.bytesHeld
                    }
                    #expect(held == modelled.map { $0[variant.variant]?.size })
                    #expect(cache.tokens == 9)
                }
            }
        }
    }

    @Test("It holds the bytes that a layer of the model's takes, scales of blocks included")
    func modelledBytesOfEveryFormat() throws {
        for setting in try randomSettings(8, seed: 18) {
            for format in NumberFormat.allCases {
                let block = format.numbersPerBlock
                for layout in MemoryReport(setting).variants.map(\.layout) {
                    let layout = layout.inBlocks(of: block)
                    var cache = KVCache(layout: layout, format: format)
                    let held = (1...5).map { _ in
                        cache.appendZeros()
                        return cache.bytesHeld
                    }
                    let modelled = try (1...5).map { tokens in
                        try LayerStack([.full(TokenEntry(layout))]).needed(
                            CacheLoad(tokens: tokens, format: format.cacheFormat))
                    }
                    #expect(held == modelled, "\(format) \(layout)")
                }
            }
        }
        #expect(NumberFormat.allCases.allSatisfy { $0.rawValue == $0.cacheFormat.rawValue })
    }

    @Test("A copy that is appended to leaves the other as it was")
    func cachesAreValues() throws {
        let shape = try AttentionShape(queryHeads: 2, keyValueHeads: 1, headDimension: 2)
        var cache = KVCache(
            layout: .perHead(keyValueHeads: 1, headDimension: 2), format: .float32, capacity: 8)
        cache.append(keys: [1, 2], values: [3, 4])
        var other = cache
        other.append(keys: [9, 9], values: [9, 9])
        cache.append(keys: [1, 2], values: [5, 6])
        #expect([cache.tokens, other.tokens] == [2, 2])
        let queries: [Float] = [0, 0, 0, 0]
        #expect(
            attention(queries: queries, cache: cache, shape: shape, causal: true)
                == [4, 5, 4, 5])
        #expect(
            attention(queries: queries, cache: other, shape: shape, causal: true)
                == [6, 6.5, 6, 6.5])
    }

    @Test("A number is kept as the nearest that its format has, ties to even")
    func rounding() {
        let cases: [(Float, Float)] = [
            (1, 1), (1.003_906_25, 1), (1.011_718_75, 1.015_625), (-1.004, -1.007_812_5),
            (3.4e38, .infinity), (.infinity, .infinity), (0, 0),
        ]
        func kept(_ number: Float, _ format: NumberFormat) -> Float {
            var cache = KVCache(
                layout: .perHead(keyValueHeads: 1, headDimension: 1), format: format)
            cache.append(keys: [number], values: [0])
            return cache.numbers(ofHead: 0, token: 0)[0]
        }
        for (number, nearest) in cases {
            #expect(kept(number, .bfloat16) == nearest)
            #expect(kept(number, .float32) == number)
        }
        #expect(kept(.nan, .bfloat16).isNaN)
    }
}

extension KVCacheLayout {
    /// With rows of the next whole blocks.
    fileprivate func inBlocks(of block: Int) -> KVCacheLayout {
        func whole(_ width: Int) -> Int { (width + block - 1) / block * block }
        return switch self {
        case .perHead(let heads, let width):
            .perHead(keyValueHeads: heads, headDimension: whole(width))
        case .latent(let c, let r): .latent(latentRank: c, rotaryDimension: whole(c + r) - c)
        }
    }
}

extension KVCache {
    /// One token more.
    fileprivate mutating func appendZeros() {
        switch layout {
        case .perHead(let heads, let width):
            let zeros = [Float](repeating: 0, count: heads * width)
            append(keys: zeros, values: zeros)
        case .latent(let c, let r):
            append(
                latents: [Float](repeating: 0, count: c),
                rotaryKeys: [Float](repeating: 0, count: r))
        }
    }
}
