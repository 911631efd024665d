extension ModelFamily {
    /// The families whose rules are known.
    static let all = plain + windowed + hybrid + compressed

    private static let transformers = "transformers src/transformers/models/*/configuration_*.py"
    private static let mlx = "mlx-lm mlx_lm/models @d78bf58e"
    private static let llamaCpp = "llama.cpp src/llama-model.cpp"

    /// The defaults of a class: the width of the model, its layers, heads and K/V heads, the width
    /// of a head, and the window, which is off where `use_sliding_window` does not switch it on.
    private static func sizes(
        _ hidden: Int, layers: Int, heads: Int, groups: Int, width: Int, window: Int? = nil,
        isOn: Bool = false
    ) -> [String: Int] {
        var values = [
            "hidden_size": hidden, "num_hidden_layers": layers, "num_attention_heads": heads,
            "num_key_value_heads": groups, "head_dim": width,
        ]
        if let window {
            if window > 0 { values["sliding_window"] = window }
            if !isOn { values["use_sliding_window"] = 0 }
        }
        return values
    }

    /// Heads of a class that takes as many K/V heads as query heads, and divides for their width.
    private static let divided = ["num_key_value_heads": 0, "head_dim": 0]

    // MARK: All layers keep everything

    private static let plain = [
        ModelFamily(
            ["llama", "aquila", "internlm", "Yi", "llava"], .full,
            divided.merging([
                "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
            ]) { $1 }, source: "\(transformers): llama"),
        ModelFamily(
            ["qwen2"], gguf: ["qwen2", "qwen2moe", "qwen2vl"], .full,
            sizes(4096, layers: 32, heads: 32, groups: 32, width: 0, window: 4096),
            fields: [LayerField("max_window_layers", .first(else: .window))],
            source: "\(transformers): qwen2 @008e5742"),
        ModelFamily(
            ["qwen2_moe"], .full,
            sizes(2048, layers: 24, heads: 16, groups: 16, width: 0, window: 4096),
            source: "\(transformers): qwen2_moe @008e5742"),
        ModelFamily(
            ["qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text"], .full,
            sizes(8192, layers: 80, heads: 64, groups: 8, width: 0, window: 4096),
            fields: [LayerField("max_window_layers", .first(else: .window))],
            source: "\(transformers): qwen2_vl, qwen2_5_vl"),
        ModelFamily(
            ["qwen3", "qwen3_vl", "qwen3_vl_text"], gguf: ["qwen3", "qwen3vl", "qwen3vlmoe"],
            .full, sizes(4096, layers: 32, heads: 32, groups: 32, width: 128, window: 4096),
            fields: [LayerField("max_window_layers", .first(else: .window))],
            source: "\(transformers): qwen3 @008e5742, qwen3_vl"),
        ModelFamily(
            ["qwen3_moe"], gguf: ["qwen3moe"], .full,
            [
                "hidden_size": 2048, "num_hidden_layers": 24, "num_attention_heads": 32,
                "num_key_value_heads": 4, "head_dim": 0, "use_sliding_window": 0,
            ],
            fields: [LayerField("max_window_layers", .first(else: .window))],
            source: "\(transformers): qwen3_moe @008e5742"),
        ModelFamily(
            ["qwen3_vl_moe_text"], .full,
            sizes(2048, layers: 24, heads: 16, groups: 16, width: 0),
            source: "\(transformers): qwen3_vl_moe @008e5742"),
        ModelFamily(
            ["smollm3"], gguf: ["smollm3"], .full,
            sizes(2048, layers: 36, heads: 16, groups: 4, width: 0, window: 0),
            source: "\(transformers): smollm3 @008e5742"),
        ModelFamily(
            ["gemma"], gguf: ["gemma"], .full,
            sizes(3072, layers: 28, heads: 16, groups: 16, width: 256),
            source: "\(transformers): gemma @008e5742"),
        ModelFamily(
            ["plamo"], gguf: ["plamo"], .full, ["n_shared_head": 8],
            source: "\(mlx): plamo, k_num_heads"),
        ModelFamily(
            ["minimax_m2"], gguf: ["minimax-m2"], .full,
            sizes(3072, layers: 62, heads: 48, groups: 8, width: 128),
            source: "\(transformers): minimax_m2 @008e5742"),
        ModelFamily(
            ["minimax_m3", "minimax_m3_vl", "minimax_m3_vl_text"],
            source: "sglang mem_cache MiniMaxSparseKVPool: index keys beside the cache"),
        ModelFamily(
            ["hunyuan", "hunyuan_v1_dense", "hunyuan_v1_moe"],
            gguf: ["hunyuan-dense", "hunyuan-moe"],
            fields: [
                LayerField("cla_share_factor", .period(.first, else: .shared), flag: "use_cla")
            ], source: "\(mlx): hunyuan"),
        ModelFamily(
            ["nemotron-nas", "deci"], gguf: ["deci"],
            source: "nvidia Llama-3_3-Nemotron-Super-49B-v1: block_configs"),
        ModelFamily(
            [
                "apertus", "arcee", "arctic", "baichuan", "bailing_moe", "bailing_moe_v2", "bitnet",
                "bloom", "chameleon", "chatglm", "codegen", "cohere", "dbrx", "deepseek", "dots1",
                "ernie4_5", "ernie4_5_moe", "exaone", "falcon", "falcon_h1", "glm",
                "glm4", "glm4_moe", "glm4v_text", "glm4v_moe_text", "gpt2", "gpt_bigcode",
                "gpt_neox", "gptj", "granite", "granitemoe", "grok-1", "helium", "internlm2",
                "internlm3", "jais", "mimo", "minicpm", "ministral3", "mpt", "nanochat",
                "nemotron", "olmo", "olmo2", "olmoe", "openelm", "opt", "orion", "persimmon", "phi",
                "phi3small", "qwen", "RefinedWeb", "RefinedWebModel", "seed_oss",
                "solar_open", "stablelm", "stablelm_epoch", "xglm", "xverse",
            ],
            gguf: [
                "apertus", "arcee", "arctic", "baichuan", "bailingmoe", "bailingmoe2", "bitnet",
                "bloom", "chameleon", "chatglm", "codeshell", "cogvlm", "command-r", "dbrx",
                "deepseek", "dots1", "ernie4_5", "ernie4_5-moe", "exaone", "falcon",
                "falcon-h1", "glm4", "glm4moe", "gpt2", "gptj", "gptneox", "granite", "granitemoe",
                "grok", "grovemoe", "internlm2", "jais", "jais2", "minicpm",
                "mistral3", "mpt", "nemotron", "olmo", "olmoe", "openelm", "orion",
                "pangu-embedded", "phi2", "plm", "qwen", "refact",
                "seed_oss", "stablelm", "starcoder", "xverse",
            ], source: "\(transformers), \(llamaCpp)"),
    ]

    // MARK: Windows and chunks

    private static let windowed = [
        ModelFamily(
            ["mistral"], gguf: ["llama"], .windows,
            sizes(4096, layers: 32, heads: 32, groups: 8, width: 0, window: 4096, isOn: true),
            source: "\(transformers): mistral @001f85b3"),
        ModelFamily(
            ["mixtral"], .windows,
            sizes(4096, layers: 32, heads: 32, groups: 8, width: 0),
            source: "\(transformers): mixtral"),
        ModelFamily(
            ["phi3", "phi4mm", "phi4_multimodal", "phimoe", "starcoder2"],
            gguf: ["phi3", "phimoe", "starcoder2"], .windows, source: transformers),
        // Written by Mistral and Meta themselves; the file names no family.
        ModelFamily(
            ["params.json"], .windows,
            fields: [LayerField("nope_layer_interval", .period(.last, else: .chunked))],
            source: "mistral-inference ModelArgs; llama-models ModelArgs"),
        ModelFamily(
            ["gemma2"], gguf: ["gemma2"], .oneIn(2, else: .window),
            sizes(2304, layers: 26, heads: 8, groups: 4, width: 256, window: 4096, isOn: true),
            source: "\(transformers): gemma2"),
        ModelFamily(
            ["gemma3", "gemma3_text"], gguf: ["gemma3"],
            .oneIn(6, else: .window),
            sizes(2304, layers: 26, heads: 8, groups: 4, width: 256, window: 4096, isOn: true),
            source: "\(transformers): gemma3 @008f5c8c"),
        ModelFamily(
            ["gemma3n", "gemma3n_text"], gguf: ["gemma3n"], .oneIn(5, else: .window),
            [
                "hidden_size": 2048, "num_hidden_layers": 35, "num_attention_heads": 8,
                "num_key_value_heads": 2, "head_dim": 256, "sliding_window": 512,
                "num_kv_shared_layers": 15,
            ], source: "\(transformers): gemma3n @01854809"),
        ModelFamily(
            ["gemma4", "gemma4_text"], gguf: ["gemma4"], .oneIn(6, else: .window),
            sizes(2304, layers: 30, heads: 8, groups: 4, width: 256, window: 512, isOn: true)
                .merging(["global_head_dim": 512, "attention_k_eq_v": 0]) { $1 },
            source: "\(transformers): gemma4 @008e5742"),
        ModelFamily(
            ["gemma4_unified", "gemma4_unified_text"], .oneIn(6, else: .window),
            sizes(2304, layers: 30, heads: 8, groups: 4, width: 256, window: 1024, isOn: true)
                .merging(["global_head_dim": 512, "attention_k_eq_v": 0]) { $1 },
            source: "\(transformers): gemma4_unified @008e5742"),
        ModelFamily(
            ["gpt_oss"], gguf: ["gpt-oss"], .oneIn(2, else: .window),
            sizes(2880, layers: 36, heads: 64, groups: 8, width: 64, window: 128, isOn: true),
            source: "\(transformers): gpt_oss @02b8f42b"),
        ModelFamily(
            ["granite_swa"], .oneIn(4, isFirst: true, else: .window),
            sizes(2560, layers: 24, heads: 20, groups: 4, width: 0, window: 128, isOn: true),
            source: "\(transformers): granite_swa @1b27b6be"),
        ModelFamily(
            ["afmoe"], gguf: ["afmoe"], .oneIn(4, else: .window),
            sizes(2048, layers: 32, heads: 16, groups: 0, width: 128, window: 1024, isOn: true),
            fields: [LayerField("global_attn_every_n_layers", .period(.last, else: .window))],
            source: "\(transformers): afmoe @053f59ef"),
        ModelFamily(
            ["cohere2"], gguf: ["cohere2"], .oneIn(4, else: .window), source: "\(mlx): cohere2"),
        ModelFamily(
            ["olmo3"], gguf: ["olmo2"], .oneIn(4, else: .window), source: "\(mlx): olmo3"),
        ModelFamily(
            ["exaone4", "exaone_moe"], gguf: ["exaone4", "exaone-moe"], .oneIn(4, else: .window),
            source: "\(mlx): exaone4, exaone_moe"),
        ModelFamily(
            ["step3p5"], gguf: ["step35"], .oneIn(2, else: .window), ["sliding_window": 512],
            source: "\(mlx): step3p5"),
        ModelFamily(
            ["mimo_v2_flash", "mimo_v2"], gguf: ["mimo2"], .stated,
            fields: [LayerField("hybrid_layer_pattern", .flags(.window, else: .full))],
            source: "\(mlx): mimo_v2_flash"),
        ModelFamily(
            ["baichuan_m1"], .stated,
            fields: [LayerField("sliding_window_layers", .numbers(from: 0, .window, else: .full))],
            source: "\(mlx): baichuan_m1"),
        ModelFamily(
            ["laguna"], gguf: ["laguna"], .oneIn(4, isFirst: true, else: .window),
            source: "\(llamaCpp): laguna"),
        ModelFamily(
            [], gguf: ["cohere2moe", "smallthinker"], .oneIn(4, isFirst: true, else: .window),
            source: llamaCpp),
        ModelFamily([], gguf: ["plamo3"], .oneIn(8, else: .window), source: llamaCpp),
        ModelFamily(
            ["gpt_neo", "mellum"], .stated, source: "\(transformers): gpt_neo; \(mlx): mellum"),
        ModelFamily(
            ["llama4", "llama4_text"], gguf: ["llama4"], .oneIn(4, else: .chunked),
            [
                "hidden_size": 5120, "num_hidden_layers": 48, "num_attention_heads": 40,
                "num_key_value_heads": 8, "head_dim": 128, "attention_chunk_size": 8192,
            ],
            fields: [
                LayerField("no_rope_layers", .flags(.chunked, else: .full)),
                LayerField("no_rope_layer_interval", .period(.last, else: .chunked)),
            ], source: "\(transformers): llama4 @008e5742"),
    ]

    // MARK: Fixed states

    private static let hybrid = [
        ModelFamily(
            ["qwen3_next"], gguf: ["qwen3next"], .oneIn(4, else: .linear),
            sizes(2048, layers: 48, heads: 16, groups: 2, width: 256),
            source: "\(transformers): qwen3_next @008e5742"),
        ModelFamily(
            ["qwen3_5", "qwen3_5_text"], gguf: ["qwen35"], .oneIn(4, else: .linear),
            sizes(4096, layers: 32, heads: 16, groups: 4, width: 256),
            source: "\(transformers): qwen3_5 @008e5742"),
        ModelFamily(
            ["qwen3_5_moe", "qwen3_5_moe_text"], gguf: ["qwen35moe"], .oneIn(4, else: .linear),
            sizes(2048, layers: 40, heads: 16, groups: 2, width: 256),
            source: "\(transformers): qwen3_5_moe @008e5742"),
        ModelFamily(
            ["nemotron_h"], gguf: ["nemotron_h", "nemotron_h_moe"], .stated,
            [
                "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
                "head_dim": 128,
            ], source: "\(transformers): nemotron_h @13923c63"),
        ModelFamily(
            ["bailing_moe_linear", "bailing_hybrid"], .stated,
            fields: [LayerField("layer_group_size", .period(.lastOrRest, else: .linear))],
            source: "\(mlx): bailing_moe_linear is_global"),
        ModelFamily(
            ["plamo2"], gguf: ["plamo2"], .stated,
            fields: [LayerField("mamba_step", .period(.middle, else: .linear))],
            source: "\(mlx): plamo2 is_mamba"),
        ModelFamily(
            ["kimi_linear", "kimi_k3"], gguf: ["kimi-linear"], .stated,
            fields: [
                LayerField(
                    "linear_attn_config.full_attn_layers",
                    .numbers(from: 1, .full, else: .linear))
            ], source: "\(mlx): kimi_linear"),
        ModelFamily(
            [
                "jamba", "bamba", "lfm2", "lfm2_moe", "granitemoehybrid", "minimax", "minimax_m1",
                "minimax_text_01", "MiniMaxText01", "MiniMaxM1",
            ], gguf: ["jamba", "lfm2", "lfm2moe", "granitehybrid"], .stated,
            source: "\(transformers); \(mlx)"),
    ]

    // MARK: Latents

    private static let compressed = [
        ModelFamily(
            ["deepseek_v2", "deepseek_v3", "kimi_k2", "kimi_k25", "deepseek_vl_v2"],
            gguf: ["deepseek2", "mistral4"], .full,
            ["kv_lora_rank": 512, "qk_rope_head_dim": 64],
            source: "\(transformers): deepseek_v3"),
        ModelFamily(
            ["deepseek_v32"], gguf: ["deepseek32"], .full,
            ["kv_lora_rank": 512, "qk_rope_head_dim": 64, "index_head_dim": 128],
            source: "sglang _compute_dsa_indexer_cell_size: an index key beside the latent"),
        ModelFamily(
            ["glm_moe_dsa"], gguf: ["glm-dsa"], .full,
            [
                "hidden_size": 6144, "num_hidden_layers": 78, "num_attention_heads": 64,
                "kv_lora_rank": 512, "qk_rope_head_dim": 64, "index_head_dim": 128,
            ], source: "\(transformers): glm_moe_dsa @008e5742"),
        ModelFamily(
            ["longcat_flash", "longcat_flash_ngram"], .full,
            [
                "hidden_size": 6144, "num_attention_heads": 64, "kv_lora_rank": 512,
                "qk_rope_head_dim": 64,
            ], cachesPerLayer: 2, source: "\(mlx): longcat_flash CacheList(KVCache, KVCache)"),
        ModelFamily(
            ["minicpm3", "glm4_moe_lite", "youtu_llm", "moonlight"], gguf: ["minicpm3"],
            source: mlx),
    ]
}
