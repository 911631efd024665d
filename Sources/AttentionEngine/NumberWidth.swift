/// How many bits one cached number takes.
package enum NumberWidth: Int, CaseIterable, Comparable, Hashable, Sendable {
    /// Half a byte: sizes count pairs, and round a last single one up.
    case bits4 = 4
    /// One byte, as in fp8 and int8.
    case bits8 = 8
    /// Two bytes, as in fp16 and bf16.
    case bits16 = 16
    /// Four bytes, as in fp32.
    case bits32 = 32

    /// Bits per number.
    package var bits: Int { rawValue }

    /// Bytes per number as text: "4", "2", "1" or "0.5".
    package var bytesText: String { self == .bits4 ? "0.5" : String(bits / 8) }

    /// The width written as `bytesText`, or nil.
    init?(bytesText: some StringProtocol) {
        guard let width = Self.allCases.first(where: { $0.bytesText == bytesText }) else {
            return nil
        }
        self = width
    }

    package static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}
