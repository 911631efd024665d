extension ModelFacts {
    /// More published shapes, of models of 2025 and later or of further sizes.
    static let thirdPart: [ModelFacts] = [
        ModelFacts(
            "qwen2.5-14b", .qwen2, layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 98_304),
        ModelFacts(
            "qwen3-1.7b", .llama, layers: 28, queryHeads: 16, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 2048, numbersPerToken: 57_344),
        ModelFacts(
            "mistral-nemo-12b", .mistral, layers: 40, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 81_920),
        ModelFacts(
            "mistral-small-3.1", .mistral, layers: 40, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 81_920),
        ModelFacts(
            "glm-4.6", .llama, layers: 92, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 188_416),
        ModelFacts(
            "phi-4-mini", .llama, layers: 32, queryHeads: 24, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072, numbersPerToken: 65_536),
        ModelFacts(
            "smollm2-360m", .llama, layers: 32, queryHeads: 15, keyValueHeads: 5,
            headDimension: 64, hiddenSize: 960, numbersPerToken: 20_480),
        ModelFacts(
            "smollm3-3b", .llama, layers: 36, queryHeads: 16, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 2048, numbersPerToken: 36_864),
        ModelFacts(
            "phi-3-mini-128k", .llama, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 96, hiddenSize: 3072, numbersPerToken: 196_608),
        ModelFacts(
            "phi-3-mini-4k", .mistral, layers: 32, queryHeads: 32, keyValueHeads: 32,
            headDimension: 96, hiddenSize: 3072, window: 2047, numbersPerToken: 196_608),
        ModelFacts(
            "gemma2-9b", .gemma2, layers: 42, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3584, window: 4096, numbersPerToken: 172_032),
        ModelFacts(
            "qwen3.5-4b", .qwen35, layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2560, numbersPerToken: 16_384),
        ModelFacts(
            "qwen3.5-9b", .qwen35, layers: 32, queryHeads: 16, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 4096, numbersPerToken: 16_384),
        ModelFacts(
            "qwen3.5-27b", .qwen35, layers: 64, queryHeads: 24, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 5120, numbersPerToken: 32_768),
        ModelFacts(
            "qwen3.5-35b-a3b", .qwen35, layers: 40, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048, numbersPerToken: 10_240),
        ModelFacts(
            "gemma4-e2b", .gemma4, layers: 35, queryHeads: 8, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 1536, window: 512, every: 5, fullHeads: 1, shared: 20,
            numbersPerToken: 9216),
        ModelFacts(
            "gemma4-e4b", .gemma4, layers: 42, queryHeads: 8, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2560, window: 512, fullHeads: 2, shared: 18,
            numbersPerToken: 28_672),
        ModelFacts(
            "gemma4-26b-a4b", .gemma4, layers: 30, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 2816, window: 1024, fullHeads: 2,
            numbersPerToken: 112_640),
        ModelFacts(
            "deepseek-v3.2", .deepSeek, layers: 61, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 7168, latent: (512, 64), numbersPerToken: 35_136),
        ModelFacts(
            "kimi-k2.5", .kimiVL, layers: 61, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 7168, latent: (512, 64), numbersPerToken: 35_136),
        ModelFacts(
            "glm-4.5-air", .llama, layers: 46, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 94_208),
        ModelFacts(
            "llama4-maverick", .llama4, layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, window: 8192, numbersPerToken: 98_304),
        ModelFacts(
            "gemma4-12b", .gemma4, layers: 48, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3840, window: 1024, fullHeads: 1,
            numbersPerToken: 172_032),
        ModelFacts(
            "qwen3.5-397b-a17b", .qwen35, layers: 60, queryHeads: 32, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 4096, numbersPerToken: 15_360),
        ModelFacts(
            "glm-4.7-flash", .deepSeek, layers: 47, queryHeads: 20, keyValueHeads: 20,
            headDimension: 256, hiddenSize: 2048, latent: (512, 64), numbersPerToken: 27_072),
    ]
}
