/// One cell: a character and its style, in 32 bytes without a reference, so that a screen of
/// thousands is made, copied and compared as bytes. The right half of a wide character is
/// `continuation`.
package struct Cell: Hashable, Sendable {
    private var bytes: CharacterBytes
    /// How it looks; a wide character's right half has the same.
    package var style: Style

    /// A cell of one column, or the left half of a wide one; nothing is checked. In place of a
    /// character that does not fit stands U+FFFD: a part of it would be another character.
    package init(_ character: Character, _ style: Style = .plain) {
        self.init(CharacterBytes(character), style)
    }

    init(_ bytes: CharacterBytes, _ style: Style) {
        self.bytes = bytes
        self.style = style
    }

    /// What a new canvas is full of.
    package static let blank = Cell(" ")
    /// Stands behind a character of two columns; nothing is printed for it.
    package static let continuation = Cell("\0")

    /// One character with its combining marks, as `Canvas.draw` cleans it.
    package var character: Character {
        get { bytes.character }
        set { bytes = CharacterBytes(newValue) }
    }

    /// The character without its marks. Cheaper than the character.
    package var base: Unicode.Scalar { bytes.first }

    /// The character's marks, and what else follows its first scalar; of most there is nothing.
    package var marks: [Unicode.Scalar] {
        bytes.isOneScalar ? [] : Array(bytes.text.unicodeScalars.dropFirst())
    }

    /// Puts the character's UTF-8 behind other text.
    func append(to utf8: inout [UInt8]) { bytes.append(to: &utf8) }

    /// Whether nothing is printed here.
    package var isContinuation: Bool { bytes == CharacterBytes.nothing }

    /// Whether it is a space, whatever its style.
    package var isSpace: Bool { bytes == CharacterBytes.space }
}

/// A character as the bytes of its UTF-8: at most 28, which hold a family of four, a flag of tags
/// and every syllable that is written.
struct CharacterBytes: Hashable, Sendable {
    /// The bytes in their order, the first lowest in the first number; zeros behind the last.
    private var low: UInt64 = 0
    private var middle: UInt64 = 0
    private var high: UInt64 = 0
    private var top: UInt32 = 0

    private static let most = 28

    /// Stands for what does not fit.
    static let replacement = CharacterBytes("\u{FFFD}" as Unicode.Scalar)

    /// Nothing, as U+0000 has it.
    static let nothing = CharacterBytes("\0" as Unicode.Scalar)
    static let space = CharacterBytes(" " as Unicode.Scalar)

    init(ascii: UInt8) { low = UInt64(ascii) }

    /// A scalar of one to three bytes.
    init(_ utf8: Slice<UnsafeBufferPointer<UInt8>>) {
        low = utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    init(_ scalar: Unicode.Scalar) {
        guard scalar.value >= 0x80 else {
            low = UInt64(scalar.value)
            return
        }
        for (place, byte) in scalar.utf8.enumerated() { low |= UInt64(byte) << (8 * place) }
    }

    init(_ character: Character) {
        let utf8 = character.utf8
        guard utf8.count <= Self.most else {
            self = .replacement
            return
        }
        withUnsafeMutableBytes(of: &self) { bytes in
            for (place, byte) in utf8.enumerated() { bytes[place] = byte }
        }
    }

    /// Puts its UTF-8 behind other text.
    func append(to utf8: inout [UInt8]) {
        withUnsafeBytes(of: self) { bytes in
            let count = bytes.firstIndex(of: 0) ?? Self.most
            utf8.append(contentsOf: bytes.prefix(max(1, count)))
        }
    }

    /// The text itself.
    var text: String {
        var utf8: [UInt8] = []
        append(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }

    var character: Character {
        isOneScalar && low < 0x80 ? Character(Unicode.Scalar(UInt8(low))) : Character(text)
    }

    /// Its bytes' first scalar, and how many of them that takes.
    private var decoded: (scalar: Unicode.Scalar, count: UInt64) {
        let first = UInt32(truncatingIfNeeded: low & 0xFF)
        let more: UInt64 = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
        var value = more == 0 ? first : first & (0x3F >> UInt32(more))
        for place in 0..<more {
            value = value << 6 | UInt32(low >> (8 * (place + 1)) & 0x3F)
        }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", more + 1)
    }

    var first: Unicode.Scalar { decoded.scalar }

    /// Whether it has no marks.
    var isOneScalar: Bool {
        middle == 0 && low >> (8 * decoded.count) == 0
    }
}
