/// A paste under way, between its marks. One that does not go on in time is told in two parts.
struct Paste: Sendable {
    /// Bytes of a part that are kept; the rest of a longer one is dropped.
    static let limit = 65_536

    private static let mark = Array("\u{1B}[201~".utf8)

    private var kept: [UInt8] = []
    private var isBeginningTold = false

    /// What is waited for until its end.
    var awaited: InputDecoder.Awaited { isBeginningTold ? .pasteRest : .paste }

    /// Keeps what belongs to it. Cost: O(bytes).
    mutating func take(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var from = rest.startIndex
        while let escape = rest[from...].firstIndex(of: 0x1B) {
            let here = rest[escape...].prefix(Self.mark.count)
            if Self.mark.starts(with: here) {
                let length = escape - rest.startIndex
                keep(rest[..<escape])
                if here.count == Self.mark.count { return .over(length + here.count) }
                return length == 0 ? .unfinished(awaited) : .swallowed(length)
            }
            from = escape + 1
        }
        keep(rest)
        return .swallowed(rest.count)
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
        let lines = String(decoding: kept, as: UTF8.self).split(
            omittingEmptySubsequences: false
        ) { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
        return .paste(lines.joined(separator: "\n"))
    }
}
