import AttentionEngine
import ModelCatalog
import Testing

@Suite("Models as settings of the memory engine")
struct ModelCacheTests {
    @Test("Where a setting exists, its report takes the model's own bytes, at any size")
    func settingAndRunsAgree() throws {
        for model in Catalog.models {
            for (tokens, batch, width) in [
                (1, 1, NumberWidth.bits16), (500, 3, .bits4), (32_768, 1, .bits8),
                (1_000_000, 2, .bits32),
            ] {
                guard
                    let setting = try model.setting(
                        tokens: tokens, batch: batch, numberWidth: width)
                else { continue }
                let own = try model.cacheSize(tokens: tokens, batch: batch, numberWidth: width)
                #expect(MemoryReport(setting)[model.attention]?.size == own, "\(model.id)")
                #expect(setting.tokens == tokens && setting.batch == batch)
            }
        }
    }

    @Test("Only models of two shapes or without a head width have no setting, and say why")
    func modelsWithoutASetting() throws {
        let without = try Catalog.models.filter { try $0.setting(tokens: 1) == nil }
        #expect(
            without.map(\.id) == [
                "gemma4-e2b", "gemma4-e4b", "gemma4-12b", "gemma4-26b-a4b", "gemma4-31b",
                "longcat-flash",
            ])
        #expect(
            without.map(\.noSetting) == Array(repeating: .layersOfTwoShapes, count: 5) + [
                .headDimensionUnknown
            ])
        #expect(
            Catalog.models.filter { $0.noSetting != nil }.map(\.id) == without.map(\.id))
    }

    @Test(
        "Settings hold the layers that grow, the windows and the latent",
        arguments: [
            ("qwen3-next-80b", "l=12,b=1,n=16,g=2,h=256,s=4096,bytes=2"),
            ("lfm2-1.2b", "l=6,b=1,n=32,g=8,h=64,s=4096,bytes=2"),
            ("gpt-oss-20b", "l=24,b=1,n=64,g=8,h=64,s=4096,bytes=2,wl=12,w=128"),
            ("mistral-7b-v0.1", "l=32,b=1,n=32,g=8,h=128,s=4096,bytes=2,wl=32,w=4096"),
            ("deepseek-v3", "l=61,b=1,n=128,g=128,h=128,s=4096,bytes=2,c=512,r=64"),
            ("minicpm3-4b", "l=62,b=1,n=40,g=40,h=96,s=4096,bytes=2,c=256,r=32"),
        ])
    func settings(id: String, text: String) throws {
        #expect(try Catalog.model(id: id)?.setting(tokens: 4096)?.text == text)
    }

    @Test("Gemma 4's layers of two shapes are two groups, five windows before each full layer")
    func layersOfTwoShapes() throws {
        let stack = try #require(Catalog.model(id: "gemma4-31b")).stack
        let window = LayerRun(layers: 5, cache: .window(.heads(16, 256), tokens: 1024))
        #expect(
            stack.runs.prefix(2) == [window, LayerRun(layers: 1, cache: .full(.heads(4, 512)))])
        #expect(stack.groups.map(\.layers) == [50, 10])
    }

    @Test("The layers of each kind are as many as published, whatever their order")
    func publishedCounts() throws {
        let counts: [(String, [LayerCache.Kind: Int])] = [
            ("mistral-7b-v0.1", [.window: 32]), ("gemma2-2b", [.full: 13, .window: 13]),
            ("gemma2-27b", [.full: 23, .window: 23]), ("gemma3-1b", [.full: 4, .window: 22]),
            ("gemma3-4b", [.full: 5, .window: 29]), ("gemma3-12b", [.full: 8, .window: 40]),
            ("gemma3-27b", [.full: 10, .window: 52]),
            ("gpt-oss-20b", [.full: 12, .window: 12]), ("gpt-oss-120b", [.full: 18, .window: 18]),
            ("llama4-scout", [.full: 12, .chunked: 36]),
            ("qwen3-next-80b", [.full: 12, .linear: 36]), ("gemma4-31b", [.full: 10, .window: 50]),
            ("lfm2-1.2b", [.full: 6, .linear: 10]), ("phi-3-mini-4k", [.window: 32]),
            ("gemma2-9b", [.full: 21, .window: 21]),
            ("qwen3.5-4b", [.full: 8, .linear: 24]), ("qwen3.5-9b", [.full: 8, .linear: 24]),
            ("qwen3.5-27b", [.full: 16, .linear: 48]),
            ("qwen3.5-35b-a3b", [.full: 10, .linear: 30]),
            ("gemma4-e2b", [.full: 3, .window: 12, .shared: 20]),
            ("gemma4-e4b", [.full: 4, .window: 20, .shared: 18]),
            ("gemma4-26b-a4b", [.full: 5, .window: 25]),
            ("gemma4-12b", [.full: 8, .window: 40]),
            ("llama4-maverick", [.full: 12, .chunked: 36]),
            ("qwen3.5-397b-a17b", [.full: 15, .linear: 45]),
        ]
        for (id, expected) in counts {
            let stack = try #require(Catalog.model(id: id)).stack
            for kind in LayerCache.Kind.allCases {
                #expect(stack.count(kind) == expected[kind] ?? 0, "\(id)")
            }
        }
        let others = Catalog.models.filter { $0.pattern == nil }
        #expect(others.count == Catalog.models.count - counts.count)
    }

    @Test("Kimi K2 has half the query heads of DeepSeek-V3 and the same cache")
    func sameLatentSameCache() throws {
        let kimi = try #require(Catalog.model(id: "kimi-k2"))
        let deepSeek = try #require(Catalog.model(id: "deepseek-v3"))
        #expect(2 * kimi.queryHeads == deepSeek.queryHeads)
        #expect(kimi.stack == deepSeek.stack)
    }

    @Test("DeepSeek-V2 takes 82.2 % less than DeepSeek-67B, by its architecture alone")
    func reductionByArchitecture() throws {
        let baseline = try #require(Catalog.model(id: "deepseek-67b")).cacheSize(tokens: 1)
        let latent = try #require(Catalog.model(id: "deepseek-v2")).cacheSize(tokens: 1)
        #expect(
            fixed(100 - 100 * Double(latent.bytes) / Double(baseline.bytes), decimals: 1) == "82.2")
    }

    @Test(
        "Caches that were logged, in bytes",
        arguments: [
            ("llama3.1-8b", 8192, 1, 1_073_741_824),  // 1.00 GiB
            ("falcon-7b", 8192, 1, 67_108_864),  // 0.0625 GiB
            ("deepseek-v3", 8192, 1, 575_668_224),  // 0.536 GiB
            ("qwen2.5-7b", 8192, 1, 469_762_048),  // whichllm's calibration note
            ("gpt-oss-20b", 8192, 32, 6_543_114_240),  // hf-mem#60, 6.09 GiB
            ("yi-34b", 50_000, 1, 12_288_000_000),  // a llama.cpp log, 11,718.75 MiB
            ("yi-6b", 200_000, 1, 13_107_200_000),  // a llama.cpp log, 12,500.00 MiB
        ])
    func loggedCaches(id: String, tokens: Int, batch: Int, bytes: Int) throws {
        let model = try #require(Catalog.model(id: id))
        #expect(try model.cacheSize(tokens: tokens, batch: batch).bytes == bytes)
    }

    @Test("Tokens and batch below one and sizes beyond 64 bits are refused, never trapped")
    func edges() throws {
        for model in Catalog.models {
            #expect(throws: SettingError.tooSmall(.tokens, 0)) {
                try model.cacheSize(tokens: 0)
            }
            #expect(throws: SettingError.tooSmall(.batch, -1)) {
                try model.cacheSize(tokens: 1, batch: -1)
            }
            #expect(throws: SettingError.tooLarge) {
                try model.cacheSize(tokens: .max, batch: .max)
            }
            #expect(throws: SettingError.tooLarge) {
                try model.cacheSize(tokens: 1 << 10, batch: 1 << 52)
            }
        }
    }
}
