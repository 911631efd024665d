/// How a cache writes one number down.
package enum NumberFormat: String, CaseIterable, Hashable, Sendable {
    /// IEEE single precision.
    case float32 = "f32"
    /// The upper half of a `float32`: its range, with 8 bits of precision.
    case bfloat16 = "bf16"

    /// Bits per number, as the memory model counts them.
    package var numberWidth: NumberWidth { self == .float32 ? .bits32 : .bits16 }

    /// Bytes per number.
    var size: Int { numberWidth.bits / 8 }

    /// The number nearest to `value` that this format can hold.
    package func rounded(_ value: Float) -> Float {
        self == .float32 ? value : Self.number(Self.bits(value))
    }

    /// The bfloat16 nearest to a number, ties to even; not a number stays none.
    static func bits(_ value: Float) -> UInt16 {
        let pattern = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: pattern >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (pattern + 0x7FFF + (pattern >> 16 & 1)) >> 16)
    }

    static func number(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// Writes numbers from an address on and returns the address behind them.
    func write(
        _ numbers: some Sequence<Float>, at address: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        var next = address
        for number in numbers {
            switch self {
            case .float32: next.storeBytes(of: number, as: Float.self)
            case .bfloat16: next.storeBytes(of: Self.bits(number), as: UInt16.self)
            }
            next += size
        }
        return next
    }

    /// The numbers that lie from an address on.
    func read(_ count: Int, at address: UnsafeRawPointer) -> [Float] {
        (0..<count).map { index in
            switch self {
            case .float32: address.load(fromByteOffset: index * 4, as: Float.self)
            case .bfloat16:
                Self.number(address.load(fromByteOffset: index * 2, as: UInt16.self))
            }
        }
    }
}
