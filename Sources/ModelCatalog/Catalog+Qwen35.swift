import AttentionEngine

extension Catalog {
    /// Qwen3.5: three of four layers keep a state of fixed size, its recurrence in single precision
    /// (mamba_ssm_dtype in its config.json).
    static let qwen35: [Model] = [
        Model(
            id: "qwen3.5-4b", name: "Qwen3.5-4B", attention: .gqa,
            layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2560,
            pattern: LayerPattern(.linear, full: .every(4)),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "4B",
            sources: [Source.slime("4B"), Source.qwen35],
            notes: ["24 linear layers keep a fixed state, which is not counted."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "qwen3.5-9b", name: "Qwen3.5-9B", attention: .gqa,
            layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 4096,
            pattern: LayerPattern(.linear, full: .every(4)),
            states: FixedStates(
                .gatedDeltaNet, layers: 24, inner: 32 * 128, headWidth: 128, groups: 16, state: 128,
                kernel: 4, declaredWidth: .bits32),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "9B",
            sources: [Source.slime("9B"), Source.qwen35],
            notes: ["24 linear layers keep a state of fixed size for each sequence."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "qwen3.5-27b", name: "Qwen3.5-27B", attention: .gqa,
            layers: 64, queryHeads: 24, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 5120,
            pattern: LayerPattern(.linear, full: .every(4)),
            states: FixedStates(
                .gatedDeltaNet, layers: 48, inner: 48 * 128, headWidth: 128, groups: 16, state: 128,
                kernel: 4, declaredWidth: .bits32),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "27B",
            sources: [
                Source.slime("27B"), Source.qwen35, Source.maxText("qwen3.5-27b.yml@c6ceeac6"),
                Source.qwen35Context,
            ],
            notes: ["48 linear layers keep a state of fixed size for each sequence."]),
        Model(
            id: "qwen3.5-35b-a3b", name: "Qwen3.5-35B-A3B", attention: .gqa,
            layers: 40, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .every(4)),
            states: FixedStates(
                .gatedDeltaNet, layers: 30, inner: 32 * 128, headWidth: 128, groups: 16, state: 128,
                kernel: 4, declaredWidth: .bits32),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "35B (3B active)",
            sources: [
                Source.slime("35B-A3B"), Source.qwen35,
                Source.maxText("qwen3.5-35b-a3b.yml@0c286e88"), Source.qwen35Context,
            ],
            notes: ["30 linear layers keep a state of fixed size for each sequence."]),
        Model(
            id: "qwen3.5-397b-a17b", name: "Qwen3.5-397B-A17B", attention: .gqa,
            layers: 60, queryHeads: 32, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 4096,
            pattern: LayerPattern(.linear, full: .every(4)),
            states: FixedStates(
                .gatedDeltaNet, layers: 45, inner: 64 * 128, headWidth: 128, groups: 16, state: 128,
                kernel: 4, declaredWidth: .bits32),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "397B (17B active)",
            sources: [
                Source.maxText("qwen3.5-397b-a17b.yml@30b78305"),
                Source.qwen35Context,
            ],
            notes: ["45 linear layers keep a state of fixed size for each sequence."]),
    ]
}
