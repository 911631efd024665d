import AttentionEngine

extension Catalog {
    /// Models that keep a window, or a state of fixed size, in some layers.
    static let windowed: [Model] = [
        Model(
            id: "mistral-7b-v0.1", name: "Mistral-7B-v0.1", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            pattern: LayerPattern(.window(4096), full: .none),
            maximumTokens: 32_768, nativeFormat: "bf16, unconfirmed", parameters: "7.24B",
            sources: [Source.litgpt],
            notes: ["Common runtimes ignore the window and keep every token."],
            doubts: [
                Doubt(.context, "The source lists a context of 4,096; 32,768 is unconfirmed.")
            ]),
        Model(
            id: "phi-3-mini-4k", name: "Phi-3-mini-4k", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 96, hiddenSize: 3072,
            pattern: LayerPattern(.window(2047), full: .none),
            maximumTokens: 4096, nativeFormat: "bf16", parameters: "3.82B",
            sources: [
                "NVIDIA/TensorRT-LLM:tests/unittest/_torch/modeling/test_modeling_phi3.py",
                "keras-team/keras-hub:phi3_presets.py",
            ]),
        Model(
            id: "gemma2-2b", name: "Gemma-2-2B", attention: .gqa,
            layers: 26, queryHeads: 8, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2304,
            pattern: LayerPattern(.window(4096), full: .every(2)),
            maximumTokens: 8192, nativeFormat: nil, parameters: "2.6B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma2-9b", name: "Gemma-2-9B", attention: .gqa,
            layers: 42, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3584,
            pattern: LayerPattern(.window(4096), full: .every(2)),
            maximumTokens: 8192, nativeFormat: nil, parameters: "9B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma2-27b", name: "Gemma-2-27B", attention: .gqa,
            layers: 46, queryHeads: 32, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 4608,
            pattern: LayerPattern(.window(4096), full: .every(2)),
            maximumTokens: 8192, nativeFormat: nil, parameters: "27B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma3-1b", name: "Gemma-3-1B", attention: .mqa,
            layers: 26, queryHeads: 4, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 1152,
            pattern: LayerPattern(.window(512), full: .every(6)),
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "1B",
            sources: [Source.litgpt, "huggingface.co, a gemma3_text config.json"],
            doubts: [
                Doubt(.context, "Two sources disagree on the context: 32,768 and 131,072.")
            ]),
        Model(
            id: "gemma3-4b", name: "Gemma-3-4B", attention: .gqa,
            layers: 34, queryHeads: 8, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2560,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "4B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma3-12b", name: "Gemma-3-12B", attention: .gqa,
            layers: 48, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3840,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "12B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma3-27b", name: "Gemma-3-27B", attention: .gqa,
            layers: 62, queryHeads: 32, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 5376,
            pattern: LayerPattern(.window(1024), full: .every(6)),
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "27B",
            sources: [Source.litgpt]),
        Model(
            id: "gpt-oss-20b", name: "gpt-oss-20b", attention: .gqa,
            layers: 24, queryHeads: 64, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2880,
            pattern: LayerPattern(.window(128), full: .every(2)),
            maximumTokens: 131_072, nativeFormat: "mxfp4 experts",
            parameters: "21B (3.6B active)",
            sources: [Source.vllm, "huggingface.co cryptonaut/AltiMind-sft/config.json"],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "gpt-oss-120b", name: "gpt-oss-120b", attention: .gqa,
            layers: 36, queryHeads: 64, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2880,
            pattern: LayerPattern(.window(128), full: .every(2)),
            maximumTokens: 131_072, nativeFormat: "mxfp4 experts",
            parameters: "117B (5.1B active)",
            sources: ["huggingface/transformers configuration_gpt_oss.py@02b8f42b", "hf-mem#60"],
            notes: [
                "Engines that reserve whole pages in all layers take 73,728 bytes a token."
            ],
            doubts: [Doubt(.parameters, "The parameter count has no source here.")]),
        Model(
            id: "llama4-scout", name: "Llama-4-Scout", attention: .gqa,
            layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            pattern: LayerPattern(.chunked(8192), full: .every(4)),
            maximumTokens: 10_485_760, nativeFormat: "bf16", parameters: "109B (17B active)",
            sources: [Source.vllm, "huggingface/transformers configuration_llama4.py@008e5742"],
            notes: ["36 layers attend within chunks of 8,192 tokens and keep one at most."],
            doubts: [
                Doubt(.context, "The context of 10,485,760 tokens is unconfirmed."),
                Doubt(.parameters, "The parameter count has no source here."),
            ]),
        Model(
            id: "llama4-maverick", name: "Llama-4-Maverick", attention: .gqa,
            layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            pattern: LayerPattern(.chunked(8192), full: .every(4)),
            maximumTokens: 1_048_576, nativeFormat: nil, parameters: "400B (17B active)",
            sources: [Source.maxText("llama4-17b-128e.yml@5505348a")],
            notes: ["36 layers attend within chunks of 8,192 tokens and keep one at most."],
            doubts: [
                Doubt(.context, "The context of 1,048,576 tokens is unconfirmed."),
                Doubt(.parameters, "The parameter count has no source here."),
            ]),
        Model(
            id: "qwen3-next-80b", name: "Qwen3-Next-80B-A3B", attention: .gqa,
            layers: 48, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .every(4)),
            states: FixedStates(
                .gatedDeltaNet, layers: 36, inner: 32 * 128, headWidth: 128, groups: 16, state: 128,
                kernel: 4),
            maximumTokens: 262_144, nativeFormat: "bf16", parameters: "80B (3B active)",
            sources: [
                "huggingface/transformers configuration_qwen3_next.py@008e5742",
                Source.vllm,
            ],
            notes: ["36 linear layers keep a state of fixed size for each sequence."],
            doubts: [Doubt(.context, "The context of 262,144 tokens is unconfirmed.")]),
        Model(
            id: "lfm2-1.2b", name: "LFM2-1.2B", attention: .gqa,
            layers: 16, queryHeads: 32, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2048,
            pattern: LayerPattern(.linear, full: .at([2, 5, 8, 10, 12, 14])),
            states: FixedStates(.shortConvolution, layers: 10, inner: 2048, kernel: 3),
            maximumTokens: 32_768, nativeFormat: "bf16", parameters: "1.2B",
            sources: ["gpustack/gguf-parser-go#31, head_count_kv per layer"],
            notes: ["Ten of the 16 layers are convolutions and keep no growing cache."],
            doubts: [
                Doubt(.queryHeads, "Query heads and hidden size are unverified."),
                Doubt(.context, "The context of 32,768 tokens is unconfirmed."),
            ]),
    ]
}
