import AttentionEngine

extension Catalog {
    /// Models with multi-head latent attention.
    static let latent: [Model] = [
        Model(
            id: "deepseek-v2-lite", name: "DeepSeek-V2-Lite", attention: .mla,
            layers: 27, queryHeads: 16, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 2048,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "15.7B (2.4B active)",
            sources: [
                "deepseek-ai/DeepSeek-V3:inference/configs/config_16B.json",
                "DeepSeek-V2 README",
            ],
            notes: ["576 numbers in each layer: the 15.6K of the DeepSeek-V2 paper, table 9."]),
        Model(
            id: "deepseek-v2", name: "DeepSeek-V2", attention: .mla,
            layers: 60, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 5120,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "236B (21B active)",
            sources: [
                "deepseek-ai/DeepSeek-V3:inference/configs/config_236B.json",
                "DeepSeek-V2 README",
            ],
            notes: ["576 numbers in each layer: the 34.6K of the DeepSeek-V2 paper, table 9."],
            doubts: [Doubt(.context, "One file gives a context of 163,840.")]),
        Model(
            id: "deepseek-v3", name: "DeepSeek-V3 / R1", attention: .mla,
            layers: 61, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 7168,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 163_840, nativeFormat: "fp8 weights", parameters: "671B (37B active)",
            sources: [
                "deepseek-ai/DeepSeek-V3:inference/configs/config_671B.json",
                "DeepSeek-V3 README",
            ],
            notes: [
                "num_key_value_heads is 128 in the file, but no K/V head is cached.",
                "A head_dim of 64 in some files is the rotary width.",
            ]),
        Model(
            id: "deepseek-v3.2", name: "DeepSeek-V3.2", attention: .mla,
            layers: 61, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 7168,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            indexKeys: IndexKeys(layers: 61, width: 128, bytesPerToken: 132),
            maximumTokens: 163_840, nativeFormat: "fp8 weights", parameters: "671B (37B active)",
            sources: [
                Source.vllm,
                "awesome-mini-project/DeepSeek-V3.2-Exp:inference/config_671B_v3.2.json",
                "xorbitsai/inference:doc/source/models/builtin/llm/deepseek-v3.2.rst",
            ],
            notes: ["Index keys as SGLang writes them: 128 bytes and a scale of four."],
            doubts: [Doubt(.parameters, "The active parameters have no source here.")]),
        Model(
            id: "kimi-k2", name: "Kimi-K2", attention: .mla,
            layers: 61, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 7168,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 131_072, nativeFormat: "fp8 weights", parameters: "1T (32B active)",
            sources: [
                "a Megatron launch script",
                "docs.nvidia.com megatron-bridge, KimiK2Provider",
            ],
            notes: ["Half the query heads of DeepSeek-V3 and the same cache to the byte."]),
        Model(
            id: "kimi-k2.5", name: "Kimi-K2.5", attention: .mla,
            layers: 61, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 7168,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 262_144, nativeFormat: "int4 experts", parameters: "1T (32B active)",
            sources: [
                "tenstorrent/tt-metal:models/demos/kimi_k25/utils/config_adapter.py@070f2501",
                "ROCm/ATOM:recipes/Kimi-K2.5.md",
            ],
            doubts: [Doubt(.context, "A source says 131,072 tokens, and 256K by YaRN.")]),
        Model(
            id: "glm-5", name: "GLM-5", attention: .mla,
            layers: 78, queryHeads: 64, keyValueHeads: 64,
            headDimension: 256, hiddenSize: 6144,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            indexKeys: IndexKeys(layers: 78, width: 128, bytesPerToken: 132),
            maximumTokens: 202_752, nativeFormat: nil, parameters: "744B (40B active)",
            sources: ["transformers configuration_glm_moe_dsa.py @008e5742, its defaults"],
            notes: ["Index keys as SGLang writes them: 128 bytes and a scale of four."],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "glm-4.7-flash", name: "GLM-4.7-Flash", attention: .mla,
            layers: 47, queryHeads: 20, keyValueHeads: 20,
            headDimension: 256, hiddenSize: 2048,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 202_752, nativeFormat: nil, parameters: "30B (3B active)",
            sources: [
                "THUDM/slime:scripts/models/glm4.7-30B-A3B.sh@624b824a",
                "a configuration of glm4_moe_lite in vLLM's tests",
            ]),
        Model(
            id: "minicpm3-4b", name: "MiniCPM3-4B", attention: .mla,
            layers: 62, queryHeads: 40, keyValueHeads: 40,
            headDimension: 96, hiddenSize: 2560,
            latent: LatentWidths(latentRank: 256, rotaryDimension: 32),
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "4B",
            sources: ["huggingface.co openbmb/MiniCPM3-4B/config.json, refs/pr/8"],
            notes: ["The file leaves out the width of the value heads."]),
        Model(
            id: "moonlight-16b", name: "Moonlight-16B-A3B", attention: .mla,
            layers: 27, queryHeads: 16, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 2048,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "16B (3B active)",
            sources: ["huggingface.co sthui/SimpleSeg/config.json, text_config"],
            notes: ["Also the text model of Kimi-VL, whose file nests it in text_config."],
            doubts: [Doubt(.context, "Moonlight itself lists a context of 8,192.")]),
        Model(
            id: "longcat-flash", name: "LongCat-Flash-Chat", attention: .mla,
            layers: 56, queryHeads: 64, keyValueHeads: 64,
            headDimension: nil, hiddenSize: 6144,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 64),
            maximumTokens: 131_072, nativeFormat: nil, parameters: "560B (27B active)",
            sources: [
                Source.vllm, "mlx-lm longcat_flash.py @d78bf58e, CacheList(KVCache, KVCache)",
            ],
            notes: ["28 layers of two blocks of attention each, with a cache each: 56 caches."],
            doubts: [
                Doubt(.context, "The context of 131,072 tokens is unconfirmed."),
                Doubt(.parameters, "The parameter count has no source here."),
            ]),
    ]
}
