import AttentionEngine

extension Catalog {
    /// Models whose every query head has its own K/V head.
    static let multiHead: [Model] = [
        Model(
            id: "gpt2", name: "GPT-2 small", attention: .mha,
            layers: 12, queryHeads: 12, keyValueHeads: 12,
            headDimension: 64, hiddenSize: 768,
            maximumTokens: 1024, nativeFormat: nil, parameters: "124M",
            sources: [Source.llmViz, "poloclub/transformer-explainer:src/store/index.ts"]),
        Model(
            id: "gpt2-xl", name: "GPT-2 XL", attention: .mha,
            layers: 48, queryHeads: 25, keyValueHeads: 25,
            headDimension: 64, hiddenSize: 1600,
            maximumTokens: 1024, nativeFormat: nil, parameters: "1.5B",
            sources: [Source.llmViz],
            notes: ["25 query heads leave only 1, 5 and 25 as legal numbers of K/V heads."]),
        Model(
            id: "gpt3-175b", name: "GPT-3 175B", attention: .mha,
            layers: 96, queryHeads: 96, keyValueHeads: 96,
            headDimension: 128, hiddenSize: 12_288,
            maximumTokens: 2048, nativeFormat: nil, parameters: "175B",
            sources: [Source.llmViz, "GPT-3 paper (arXiv 2005.14165), table 2.1"],
            doubts: [
                Doubt(.cacheSize, "Every other layer sees a band only: an upper bound."),
                Doubt(.context, "The context of 2,048 tokens is unconfirmed."),
            ]),
        Model(
            id: "llama2-7b", name: "Llama-2-7B", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 4096, nativeFormat: "bf16, unconfirmed", parameters: "6.74B",
            sources: [Source.litgpt]),
        Model(
            id: "llama2-13b", name: "Llama-2-13B", attention: .mha,
            layers: 40, queryHeads: 40, keyValueHeads: 40,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 4096, nativeFormat: "bf16, unconfirmed", parameters: "13.0B",
            sources: [Source.litgpt]),
        Model(
            id: "gptj-6b", name: "GPT-J-6B", attention: .mha,
            layers: 28, queryHeads: 16, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 4096,
            maximumTokens: 2048, nativeFormat: nil, parameters: "6B",
            sources: ["huggingface/transformers configuration_gptj.py, defaults"]),
        Model(
            id: "opt-66b", name: "OPT-66B", attention: .mha,
            layers: 64, queryHeads: 72, keyValueHeads: 72,
            headDimension: 128, hiddenSize: 9216,
            maximumTokens: 2048, nativeFormat: "fp16", parameters: "66B",
            sources: ["huggingface.co mit-han-lab/opt-66b-smoothquant/config.json"]),
        Model(
            id: "bloom-176b", name: "BLOOM-176B", attention: .mha,
            layers: 70, queryHeads: 112, keyValueHeads: 112,
            headDimension: 128, hiddenSize: 14_336,
            maximumTokens: 2048, nativeFormat: nil, parameters: "176B",
            sources: ["huggingface.co joaoalvarenga/bloom-8bit/config.json"],
            doubts: [Doubt(.context, "The context of 2,048 tokens is unconfirmed.")]),
        Model(
            id: "mpt-7b", name: "MPT-7B", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 2048, nativeFormat: "bf16", parameters: "7B",
            sources: [Source.vllm],
            doubts: [Doubt(.context, "The context of 2,048 tokens is unconfirmed.")]),
        Model(
            id: "pythia-12b", name: "Pythia-12B", attention: .mha,
            layers: 36, queryHeads: 40, keyValueHeads: 40,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 2048, nativeFormat: nil, parameters: "12B",
            sources: [Source.litgpt]),
        Model(
            id: "gemma-7b", name: "Gemma-7B", attention: .mha,
            layers: 28, queryHeads: 16, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 3072,
            maximumTokens: 8192, nativeFormat: "bf16, unconfirmed", parameters: "8.5B",
            sources: [Source.litgpt],
            doubts: [
                Doubt(.context, "The source lists a context of 4,096; 8,192 is unconfirmed.")
            ]),
        Model(
            id: "olmo2-7b", name: "OLMo-2-1124-7B", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 4096, nativeFormat: nil, parameters: "7B",
            sources: [Source.litgpt]),
        Model(
            id: "phi-2", name: "Phi-2", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 80, hiddenSize: 2560,
            maximumTokens: 2048, nativeFormat: nil, parameters: "2.7B",
            sources: [Source.litgpt],
            notes: ["A head width of 80 is not a power of two."]),
        Model(
            id: "phi-3-mini-128k", name: "Phi-3-mini-128k", attention: .mha,
            layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 96, hiddenSize: 3072,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "3.82B",
            sources: [Source.litgpt, "keras-team/keras-hub:phi3_presets.py"],
            notes: ["Its window is longer than its context."]),
        Model(
            id: "command-r-v01", name: "Command R v01", attention: .mha,
            layers: 40, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: "fp16", parameters: "35B",
            sources: ["huggingface.co prince-canuma/c4ai-command-r-v01-4bit/config.json"],
            doubts: [Doubt(.context, "Its files give two contexts, 8,192 and 131,072.")]),
        Model(
            id: "smollm2-1.7b", name: "SmolLM2-1.7B", attention: .mha,
            layers: 24, queryHeads: 32, keyValueHeads: 32,
            headDimension: 64, hiddenSize: 2048,
            maximumTokens: 8192, nativeFormat: nil, parameters: "1.7B",
            sources: [Source.litgpt],
            notes: ["Its siblings of 135M and 360M parameters use GQA."]),
    ]
}
