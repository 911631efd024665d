/// What tells one content from another, in 128 bits: not against those who look for two of one
/// digest.
package struct ContentDigest: Hashable, Sendable {
    /// Its two halves.
    package let words: [UInt64]

    /// Of bytes in memory. Cost: O(bytes), some gigabytes a second.
    package init(of bytes: UnsafeRawBufferPointer) {
        // Odd numbers without a pattern: the golden ratio's bits, and SplitMix's.
        let (one, two): (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9)
        var (a, b) = (UInt64(bytes.count) &* one, ~UInt64(bytes.count) &* two)
        func take(_ word: UInt64) {
            a = (a ^ word) &* one
            a ^= a &>> 29
            b = (b &+ word) &* two
            b ^= b &>> 31
        }
        let whole = bytes.count / 8 * 8
        for place in stride(from: 0, to: whole, by: 8) {
            take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        }
        take(bytes[whole...].reduce(0) { $0 << 8 | UInt64($1) })
        take(a ^ b)
        words = [a, b]
    }

    /// Of bytes.
    package init(of bytes: [UInt8]) { self = bytes.withUnsafeBytes { ContentDigest(of: $0) } }

    /// 32 hexadecimal digits.
    package var text: String {
        words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
