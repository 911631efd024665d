import ModelFiles
import Testing

/// A config of a family whose own fields say what layers keep, cut to what is read of it, and the
/// size of its cache at 32,768 tokens and 2 bytes as worked out elsewhere.
struct FamilyFacts: Sendable, CustomTestStringConvertible {
    let name: String
    let config: String
    /// The kinds of layers with their numbers, "4 full, 16 linear"; nil where all are full.
    let kinds: String?
    let bytes: Int
    /// What its remarks must say.
    var remark: String?

    var testDescription: String { name }

    private static let mebibyte = 1 << 20

    /// A list as JSON with an item for each layer.
    private static func list(_ layers: Int, _ item: (Int) -> String) -> String {
        "[" + (0..<layers).map(item).joined(separator: ", ") + "]"
    }

    private static func heads(_ layers: Int, _ queries: Int, _ groups: Int, _ width: Int) -> String
    {
        #""num_hidden_layers": \#(layers), "num_attention_heads": \#(queries), "#
            + #""num_key_value_heads": \#(groups), "head_dim": \#(width), "hidden_size": 4096"#
    }

    private static func latent(_ layers: Int) -> String {
        #""num_hidden_layers": \#(layers), "num_attention_heads": 64, "hidden_size": 4096, "#
            + #""kv_lora_rank": 512, "qk_rope_head_dim": 64"#
    }

    static let all = states + windows + latents

    // MARK: Fixed states

    private static let states = [
        FamilyFacts(
            name: "Ring-mini-linear-2.0",
            config: #"{"model_type": "bailing_moe_linear", \#(heads(20, 16, 4, 128)), "#
                + #""layer_group_size": 5}"#,
            kinds: "4 full, 16 linear", bytes: 4 * 4 * 256 * 2 * 32_768),
        FamilyFacts(
            name: "a last group of layers that is not whole",
            config: #"{"model_type": "bailing_moe_linear", \#(heads(7, 16, 4, 128)), "#
                + #""layer_group_size": 3}"#,
            kinds: "3 full, 4 linear", bytes: 3 * 4 * 256 * 2 * 32_768),
        FamilyFacts(
            name: "Ling-2.5",
            config: #"{"model_type": "bailing_hybrid", \#(latent(80)), "layer_group_size": 8}"#,
            kinds: "10 full, 70 linear", bytes: 10 * 576 * 2 * 32_768),
        FamilyFacts(
            name: "PLaMo 2",
            config: #"{"model_type": "plamo2", \#(heads(32, 32, 4, 128)), "mamba_step": 2}"#,
            kinds: "16 full, 16 linear", bytes: 16 * 4 * 256 * 2 * 32_768),
        FamilyFacts(
            name: "Nemotron-H 56B, whose file holds Infinity",
            config: #"{"model_type": "nemotron_h", \#(heads(118, 64, 8, 128)), "#
                + #""time_step_limit": [0.0, Infinity], "hybrid_override_pattern": ""#
                + (0..<118).map { $0 % 12 == 11 || $0 == 117 ? "*" : $0 % 2 == 0 ? "M" : "-" }
                .joined() + #""}"#,
            kinds: "10 full, 59 linear, 49 none", bytes: 1280 * mebibyte),
        FamilyFacts(
            name: "Nemotron 3 Super, which counts its layers by its list",
            config: #"{"model_type": "nemotron_h", "num_attention_heads": 32, "#
                + #""num_key_value_heads": 2, "head_dim": 128, "hidden_size": 4096, "#
                + #""time_step_limit": [0.0, Infinity], "mean": NaN, "layers_block_type": "#
                + list(88) {
                    $0 % 11 == 10 ? #""attention""# : $0 % 2 == 0 ? #""mamba""# : #""moe""#
                } + "}",
            kinds: "8 full, 40 linear, 40 none", bytes: 256 * mebibyte),
        FamilyFacts(
            name: "Kimi Linear",
            config: #"{"model_type": "kimi_linear", \#(latent(27)), "linear_attn_config": "#
                + #"{"full_attn_layers": [4, 8, 12, 16, 20, 24, 27], "head_dim": 128}}"#,
            kinds: "7 full, 20 linear", bytes: 264_241_152),
        FamilyFacts(
            name: "Kimi K3",
            config: #"{"model_type": "kimi_k3", "text_config": {"model_type": "kimi_linear", "#
                + #"\#(latent(93)), "linear_attn_config": {"full_attn_layers": "#
                + list(24) { String(min(4 * ($0 + 1), 93)) } + "}}}",
            kinds: "24 full, 69 linear", bytes: 864 * mebibyte),
        FamilyFacts(
            name: "Hunyuan, which shares across layers",
            config: #"{"model_type": "hunyuan", \#(heads(64, 80, 8, 128)), "use_cla": true, "#
                + #""cla_share_factor": 2}"#,
            kinds: "32 full, 32 shared", bytes: 32 * 8 * 256 * 2 * 32_768),
        FamilyFacts(
            name: "Hunyuan, which does not",
            config: #"{"model_type": "hunyuan_v1_dense", \#(heads(64, 80, 8, 128)), "#
                + #""use_cla": false, "cla_share_factor": 2}"#,
            kinds: nil, bytes: 64 * 8 * 256 * 2 * 32_768),
    ]

    // MARK: Windows

    private static let windows = [
        FamilyFacts(
            name: "Gemma 4 31B as transformers 5.15 writes it",
            config: #"{"model_type": "gemma4", "text_config": {"model_type": "gemma4_text", "#
                + #"\#(heads(60, 32, 16, 256)), "sliding_window": 1024, "layer_types": "#
                + list(60) { $0 % 6 == 5 ? #""full_attention""# : #""sliding_attention""# }
                + #", "per_layer_config": {"#
                + (0..<10).map {
                    let layer = 6 * $0 + 5
                    return #""\#(layer < 10 ? "0" : "")\#(layer)": {"head_dim": 512, "#
                        + #""num_key_value_heads": 4}"#
                }.joined(separator: ", ") + "}}}",
            kinds: "10 full, 50 window", bytes: 3360 * mebibyte),
        FamilyFacts(
            name: "MiMo-V2-Flash",
            config: #"{"model_type": "mimo_v2_flash", \#(heads(48, 64, 4, 192)), "#
                + #""v_head_dim": 128, "swa_num_attention_heads": 64, "#
                + #""swa_num_key_value_heads": 8, "swa_head_dim": 192, "swa_v_head_dim": 128, "#
                + #""sliding_window_size": 128, "attention_chunk_size": 128, "#
                + #""hybrid_layer_pattern": "#
                + list(48) { $0 == 0 || $0 % 6 == 5 ? "0" : "1" } + "}",
            kinds: "9 full, 39 window",
            bytes: (9 * 4 * 32_768 + 39 * 8 * 128) * (192 + 128) * 2),
        FamilyFacts(
            name: "Trinity",
            config: #"{"model_type": "afmoe", \#(heads(32, 16, 4, 128)), "#
                + #""global_attn_every_n_layers": 4, "sliding_window": 2048}"#,
            kinds: "8 full, 24 window", bytes: (8 * 32_768 + 24 * 2048) * 4 * 256 * 2),
        FamilyFacts(
            name: "Granite Swash",
            config: #"{"model_type": "granite_swa", \#(heads(24, 20, 4, 128)), "#
                + #""sliding_window": 128}"#,
            kinds: "6 full, 18 window", bytes: (6 * 32_768 + 18 * 128) * 4 * 256 * 2),
        FamilyFacts(
            name: "Llama 4 Scout without a word about its layers",
            config: #"{"model_type": "llama4", "text_config": {"model_type": "llama4_text", "#
                + #"\#(heads(48, 40, 8, 128)), "no_rope_layers": []}}"#,
            kinds: "12 full, 36 chunked", bytes: 2688 * mebibyte,
            remark: "attention_chunk_size 8,192"),
        FamilyFacts(
            name: "Step 3.5, whose list goes on behind its layers",
            config: #"{"model_type": "step3p5", "num_hidden_layers": 45, "#
                + #""num_attention_heads": 64, "num_attention_groups": 8, "head_dim": 128, "#
                + #""hidden_size": 4096, "sliding_window": 512, "num_nextn_predict_layers": 3, "#
                + #""attention_other_setting": {"attention_type": "sliding_attention", "#
                + #""num_attention_heads": 96, "num_attention_groups": 8, "head_dim": 128}, "#
                + #""layer_types": "#
                + list(48) { $0 % 4 == 0 ? #""full_attention""# : #""sliding_attention""# } + "}",
            kinds: "12 full, 33 window", bytes: (12 * 32_768 + 33 * 512) * 8 * 256 * 2),
        FamilyFacts(
            name: "Gemma 3 4B, whose file leaves out what its class takes anyway",
            config: #"{"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "#
                + #""hidden_size": 2560, "num_hidden_layers": 34, "sliding_window": 1024}}"#,
            kinds: "5 full, 29 window", bytes: (5 * 32_768 + 29 * 1024) * 4 * 512 * 2,
            remark: "num_attention_heads 8, num_key_value_heads 4 and head_dim 256"),
        FamilyFacts(
            name: "Mistral 7B by its params.json",
            config: #"{"dim": 4096, "n_layers": 32, "head_dim": 128, "hidden_dim": 14336, "#
                + #""n_heads": 32, "n_kv_heads": 8, "vocab_size": 32768}"#,
            kinds: nil, bytes: 4096 * mebibyte),
        FamilyFacts(
            name: "MiniMax M3",
            config: #"{"model_type": "minimax_m3", \#(heads(60, 64, 4, 128)), "#
                + #""sparse_attention_config": {"sparse_index_dim": 128, "#
                + #""sparse_attention_freq": \#(list(60) { $0 < 3 ? "0" : "1" })}}"#,
            kinds: nil, bytes: 60 * 4 * 256 * 2 * 32_768, remark: "in 57 of 60 layers"),
    ]

    // MARK: Latents

    private static let latents = [
        FamilyFacts(
            name: "GLM-5.2",
            config: #"{"model_type": "glm_moe_dsa", \#(latent(78)), "index_topk": 2048, "#
                + #""layer_types": \#(list(78) { _ in #""deepseek_sparse_attention""# }), "#
                + #""indexer_types": "#
                + list(78) { $0 < 3 || $0 % 4 == 2 && $0 > 2 ? #""full""# : #""shared""# } + "}",
            kinds: "78 full", bytes: 78 * 576 * 2 * 32_768, remark: "in 21 of 78 layers"),
        FamilyFacts(
            name: "DeepSeek V3.2",
            config: #"{"model_type": "deepseek_v32", \#(latent(61)), "index_topk": 2048}"#,
            kinds: nil, bytes: 61 * 576 * 2 * 32_768, remark: "in 61 of 61 layers"),
        FamilyFacts(
            name: "LongCat Flash",
            config: #"{"model_type": "longcat_flash", "num_layers": 28, "#
                + #""num_attention_heads": 64, "hidden_size": 6144, "kv_lora_rank": 512, "#
                + #""qk_rope_head_dim": 64}"#,
            kinds: nil, bytes: 56 * 576 * 2 * 32_768, remark: "counted as 56 layers"),
        FamilyFacts(
            name: "LongCat Flash as transformers writes it",
            config: #"{"model_type": "longcat_flash", "num_layers": 28, \#(latent(56))}"#,
            kinds: nil, bytes: 56 * 576 * 2 * 32_768),
    ]
}
