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
        case .event(_, let count), .over(let count): return .over(count - 1)
        // Of the two, the first alone would be swallowed.
        case .swallowed(let count): return .over(count > 2 ? count - 1 : 0)
        case .pasteBegins(let count): return .pasteBegins(count - 1)
        case .longSequence(let count): return .longSequence(count - 1)
        case .string(let count): return .string(count - 1)
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

    /// Inside a string, which ends with BEL, with Escape and a backslash or with both in one. Any
    /// other control character begins anew, as no answer holds one.
    static func endOfString(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var next = rest.startIndex
        while let end = rest[next...].firstIndex(where: { $0 < 0x20 || $0 == 0xC2 }) {
            let length = end - rest.startIndex
            let second = rest[end...].dropFirst().first
            switch (rest[end], second) {
            case (0x1B, nil), (0xC2, nil):
                return length == 0 ? .unfinished(.body) : .swallowed(length)
            case (0x1B, UInt8(ascii: "\\")), (0xC2, 0x9C): return .over(length + 2)
            case (0x07, _): return .over(length + 1)
            case (0xC2, _): next = end + 1
            default: return .over(length)
            }
        }
        return .swallowed(rest.count)
    }
}
