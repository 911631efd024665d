/// What stands at one place of bytes that may be UTF-8.
enum UTF8Reading: Hashable {
    /// A whole character, and its bytes.
    case scalar(Unicode.Scalar, length: Int)
    /// The beginning of a character, up to the end of what there is.
    case unfinished
    /// A byte that belongs to no character.
    case broken

    /// What stands at a place before `end`. Source: table 3-7 of the Unicode standard.
    init(_ bytes: [UInt8], at start: Int, before end: Int) {
        let lead = bytes[start]
        if lead < 0x80 {
            self = .scalar(Unicode.Scalar(lead), length: 1)
            return
        }
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default:
            self = .broken
            return
        }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for place in 1..<length {
            guard start + place < end else {
                self = .unfinished
                return
            }
            let byte = bytes[start + place]
            guard Self.bytes(at: place, after: lead).contains(byte) else {
                self = .broken
                return
            }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else {
            self = .broken
            return
        }
        self = .scalar(scalar, length: length)
    }

    /// The second byte of four leads has a smaller range: no longer forms of what is shorter, no
    /// surrogates, nothing above U+10FFFF.
    private static func bytes(at place: Int, after lead: UInt8) -> ClosedRange<UInt8> {
        guard place == 1 else { return 0x80...0xBF }
        switch lead {
        case 0xE0: return 0xA0...0xBF
        case 0xED: return 0x80...0x9F
        case 0xF0: return 0x90...0xBF
        case 0xF4: return 0x80...0x8F
        default: return 0x80...0xBF
        }
    }
}
