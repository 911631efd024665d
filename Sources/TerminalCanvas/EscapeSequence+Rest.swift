/// What comes behind the beginning of a sequence that was told, or is swallowed up to its end.
extension EscapeSequence {
    /// Behind an Escape that was told as a key: the late rest of a sequence, or keys.
    static func tail(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let first = rest[rest.startIndex]
        guard introduces(first) else { return .over(0) }
        guard let second = rest.dropFirst().first else { return .unfinished(.tail) }
        // Twice the same is a key pressed twice.
        guard first != second, (0x20...0x7E).contains(second) else { return .over(0) }
        switch item([0x1B] + rest.prefix(longest)) {
        case .event(.deviceAttributes, let count): return .event(.deviceAttributes, count - 1)
        case .event(_, let count), .over(let count): return .over(count - 1)
        // Of the two, the first alone would be swallowed.
        case .swallowed(let count): return .over(count > 2 ? count - 1 : 0)
        case .pasteBegins(let count): return .pasteBegins(count - 1)
        case .longSequence(let count): return .longSequence(count - 1)
        case .string(let count, let isCommand):
            return .string(count - 1, isCommand: isCommand)
        case .unfinished: return .unfinished(.body)
        }
    }

    /// Inside a control sequence too long to be one of ours.
    static func endOfLongSequence(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        guard let end = rest.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            return .swallowed(rest.count)
        }
        let final = (0x40...0x7E).contains(rest[end]) ? 1 : 0
        return .over(end - rest.startIndex + final)
    }
}
