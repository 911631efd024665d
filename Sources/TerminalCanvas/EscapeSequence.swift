import ForeignText

/// What a run of bytes from a terminal is, read from its beginning.
enum EscapeSequence {
    /// Bytes after which an unfinished control sequence is taken for a hostile one.
    static let limit = 64
    /// Bytes that are enough to tell any sequence.
    static let longest = limit + 8

    static func item(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let first = rest[rest.startIndex]
        if first == 0x1B { return escape(rest) }
        if first < 0x80 { return ascii(first) }
        // Escape and a letter in one, U+0080 to U+009F: as long as those.
        if first == 0xC2, let second = rest.dropFirst().first, (0x80...0x9F).contains(second) {
            // Of those only the beginnings of sequences are a key's.
            return !introduces(second - 0x40) && rest.count > 1
                ? .swallowed(2) : escape([0x1B, second - 0x40] + rest.dropFirst(2).prefix(longest))
        }
        return character(rest)
    }

    /// Whether Escape and this byte are the beginning of a sequence that more belongs to.
    static func introduces(_ byte: UInt8) -> Bool { "[O]PX^_".utf8.contains(byte) }

    static func ascii(_ byte: UInt8) -> InputDecoder.Item {
        let key: Key
        switch byte {
        case 0x09: key = .tab
        case 0x0A, 0x0D: key = .enter
        case 0x08, 0x7F: key = .backspace
        case 0x01...0x1A: key = .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C: key = .control("\\")
        case 0x20...0x7E: key = .character(Character(Unicode.Scalar(byte)))
        default: return .swallowed(1)
        }
        return .event(.key(key), 1)
    }

    /// A character of several bytes in UTF-8; what is not UTF-8 is dropped.
    private static func character(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let length: Int
        switch rest[rest.startIndex] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return .swallowed(1)
        }
        let encoded = rest.prefix(length)
        if let bad = encoded.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
            return .swallowed(bad - rest.startIndex)
        }
        if encoded.count < length { return .unfinished(.sequence) }
        var bytes = encoded.makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes),
            Unseen(scalar) != .control
        else { return .swallowed(length) }
        return .event(.key(.character(Character(scalar))), length)
    }

    private static func escape(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        guard rest.count > 1 else { return .unfinished(.afterEscape) }
        let second = rest[rest.startIndex + 1]
        if second == 0x1B { return .event(.key(.escape), 1) }
        if introduces(second) {
            // Alt and a key is the same two bytes.
            guard rest.count > 2 else { return .unfinished(.sequence) }
            switch second {
            case UInt8(ascii: "["): return control(rest)
            case UInt8(ascii: "O"): return singleShift(rest)
            default: return .string(2, isCommand: second == UInt8(ascii: "]"))
            }
        }
        // Alt and a key is Escape and that key.
        if (0x21...0x7E).contains(second) {
            return .event(.key(.alt(Character(Unicode.Scalar(second)))), 2)
        }
        if second < 0x80 { return .swallowed(2) }
        switch character(rest.dropFirst()) {
        case .event(_, let length), .swallowed(let length): return .swallowed(1 + length)
        default: return .unfinished(.sequence)
        }
    }

    // MARK: Escape O

    private static func singleShift(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var (parameters, modifier) = (0, 1)
        for byte in rest.dropFirst(2).prefix(limit) {
            let length = 3 + parameters
            switch byte {
            // Old terminals put a modifier before the letter.
            case 0x30...0x3B: (parameters, modifier) = (parameters + 1, Int(byte) - 0x30)
            case 0x40...0x7E:
                let key =
                    parameters == 0
                    ? keypad(byte) ?? withControl(byte) ?? letter(byte, modifier: 1)
                    : parameters == 1 ? letter(byte, modifier: modifier) : nil
                return key.map { .event(.key($0), length) } ?? .swallowed(length)
            default: return .swallowed(length - 1)
            }
        }
        return parameters == limit ? .longSequence(2 + limit) : .unfinished(.body)
    }

    /// Arrows with Control as rxvt sends them.
    private static func withControl(_ byte: UInt8) -> Key? {
        (0x61...0x64).contains(byte)
            ? letter(byte - 0x20, modifier: KeyModifiers.control + 1) : nil
    }

    /// The numeric keypad, where a terminal tells its keys from the others.
    private static func keypad(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "X"): .character("=")
        case UInt8(ascii: "j")...UInt8(ascii: "y"):
            .character(Character(Unicode.Scalar(byte - 0x40)))
        default: nil
        }
    }
}
