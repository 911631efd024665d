import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("What is kept beside keys and values")
struct FixedStatesTests {
    private static func shape(_ config: String) throws -> ModelShape {
        try ConfigFile.shape(of: JSONValue(parsing: Array(config.utf8)), name: "config")
    }

    private static func heads(_ layers: Int, _ type: String, _ more: String) -> String {
        """
        {"model_type": "\(type)", "num_hidden_layers": \(layers), "num_attention_heads": 32,
         "num_key_value_heads": 8, "head_dim": 128, "hidden_size": 4096, \(more)}
        """
    }

    @Test(
        "States of each kind of layer have the numbers of a convolution and of a recurrence",
        arguments: [
            (
                // Qwen3-Next: 3 x (4,096 + 2 x 16 x 128), 32 x 128 x 128.
                heads(4, "qwen3_next", #""linear_num_value_heads": 32"#), "gated_delta_net", 3,
                24_576, 524_288, 4
            ),
            (
                heads(
                    4, "kimi_linear",
                    #""kv_lora_rank": 512, "qk_rope_head_dim": 64, "linear_attn_config": "#
                        + #"{"full_attn_layers": [4], "num_heads": 32, "head_dim": 128}"#),
                "kimi_delta_attention", 3, 3 * 3 * 4096, 524_288, 4
            ),
            (
                heads(
                    4, "nemotron_h",
                    #""hybrid_override_pattern": "M-M*", "mamba_num_heads": 128, "#
                        + #""mamba_head_dim": 64, "n_groups": 8, "ssm_state_size": 128, "#
                        + #""conv_kernel": 4, "mamba_ssm_cache_dtype": "float32""#),
                "mamba2", 2, 3 * (8192 + 2 * 8 * 128), 8192 * 128, 4
            ),
            (
                heads(
                    4, "jamba",
                    #""attn_layer_period": 4, "attn_layer_offset": 2, "#
                        + #""mamba_expand": 2, "mamba_d_state": 16, "mamba_d_conv": 4"#),
                "mamba", 3, 3 * 8192, 8192 * 16, 2
            ),
            (
                heads(4, "minimax_m1", #""attn_type_list": [0, 0, 0, 1]"#), "lightning_attention",
                3, 0, 32 * 128 * 128, 2
            ),
            (
                heads(
                    4, "lfm2",
                    #""conv_L_cache": 3, "layer_types": "#
                        + #"["conv", "conv", "full_attention", "conv"]"#), "short_convolution", 3,
                2 * 4096, 0, 2
            ),
            (
                heads(
                    2, "falcon_h1",
                    #""mamba_d_ssm": 3072, "mamba_n_groups": 1, "#
                        + #""mamba_d_state": 256, "mamba_d_conv": 4"#), "mamba2", 2,
                3 * (3072 + 512), 3072 * 256, 2
            ),
        ] as [(String, String, Int, Int, Int, Int)])
    func kinds(
        config: String, rule: String, layers: Int, convolution: Int, recurrence: Int, width: Int
    ) throws {
        let shape = try Self.shape(config)
        let states = try #require(shape.states)
        #expect(states.rule.rawValue == rule)
        #expect(states.layers == layers)
        #expect(states.convolution == convolution)
        #expect(states.recurrence == recurrence)
        let load = try CacheLoad(tokens: 100, batch: 3)
        let sizes = try shape.kept.sizes(load)
        #expect(sizes.states.bytes == 3 * layers * (2 * convolution + width * recurrence))
        #expect(sizes.total.bytes == sizes.keysAndValues.bytes + sizes.states.bytes)
    }

    @Test("States that are not known are said not to be counted, whatever is wrong with the file")
    func unknownStates() throws {
        for (type, more, remark) in [
            (
                "qwen3_next", #""linear_num_value_heads": "many""#,
                "are not counted: linear_num_value_heads is"
            ),
            (
                "nemotron_h", #""hybrid_override_pattern": "M-M*""#,
                "are not counted: there is no mamba_num_heads"
            ),
            (
                "falcon_h1", #""mamba_n_groups": 1"#,
                "The fixed states of 4 layers are not counted: there is no mamba_d_ssm."
            ),
            (
                "bailing_hybrid", #""layer_group_size": 4"#,
                "are not counted: how large they are is not known"
            ),
        ] {
            let shape = try Self.shape(Self.heads(4, type, more))
            #expect(shape.states == nil)
            #expect(shape.remarks.contains { $0.contains(remark) }, "\(shape.remarks)")
        }
    }

    @Test("Heads stay whole where GPUs share out a model's states")
    func wholeHeads() throws {
        for (config, recurrence) in [
            (Self.heads(4, "qwen3_next", #""linear_num_value_heads": 32"#), 11 * 128 * 128),
            (
                Self.heads(
                    2, "falcon_h1",
                    #""mamba_d_ssm": 3072, "mamba_n_groups": 1, "mamba_d_state": 256, "#
                        + #""mamba_d_conv": 4, "mamba_n_heads": 24"#), 8 * 128 * 256
            ),
            (Self.heads(4, "minimax_m1", #""attn_type_list": [0, 0, 0, 1]"#), 11 * 128 * 128),
        ] {
            let states = try #require(Self.shape(config).states)
            #expect(states.share(gpus: 3).recurrence == recurrence)
        }
    }

    @Test("GPUs share out a state's heads and groups, each whole")
    func sharedStates() {
        let states = FixedStates(
            .mamba2, layers: 2, inner: 8192, groups: 2, state: 128, kernel: 4)
        #expect(states.share(gpus: 2).convolution == 3 * (4096 + 2 * 128))
        #expect(states.share(gpus: 8).convolution == 3 * (1024 + 2 * 128))
        #expect(states.share(gpus: 8).recurrence == 1024 * 128)
        // Kimi Linear's 32 heads on 3 GPUs: 11 of them, 14.9 MB in 20 layers of 43.4.
        let kimi = FixedStates(
            .kimiDelta, layers: 20, inner: 4096, headWidth: 128, groups: 32, state: 128, kernel: 4)
        #expect(kimi.layers * kimi.bytesPerSequence == 43_417_600)
        #expect(kimi.layers * kimi.share(gpus: 3).bytesPerSequence == 14_924_800)
        #expect(kimi.share(gpus: 64).recurrence == 128 * 128)
        #expect(kimi.share(gpus: 64).convolution == 3 * 3 * 128)
    }

    @Test("What is kept beside takes its room: fewer tokens and requests fit")
    func room() throws {
        let shape = try Self.shape(Self.heads(4, "qwen3_next", #""linear_num_value_heads": 32"#))
        let bare = KeptMemory(shape.stack)
        let room = ByteCount(100_000_000)
        let load = try CacheLoad(tokens: 1000)
        let plan = try ServingPlan(shape: shape, load: load, budget: room)
        let state = try #require(shape.states).bytesPerSequence * 3
        let token = try shape.stack.needed(CacheLoad(tokens: 1)).bytes
        #expect(plan.mostTokens == .number((room.bytes - state) / token))
        #expect(plan.mostRequests == .number(room.bytes / (state + 1000 * token)))
        #expect(bare.mostTokens(in: room, batch: 1, format: .f16) == room.bytes / token)
        #expect(plan.besides == ["states \(ByteCount(state).both)"])
    }

    @Test("A GGUF file's states and index keys are llama.cpp's")
    func ofGGUF() throws {
        func shape(_ architecture: String, _ values: [(String, GGUFWriter.Value)]) throws
            -> ModelShape
        {
            var writer = GGUFWriter()
            writer.values =
                [("general.architecture", .text(architecture))]
                + ([
                    ("block_count", .u32(8)), ("embedding_length", .u32(5120)),
                    ("attention.head_count", .u32(24)), ("attention.head_count_kv", .u32(4)),
                    ("attention.key_length", .u32(256)), ("attention.value_length", .u32(256)),
                ] + values).map { ("\(architecture).\($0.0)", $0.1) }
            return try GGUFModel.shape(
                of: GGUFHeader(reading: FileBytes(writer.bytes)), name: "file")
        }
        let qwen = try shape(
            "qwen35",
            [
                ("ssm.conv_kernel", .u32(4)), ("ssm.state_size", .u32(128)),
                ("ssm.group_count", .u32(16)), ("ssm.time_step_rank", .u32(48)),
                ("ssm.inner_size", .u32(6144)), ("full_attention_interval", .u32(4)),
            ])
        let states = try #require(qwen.states)
        #expect(states.rule == .gatedDeltaNet && states.layers == 6)
        #expect(states.convolution == 30_720 && states.recurrence == 786_432)
        // 48 heads on 5 GPUs: 10 of them.
        #expect(states.share(gpus: 5).recurrence == 10 * 128 * 128)
        let sparse = try shape(
            "deepseek32",
            [
                ("attention.kv_lora_rank", .u32(512)), ("rope.dimension_count", .u32(64)),
                ("attention.key_length_mla", .u32(192)),
                ("attention.indexer.key_length", .u32(128)),
            ])
        #expect(sparse.indexKeys == IndexKeys(layers: 8, width: 128))
        #expect(try sparse.indexKeys?.size(CacheLoad(tokens: 1024)).bytes == 8 * 1024 * 256)
        let load = try CacheLoad(tokens: 1000, format: .q8)
        let plan = try #require(ServingEngine(name: "llama.cpp")).plan(sparse.kept, load)
        #expect(plan.parts.map(\.name) == ["8 layers", "index keys"])
        #expect(plan.parts[1].size.bytes == 8 * 1024 * 128 / 32 * 34)
        // Without an engine they are in the same format.
        let sizes = try sparse.kept.sizes(CacheLoad(tokens: 1024, format: .q8))
        #expect(sizes.indexKeys == plan.parts[1].size)
        #expect(sparse.remarks.contains { $0.contains("128 numbers each in the cache's format") })
        #expect(
            try IndexKeys(layers: 1, width: 128).bytesPerToken(in: .fp8Latent) == 132)
    }
}
