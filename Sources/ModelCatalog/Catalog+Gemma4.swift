import AttentionEngine

extension Catalog {
    /// Gemma 4: windows, layers of two shapes, and layers that share.
    static let gemma4: [Model] = [
        Model(
            id: "gemma4-e2b", name: "Gemma-4-E2B", attention: .mqa,
            layers: 35, queryHeads: 8, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 1536,
            pattern: LayerPattern(.window(512), full: .every(5)),
            fullLayerHeads: Model.KeyValueHeads(count: 1, dimension: 512), sharedLayers: 20,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "E2B (effective)",
            sources: Source.gemma4,
            notes: ["Its last 20 layers share what layers before them keep."]),
        Model(
            id: "gemma4-e4b", name: "Gemma-4-E4B", attention: .gqa,
            layers: 42, queryHeads: 8, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2560,
            pattern: LayerPattern(.window(512), full: .every(6)),
            fullLayerHeads: Model.KeyValueHeads(count: 2, dimension: 512), sharedLayers: 18,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "E4B (effective)",
            sources: Source.gemma4,
            notes: ["Its last 18 layers share what layers before them keep."]),
        Model(
            id: "gemma4-12b", name: "Gemma-4-12B", attention: .gqa,
            layers: 48, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3840,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            fullLayerHeads: Model.KeyValueHeads(count: 1, dimension: 512),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "12B",
            sources: [
                Source.maxText("gemma4-12b.yml@85b12b8d"),
                "transformers configuration_gemma4_unified.py @008e5742",
            ],
            notes: ["Window layers keep 8 K/V heads of 256, full layers 1 of 512."]),
        Model(
            id: "gemma4-26b-a4b", name: "Gemma-4-26B-A4B", attention: .gqa,
            layers: 30, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 2816,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            fullLayerHeads: Model.KeyValueHeads(count: 2, dimension: 512),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "26B (4B active)",
            sources: Source.gemma4,
            notes: ["Window layers keep 8 K/V heads of 256, full layers 2 of 512."]),
        Model(
            id: "gemma4-31b", name: "Gemma-4-31B", attention: .gqa,
            layers: 60, queryHeads: 32, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 5376,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            fullLayerHeads: Model.KeyValueHeads(count: 4, dimension: 512),
            maximumTokens: 262_144, nativeFormat: nil, parameters: "31B",
            sources: Source.gemma4,
            notes: ["Window layers keep 16 K/V heads of 256, full layers 4 of 512."]),
    ]
}
