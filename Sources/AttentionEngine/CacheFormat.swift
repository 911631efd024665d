/// How an engine writes the numbers of its cache down.
package enum CacheFormat: String, CaseIterable, Hashable, Sendable {
    /// IEEE single precision, 4 bytes.
    case f32
    /// IEEE half precision, 2 bytes; the sizes are those of `bf16`.
    case f16
    /// The upper half of a single, 2 bytes.
    case bf16
    /// One byte in either floating-point form of 8 bits, without a scale beside it.
    case fp8
    /// One byte for a whole number, without a scale beside it.
    case int8
    /// Half a byte, without a scale beside it.
    case int4
    /// ggml's blocks of 32 numbers of one byte with a scale of two: 34 bytes.
    case q8 = "q8_0"
    /// ggml's blocks of 32 numbers of 5 bits with a scale and a least value of two bytes each: 24.
    case q5Offset = "q5_1"
    /// The same without the least value: 22 bytes.
    case q5 = "q5_0"
    /// ggml's blocks of 32 numbers of half a byte with a scale and a least value: 20 bytes.
    case q4Offset = "q4_1"
    /// ggml's blocks of 32 numbers of half a byte with a scale of two: 18 bytes.
    case q4 = "q4_0"
    /// vLLM's for latents: a byte for each number of the latent, a scale of four bytes for every
    /// 128 of them, and two bytes for each rotary number.
    case fp8Latent = "fp8_ds_mla"

    /// Other names that engines have for some of these.
    package static let otherNames: [String: CacheFormat] = [
        "float32": .f32, "float16": .f16, "half": .f16, "bfloat16": .bf16, "fp8_e4m3": .fp8,
        "fp8_e5m2": .fp8,
    ]

    /// The format of that name, one of its own or another; nil where there is none.
    package init?(name: String) {
        guard let format = CacheFormat(rawValue: name) ?? Self.otherNames[name] else { return nil }
        self = format
    }

    /// The format of a plain width.
    package init(_ width: NumberWidth) {
        self =
            switch width {
            case .bits4: .int4
            case .bits8: .fp8
            case .bits16: .f16
            case .bits32: .f32
            }
    }

    /// The width of a number where all take the same; nil where scales stand between them.
    package var numberWidth: NumberWidth? {
        switch self {
        case .f32: .bits32
        case .f16, .bf16: .bits16
        case .fp8, .int8: .bits8
        case .int4: .bits4
        case .q8, .q5Offset, .q5, .q4Offset, .q4, .fp8Latent: nil
        }
    }

    /// Bytes of a block of 32 numbers, where numbers are written in such blocks.
    package var blockBytes: Int? {
        switch self {
        case .q8: 34
        case .q5Offset: 24
        case .q5: 22
        case .q4Offset: 20
        case .q4: 18
        case .f32, .f16, .bf16, .fp8, .int8, .int4, .fp8Latent: nil
        }
    }

    /// Bits of a number with its part of a scale; nil where not all numbers take the same.
    var bitsPerNumber: Double? {
        blockBytes.map { Double($0) / 4 } ?? numberWidth.map { Double($0.bits) }
    }

    /// Bytes per number in words: "2", or "34 bytes per 32".
    package var bytesText: String {
        blockBytes.map { "\($0) bytes per 32" } ?? numberWidth?.bytesText
            ?? "1, rotary 2, scales 4 per 128"
    }

    /// Bits of one token's entry in one layer, scales included.
    ///
    /// Throws where the format's blocks do not fit the entry, or where the bits overflow.
    func bits(of entry: TokenEntry) throws(SettingError) -> Int {
        func product(_ numbers: Int, _ bits: Int) throws(SettingError) -> Int {
            let (result, overflow) = numbers.multipliedReportingOverflow(by: bits)
            if overflow { throw .tooLarge }
            return result
        }
        if let numberWidth { return try product(entry.numbers, numberWidth.bits) }
        if self == .fp8Latent {
            guard case .latent(let widths) = entry else { throw .formatIsForLatent(self) }
            guard widths.latentRank % 128 == 0 else {
                throw .blocksDoNotFit(self, block: 128, width: widths.latentRank)
            }
            return try product(widths.latentRank / 128 * 33 + widths.rotaryDimension / 2, 32)
                + widths.rotaryDimension % 2 * 16
        }
        for width in entry.rowWidths where width % 32 != 0 {
            throw .blocksDoNotFit(self, block: 32, width: width)
        }
        return try product(entry.numbers / 32, (blockBytes ?? 0) * 8)
    }
}
