import AttentionEngine

extension Catalog {
    /// Grouped-query models of other families.
    static let grouped: [Model] = [
        Model(
            id: "command-r-08-2024", name: "Command R 08-2024", attention: .gqa,
            layers: 40, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "32B",
            sources: ["huggingface.co unsloth/c4ai-command-r-08-2024/config.json"],
            notes: ["64 K/V heads in v01 became 8 here: an eighth of the cache."]),
        Model(
            id: "command-r-plus", name: "Command R+", attention: .gqa,
            layers: 64, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 12_288,
            maximumTokens: 131_072, nativeFormat: "fp16", parameters: "104B",
            sources: ["huggingface.co FriendliAI/c4ai-command-r-plus-fp8/config.json"]),
        Model(
            id: "yi-34b", name: "Yi-34B", attention: .gqa,
            layers: 60, queryHeads: 56, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 7168,
            maximumTokens: 4096, nativeFormat: "bf16", parameters: "34B",
            sources: ["huggingface.co Locutusque/Hyperion-3.0-Yi-34B/config.json"],
            notes: ["A variant for 200,000 tokens has the same shape."]),
        Model(
            id: "yi-6b", name: "Yi-6B", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 4096, nativeFormat: nil, parameters: "6B",
            sources: [
                "huggingface.co TheBloke/Yi-34B-200K-GGUF discussion 1",
                "defaults of configuration_yi",
            ],
            doubts: [Doubt(.cacheSize, "The K/V heads are inferred from a logged cache.")]),
        Model(
            id: "falcon-40b", name: "Falcon-40B", attention: .gqa,
            layers: 60, queryHeads: 128, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 8192,
            maximumTokens: 2048, nativeFormat: "bf16", parameters: "40B",
            sources: [Source.vllm, Source.litgpt],
            notes: ["Its K/V heads are called num_kv_heads or n_head_kv."]),
        Model(
            id: "falcon-180b", name: "Falcon-180B", attention: .gqa,
            layers: 80, queryHeads: 232, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 14_848,
            maximumTokens: 2048, nativeFormat: nil, parameters: "180B",
            sources: [Source.litgpt],
            notes: ["Groups of 29 query heads."]),
        Model(
            id: "dbrx", name: "DBRX-Instruct", attention: .gqa,
            layers: 40, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144,
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "132B (36B active)",
            sources: [Source.vllm],
            notes: ["The K/V heads hide in attn_config.kv_n_heads."],
            doubts: [
                Doubt(.context, "The context of 32,768 tokens is unconfirmed."),
                Doubt(.parameters, "The parameter count has no source here."),
            ]),
        Model(
            id: "grok-1", name: "Grok-1", attention: .gqa,
            layers: 64, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144,
            maximumTokens: 8192, nativeFormat: "int8 weights",
            parameters: "314B (2 of 8 experts active)",
            sources: ["xai-org/grok-1:run.py@11b95e7a", "xai-org/grok-1#50"],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "chatglm3-6b", name: "ChatGLM3-6B", attention: .gqa,
            layers: 28, queryHeads: 32, keyValueHeads: 2,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 8192, nativeFormat: "fp16", parameters: "6B",
            sources: ["huggingface.co THUDM/chatglm3-6b/config.json"],
            notes: [
                "Its K/V heads are called multi_query_group_num, its head width kv_channels.",
                "One copy of its file claims 32 K/V heads beside them.",
            ]),
        Model(
            id: "glm-4.5", name: "GLM-4.5", attention: .gqa,
            layers: 92, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "355B (32B active)",
            sources: [Source.vllm, Source.lmCache],
            doubts: [
                Doubt(.context, "The context of 131,072 tokens is unconfirmed."),
                Doubt(.parameters, "The parameter count has no source here."),
            ]),
        Model(
            id: "glm-4.5-air", name: "GLM-4.5-Air", attention: .gqa,
            layers: 46, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "106B (12B active)",
            sources: ["THUDM/slime:scripts/models/glm4.5-106B-A12B.sh@624b824a"],
            doubts: [Doubt(.context, "The context of 131,072 tokens is unconfirmed.")]),
        Model(
            id: "glm-4.6", name: "GLM-4.6", attention: .gqa,
            layers: 92, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 202_752, nativeFormat: nil, parameters: "355B (32B active)",
            sources: [
                Source.lmCache, "xorbitsai/inference:doc/source/models/builtin/llm/glm-4.6.rst",
            ],
            doubts: [Doubt(.parameters, "The active parameters have no source here.")]),
        Model(
            id: "minimax-m2", name: "MiniMax-M2", attention: .gqa,
            layers: 62, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072,
            maximumTokens: 196_608, nativeFormat: "fp8 weights", parameters: "230B (10B active)",
            sources: [
                "transformers configuration_minimax_m2.py @008e5742, its defaults",
                "huggingface.co MiniMaxAI/MiniMax-M2/config.json@fbd8a14b",
                "transformers docs minimax_m2.md",
            ]),
        Model(
            id: "phi-4", name: "Phi-4", attention: .gqa,
            layers: 40, queryHeads: 40, keyValueHeads: 10,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 16_384, nativeFormat: nil, parameters: "14.7B",
            sources: [Source.litgpt],
            notes: ["10 K/V heads do not split evenly over four GPUs."]),
        Model(
            id: "phi-4-mini", name: "Phi-4-mini", attention: .gqa,
            layers: 32, queryHeads: 24, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "3.8B",
            sources: [Source.litgpt],
            notes: ["Its window is longer than its context."],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "smollm2-135m", name: "SmolLM2-135M", attention: .gqa,
            layers: 30, queryHeads: 9, keyValueHeads: 3,
            headDimension: 64, hiddenSize: 576,
            maximumTokens: 8192, nativeFormat: nil, parameters: "135M",
            sources: [Source.litgpt],
            notes: ["9 query heads on 3 K/V heads: a real GQA small enough to draw whole."]),
        Model(
            id: "smollm2-360m", name: "SmolLM2-360M", attention: .gqa,
            layers: 32, queryHeads: 15, keyValueHeads: 5,
            headDimension: 64, hiddenSize: 960,
            maximumTokens: 8192, nativeFormat: nil, parameters: "360M",
            sources: [Source.litgpt]),
        Model(
            id: "smollm3-3b", name: "SmolLM3-3B", attention: .gqa,
            layers: 36, queryHeads: 16, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 2048,
            maximumTokens: 65_536, nativeFormat: nil, parameters: "3B",
            sources: [
                "transformers configuration_smollm3.py @008e5742, its defaults",
                "huggingface/blog:smollm3.md",
            ],
            doubts: [Doubt(.context, "Its class says 32,768 tokens; 65,536 is unconfirmed.")]),
        Model(
            id: "deepseek-67b", name: "DeepSeek-LLM-67B", attention: .gqa,
            layers: 95, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 4096, nativeFormat: "bf16", parameters: "67B",
            sources: ["huggingface.co Vivacem/DeepSeek-67B-MMIQC/config.json"],
            notes: ["The baseline that DeepSeek-V2 compares its cache with."]),
    ]
}
