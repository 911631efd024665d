extension ModelFacts {
    /// Published shapes, and the numbers that a token takes as worked out elsewhere.
    static let firstHalf: [ModelFacts] = [
        ModelFacts(
            "gpt2", .gpt2, layers: 12, queryHeads: 12, keyValueHeads: 12,
            headDimension: 64, hiddenSize: 768, numbersPerToken: 18_432),
        ModelFacts(
            "gpt2-xl", .gpt2, layers: 48, queryHeads: 25, keyValueHeads: 25,
            headDimension: 64, hiddenSize: 1600, numbersPerToken: 153_600),
        ModelFacts(
            "gpt3-175b", .gpt2, layers: 96, queryHeads: 96, keyValueHeads: 96,
            headDimension: 128, hiddenSize: 12_288, numbersPerToken: 2_359_296),
        ModelFacts(
            "llama2-7b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 262_144),
        ModelFacts(
            "llama2-13b", .llama, layers: 40, queryHeads: 40, keyValueHeads: 40,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 409_600),
        ModelFacts(
            "gptj-6b", .gpt2, layers: 28, queryHeads: 16, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 4096, numbersPerToken: 229_376),
        ModelFacts(
            "opt-66b", .noGroups, layers: 64, queryHeads: 72, keyValueHeads: 72,
            headDimension: 128, hiddenSize: 9216, numbersPerToken: 1_179_648),
        ModelFacts(
            "bloom-176b", .bloom, layers: 70, queryHeads: 112, keyValueHeads: 112,
            headDimension: 128, hiddenSize: 14_336, numbersPerToken: 2_007_040),
        ModelFacts(
            "mpt-7b", .mpt, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 262_144),
        ModelFacts(
            "pythia-12b", .noGroups, layers: 36, queryHeads: 40, keyValueHeads: 40,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 368_640),
        ModelFacts(
            "gemma-7b", .llama, layers: 28, queryHeads: 16, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 3072, numbersPerToken: 229_376),
        ModelFacts(
            "olmo2-7b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 262_144),
        ModelFacts(
            "phi-2", .noGroups, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 80, hiddenSize: 2560, numbersPerToken: 163_840),
        ModelFacts(
            "command-r-v01", .llama, layers: 40, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 655_360),
        ModelFacts(
            "smollm2-1.7b", .llama, layers: 24, queryHeads: 32, keyValueHeads: 32,
            headDimension: 64, hiddenSize: 2048, numbersPerToken: 98_304),
        ModelFacts(
            "falcon-7b", .falcon, layers: 32, queryHeads: 71, keyValueHeads: 1,
            headDimension: 64, hiddenSize: 4544, numbersPerToken: 4096),
        ModelFacts(
            "starcoder-15b", .bigCode, layers: 40, queryHeads: 48, keyValueHeads: 1,
            headDimension: 128, hiddenSize: 6144, numbersPerToken: 10_240),
        ModelFacts(
            "gemma-2b", .llama, layers: 18, queryHeads: 8, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 2048, numbersPerToken: 9216),
        ModelFacts(
            "palm-540b", .plainNames, layers: 118, queryHeads: 48, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 18_432, numbersPerToken: 60_416),
        ModelFacts(
            "llama2-70b", .llama, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "llama3-8b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 65_536),
        ModelFacts(
            "llama3.1-8b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 65_536),
        ModelFacts(
            "llama3.1-70b", .llama, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "llama3.1-405b", .llama, layers: 126, queryHeads: 128, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 16_384, numbersPerToken: 258_048),
        ModelFacts(
            "llama3.2-1b", .llama, layers: 16, queryHeads: 32, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2048, numbersPerToken: 16_384),
        ModelFacts(
            "llama3.2-3b", .llama, layers: 28, queryHeads: 24, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072, numbersPerToken: 57_344),
        ModelFacts(
            "mistral-7b-v0.3", .mistral, layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 65_536),
        ModelFacts(
            "mixtral-8x7b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 65_536),
        ModelFacts(
            "mixtral-8x22b", .llama, layers: 56, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144, numbersPerToken: 114_688),
        ModelFacts(
            "mistral-large-2407", .llama, layers: 88, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 12_288, numbersPerToken: 180_224),
        ModelFacts(
            "command-r-08-2024", .llama, layers: 40, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 81_920),
        ModelFacts(
            "command-r-plus", .llama, layers: 64, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 12_288, numbersPerToken: 131_072),
        ModelFacts(
            "qwen2.5-0.5b", .qwen2, layers: 24, queryHeads: 14, keyValueHeads: 2,
            headDimension: 64, hiddenSize: 896, numbersPerToken: 6144),
        ModelFacts(
            "qwen2.5-7b", .qwen2, layers: 28, queryHeads: 28, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 3584, numbersPerToken: 28_672),
        ModelFacts(
            "qwen2.5-72b", .qwen2, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "qwen3-0.6b", .llama, layers: 28, queryHeads: 16, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 1024, numbersPerToken: 57_344),
        ModelFacts(
            "qwen3-4b", .llama, layers: 36, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 2560, numbersPerToken: 73_728),
    ]
}
