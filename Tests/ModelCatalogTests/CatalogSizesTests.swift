import AttentionEngine
import ModelCatalog
import Testing

/// What a model's cache takes, computed elsewhere from the published shape.
struct ModelSizes: Sendable, CustomTestStringConvertible {
    let id: String
    let numbersPerToken: Int
    /// At 16 bits.
    let bytesPerToken: Int
    /// One sequence of 32,768 tokens at 16 bits, to four decimals.
    let gibibytes: String

    init(_ id: String, _ numbersPerToken: Int, _ bytesPerToken: Int, _ gibibytes: String) {
        self.id = id
        self.numbersPerToken = numbersPerToken
        self.bytesPerToken = bytesPerToken
        self.gibibytes = gibibytes
    }

    var testDescription: String { id }
}

@Suite("The sizes of all models")
struct CatalogSizesTests {
    static let sizes: [ModelSizes] = [
        ModelSizes("gpt2", 18_432, 36_864, "1.1250"),
        ModelSizes("gpt2-xl", 153_600, 307_200, "9.3750"),
        ModelSizes("gpt3-175b", 2_359_296, 4_718_592, "144.0000"),
        ModelSizes("llama2-7b", 262_144, 524_288, "16.0000"),
        ModelSizes("llama2-13b", 409_600, 819_200, "25.0000"),
        ModelSizes("gptj-6b", 229_376, 458_752, "14.0000"),
        ModelSizes("opt-66b", 1_179_648, 2_359_296, "72.0000"),
        ModelSizes("bloom-176b", 2_007_040, 4_014_080, "122.5000"),
        ModelSizes("mpt-7b", 262_144, 524_288, "16.0000"),
        ModelSizes("pythia-12b", 368_640, 737_280, "22.5000"),
        ModelSizes("gemma-7b", 229_376, 458_752, "14.0000"),
        ModelSizes("olmo2-7b", 262_144, 524_288, "16.0000"),
        ModelSizes("phi-2", 163_840, 327_680, "10.0000"),
        ModelSizes("command-r-v01", 655_360, 1_310_720, "40.0000"),
        ModelSizes("smollm2-1.7b", 98_304, 196_608, "6.0000"),
        ModelSizes("falcon-7b", 4096, 8192, "0.2500"),
        ModelSizes("starcoder-15b", 10_240, 20_480, "0.6250"),
        ModelSizes("gemma-2b", 9216, 18_432, "0.5625"),
        ModelSizes("palm-540b", 60_416, 120_832, "3.6875"),
        ModelSizes("llama2-70b", 163_840, 327_680, "10.0000"),
        ModelSizes("llama3-8b", 65_536, 131_072, "4.0000"),
        ModelSizes("llama3-70b", 163_840, 327_680, "10.0000"),
        ModelSizes("llama3.1-8b", 65_536, 131_072, "4.0000"),
        ModelSizes("llama3.1-70b", 163_840, 327_680, "10.0000"),
        ModelSizes("llama3.1-405b", 258_048, 516_096, "15.7500"),
        ModelSizes("llama3.2-1b", 16_384, 32_768, "1.0000"),
        ModelSizes("llama3.2-3b", 57_344, 114_688, "3.5000"),
        ModelSizes("llama3.3-70b", 163_840, 327_680, "10.0000"),
        ModelSizes("mistral-7b-v0.3", 65_536, 131_072, "4.0000"),
        ModelSizes("mixtral-8x7b", 65_536, 131_072, "4.0000"),
        ModelSizes("mixtral-8x22b", 114_688, 229_376, "7.0000"),
        ModelSizes("mistral-large-2407", 180_224, 360_448, "11.0000"),
        ModelSizes("command-r-08-2024", 81_920, 163_840, "5.0000"),
        ModelSizes("command-r-plus", 131_072, 262_144, "8.0000"),
        ModelSizes("qwen2.5-0.5b", 6144, 12_288, "0.3750"),
        ModelSizes("qwen2.5-7b", 28_672, 57_344, "1.7500"),
        ModelSizes("qwen2.5-32b", 131_072, 262_144, "8.0000"),
        ModelSizes("qwen2.5-72b", 163_840, 327_680, "10.0000"),
        ModelSizes("qwen3-0.6b", 57_344, 114_688, "3.5000"),
        ModelSizes("qwen3-4b", 73_728, 147_456, "4.5000"),
        ModelSizes("qwen3-8b", 73_728, 147_456, "4.5000"),
        ModelSizes("qwen3-14b", 81_920, 163_840, "5.0000"),
        ModelSizes("qwen3-30b-a3b", 49_152, 98_304, "3.0000"),
        ModelSizes("qwen3-32b", 131_072, 262_144, "8.0000"),
        ModelSizes("qwen3-235b-a22b", 96_256, 192_512, "5.8750"),
        ModelSizes("qwen3-coder-480b", 126_976, 253_952, "7.7500"),
        ModelSizes("yi-34b", 122_880, 245_760, "7.5000"),
        ModelSizes("yi-6b", 32_768, 65_536, "2.0000"),
        ModelSizes("falcon-40b", 61_440, 122_880, "3.7500"),
        ModelSizes("falcon-180b", 81_920, 163_840, "5.0000"),
        ModelSizes("dbrx", 81_920, 163_840, "5.0000"),
        ModelSizes("grok-1", 131_072, 262_144, "8.0000"),
        ModelSizes("chatglm3-6b", 14_336, 28_672, "0.8750"),
        ModelSizes("glm-4.5", 188_416, 376_832, "11.5000"),
        ModelSizes("minimax-m2", 126_976, 253_952, "7.7500"),
        ModelSizes("phi-4", 102_400, 204_800, "6.2500"),
        ModelSizes("tinyllama", 11_264, 22_528, "0.6875"),
        ModelSizes("smollm2-135m", 11_520, 23_040, "0.7031"),
        ModelSizes("codellama-34b", 98_304, 196_608, "6.0000"),
        ModelSizes("deepseek-67b", 194_560, 389_120, "11.8750"),
        ModelSizes("nemotron-super-49b", 163_840, 327_680, "10.0000"),
        ModelSizes("mistral-7b-v0.1", 65_536, 131_072, "0.5000"),
        ModelSizes("gemma2-2b", 53_248, 106_496, "1.8281"),
        ModelSizes("gemma2-27b", 188_416, 376_832, "6.4688"),
        ModelSizes("gemma3-1b", 13_312, 26_624, "0.1357"),
        ModelSizes("gemma3-4b", 69_632, 139_264, "0.7383"),
        ModelSizes("gemma3-12b", 196_608, 393_216, "2.3125"),
        ModelSizes("gemma3-27b", 253_952, 507_904, "2.9062"),
        ModelSizes("gpt-oss-20b", 24_576, 49_152, "0.7529"),
        ModelSizes("gpt-oss-120b", 36_864, 73_728, "1.1294"),
        ModelSizes("llama4-scout", 98_304, 196_608, "2.6250"),
        ModelSizes("qwen3-next-80b", 12_288, 24_576, "0.7500"),
        ModelSizes("gemma4-31b", 450_560, 901_120, "3.2812"),
        ModelSizes("lfm2-1.2b", 6144, 12_288, "0.3750"),
        ModelSizes("deepseek-v2-lite", 15_552, 31_104, "0.9492"),
        ModelSizes("deepseek-v2", 34_560, 69_120, "2.1094"),
        ModelSizes("deepseek-v3", 35_136, 70_272, "2.1445"),
        ModelSizes("kimi-k2", 35_136, 70_272, "2.1445"),
        ModelSizes("glm-5", 44_928, 89_856, "2.7422"),
        ModelSizes("minicpm3-4b", 17_856, 35_712, "1.0898"),
        ModelSizes("moonlight-16b", 15_552, 31_104, "0.9492"),
        ModelSizes("qwen2.5-14b", 98_304, 196_608, "6.0000"),
        ModelSizes("qwen3-1.7b", 57_344, 114_688, "3.5000"),
        ModelSizes("mistral-nemo-12b", 81_920, 163_840, "5.0000"),
        ModelSizes("mistral-small-3.1", 81_920, 163_840, "5.0000"),
        ModelSizes("glm-4.6", 188_416, 376_832, "11.5000"),
        ModelSizes("phi-4-mini", 65_536, 131_072, "4.0000"),
        ModelSizes("smollm2-360m", 20_480, 40_960, "1.2500"),
        ModelSizes("smollm3-3b", 36_864, 73_728, "2.2500"),
        ModelSizes("phi-3-mini-128k", 196_608, 393_216, "12.0000"),
        ModelSizes("phi-3-mini-4k", 196_608, 393_216, "0.7496"),
        ModelSizes("gemma2-9b", 172_032, 344_064, "5.9062"),
        ModelSizes("qwen3.5-4b", 16_384, 32_768, "1.0000"),
        ModelSizes("qwen3.5-9b", 16_384, 32_768, "1.0000"),
        ModelSizes("qwen3.5-27b", 32_768, 65_536, "2.0000"),
        ModelSizes("qwen3.5-35b-a3b", 10_240, 20_480, "0.6250"),
        ModelSizes("gemma4-e2b", 9216, 18_432, "0.1934"),
        ModelSizes("gemma4-e4b", 28_672, 57_344, "0.5195"),
        ModelSizes("gemma4-26b-a4b", 112_640, 225_280, "0.8203"),
        ModelSizes("deepseek-v3.2", 35_136, 70_272, "2.1445"),
        ModelSizes("kimi-k2.5", 35_136, 70_272, "2.1445"),
        ModelSizes("glm-4.5-air", 94_208, 188_416, "5.7500"),
        ModelSizes("llama4-maverick", 98_304, 196_608, "2.6250"),
        ModelSizes("gemma4-12b", 172_032, 344_064, "0.8125"),
        ModelSizes("qwen3.5-397b-a17b", 15_360, 30_720, "0.9375"),
        ModelSizes("glm-4.7-flash", 27_072, 54_144, "1.6523"),
        ModelSizes("longcat-flash", 32_256, 64_512, "1.9688"),
    ]

    @Test("A model's cache takes the bytes worked out elsewhere", arguments: sizes)
    func size(expected: ModelSizes) throws {
        let model = try #require(Catalog.model(id: expected.id))
        let size = try model.cacheSize(tokens: 32_768)
        #expect(model.numbersPerToken == expected.numbersPerToken)
        #expect(try model.cacheSize(tokens: 1).bytes == expected.bytesPerToken)
        #expect(roundedHalfToEven(size.bytes) == expected.gibibytes)
    }

    @Test("Every model of the catalogue is in that table")
    func tableIsComplete() {
        #expect(Set(Catalog.models.map(\.id)) == Set(Self.sizes.map(\.id)))
        #expect(Catalog.models.count == Self.sizes.count)
    }

    /// GiB to four decimals; a tie goes to the even digit, as in the table's own arithmetic.
    private func roundedHalfToEven(_ bytes: Int) -> String {
        let (quotient, rest) = (bytes * 10_000).quotientAndRemainder(dividingBy: 1 << 30)
        let tie = rest * 2 == 1 << 30
        let up = tie ? quotient % 2 == 1 : rest * 2 > 1 << 30
        let digits = String(quotient + (up ? 1 : 0))
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return "\(padded.dropLast(4)).\(padded.suffix(4))"
    }
}
