import AttentionEngine

extension Catalog {
    /// Models whose query heads all read one K/V head.
    static let multiQuery: [Model] = [
        Model(
            id: "falcon-7b", name: "Falcon-7B", attention: .mqa,
            layers: 32, queryHeads: 71, keyValueHeads: 1,
            headDimension: 64, hiddenSize: 4544,
            maximumTokens: 2048, nativeFormat: "bf16", parameters: "7B",
            sources: [Source.vllm, Source.litgpt],
            notes: [
                "The file says multi_query instead of a number of K/V heads.",
                "71 is prime: only 1 and 71 K/V heads are legal.",
            ]),
        Model(
            id: "starcoder-15b", name: "StarCoder 15.5B", attention: .mqa,
            layers: 40, queryHeads: 48, keyValueHeads: 1,
            headDimension: 128, hiddenSize: 6144,
            maximumTokens: 8192, nativeFormat: "fp16", parameters: "15.5B",
            sources: ["huggingface.co bigcode/starcoder-co-format/config.json"],
            notes: [
                "The file says multi_query, and calls its fields n_head, n_layer, n_embd."
            ]),
        Model(
            id: "gemma-2b", name: "Gemma-2B", attention: .mqa,
            layers: 18, queryHeads: 8, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 2048,
            maximumTokens: 8192, nativeFormat: "bf16, unconfirmed", parameters: "2.5B",
            sources: [Source.litgpt],
            doubts: [
                Doubt(.context, "The source lists a context of 4,096; 8,192 is unconfirmed.")
            ]),
        Model(
            id: "palm-540b", name: "PaLM-540B", attention: .mqa,
            layers: 118, queryHeads: 48, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 18_432,
            maximumTokens: 2048, nativeFormat: nil, parameters: "540B",
            sources: ["emergentmind.com/topics/palm-540b-parameter-model (secondary)"],
            doubts: [
                Doubt(.cacheSize, "The shape comes from a secondary source."),
                Doubt(.context, "The context of 2,048 tokens is unconfirmed."),
            ]),
    ]
}
