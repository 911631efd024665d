import AttentionEngine

extension Catalog {
    /// Models that keep a state of fixed size in some layers.
    static let linear: [Model] = [
        Model(
            id: "qwen3-next-80b", name: "Qwen3-Next-80B-A3B", attention: .gqa,
            layers: 48, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: "bf16", parameters: "80B (3B active)",
            sources: [
                "huggingface/transformers configuration_qwen3_next.py@008e5742",
                Source.vllm,
            ],
            notes: ["36 linear layers keep a state of fixed size, which is not counted."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "qwen3.5-4b", name: "Qwen3.5-4B", attention: .gqa,
            layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2560,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "4B",
            sources: [Source.slime("4B"), Source.qwen35],
            notes: ["24 linear layers keep a state of fixed size."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "qwen3.5-9b", name: "Qwen3.5-9B", attention: .gqa,
            layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 4096,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "9B",
            sources: [Source.slime("9B"), Source.qwen35],
            notes: ["24 linear layers keep a state of fixed size."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "qwen3.5-27b", name: "Qwen3.5-27B", attention: .gqa,
            layers: 64, queryHeads: 24, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 5120,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "27B",
            sources: [Source.slime("27B"), Source.qwen35, Source.qwen35Context],
            notes: ["48 linear layers keep a state of fixed size."]),
        Model(
            id: "qwen3.5-35b-a3b", name: "Qwen3.5-35B-A3B", attention: .gqa,
            layers: 40, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "35B (3B active)",
            sources: [Source.slime("35B-A3B"), Source.qwen35, Source.qwen35Context],
            notes: ["30 linear layers keep a state of fixed size."]),
        Model(
            id: "qwen3.5-397b-a17b", name: "Qwen3.5-397B-A17B", attention: .gqa,
            layers: 60, queryHeads: 32, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 4096,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "397B (17B active)",
            sources: [
                Source.maxText("qwen3.5-397b-a17b.yml@30b78305"),
                Source.qwen35Context,
            ],
            notes: ["45 linear layers keep a state of fixed size."]),
        Model(
            id: "lfm2-1.2b", name: "LFM2-1.2B", attention: .gqa,
            layers: 16, queryHeads: 32, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .at([2, 5, 8, 10, 12, 14])),
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "1.2B",
            sources: ["gpustack/gguf-parser-go#31, head_count_kv per layer"],
            notes: ["Ten of the 16 layers are convolutions and keep no growing cache."],
            doubts: [
                Doubt(.queryHeads, "Query heads and hidden size are unverified."),
                Doubt(.context, "The context of 32,768 tokens is unconfirmed."),
            ]),
    ]
}
