import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("Published and logged sizes, from files")
struct GoldenThroughFilesTests {
    private static func text(_ id: String) throws -> ModelShape {
        let facts = try #require(ModelFacts.all.first { $0.id == id })
        return try ConfigFile.shape(of: JSONValue(parsing: facts.config), name: id)
    }

    /// A config of a plain model, with what else it says.
    private static func plain(
        _ layers: Int, _ heads: Int, _ groups: Int, _ width: Int, _ more: String = ""
    ) throws -> ModelShape {
        try shape(
            """
            {"num_hidden_layers": \(layers), "num_attention_heads": \(heads),
             "num_key_value_heads": \(groups), "head_dim": \(width)\(more)}
            """)
    }

    private static func needed(
        _ shape: ModelShape, _ tokens: Int, _ batch: Int = 1, _ format: CacheFormat = .bf16
    ) throws -> Int {
        try shape.stack.needed(CacheLoad(tokens: tokens, batch: batch, format: format)).bytes
    }

    @Test("A textbook's 32,768 tokens: MHA, GQA, and both with a window in 27 of 32 layers")
    func textbook() throws {
        #expect(try Self.needed(Self.plain(32, 32, 32, 128), 32_768) == 17_179_869_184)
        #expect(try Self.needed(Self.plain(32, 32, 8, 128), 32_768) == 4_294_967_296)
        let types = (0..<32).map { $0 % 6 == 5 ? #""full_attention""# : #""sliding_attention""# }
        let window =
            #", "sliding_window": 1024, "layer_types": [\#(types.joined(separator: ","))]"#
        #expect(try Self.plain(32, 32, 8, 128, window).stack.count(.window) == 27)
        #expect(try Self.needed(Self.plain(32, 32, 32, 128, window), 32_768) == 3_137_339_392)
        #expect(try Self.needed(Self.plain(32, 32, 8, 128, window), 32_768) == 784_334_848)
    }

    @Test("DeepSeek-V2's table 9, in numbers a token")
    func tableNine() throws {
        #expect(try Self.plain(27, 16, 16, 128).stack.numbersPerToken == 110_592)
        #expect(try Self.text("deepseek-v2-lite").stack.numbersPerToken == 15_552)
        #expect(try Self.text("deepseek-v2").stack.numbersPerToken == 34_560)
    }

    @Test("The lecture's GPT-3 and DeepSeek")
    func lecture() throws {
        #expect(try Self.needed(Self.text("gpt3-175b"), 1024) == 4_831_838_208)
        #expect(try Self.needed(Self.plain(96, 96, 8, 128), 1024) == 402_653_184)
        #expect(try Self.needed(Self.plain(96, 96, 1, 128), 1024) == 50_331_648)
        #expect(try Self.needed(Self.plain(61, 128, 128, 128), 100_000) == 399_769_600_000)
        #expect(try Self.needed(Self.plain(61, 128, 1, 128), 100_000) == 3_123_200_000)
    }

    @Test("Logged caches of engines and calculators")
    func logged() throws {
        #expect(try Self.needed(Self.text("llama3.1-8b"), 1) == 131_072)
        #expect(try Self.needed(Self.text("qwen2.5-7b"), 8192) == 469_762_048)
        #expect(try Self.needed(Self.plain(32, 32, 32, 128), 2048) == 1 << 30)
        #expect(try Self.needed(Self.plain(32, 32, 8, 128), 2048) == 256 << 20)
        #expect(try Self.needed(Self.plain(32, 32, 1, 128), 2048) == 32 << 20)
    }

    @Test("What attention needs is half of what an engine with full windows keeps")
    func neededOfWindows() throws {
        let small = try Self.text("gpt-oss-20b").stack
        let load = try CacheLoad(tokens: 8192, batch: 32)
        #expect(fixed(Double(try small.needed(load).bytes) / 0x1p30, decimals: 2) == "6.09")
        let engine = try #require(ServingEngine(name: "vllm"))
        let plan = try engine.plan(
            KeptMemory(small), load,
            settings: engine.settings(["disable-hybrid-kv-cache-manager"]))
        #expect(plan.total.bytes == 12 << 30)
    }

    @Test("vLLM's format for latents takes 656 bytes a token and layer")
    func latentFormat() throws {
        #expect(try Self.needed(Self.text("deepseek-v3"), 1, 1, .fp8Latent) == 61 * 656)
    }

    @Test(
        "Wrong answers seen in the wild are told what they got wrong",
        arguments: [
            (
                "deepseek-v3", 8192, "13.34GiB", CacheFormat.bf16,
                "counted MLA as K/V heads over the hidden width (128 of 56)"
            ),
            (
                "deepseek-v3", 65_536, "17.875MiB", .int4, "forgot the layers, l = 61"
            ),
            (
                "falcon-7b", 8192, "4.44GiB", .bf16,
                "counted the 71 query heads (the hidden width) as K/V heads, where one serves all "
                    + "(multi_query ignored)"
            ),
            (
                "llama3.1-8b", 8192, "8.0GiB", .bf16,
                "counted the 32 query heads (the hidden width) as K/V heads, where there are 8, "
                    + "and took 4 bytes per number, not 2"
            ),
            (
                "llama3.1-8b", 8192, "4.0GiB", .bf16,
                "counted the 32 query heads (the hidden width) as K/V heads, where there are 8"
            ),
            (
                "qwen3-32b", 32_768, "5.0GiB", .bf16,
                "took the head width for hidden / heads = 80, not 128"
            ),
            (
                "qwen3-next-80b", 8192, "768MiB", .bf16,
                "counted the 36 layers that keep a fixed state as if they kept every token"
            ),
            (
                "gpt-oss-20b", 8192, "384MiB", .bf16,
                "ignored that 12 layers keep a window only"
            ),
            (
                "qwen3-8b", 8192, "4.5GiB", .q8,
                "counted the 32 query heads (the hidden width) as K/V heads, where there are 8, "
                    + "and took 2 bytes per number, not 34 bytes per 32"
            ),
            ("llama3.1-8b", 8192, "1.00GB", .bf16, "wrote GB for GiB"),
            ("llama3.1-8b", 8192, "512MiB", .bf16, "took 1 byte per number, not 2"),
            (
                "deepseek-v3", 8192, "38.12GiB", .bf16,
                "kept keys and values rebuilt for all 128 heads (192 and 128 numbers)"
            ),
            (
                "deepseek-v3", 8192, "45.75GiB", .bf16,
                "kept keys and values rebuilt for all 128 heads (192 and 192 numbers, both of the "
                    + "keys' width)"
            ),
            (
                "gemma3-27b", 32_768, "496MiB", .bf16,
                "counted the 10 layers that keep every token as if they kept 1,024, too"
            ),
        ])
    func wrongAnswers(
        id: String, tokens: Int, stated: String, format: CacheFormat, cause: String
    ) throws {
        let shape = try Self.text(id)
        let size = try #require(StatedSize(text: stated))
        let comparison = try SizeComparison(
            stated: size, stack: shape.stack, load: CacheLoad(tokens: tokens, format: format),
            queryHeads: shape.queryHeads, headDimension: shape.headDimension,
            hiddenSize: shape.hiddenSize)
        #expect(!comparison.agrees)
        #expect(comparison.causes.first == cause, "\(comparison.causes)")
    }

    @Test("Two causes that explain a figure equally well are both named")
    func equallyGoodCauses() throws {
        let shape = try Self.text("llama3.1-8b")
        let comparison = try SizeComparison(
            stated: #require(StatedSize(text: "512MiB")), stack: shape.stack,
            load: CacheLoad(tokens: 8192, format: .bf16), queryHeads: shape.queryHeads,
            headDimension: shape.headDimension, hiddenSize: shape.hiddenSize)
        #expect(
            comparison.causes == [
                "took 1 byte per number, not 2",
                "forgot the 2 for a key and a value, or the 2 bytes of a number",
            ])
    }

    @Test("Right answers are told that they are, to the digits that they have")
    func rightAnswers() throws {
        for (id, tokens, stated) in [
            ("deepseek-v3", 8192, "0.536GiB"), ("falcon-7b", 8192, "0.0625 GiB"),
            ("llama3.1-8b", 8192, "1.00GiB"), ("llama3.1-8b", 8192, "1,073,741,824"),
            ("qwen3-32b", 32_768, "8.0GiB"),
        ] {
            let shape = try Self.text(id)
            let comparison = try SizeComparison(
                stated: #require(StatedSize(text: stated)), stack: shape.stack,
                load: CacheLoad(tokens: tokens), queryHeads: shape.queryHeads,
                headDimension: shape.headDimension, hiddenSize: shape.hiddenSize)
            #expect(comparison.agrees && comparison.causes.isEmpty, "\(id)")
        }
    }
}
