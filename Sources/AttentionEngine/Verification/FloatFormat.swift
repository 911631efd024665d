/// A binary floating-point format, as far as rounding to it goes.
package enum FloatFormat: String, CaseIterable, Hashable, Sendable {
    /// IEEE double precision, 53 bits of precision; the raw values are safetensors' names.
    case float64 = "F64"
    /// IEEE single precision, 24 bits.
    case float32 = "F32"
    /// IEEE half precision, 11 bits, down to 2^-14 in full.
    case float16 = "F16"
    /// The upper half of a single, 8 bits.
    case bfloat16 = "BF16"
    /// 8 bits, 4 of them precision, down to 2^-6 in full.
    case float8e4m3 = "F8_E4M3"
    /// 8 bits, 3 of them precision, down to 2^-14 in full.
    case float8e5m2 = "F8_E5M2"

    /// Half a unit in the last place of 1: rounding x changes it by at most this times |x|.
    var unitRoundoff: Double {
        switch self {
        case .float64: 0x1p-53
        case .float32: 0x1p-24
        case .float16: 0x1p-11
        case .bfloat16: 0x1p-8
        case .float8e4m3: 0x1p-4
        case .float8e5m2: 0x1p-3
        }
    }

    /// The format that what a file of this one holds was computed in, where that rounds more than
    /// the tolerance allows.
    var formatInside: FloatFormat? {
        switch self {
        case .float64, .float32: nil
        case .float16, .bfloat16: self
        case .float8e4m3, .float8e5m2: .bfloat16
        }
    }

    /// The largest number.
    var largest: Double {
        switch self {
        case .float64: .greatestFiniteMagnitude
        case .float32, .bfloat16: 0x1p128
        case .float16: 65_504
        case .float8e4m3: 448
        case .float8e5m2: 57_344
        }
    }

    /// A value, or infinity of its sign where this format ends before it.
    func overflowing(_ value: Double) -> Double {
        abs(value) <= largest ? value : value < 0 ? -.infinity : .infinity
    }

    /// The exponent of the smallest normal number.
    private var leastExponent: Int {
        switch self {
        case .float64: -1022
        case .float32, .bfloat16: -126
        case .float16, .float8e5m2: -14
        case .float8e4m3: -6
        }
    }

    /// The most that rounding to this format changes a number by.
    func roundingError(of value: Double) -> Double {
        let least = Double(sign: .plus, exponent: leastExponent, significand: unitRoundoff)
        return max(abs(value) * unitRoundoff, least)
    }

    /// The number of this format nearest to a value, ties to even. What the format cannot reach
    /// stays as large as it is.
    func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite, self != .float64 else { return value }
        let exponent = max(Int(value.exponent), leastExponent)
        let step = Double(sign: .plus, exponent: exponent, significand: 2 * unitRoundoff)
        return (value / step).rounded(.toNearestOrEven) * step
    }
}
