import AttentionEngine
import Testing

@Suite("Laws of the cache's size, over 500 random settings")
struct MemoryLawTests {
    let settings: [CacheSetting]

    init() throws { settings = try randomSettings(500) }

    @Test("GQA with as many K/V heads as query heads is MHA, with one it is MQA")
    func endsOfGQA() throws {
        for setting in settings {
            let report = MemoryReport(setting)
            let most = try setting.setting([.keyValueHeads: setting.queryHeads])
            let least = try setting.setting([.keyValueHeads: 1])
            #expect(most.numbers(.gqa) == report[.mha]?.numbers)
            #expect(least.numbers(.gqa) == report[.mqa]?.numbers)
            #expect(MemoryReport(most)[.gqa]?.size == report[.mha]?.size)
            #expect(MemoryReport(least)[.gqa]?.size == report[.mqa]?.size)
        }
    }

    @Test("The numbers held are g times those of one K/V head, so they grow with g")
    func sizeIsLinearInKeyValueHeads() throws {
        for setting in settings {
            let one = try #require(setting.numbers(.mqa))
            let all = try divisors(of: setting.queryHeads).map { g in
                try setting.setting([.keyValueHeads: g]).numbers(.gqa)
            }
            #expect(all == divisors(of: setting.queryHeads).map { $0 * one })
        }
    }

    @Test("The factors multiply to the bits held")
    func factorsMultiplyToTheBits() {
        for setting in settings {
            for size in MemoryReport(setting).variants {
                let bits = size.factors.reduce(1) { $0 * $1.value }
                #expect(bits == size.numbers * setting.numberWidth.bits)
                #expect(size.size.bytes == (bits + 7) / 8)
            }
        }
    }

    @Test("MLA is listed exactly where the setting has a latent")
    func latentIsListedWhereItIsThere() {
        for setting in settings {
            let listed = MemoryReport(setting).variants.map(\.variant)
            #expect(
                listed == (setting.latent == nil ? [.mha, .gqa, .mqa] : [.mha, .gqa, .mqa, .mla]))
        }
    }

    @Test("A window never holds more than the full cache, and as much where it is never full")
    func windowNeverAboveFull() throws {
        for setting in settings {
            guard let windowed = setting.windowed else { continue }
            let full = try CacheSetting(
                layers: setting.layers, batch: setting.batch, shape: setting.shape,
                tokens: setting.tokens, numberWidth: setting.numberWidth, latent: setting.latent)
            let wide = try setting.setting([.window: setting.tokens])
            for variant in MemoryReport(setting).variants.map(\.variant) {
                let held = try #require(setting.numbers(variant))
                let all = try #require(full.numbers(variant))
                #expect(windowed.window < setting.tokens ? held < all : held == all)
                #expect(wide.numbers(variant) == all)
            }
        }
    }

    @Test("One token more takes the bytes per token, while no window is full")
    func bytesPerTokenIsTheGrowth() throws {
        for setting in settings {
            let small = try setting.setting([.batch: 1, .tokens: 1, .bytesPerNumber: 16])
            let grown = try small.setting(
                [.tokens: 2].merging(small.windowed == nil ? [:] : [.window: 2]) { $1 })
            for size in MemoryReport(small).variants {
                let after = try #require(MemoryReport(grown)[size.variant])
                #expect(after.size.bytes - size.size.bytes == size.bytesPerToken.bytes)
            }
        }
    }

    @Test("MHA, GQA and MQA cost the same multiplications, 2·l·b·n·h·s")
    func multiplicationsDoNotDependOnKeyValueHeads() throws {
        for setting in settings {
            let least = try setting.setting([.keyValueHeads: 1])
            let expected =
                2.0 * Double(setting.tokensKeptOverLayers * setting.batch)
                * Double(setting.queryHeads * setting.headDimension)
            #expect(MemoryReport(setting).attentionMultiplications == expected)
            #expect(MemoryReport(least).attentionMultiplications == expected)
        }
    }
}

@Suite("Which K/V head a query head reads")
struct HeadMappingTests {
    @Test("Repeated heads are neighbours, tiled heads are g apart")
    func repeatAndTile() throws {
        let shape = try AttentionShape(queryHeads: 8, keyValueHeads: 4, headDimension: 1)
        #expect((0..<8).map(shape.keyValueHead) == [0, 0, 1, 1, 2, 2, 3, 3])
        #expect((0..<8).map(shape.tiledKeyValueHead) == [0, 1, 2, 3, 0, 1, 2, 3])
    }

    @Test("Either way every K/V head serves n/g query heads")
    func everyHeadServesItsGroup() throws {
        for n in 1...64 {
            for g in divisors(of: n) {
                let shape = try AttentionShape(queryHeads: n, keyValueHeads: g, headDimension: 1)
                for mapping in [shape.keyValueHead, shape.tiledKeyValueHead] {
                    var served = Array(repeating: 0, count: g)
                    for query in 0..<n { served[mapping(query)] += 1 }
                    #expect(served == Array(repeating: n / g, count: g))
                }
            }
        }
    }

    @Test("The divisors are all numbers that divide, in order")
    func divisorsAreComplete() {
        for n in -2...400 {
            #expect(divisors(of: n) == (n < 1 ? [] : (1...n).filter { n % $0 == 0 }))
        }
    }
}
