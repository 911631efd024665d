import AttentionEngine

extension Catalog {
    /// Grouped-query models of the Qwen family.
    static let groupedQwen: [Model] = [
        Model(
            id: "qwen2.5-0.5b", name: "Qwen2.5-0.5B", attention: .gqa,
            layers: 24, queryHeads: 14, keyValueHeads: 2,
            headDimension: 64, hiddenSize: 896,
            maximumTokens: 32_768, nativeFormat: nil, parameters: "0.49B",
            sources: [Source.litgpt, Source.lmCache],
            notes: ["14 query heads on 2 K/V heads: groups of seven."]),
        Model(
            id: "qwen2.5-7b", name: "Qwen2.5-7B", attention: .gqa,
            layers: 28, queryHeads: 28, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 3584,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "7.6B",
            sources: [Source.litgpt, "gpustack/gguf-parser-go README"],
            notes: ["Groups of seven query heads."]),
        Model(
            id: "qwen2.5-14b", name: "Qwen2.5-14B", attention: .gqa,
            layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "14.7B",
            sources: [Source.litgpt],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "qwen2.5-32b", name: "Qwen2.5-32B", attention: .gqa,
            layers: 64, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "32.5B",
            sources: [Source.litgpt]),
        Model(
            id: "qwen2.5-72b", name: "Qwen2.5-72B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "72.7B",
            sources: [Source.litgpt]),
        Model(
            id: "qwen3-0.6b", name: "Qwen3-0.6B", attention: .gqa,
            layers: 28, queryHeads: 16, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 1024,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "0.6B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "qwen3-1.7b", name: "Qwen3-1.7B", attention: .gqa,
            layers: 28, queryHeads: 16, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 2048,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "1.7B",
            sources: [Source.litgpt]),
        Model(
            id: "qwen3-4b", name: "Qwen3-4B", attention: .gqa,
            layers: 36, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 2560,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "4B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "qwen3-8b", name: "Qwen3-8B", attention: .gqa,
            layers: 36, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "8.2B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "qwen3-14b", name: "Qwen3-14B", attention: .gqa,
            layers: 40, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "14.8B",
            sources: [Source.litgpt]),
        Model(
            id: "qwen3-30b-a3b", name: "Qwen3-30B-A3B", attention: .gqa,
            layers: 48, queryHeads: 32, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 2048,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "30.5B (3.3B active)",
            sources: [Source.litgpt]),
        Model(
            id: "qwen3-32b", name: "Qwen3-32B", attention: .gqa,
            layers: 64, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "32.8B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "qwen3-235b-a22b", name: "Qwen3-235B-A22B", attention: .gqa,
            layers: 94, queryHeads: 64, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 40_960, nativeFormat: nil, parameters: "235B (22B active)",
            sources: [Source.litgpt, Source.lmCache],
            notes: ["Split over eight GPUs, each of the 4 K/V heads is stored twice."]),
        Model(
            id: "qwen3-coder-480b", name: "Qwen3-Coder-480B", attention: .gqa,
            layers: 62, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144,
            maximumTokens: 262_144, nativeFormat: nil, parameters: "480B (35B active)",
            sources: [Source.lmCache],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
    ]
}
