import AttentionEngine

/// How a file writes floating-point numbers; the formats' names are those of safetensors.
extension FloatFormat {
    /// "F64, F32, F16, BF16, F8_E4M3 and F8_E5M2".
    static let names =
        allCases.dropLast().map(\.rawValue).joined(separator: ", ")
        + " and \(allCases[allCases.count - 1].rawValue)"

    /// Bytes per number.
    var size: Int {
        switch self {
        case .float64: 8
        case .float32: 4
        case .float16, .bfloat16: 2
        case .float8e4m3, .float8e5m2: 1
        }
    }

    /// Little-endian bytes as numbers; every value of every format is exact in a `Double`.
    func numbers(_ bytes: [UInt8]) -> [Double] {
        bytes.withUnsafeBytes { bytes in
            switch self {
            case .float64:
                Self.map(bytes) { Double(bitPattern: UInt64(littleEndian: $0)) }
            case .float32:
                Self.map(bytes) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
            case .float16: Self.map(bytes) { Self.half(UInt16(littleEndian: $0)) }
            case .bfloat16:
                Self.map(bytes) {
                    Double(Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16))
                }
            case .float8e4m3: Self.map(bytes) { Self.e4m3($0) }
            // The upper half of a half.
            case .float8e5m2: Self.map(bytes) { Self.half(UInt16($0 as UInt8) << 8) }
            }
        }
    }

    private static func map<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ number: (Bits) -> Double
    ) -> [Double] {
        let size = MemoryLayout<Bits>.size
        return [Double](unsafeUninitializedCapacity: bytes.count / size) { numbers, count in
            count = bytes.count / size
            for index in 0..<count {
                numbers[index] = number(
                    bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self))
            }
        }
    }

    /// 4 bits of exponent and 3 of fraction, without infinities: only all ones are no number.
    private static func e4m3(_ bits: UInt8) -> Double {
        let (exponent, fraction) = (Int(bits >> 3 & 15), Double(bits & 7))
        let size =
            bits & 127 == 127
            ? Double.nan
            : exponent == 0
                ? fraction * 0x1p-9
                : Double(sign: .plus, exponent: exponent - 7, significand: 1 + fraction / 8)
        return bits & 128 == 0 ? size : -size
    }

    /// IEEE half precision, by hand: Swift has no `Float16` on every Mac.
    private static func half(_ bits: UInt16) -> Double {
        let sign = UInt64(bits >> 15) << 63
        let (exponent, fraction) = (UInt64(bits >> 10 & 31), UInt64(bits & 1023))
        switch exponent {
        case 0: return Double(bitPattern: sign | (Double(fraction) * 0x1p-24).bitPattern)
        case 31: return Double(bitPattern: sign | 2047 << 52 | fraction << 42)
        default: return Double(bitPattern: sign | (exponent + 1008) << 52 | fraction << 42)
        }
    }
}
