/// A paste under way, between its marks. One that does not go on in time is told in two parts.
struct Paste: Sendable {
    /// Bytes of a part that are kept; the rest of a longer one is dropped.
    static let limit = 65_536

    private static let mark = Array("\u{1B}[201~".utf8)
    /// What the answers begin with of a terminal that is asked for its background, and for its
    /// device attributes.
    private static let background = Array("\u{1B}]11;".utf8)
    private static let attributes = Array("\u{1B}[?".utf8)

    private var kept: [UInt8] = []
    private var isBeginningTold = false

    /// What is waited for until its end.
    var awaited: InputDecoder.Awaited { isBeginningTold ? .pasteRest : .paste }

    /// Keeps what belongs to it: all but its end, and answers of the terminal that come into it.
    /// Cost: O(bytes).
    mutating func take(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var from = rest.startIndex
        while let escape = rest[from...].firstIndex(of: 0x1B) {
            let length = escape - rest.startIndex
            switch Self.item(rest[escape...]) {
            case .over(let count):
                keep(rest[..<escape])
                return .over(length + count)
            case .event(let event, let count):
                keep(rest[..<escape])
                return .event(event, length + count)
            case .string(let count, let isCommand):
                keep(rest[..<escape])
                return .string(length + count, isCommand: isCommand)
            case .unfinished:
                keep(rest[..<escape])
                return length == 0 ? .unfinished(awaited) : .swallowed(length)
            default: from = escape + 1
            }
        }
        keep(rest)
        return .swallowed(rest.count)
    }

    /// What Escape and what is behind it are; text is swallowed.
    private static func item(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        if rest.starts(with: mark) { return .over(mark.count) }
        if rest.starts(with: background) { return .string(2, isCommand: true) }
        if rest.starts(with: attributes) { return EscapeSequence.control(rest) }
        let isBeginning = [mark, background, attributes].contains { $0.starts(with: rest) }
        return isBeginning ? .unfinished(.paste) : .swallowed(1)
    }

    private mutating func keep(_ text: ArraySlice<UInt8>) {
        kept.append(contentsOf: text.prefix(Self.limit - kept.count))
    }

    /// What came of it so far; its end is still to come.
    mutating func tellBeginning() -> Event {
        defer { (kept, isBeginningTold) = ([], true) }
        return told
    }

    /// The whole, or what was not told of it yet; nil where all was. The next paste may begin.
    mutating func end() -> Event? {
        defer { self = Paste() }
        return isBeginningTold && kept.isEmpty ? nil : told
    }

    /// Terminals send a line's end as a carriage return.
    private var told: Event {
        // Bytes, since comparing characters takes the square of their marks.
        let (carriageReturn, newline) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
        var bytes: [UInt8] = []
        for (index, byte) in kept.enumerated() {
            if byte == newline, index > 0, kept[index - 1] == carriageReturn { continue }
            bytes.append(byte == carriageReturn ? newline : byte)
        }
        return .paste(String(decoding: bytes, as: UTF8.self))
    }
}
