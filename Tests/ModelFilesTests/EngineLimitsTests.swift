import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("What is too large for an engine, and what it bounds itself")
struct EngineLimitsTests {
    @Test(
        "Pages, and sums of caches, that are too large to count are refused",
        arguments: [
            // A state that makes blocks of 2^51 tokens, and 2^18 bytes of a token.
            ("vllm", "qwen35", [0, 0, 0, 1, 0, 0, 0, 65_536], 1, states, 1),
            // A state that makes blocks of 2^51 tokens, and index keys of 2^25 bytes.
            (
                "vllm", "qwen35", [0, 0, 0, 1, 0, 0, 0, 1], 1,
                states + [("attention.indexer.key_length", .u32(1 << 24))], 1
            ),
            // A hundred caches below 2^57 bytes each.
            ("llama.cpp", "llama", Array(4000..<4100), 128, [], 200_000_000),
        ] as [(String, String, [Int], Int, [(String, GGUFWriter.Value)], Int)])
    func overflow(
        engine: String, architecture: String, heads: [Int], width: Int,
        more: [(String, GGUFWriter.Value)], batch: Int
    ) throws {
        var writer = GGUFWriter()
        writer.values =
            [("general.architecture", .text(architecture))]
            + ([
                ("block_count", .u32(heads.count)), ("embedding_length", .u32(4096)),
                (
                    "attention.head_count",
                    .numbers(more.isEmpty ? heads : heads.map { _ in 65_536 })
                ), ("attention.head_count_kv", .numbers(heads)),
                ("attention.key_length", .u32(width)), ("attention.value_length", .u32(width)),
            ] + more).map { ("\(architecture).\($0.0)", $0.1) }
        let shape = try GGUFModel.shape(
            of: GGUFHeader(reading: FileBytes(writer.bytes)), name: "large")
        let load = try CacheLoad(tokens: 1, batch: batch)
        #expect(throws: SettingError.tooLarge) {
            try #require(ServingEngine(name: engine)).plan(shape.kept, load)
        }
        // Attention itself can be sized.
        _ = try shape.kept.sizes(load)
    }

    private static func plan(
        _ shape: ModelShape, _ engine: String, _ load: CacheLoad, _ options: [String] = []
    ) throws -> EnginePlan {
        let engine = try #require(ServingEngine(name: engine))
        return try engine.plan(shape.kept, load, settings: engine.settings(options))
    }

    @Test(
        "llama.cpp keeps every token where it reads no window of the family",
        arguments: [("qwen2", 1), ("qwen3", 1), ("gemma2", 2)])
    func unreadWindows(family: String, parts: Int) throws {
        let config = """
            {"model_type": "\(family)", "num_hidden_layers": 28, "num_attention_heads": 16,
             "num_key_value_heads": 8, "head_dim": 128, "hidden_size": 2048,
             "use_sliding_window": true, "max_window_layers": 14, "sliding_window": 4096}
            """
        let shape = try ConfigFile.shape(of: JSONValue(parsing: Array(config.utf8)), name: "c")
        let plan = try Self.plan(shape, "llama.cpp", CacheLoad(tokens: 32_768))
        #expect(plan.parts.count == parts)
        #expect(shape.stack.hasWindows)
        let says = plan.remarks.contains {
            $0 == "llama.cpp reads no window of this family: all layers keep every token."
        }
        #expect(says == (parts == 1))
        guard parts == 1 else { return }
        #expect(plan.parts[0].name == "28 layers")
        #expect(plan.parts[0].rule == "32,768 cells")
        #expect(plan.total.bytes == 7 << 29)
        #expect(plan.log == ["KV buffer size = 3584.00 MiB"])
    }

    @Test("An ubatch of llama.cpp is no larger than a batch of 2,048 tokens, and that is said")
    func ubatch() throws {
        let shape = try #require(Catalog.model(id: "gemma3-12b")).shape
        let load = try CacheLoad(tokens: 32_768)
        let plan = try Self.plan(shape, "llama.cpp", load, ["ubatch-size=4096"])
        let cells = "creating     SWA KV cache, size = 3072 cells"
        #expect(plan.log.contains(cells))
        #expect(plan.remarks.contains { $0.hasPrefix("An ubatch is no larger than a batch") })
        let largest = try Self.plan(shape, "llama.cpp", load, ["ubatch-size=2048"])
        #expect(largest.log.contains(cells) && largest.remarks.isEmpty)
    }

    @Test("vLLM makes fp8_ds_mla of fp8 for sparse attention on latents and has it there alone")
    func sparseLatents() throws {
        let load = try CacheLoad(tokens: 8192, format: .fp8)
        for id in ["deepseek-v3.2", "glm-5"] {
            let shape = try #require(Catalog.model(id: id)).shape
            let plan = try Self.plan(shape, "vllm", load)
            let layers = shape.stack.layers
            let keys = try #require(shape.indexKeys).layers
            #expect(plan.total.bytes == 8192 * (layers * 656 + keys * 132))
            #expect(plan.remarks.contains { $0.contains("fp8_ds_mla of fp8") })
        }
        let dense = try #require(Catalog.model(id: "deepseek-v3")).shape
        #expect(try Self.plan(dense, "vllm", load).total.bytes == 8192 * 61 * 576)
        let plan = try Self.plan(dense, "vllm", CacheLoad(tokens: 8192, format: .fp8Latent))
        #expect(plan.log.isEmpty && plan.remarks.contains { $0.contains("does not start") })
    }

    @Test("Concurrency is logged as vLLM writes it, without commas")
    func concurrency() throws {
        let shape = try #require(Catalog.model(id: "llama3.1-8b")).shape
        let engine = try #require(ServingEngine(name: "vllm"))
        let plan = try engine.plan(
            shape.kept, CacheLoad(tokens: 16), budget: ByteCount(14_007 * (1 << 21) / 10))
        #expect(plan.log.last == "Maximum concurrency for 16 tokens per request: 1400.00x")
    }

    private static let states: [(String, GGUFWriter.Value)] = [
        ("full_attention_interval", .u32(4)), ("ssm.conv_kernel", .u32(65_536)),
        ("ssm.inner_size", .u32(1 << 20)), ("ssm.state_size", .u32(65_536)),
        ("ssm.group_count", .u32(65_536)),
    ]
}
