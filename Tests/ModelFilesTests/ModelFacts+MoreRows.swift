extension ModelFacts {
    /// The other half of the rows.
    static let secondHalf: [ModelFacts] = [
        ModelFacts(
            "llama3-70b", .llama, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "llama3.3-70b", .llama, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "qwen2.5-32b", .qwen2, layers: 64, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 131_072),
        ModelFacts(
            "qwen3-14b", .llama, layers: 40, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 81_920),
        ModelFacts(
            "qwen3-30b-a3b", .llama, layers: 48, queryHeads: 32, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 2048, numbersPerToken: 49_152),
        ModelFacts(
            "minimax-m2", .llama, layers: 62, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 3072, numbersPerToken: 126_976),
        ModelFacts(
            "qwen3-8b", .llama, layers: 36, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 73_728),
        ModelFacts(
            "qwen3-32b", .llama, layers: 64, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 131_072),
        ModelFacts(
            "qwen3-235b-a22b", .llama, layers: 94, queryHeads: 64, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 96_256),
        ModelFacts(
            "qwen3-coder-480b", .llama, layers: 62, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144, numbersPerToken: 126_976),
        ModelFacts(
            "yi-34b", .llama, layers: 60, queryHeads: 56, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 7168, numbersPerToken: 122_880),
        ModelFacts(
            "yi-6b", .llama, layers: 32, queryHeads: 32, keyValueHeads: 4,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 32_768),
        ModelFacts(
            "falcon-40b", .falcon, layers: 60, queryHeads: 128, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 8192, numbersPerToken: 61_440),
        ModelFacts(
            "falcon-180b", .falcon, layers: 80, queryHeads: 232, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 14_848, numbersPerToken: 81_920),
        ModelFacts(
            "dbrx", .dbrx, layers: 40, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144, numbersPerToken: 81_920),
        ModelFacts(
            "grok-1", .plainNames, layers: 64, queryHeads: 48, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 6144, numbersPerToken: 131_072),
        ModelFacts(
            "chatglm3-6b", .chatGLM, layers: 28, queryHeads: 32, keyValueHeads: 2,
            headDimension: 128, hiddenSize: 4096, numbersPerToken: 14_336),
        ModelFacts(
            "glm-4.5", .llama, layers: 92, queryHeads: 96, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 188_416),
        ModelFacts(
            "phi-4", .llama, layers: 40, queryHeads: 40, keyValueHeads: 10,
            headDimension: 128, hiddenSize: 5120, numbersPerToken: 102_400),
        ModelFacts(
            "tinyllama", .llama, layers: 22, queryHeads: 32, keyValueHeads: 4,
            headDimension: 64, hiddenSize: 2048, numbersPerToken: 11_264),
        ModelFacts(
            "smollm2-135m", .llama, layers: 30, queryHeads: 9, keyValueHeads: 3,
            headDimension: 64, hiddenSize: 576, numbersPerToken: 11_520),
        ModelFacts(
            "codellama-34b", .llama, layers: 48, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 98_304),
        ModelFacts(
            "deepseek-67b", .llama, layers: 95, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 194_560),
        ModelFacts(
            "nemotron-super-49b", .nemotron, layers: 80, queryHeads: 64, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 8192, numbersPerToken: 163_840),
        ModelFacts(
            "mistral-7b-v0.1", .mistral, layers: 32, queryHeads: 32, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 4096, window: 4096, numbersPerToken: 65_536),
        ModelFacts(
            "gemma2-2b", .gemma2, layers: 26, queryHeads: 8, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2304, window: 4096, numbersPerToken: 53_248),
        ModelFacts(
            "gemma2-27b", .gemma2, layers: 46, queryHeads: 32, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 4608, window: 4096, numbersPerToken: 188_416),
        ModelFacts(
            "gemma3-1b", .gemma3, layers: 26, queryHeads: 4, keyValueHeads: 1,
            headDimension: 256, hiddenSize: 1152, window: 512, numbersPerToken: 13_312),
        ModelFacts(
            "gemma3-4b", .gemma3, layers: 34, queryHeads: 8, keyValueHeads: 4,
            headDimension: 256, hiddenSize: 2560, window: 1024, numbersPerToken: 69_632),
        ModelFacts(
            "gemma3-12b", .gemma3, layers: 48, queryHeads: 16, keyValueHeads: 8,
            headDimension: 256, hiddenSize: 3840, window: 1024, numbersPerToken: 196_608),
        ModelFacts(
            "gemma3-27b", .gemma3, layers: 62, queryHeads: 32, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 5376, window: 1024, numbersPerToken: 253_952),
        ModelFacts(
            "gpt-oss-20b", .gptOSS, layers: 24, queryHeads: 64, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2880, window: 128, numbersPerToken: 24_576),
        ModelFacts(
            "gpt-oss-120b", .gptOSS, layers: 36, queryHeads: 64, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2880, window: 128, numbersPerToken: 36_864),
        ModelFacts(
            "llama4-scout", .llama4, layers: 48, queryHeads: 40, keyValueHeads: 8,
            headDimension: 128, hiddenSize: 5120, window: 8192, numbersPerToken: 98_304),
        ModelFacts(
            "qwen3-next-80b", .qwen3Next, layers: 48, queryHeads: 16, keyValueHeads: 2,
            headDimension: 256, hiddenSize: 2048, numbersPerToken: 12_288),
        ModelFacts(
            "gemma4-31b", .gemma4, layers: 60, queryHeads: 32, keyValueHeads: 16,
            headDimension: 256, hiddenSize: 5376, window: 1024, numbersPerToken: 450_560),
        ModelFacts(
            "lfm2-1.2b", .lfm2, layers: 16, queryHeads: 32, keyValueHeads: 8,
            headDimension: 64, hiddenSize: 2048, numbersPerToken: 6144),
        ModelFacts(
            "deepseek-v2-lite", .deepSeek, layers: 27, queryHeads: 16, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 2048, latent: (512, 64), numbersPerToken: 15_552),
        ModelFacts(
            "deepseek-v2", .deepSeek, layers: 60, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 5120, latent: (512, 64), numbersPerToken: 34_560),
        ModelFacts(
            "deepseek-v3", .deepSeek, layers: 61, queryHeads: 128, keyValueHeads: 128,
            headDimension: 128, hiddenSize: 7168, latent: (512, 64), numbersPerToken: 35_136),
        ModelFacts(
            "kimi-k2", .deepSeek, layers: 61, queryHeads: 64, keyValueHeads: 64,
            headDimension: 128, hiddenSize: 7168, latent: (512, 64), numbersPerToken: 35_136),
        ModelFacts(
            "glm-5", .deepSeek, layers: 78, queryHeads: 64, keyValueHeads: 64,
            headDimension: 256, hiddenSize: 6144, latent: (512, 64), numbersPerToken: 44_928),
        ModelFacts(
            "minicpm3-4b", .deepSeek, layers: 62, queryHeads: 40, keyValueHeads: 40,
            headDimension: 96, hiddenSize: 2560, latent: (256, 32), numbersPerToken: 17_856),
        ModelFacts(
            "moonlight-16b", .kimiVL, layers: 27, queryHeads: 16, keyValueHeads: 16,
            headDimension: 128, hiddenSize: 2048, latent: (512, 64), numbersPerToken: 15_552),
        ModelFacts(
            "longcat-flash", .longCat, layers: 56, queryHeads: 64, keyValueHeads: 64,
            headDimension: 0, hiddenSize: 6144, latent: (512, 64), numbersPerToken: 32_256),
    ]
}
