import AttentionEngine
import Testing

/// A published, logged or hand-checked cache size.
struct GoldenSize: Sendable, CustomTestStringConvertible {
    let source: String
    let setting: String
    let variant: AttentionVariant
    let bytes: Int

    init(_ source: String, _ setting: String, _ variant: AttentionVariant, _ bytes: Int) {
        self.source = source
        self.setting = setting
        self.variant = variant
        self.bytes = bytes
    }

    var testDescription: String { "\(source): \(variant.shortName) at \(setting)" }
}

@Suite("Sizes that others published")
struct GoldenSizeTests {
    static let gpt3 = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"
    static let deepSeek = "l=61,b=1,n=128,g=8,h=128,s=100000,bytes=2,c=512,r=64"
    static let textbook = "l=32,b=1,n=32,g=8,h=128,s=32768,bytes=2"
    static let textbookWindow = textbook + ",wl=27,w=1024"
    static let craftBits = "l=32,b=1,n=32,g=8,h=128,s=2048,bytes=2"
    static let gptOSS20B = "l=24,b=32,n=64,g=8,h=64,s=8192,bytes=2"

    static let sizes: [GoldenSize] = [
        GoldenSize("Lecture notes, GPT-3, 4.5 GB", gpt3, .mha, 4_831_838_208),
        GoldenSize("Lecture notes, GPT-3, 384 MB", gpt3, .gqa, 402_653_184),
        GoldenSize("Lecture notes, GPT-3, 48 MB", gpt3, .mqa, 50_331_648),
        GoldenSize("Lecture notes, DeepSeek, 400 GB", deepSeek, .mha, 399_769_600_000),
        GoldenSize("Lecture notes, DeepSeek, 3 GB", deepSeek, .mqa, 3_123_200_000),
        GoldenSize("Lecture notes, DeepSeek, empty cell", deepSeek, .gqa, 24_985_600_000),
        GoldenSize("Lecture notes, DeepSeek, the answer", deepSeek, .mla, 7_027_200_000),
        GoldenSize(
            "Lecture notes, Llama 3 8B", "l=32,n=32,g=8,h=128,s=8192", .gqa, 1_073_741_824),
        GoldenSize(
            "Lecture notes, Llama 3 8B as MHA", "l=32,n=32,g=8,h=128,s=8192", .mha,
            4_294_967_296),
        GoldenSize(
            "Lecture notes, Llama 3 70B", "l=80,n=64,g=8,h=128,s=8192", .gqa, 2_684_354_560),
        GoldenSize(
            "Lecture notes, Llama 3 70B as MHA", "l=80,n=64,g=8,h=128,s=8192", .mha,
            21_474_836_480),
        GoldenSize(
            "GPT-3 at its full 2,048 tokens, 9 GiB", "l=96,n=96,h=128,s=2048", .mha,
            9_663_676_416),
        GoldenSize("rasbt/LLMs-from-scratch ch04/04_gqa", textbook, .mha, 17_179_869_184),
        GoldenSize("rasbt/LLMs-from-scratch ch04/04_gqa", textbook, .gqa, 4_294_967_296),
        GoldenSize("rasbt/LLMs-from-scratch ch04/06_swa", textbookWindow, .mha, 3_137_339_392),
        GoldenSize("rasbt/LLMs-from-scratch ch04/06_swa", textbookWindow, .gqa, 784_334_848),
        GoldenSize("craft-bits docs, 1.00 GiB", craftBits, .mha, 1_073_741_824),
        GoldenSize("craft-bits docs, 256 MiB", craftBits, .gqa, 268_435_456),
        GoldenSize("craft-bits docs, 32.0 MiB", craftBits, .mqa, 33_554_432),
        GoldenSize(
            "whichllm calibration note, Qwen2.5-7B", "l=28,n=28,g=4,h=128,s=8192", .gqa,
            469_762_048),
        GoldenSize(
            "hf-mem#60 and #70, gpt-oss-20b, full pages, 12.00 GiB", gptOSS20B, .gqa,
            12_884_901_888),
        GoldenSize(
            "hf-mem#60 and #70, gpt-oss-20b, what attention needs, 6.09 GiB",
            gptOSS20B + ",wl=12,w=128", .gqa, 6_543_114_240),
        GoldenSize(
            "DeepSeek-V3 at 65,536 tokens and 4 bits, 1,098 MiB",
            "l=61,n=128,h=128,s=65536,bytes=0.5,c=512,r=64", .mla, 1_151_336_448),
        GoldenSize(
            "DeepSeek-V3 at 65,536 tokens and 4 bits, one layer, 18.0 MiB",
            "l=1,n=128,h=128,s=65536,bytes=0.5,c=512,r=64", .mla, 18_874_368),
        GoldenSize(
            "DeepSeek-V3 at 8,192 tokens, 0.536 GiB",
            "l=61,n=128,h=128,s=8192,c=512,r=64", .mla, 575_668_224),
        GoldenSize(
            "Falcon-7B at 8,192 tokens, 0.0625 GiB", "l=32,n=71,g=1,h=64,s=8192", .gqa,
            67_108_864),
        GoldenSize(
            "Qwen3-32B at 32,768 tokens, 8.0 GiB", "l=64,n=64,g=8,h=128,s=32768", .gqa,
            8_589_934_592),
    ]

    @Test("A cache takes the published bytes", arguments: sizes)
    func cacheTakesThePublishedBytes(golden: GoldenSize) throws {
        let report = MemoryReport(try CacheSetting(text: golden.setting))
        #expect(report[golden.variant]?.size == ByteCount(golden.bytes))
    }

    static let bytesPerToken: [GoldenSize] = [
        GoldenSize(
            "crate kv-cache-size, Llama-3.1-8B", "l=32,n=32,g=8,h=128,s=1", .gqa, 131_072),
        GoldenSize(
            "hf-mem#60, gpt-oss-120b in vLLM, every layer full", "l=36,n=64,g=8,h=64,s=1", .gqa,
            73_728),
        GoldenSize(
            "hf-mem#60, gpt-oss-120b, windows or not", "l=36,n=64,g=8,h=64,s=9999,wl=18,w=128",
            .gqa, 73_728),
        GoldenSize(
            "DeepSeek-V2 abstract's baseline, DeepSeek-67B", "l=95,n=64,g=8,h=128,s=1", .gqa,
            389_120),
    ]

    @Test("A token takes the published bytes", arguments: bytesPerToken)
    func tokenTakesThePublishedBytes(golden: GoldenSize) throws {
        let report = MemoryReport(try CacheSetting(text: golden.setting))
        #expect(report[golden.variant]?.bytesPerToken == ByteCount(golden.bytes))
    }

    static let numbersPerToken: [GoldenSize] = [
        GoldenSize(
            "DeepSeek-V2 table 9, small MHA, 110.6K", "l=27,n=16,h=128,s=1", .mha, 110_592),
        GoldenSize(
            "DeepSeek-V2 table 9, small MLA, 15.6K", "l=27,n=16,h=128,s=1,c=512,r=64", .mla,
            15_552),
        GoldenSize(
            "DeepSeek-V2 table 9, large MLA, 34.6K", "l=60,n=128,h=128,s=1,c=512,r=64", .mla,
            34_560),
    ]

    @Test("One token is the published count of numbers", arguments: numbersPerToken)
    func oneTokenIsThePublishedCountOfNumbers(golden: GoldenSize) throws {
        let report = MemoryReport(try CacheSetting(text: golden.setting))
        #expect(report[golden.variant]?.numbers == golden.bytes)
    }

    @Test("The lecture's ratios: 128 for DeepSeek's MQA, 56.9 for its MLA")
    func lectureRatios() throws {
        let report = MemoryReport(try CacheSetting(text: Self.deepSeek))
        let ratios = AttentionVariant.allCases.map { report.timesLessThanMHA($0) }
        #expect(ratios == [1, 16, 128, 32768.0 / 576])
    }

    @Test("DeepSeek's latent is worth 2.25 K/V heads (DeepSeek-V2, table 1)")
    func latentIsWorthTwoAndAQuarterHeads() throws {
        let report = MemoryReport(try CacheSetting(text: Self.deepSeek))
        #expect(report.keyValueHeadsEqualToLatent == 2.25)
    }

    @Test("vLLM's fp8_ds_mla takes 656 bytes a token and layer, its parts in three widths")
    func partsOfSeveralWidths() throws {
        func bytes(_ numbers: Int, _ width: NumberWidth) throws -> Int {
            let one = try AttentionShape(queryHeads: 1, keyValueHeads: 1, headDimension: 1)
            let setting = try CacheSetting(
                layers: 1, shape: one, tokens: 1, numberWidth: width,
                latent: LatentWidths(latentRank: numbers, rotaryDimension: 0))
            return try #require(MemoryReport(setting)[.mla]).size.bytes
        }
        let latent = try bytes(512, .bits8)
        let scales = try bytes(4, .bits32)
        let rotary = try bytes(64, .bits16)
        #expect(latent + scales + rotary == 656)
    }
}

@Suite("Sizes as the lecture writes them")
struct LectureWordingTests {
    @Test(
        "Decimal and binary side by side",
        arguments: [
            (4_831_838_208, "4.83 GB (4.50 GiB)"), (402_653_184, "403 MB (384 MiB)"),
            (50_331_648, "50.3 MB (48.0 MiB)"), (399_769_600_000, "400 GB (372 GiB)"),
            (3_123_200_000, "3.12 GB (2.91 GiB)"), (24_985_600_000, "25.0 GB (23.3 GiB)"),
            (7_027_200_000, "7.03 GB (6.54 GiB)"), (1_073_741_824, "1.07 GB (1.00 GiB)"),
        ])
    func decimalAndBinary(bytes: Int, text: String) {
        #expect(ByteCount(bytes).both == text)
    }
}
