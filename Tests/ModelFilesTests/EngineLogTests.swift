import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

/// What engines wrote in their logs, with the model and the options that were used.
private struct EngineLog: Sendable, CustomTestStringConvertible {
    /// Where the log was read.
    let source: String
    /// A model's id in the catalogue, or the text of its config.json.
    let model: String
    var tokens = 1024
    var batch = 1
    var format = CacheFormat.f16
    var gpus = 1
    var options: [String] = []
    /// In GiB.
    var budget: Double?
    /// Lines that must be there to the letter.
    var lines: [String] = []
    /// Figures that may be off by 1 %: budgets are logged with two decimals, and llama.cpp did not
    /// always pad contexts to 256.
    var cacheTokens: Int?
    var formerTokens: Int?
    var requests: Double?
    var bytes: Double?
    var mostTokens: Int?

    var testDescription: String { source }

    func plan(_ engine: String) throws -> EnginePlan {
        let shape =
            try Catalog.model(id: model)?.shape
            ?? ConfigFile.shape(of: JSONValue(parsing: Array(model.utf8)), name: "log")
        let engine = try #require(ServingEngine(name: engine))
        return try engine.plan(
            shape.kept.share(gpus: gpus),
            CacheLoad(tokens: tokens, batch: batch, format: format),
            budget: budget.map { ByteCount(Int($0 * 0x1p30)) }, settings: engine.settings(options))
    }
}

@Suite("The logs of engines")
struct EngineLogTests {
    private static func llama(
        _ layers: Int, _ heads: Int, _ groups: Int, _ width: Int, _ more: String = ""
    ) -> String {
        """
        {"num_hidden_layers": \(layers), "num_attention_heads": \(heads),
         "num_key_value_heads": \(groups), "head_dim": \(width)\(more)}
        """
    }

    private static let smolLM2 = llama(30, 9, 3, 64)

    /// The keys that llama.cpp#23577 logs for Qwen3.6-27B, as its config has them.
    private static let qwen27 = llama(
        64, 24, 4, 256,
        """
        , "model_type": "qwen3_5_text", "hidden_size": 5120, "linear_num_key_heads": 16,
         "linear_num_value_heads": 48, "linear_key_head_dim": 128, "linear_value_head_dim": 128,
         "linear_conv_kernel_dim": 4, "mamba_ssm_dtype": "float32"
        """)

    private static let qwen35B = llama(
        40, 16, 2, 256,
        """
        , "model_type": "qwen3_5_moe_text", "hidden_size": 2048, "linear_num_key_heads": 16,
         "linear_num_value_heads": 32, "linear_key_head_dim": 128, "linear_value_head_dim": 128,
         "linear_conv_kernel_dim": 4, "mamba_ssm_dtype": "float32"
        """)

    private static let falconH1 = llama(
        24, 8, 2, 128,
        """
        , "model_type": "falcon_h1", "hidden_size": 2048, "mamba_d_ssm": 3072,
         "mamba_n_groups": 1, "mamba_d_state": 256, "mamba_d_conv": 4
        """)

    /// A few of its layers: a block hangs on the shapes alone.
    private static let nemotron = llama(
        4, 40, 8, 128,
        """
        , "model_type": "nemotron_h", "hidden_size": 4480, "hybrid_override_pattern": "M-M*",
         "mamba_num_heads": 128, "mamba_head_dim": 80, "n_groups": 8, "ssm_state_size": 128,
         "conv_kernel": 4
        """)

    private static let gemma4E4B = llama(
        42, 8, 2, 256,
        """
        , "model_type": "gemma4_text", "global_head_dim": 512, "sliding_window": 512,
         "num_kv_shared_layers": 18, "hidden_size": 2560
        """)

    private static let gemma3Small = llama(
        18, 4, 1, 256, #", "model_type": "gemma3_text", "sliding_window": 512"#)

    private static let kimiLinear = """
        {"model_type": "kimi_linear", "num_hidden_layers": 27, "num_attention_heads": 32,
         "hidden_size": 2304, "kv_lora_rank": 512, "qk_rope_head_dim": 64,
         "linear_attn_config": {"full_attn_layers": [4, 8, 12, 16, 20, 24, 27], "head_dim": 128,
         "num_heads": 32, "short_conv_kernel_size": 4}}
        """

    // MARK: llama.cpp

    private static let llamaCpp = [
        EngineLog(
            source: "SmolLM2-135M, -c 2048", model: smolLM2, tokens: 2048,
            lines: ["KV buffer size = 45.00 MiB"]),
        EngineLog(
            source: "SmolLM2-135M, -c 2048 -ctk q8_0 -ctv q8_0", model: smolLM2, tokens: 2048,
            format: .q8, lines: ["KV buffer size = 23.91 MiB"]),
        EngineLog(
            source: "SmolLM2-135M, -c 2048 -ctk q4_0 -ctv q4_0", model: smolLM2, tokens: 2048,
            format: .q4, lines: ["KV buffer size = 12.66 MiB"]),
        EngineLog(
            source: "SmolLM2-135M, -c 2000", model: smolLM2, tokens: 2000,
            lines: ["KV buffer size = 45.00 MiB"]),
        EngineLog(
            source: "Gemma-4-E4B, -c 32768", model: gemma4E4B, tokens: 32_768,
            lines: [
                "creating non-SWA KV cache, size = 32768 cells", "KV buffer size = 512.00 MiB",
                "creating     SWA KV cache, size = 1024 cells", "KV buffer size = 40.00 MiB",
            ]),
        EngineLog(
            source: "unslothai/unsloth#7530: Gemma-3-270M, -c 1024 --parallel 3, 27.0 MiB",
            model: gemma3Small, tokens: 1024 / 3, batch: 3,
            lines: ["KV buffer size = 4.50 MiB", "KV buffer size = 22.50 MiB"], bytes: 27 * 0x1p20),
        EngineLog(
            source: "unslothai/unsloth#7530: Gemma-3-270M, -c 1024 --parallel 4, 18.0 MiB",
            model: gemma3Small, tokens: 1024 / 4, batch: 4, bytes: 18 * 0x1p20),
        EngineLog(
            source: "lmstudio-ai/lmstudio-bug-tracker#1862: Qwen3.6-27B, 4 sequences",
            model: qwen27, batch: 4, lines: ["RS buffer size = 598.50 MiB"]),
        EngineLog(
            source: "ggml-org/llama.cpp#23792: Qwen3.6-27B, 3 sequences", model: qwen27, batch: 3,
            lines: ["RS buffer size = 448.88 MiB"]),
        EngineLog(
            source: "qualcomm/GenieX#1346: Gemma-4-E4B, nctx=4096, 1,536 cells of 512 + 1,024",
            model: gemma4E4B, tokens: 4096, options: ["ubatch-size=1024"],
            lines: [
                "creating     SWA KV cache, size = 1536 cells", "KV buffer size = 64.00 MiB",
                "KV buffer size = 60.00 MiB",
            ]),
        EngineLog(
            source: "qualcomm/GenieX#1346: the same with swa_full=true", model: gemma4E4B,
            tokens: 4096, options: ["swa-full"],
            lines: [
                "creating     SWA KV cache, size = 4096 cells", "KV buffer size = 160.00 MiB",
            ]),
        EngineLog(
            source: "GeniePod/genie-claw#410: Falcon-H1-1.5B at 32,768 tokens", model: falconH1,
            tokens: 32_768,
            lines: ["KV buffer size = 768.00 MiB", "RS buffer size = 72.98 MiB"]),
        EngineLog(
            source: "ikawrakow/ik_llama.cpp#259, a fork with the same latent: DeepSeek-R1, "
                + "-c 32768 -ctk q8_0", model: "deepseek-v3", tokens: 32_768, format: .q8,
            bytes: 1166.62 * 0x1p20),
        EngineLog(
            source: "Yi-34B, -c 50000, before contexts were padded: 11718.75 MiB", model: "yi-34b",
            tokens: 50_000, bytes: 11_718.75 * 0x1p20),
        EngineLog(
            source: "TheBloke/Yi-34B-200K-GGUF discussion 1: Yi-6B, -c 200000, 12500.00 MiB",
            model: "yi-6b", tokens: 200_000, bytes: 12_500 * 0x1p20),
    ]

    // MARK: vLLM

    /// The lines about pages of a state.
    private static func pages(_ block: String, _ padding: String) -> [String] {
        [
            "Setting attention block size to \(block) tokens to ensure that attention page size "
                + "is >= mamba page size.",
            "Padding mamba page size by \(padding)% to ensure that mamba page size and attention "
                + "page size are exactly equal.",
        ]
    }

    private static let vllm = [
        EngineLog(
            source: "vllm#10517: Llama-3.1-8B on an RTX 3090, 1952 blocks", model: "llama3.1-8b",
            tokens: 20_000, budget: 3.81, cacheTokens: 31_232, requests: 1.56),
        EngineLog(
            source: "vllm#10517: the same with 29,000 tokens, 1478 blocks", model: "llama3.1-8b",
            tokens: 29_000, budget: 2.89, cacheTokens: 23_648, requests: 0.82),
        EngineLog(
            source: "alvarobartt/hf-mem#60: gpt-oss-120b", model: "gpt-oss-120b", tokens: 8192,
            budget: 5.38, formerTokens: 78_384),
        EngineLog(
            source: "alvarobartt/hf-mem#60: gpt-oss-120b, counted with full windows",
            model: "gpt-oss-120b", tokens: 8192, options: ["disable-hybrid-kv-cache-manager"],
            budget: 5.38, cacheTokens: 78_384, requests: 9.57),
        EngineLog(
            source: "alvarobartt/hf-mem#70: gpt-oss-20b with full windows, 12.00 GiB",
            model: "gpt-oss-20b", tokens: 8192, batch: 32,
            options: ["disable-hybrid-kv-cache-manager"], bytes: 12 * 0x1p30),
        EngineLog(
            source: "alvarobartt/hf-mem#61: Gemma-4-31B", model: "gemma4-31b", tokens: 32_768,
            budget: 24.54, formerTokens: 26_800),
        EngineLog(
            source: "Gemma-4-31B at 262,144 tokens: 108.2 KiB a token, about 27 GiB a request",
            model: "gemma4-31b", tokens: 262_144, bytes: 108.2 * 1024 * 262_144),
        EngineLog(
            source:
                "vllm#34076: Qwen3-Coder-30B-A3B needs 24.0 GiB for 262,144 tokens and has 3.18, "
                + "in which 34,736 fit", model: llama(48, 32, 4, 128), tokens: 262_144,
            budget: 3.18,
            lines: [
                "To serve at least one request with the model's max seq len (262144), (24.00 GiB KV "
                    + "cache is needed, which is larger than the available KV cache memory (3.18 "
                    + "GiB). Based on the available memory, the estimated maximum model length is "
                    + "34720."
            ], bytes: 24 * 0x1p30, mostTokens: 34_736),
        EngineLog(
            source: "vllm#32492: Qwen3-Next-80B has blocks of 544 tokens", model: "qwen3-next-80b",
            lines: [
                "Setting attention block size to 544 tokens to ensure that attention page size is "
                    + ">= mamba page size."
            ]),
        EngineLog(
            source: "mitchross/talos-argocd-proxmox#1995: Qwen3.8-27B-FP8, of the shape of "
                + "Qwen3.6-27B, on two RTX 3090", model: qwen27, tokens: 131_072, format: .fp8,
            gpus: 2, options: ["enable-prefix-caching", "max-num-batched-tokens=8192"],
            budget: 4.99,
            lines: [
                "Setting attention block size to 1568 tokens to ensure that attention page size "
                    + "is >= mamba page size.", "GPU KV cache size: 302,921 tokens",
                "Maximum concurrency for 131,072 tokens per request: 2.31x",
            ]),
        EngineLog(
            source: "noonghunna/club-3090#612: Qwen3.6-35B-A3B on an RTX 5090, vLLM 0.24.0",
            model: qwen35B, tokens: 131_072, format: .fp8,
            options: ["enable-prefix-caching", "max-num-batched-tokens=8192"], budget: 5.98,
            lines: [
                "GPU KV cache size: 567,978 tokens",
                "Maximum concurrency for 131,072 tokens per request: 4.33x",
            ]),
        EngineLog(
            source: "noonghunna/club-3090#652: the same with 6.01 GiB", model: qwen35B,
            tokens: 131_072, format: .fp8,
            options: ["enable-prefix-caching", "max-num-batched-tokens=8192"], budget: 6.01,
            lines: [
                "GPU KV cache size: 569,878 tokens",
                "Maximum concurrency for 131,072 tokens per request: 4.35x",
            ]),
        EngineLog(
            source: "vllm#40691: Qwen3.5-27B, of the shape of Qwen3.6-27B; the memory is not "
                + "logged, that of 1,487 blocks gives both of its figures", model: qwen27,
            tokens: 32_768, budget: 71.156, formerTokens: 290_864, requests: 33.04),
        EngineLog(
            source: "Qwen3.6-27B and Qwen3.5-27B: blocks of 784 tokens, 0.13 %",
            model: "qwen3.5-27b", tokens: 131_072,
            lines: pages("784", "0.13")),
        EngineLog(
            source: "Qwen3.6-35B-A3B: blocks of 1056 tokens, 0.76 %", model: "qwen3.5-35b-a3b",
            lines: pages("1056", "0.76")),
        EngineLog(
            source: "Qwen3.5-9B: blocks of 528 tokens, 0.76 %", model: "qwen3.5-9b",
            lines: pages("528", "0.76")),
        EngineLog(
            source: "DeepSeek-V3.2, --kv-cache-dtype fp8: 61 layers of 656 bytes and index keys "
                + "of 132", model: "deepseek-v3.2", tokens: 8192, format: .fp8,
            bytes: 393_773_056),
        EngineLog(
            source: "vllm#24280: Nemotron-Nano-9B-v2 has blocks of 672 tokens", model: nemotron,
            lines: [
                "Setting attention block size to 672 tokens to ensure that attention page size is "
                    + ">= mamba page size."
            ]),
        EngineLog(
            source: "Llama-4-Scout on eight H200, vLLM 0.12.0 with "
                + "VLLM_ALLOW_CHUNKED_LOCAL_ATTN_WITH_HYBRID_KV_CACHE=1 (deployment notes)",
            model: "llama4-scout", tokens: 8_388_608, gpus: 8, budget: 89.71,
            formerTokens: 3_919_664, requests: 1.86),
        EngineLog(
            source: "vllm#28228: Kimi-Linear-48B-A3B on two RTX 3090", model: kimiLinear,
            tokens: 120_000, gpus: 2, budget: 2.30, formerTokens: 75_840, requests: 2.48),
    ]

    @Test("of llama.cpp come out to the letter, its older ones within 1 %", arguments: llamaCpp)
    private func llamaCppLog(log: EngineLog) throws { try Self.check(log, "llama.cpp") }

    @Test("of vLLM come out within 1 %, their budgets' rounding", arguments: vllm)
    private func vllmLog(log: EngineLog) throws { try Self.check(log, "vllm") }

    private static func check(_ log: EngineLog, _ engine: String) throws {
        let plan = try log.plan(engine)
        #expect(log.lines.filter { !plan.log.contains($0) } == [], "\(plan.log)")
        let capacity = plan.capacity
        try near(log.cacheTokens, capacity.cacheTokens, "tokens")
        try near(log.formerTokens, capacity.formerTokens, "former tokens")
        try near(log.mostTokens, capacity.mostTokens, "longest context")
        try near(log.requests, capacity.requests, "requests")
        try near(log.bytes, Double(plan.total.bytes), "bytes")
    }

    /// Whether ours is within 1 % of theirs, where they logged it.
    private static func near(_ theirs: Double?, _ ours: Double?, _ name: String) throws {
        guard let theirs else { return }
        let own = try #require(ours, "\(name)")
        #expect(abs(own - theirs) <= theirs / 100, "\(name): \(own), logged \(theirs)")
    }

    private static func near(_ theirs: Int?, _ ours: Int?, _ name: String) throws {
        try near(theirs.map(Double.init), ours.map(Double.init), name)
    }

    @Test("of llama.cpp with an old file of MLA: keys and values kept rebuilt, 4320.00 MiB")
    func rebuiltLatent() throws {
        var writer = GGUFWriter()
        writer.values = [
            ("general.architecture", .text("deepseek2")), ("deepseek2.block_count", .u32(27)),
            ("deepseek2.embedding_length", .u32(2048)),
            ("deepseek2.attention.head_count", .u32(16)),
            ("deepseek2.attention.head_count_kv", .u32(16)),
            ("deepseek2.attention.kv_lora_rank", .u32(512)),
            ("deepseek2.attention.key_length", .u32(192)),
            ("deepseek2.attention.value_length", .u32(128)),
            ("deepseek2.rope.dimension_count", .u32(64)),
        ]
        let shape = try GGUFModel.shape(
            of: GGUFHeader(reading: FileBytes(writer.bytes)), name: "DeepSeek-Coder-V2-16B")
        let load = try CacheLoad(tokens: 2048, batch: 8)
        let plan = try #require(ServingEngine(name: "llama.cpp")).plan(shape.kept, load)
        #expect(plan.log == ["KV buffer size = 4320.00 MiB"])
        #expect(plan.parts.map(\.name) == ["27 layers, rebuilt"])
        #expect(plan.remarks.first?.contains("rebuilt keys and values") == true)
        // Attention itself needs the latent only.
        #expect(try shape.kept.sizes(load).total.bytes == 27 * 576 * 2 * 2048 * 8)
    }
}
