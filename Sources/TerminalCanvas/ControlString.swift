/// A string under way that a terminal sends: its beginning, if it may be an answer of ours.
struct ControlString: Sendable {
    /// Bytes that hold any answer whole; the rest of a longer string is dropped.
    private static let limit = 64

    /// What tells the background: the colour's number, as in the question.
    private static let background = Array("11;".utf8)

    /// Whether it is an operating system command, as the answers to such commands are.
    private let isCommand: Bool
    private var kept: [UInt8] = []
    private var isWhole = false

    init(isCommand: Bool = false) { self.isCommand = isCommand }

    /// Reads up to its end: BEL, Escape and a backslash, or both in one. Any other control
    /// character begins anew, as no answer holds one. Cost: O(bytes).
    mutating func take(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var next = rest.startIndex
        while let end = rest[next...].firstIndex(where: { $0 < 0x20 || $0 == 0xC2 }) {
            let length = end - rest.startIndex
            let second = rest[end...].dropFirst().first
            switch (rest[end], second) {
            case (0x1B, nil), (0xC2, nil):
                keep(rest[..<end])
                return length == 0 ? .unfinished(.body) : .swallowed(length)
            case (0x1B, UInt8(ascii: "\\")), (0xC2, 0x9C):
                keep(rest[..<end])
                isWhole = true
                return .over(length + 2)
            case (0x07, _):
                keep(rest[..<end])
                isWhole = true
                return .over(length + 1)
            case (0xC2, _): next = end + 1
            default: return .over(length)
            }
        }
        keep(rest)
        return .swallowed(rest.count)
    }

    private mutating func keep(_ text: ArraySlice<UInt8>) {
        kept.append(contentsOf: text.prefix(Self.limit - kept.count))
    }

    /// Whether it begins as an answer does, and as nothing that anybody types.
    var isAnswer: Bool { isCommand && kept.starts(with: Self.background) }

    /// What it tells, once it is at its end.
    var event: Event? {
        guard isWhole, isAnswer else { return nil }
        let colour = String(decoding: kept.dropFirst(Self.background.count), as: UTF8.self)
        return Theme(background: colour).map(Event.background)
    }
}
