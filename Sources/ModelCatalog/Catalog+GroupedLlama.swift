import AttentionEngine

extension Catalog {
    /// Grouped-query models of the Llama and Mistral families.
    static let groupedLlama: [Model] = [
        Model(
            id: "llama2-70b", name: "Llama-2-70B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 4096, nativeFormat: "bf16, unconfirmed", parameters: "69.0B",
            sources: [Source.litgpt, "meta-llama/llama-models:models/llama2/MODEL_CARD.md"]),
        Model(
            id: "llama3-8b", name: "Llama-3-8B", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 8192, nativeFormat: "bf16", parameters: "8.03B",
            sources: [Source.litgpt]),
        Model(
            id: "llama3-70b", name: "Llama-3-70B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 8192, nativeFormat: "bf16", parameters: "70.6B",
            sources: [Source.litgpt]),
        Model(
            id: "llama3.1-8b", name: "Llama-3.1-8B", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "8.03B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "llama3.1-70b", name: "Llama-3.1-70B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "70.6B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "llama3.1-405b", name: "Llama-3.1-405B", attention: .gqa,
            layers: 126, queryHeads: 128, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 16_384,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "405.9B",
            sources: [Source.litgpt, Source.lmCache]),
        Model(
            id: "llama3.2-1b", name: "Llama-3.2-1B", attention: .gqa,
            layers: 16, queryHeads: 32, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2048,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "1.23B",
            sources: [Source.litgpt, "meta-llama/llama-models:models/llama3_2/MODEL_CARD.md"]),
        Model(
            id: "llama3.2-3b", name: "Llama-3.2-3B", attention: .gqa,
            layers: 28, queryHeads: 24, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "3.2B",
            sources: [Source.litgpt],
            notes: ["Groups of three: some kernels had to add that size."]),
        Model(
            id: "llama3.3-70b", name: "Llama-3.3-70B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "70.6B",
            sources: [Source.litgpt]),
        Model(
            id: "mistral-7b-v0.3", name: "Mistral-7B-v0.3", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 32_768, nativeFormat: "bf16, unconfirmed", parameters: "7.25B",
            sources: [Source.litgpt]),
        Model(
            id: "mistral-nemo-12b", name: "Mistral-Nemo-12B", attention: .gqa,
            layers: 40, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 128_000, nativeFormat: "bf16", parameters: "12B",
            sources: ["Mistral-Nemo-Base-2407 in kevinstephano/thunder_model_blocks@a23dd8fe"],
            notes: ["Published as Mistral-Nemo-Instruct-2407."]),
        Model(
            id: "mistral-small-3.1", name: "Mistral-Small-3.1", attention: .gqa,
            layers: 40, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120,
            maximumTokens: 131_072, nativeFormat: nil, parameters: "24B",
            sources: ["transformers configuration_mistral3.py @0db25542, its defaults"],
            notes: ["Published as Mistral-Small-3.1-24B-Instruct-2503."]),
        Model(
            id: "mixtral-8x7b", name: "Mixtral-8x7B", attention: .gqa,
            layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096,
            maximumTokens: 32_768, nativeFormat: "bf16, unconfirmed",
            parameters: "46.7B (12.9B active)",
            sources: [Source.litgpt],
            notes: ["Experts sit outside attention and leave the cache as it is."]),
        Model(
            id: "mixtral-8x22b", name: "Mixtral-8x22B", attention: .gqa,
            layers: 56, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144,
            maximumTokens: 65_536, nativeFormat: "bf16, unconfirmed",
            parameters: "141B (39B active)",
            sources: [Source.litgpt],
            doubts: [Doubt(.parameters, "The parameter count has no source; some print 176B.")]),
        Model(
            id: "mistral-large-2407", name: "Mistral Large 2407", attention: .gqa,
            layers: 88, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 12_288,
            maximumTokens: 131_072, nativeFormat: "bf16, unconfirmed", parameters: "123B",
            sources: [Source.litgpt, Source.lmCache],
            doubts: [
                Doubt(.context, "The source lists a context of 32,768; 131,072 is unconfirmed.")
            ]),
        Model(
            id: "tinyllama", name: "TinyLlama-1.1B", attention: .gqa,
            layers: 22, queryHeads: 32, keyValueHeads: 4,
            headDimension: 64, hiddenSize: 2048,
            maximumTokens: 2048, nativeFormat: nil, parameters: "1.1B",
            sources: [Source.litgpt]),
        Model(
            id: "codellama-34b", name: "CodeLlama-34B", attention: .gqa,
            layers: 48, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 16_384, nativeFormat: nil, parameters: "34B",
            sources: [Source.litgpt]),
        Model(
            id: "nemotron-super-49b", name: "Nemotron-Super-49B", attention: .gqa,
            layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192,
            maximumTokens: 131_072, nativeFormat: "bf16", parameters: "49B",
            sources: [Source.vllm],
            notes: ["Published as Llama-3_3-Nemotron-Super-49B-v1."],
            doubts: [Doubt(.cacheSize, "Some of the 80 layers have no attention: too high.")]),
    ]
}
