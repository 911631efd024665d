import AttentionEngine
import Testing

@Suite("A cache in blocks")
struct BlockCacheTests {
    private static let formats = NumberFormat.allCases.filter { $0.numbersPerBlock == 32 }

    /// The numbers of a cache, written one by one.
    private func inSingles(_ cache: KVCache) -> KVCache {
        var singles = KVCache(layout: cache.layout, format: .float32)
        for token in 0..<cache.tokens {
            switch cache.layout {
            case .perHead(let heads, let width):
                let rows = (0..<heads).map { cache.numbers(ofHead: $0, token: token) }
                singles.append(
                    keys: rows.flatMap { $0.prefix(width) },
                    values: rows.flatMap { $0.suffix(width) })
            case .latent(let latentRank, _):
                let row = cache.numbers(ofHead: 0, token: token)
                singles.append(
                    latents: Array(row.prefix(latentRank)),
                    rotaryKeys: Array(row.dropFirst(latentRank)))
            }
        }
        return singles
    }

    @Test(
        "is read as the numbers that come back of it, in prefill and decode, on any threads",
        arguments: formats, KernelBuild.allCases.filter(\.isUsable))
    func attentionOverBlocks(format: NumberFormat, build: KernelBuild) throws {
        var random = SeededGenerator(seed: 14)
        for (queryHeads, keyValueHeads, width, queryTokens, tokens) in [
            (9, 3, 64, 1, 1500), (9, 3, 64, 40, 300), (16, 1, 32, 1, 256), (4, 4, 96, 257, 257),
            (2, 1, 128, 1, 1), (2, 1, 32, 3, 1),
        ] {
            let input = AttentionInputs(
                try AttentionShape(
                    queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: width),
                queryTokens: queryTokens, tokens: tokens, from: &random)
            let cache = input.cache(format)
            let singles = inSingles(cache)
            let isOther = largestDifference(
                singles.numbers(ofHead: 0, token: 0),
                input.cache(.float32).numbers(ofHead: 0, token: 0))
            #expect(isOther > 1e-4)
            for threads in 1...4 {
                func outputs(_ cache: KVCache) -> [Float] {
                    attention(
                        queries: input.queries, cache: cache, shape: input.shape, causal: true,
                        threads: threads, build: build)
                }
                #expect(largestDifference(outputs(cache), outputs(singles)) < 1e-5)
            }
        }
    }

    @Test("of latents is read so too, absorbed and expanded", arguments: formats)
    func latentAttentionOverBlocks(format: NumberFormat) {
        var random = SeededGenerator(seed: 15)
        for (latentRank, rotaryDimension, queryTokens, tokens) in [
            (64, 32, 1, 300), (48, 16, 5, 40), (40, 24, 1, 9), (32, 0, 2, 2),
        ] {
            let input = LatentInputs(
                queryHeads: 4, headDimension: 20,
                widths: LatentWidths(latentRank: latentRank, rotaryDimension: rotaryDimension),
                queryTokens: queryTokens, tokens: tokens, from: &random)
            let cache = input.cache(format)
            let singles = inSingles(cache)
            for form in LatentForm.allCases {
                for threads in [1, 3] {
                    func outputs(_ cache: KVCache) -> [Float] {
                        latentAttention(
                            queries: input.queries, rotaryQueries: input.rotaryQueries,
                            cache: cache, projections: input.projections, form: form,
                            causal: true, threads: threads)
                    }
                    #expect(largestDifference(outputs(cache), outputs(singles)) < 1e-5)
                }
            }
        }
    }

    @Test("holds the same whether its tokens came at once or one by one", arguments: formats)
    func growing(format: NumberFormat) throws {
        var random = SeededGenerator(seed: 16)
        let input = AttentionInputs(
            try AttentionShape(queryHeads: 2, keyValueHeads: 2, headDimension: 64),
            queryTokens: 1, tokens: 21, from: &random)
        let whole = input.cache(format)
        var grown = KVCache(layout: whole.layout, format: format, capacity: 2)
        for token in 0..<21 {
            func rows(_ numbers: [Float]) -> [Float] {
                (0..<2).flatMap { numbers.row($0 * 21 + token, 64) }
            }
            grown.append(keys: rows(input.keys), values: rows(input.values))
        }
        #expect(grown.bytesHeld == whole.bytesHeld)
        for token in 0..<21 {
            for head in 0..<2 {
                let row = whole.numbers(ofHead: head, token: token)
                #expect(grown.numbers(ofHead: head, token: token) == row)
                #expect(Set(row).count > 16)
            }
        }
    }

    @Test("leaves the other as it was where a copy is appended to", arguments: formats)
    func copies(format: NumberFormat) {
        var random = SeededGenerator(seed: 17)
        let layouts = [
            KVCacheLayout.perHead(keyValueHeads: 2, headDimension: 32),
            .latent(latentRank: 48, rotaryDimension: 16),
        ]
        for layout in layouts {
            var cache = KVCache(layout: layout, format: format, capacity: 8)
            func append(to cache: inout KVCache) {
                switch layout {
                case .perHead:
                    cache.append(keys: random.numbers(64), values: random.numbers(64))
                case .latent:
                    cache.append(latents: random.numbers(48), rotaryKeys: random.numbers(16))
                }
            }
            append(to: &cache)
            var other = cache
            append(to: &other)
            append(to: &cache)
            #expect(
                cache.numbers(ofHead: 0, token: 0) == other.numbers(ofHead: 0, token: 0))
            #expect(
                cache.numbers(ofHead: 0, token: 1) != other.numbers(ofHead: 0, token: 1))
            let before = cache.numbers(ofHead: 0, token: 1)
            append(to: &other)
            #expect(cache.numbers(ofHead: 0, token: 1) == before)
            #expect(cache.tokens == 2 && other.tokens == 3)
            #expect(other.bytesHeld.bytes * 2 == cache.bytesHeld.bytes * 3)
        }
    }
}
