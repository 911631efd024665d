/// GPT-2's alphabet: a letter for each byte, so that tokens of any bytes are printable words. The
/// printable characters of Latin 1 stand for themselves, the other bytes for U+0100 and onwards.
///
/// Source: `bytes_to_unicode`, github.com/openai/gpt-2/blob/master/src/encoder.py.
enum ByteAlphabet {
    /// The letter of each byte, in UTF-8.
    static let letters: [[UInt8]] = {
        var others: UInt32 = 0x100
        return (0...255).map { (byte: UInt32) in
            var scalar = byte
            if !isPrintable(byte) {
                scalar = others
                others += 1
            }
            return scalar < 0x80
                ? [UInt8(scalar)] : [UInt8(0xC0 | scalar >> 6), UInt8(0x80 | scalar & 0x3F)]
        }
    }()

    /// The bytes of a word of this alphabet, which is UTF-8; nil where it has another letter.
    static func bytes(of word: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(word.count)
        var place = 0
        while place < word.count {
            var scalar = Int(word[place])
            if scalar >= 0x80 {
                place += 1
                // All letters beyond ASCII take two bytes.
                guard 0xC2...0xC5 ~= scalar, place < word.count, word[place] & 0xC0 == 0x80 else {
                    return nil
                }
                scalar = (scalar & 0x1F) << 6 | Int(word[place] & 0x3F)
            }
            guard let byte = byteOfScalar[scalar] else { return nil }
            bytes.append(byte)
            place += 1
        }
        return bytes
    }

    private static let byteOfScalar: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 0x180)
        for (byte, letter) in letters.enumerated() {
            let scalar =
                letter.count == 1
                ? Int(letter[0]) : Int(letter[0] & 0x1F) << 6 | Int(letter[1] & 0x3F)
            bytes[scalar] = UInt8(byte)
        }
        return bytes
    }()

    private static func isPrintable(_ byte: UInt32) -> Bool {
        0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
    }
}
