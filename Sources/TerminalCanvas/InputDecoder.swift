/// Turns the bytes a terminal sends into events: keys, mouse reports and pastes.
///
/// Bytes come in by `feed`, events go out by `next`. A value without clock or file: the caller
/// waits for more as long as `awaited` deserves and then calls `giveUp`. What is not understood is
/// swallowed whole, so that the letters of an unknown sequence never act as keys. The forms of
/// control sequences are ECMA-48's, what terminals put in them is from xterm's "ctlseqs".
package struct InputDecoder: Sendable {
    /// What the bytes so far may be the beginning of.
    package enum Awaited: Hashable, Sendable {
        /// All that came is told: nothing need be waited for.
        case nothing
        /// Escape alone, which is a key, or the first byte of a sequence.
        case afterEscape
        /// The rest of a sequence or of a character.
        case sequence
        /// The end of a paste.
        case paste
    }

    private enum Mode {
        case keys
        case paste
        /// Behind the beginning of a control sequence too long to be one of ours.
        case longSequence
        /// Inside a string that is meant for a terminal, or its answer to a question.
        case string
    }

    /// What a run of bytes turned out to be, and its length.
    enum Item {
        case event(Event, Int)
        case swallowed(Int)
        case pasteBegins(Int)
        case longSequence(Int)
        case string(Int)
        case unfinished(Awaited)
    }

    /// Bytes of a paste that are kept; the rest of a longer one is dropped.
    static let pasteLimit = 65_536

    /// What is still open after `next` gave nil: decides how long to wait before `giveUp`.
    package private(set) var awaited = Awaited.nothing
    private var mode = Mode.keys
    private var bytes: [UInt8] = []
    private var start = 0
    private var pasted: [UInt8] = []
    /// What this terminal's description says its keys send.
    private let sequences: [[UInt8]: Key]
    private let longest: Int

    /// - Parameter sequences: what keys send on this terminal; they come before the forms that
    ///   are common to all terminals. Only those that begin with Escape count.
    package init(sequences: [[UInt8]: Key] = [:]) {
        self.sequences = sequences.filter { $0.key.count > 1 && $0.key[0] == 0x1B }
        longest = self.sequences.keys.map(\.count).max() ?? 0
    }

    /// Takes in what came, in pieces of any length: sequences and characters may be cut anywhere.
    /// Cost: O(bytes).
    package mutating func feed(_ more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// The next event of the bytes so far, or nil when they are used up or unfinished.
    package mutating func next() -> Event? {
        while start < bytes.count {
            let rest = bytes[start...]
            let item =
                switch mode {
                case .keys: known(rest) ?? EscapeSequence.item(rest)
                case .paste: paste(rest)
                case .longSequence: endOfLongSequence(rest)
                case .string: endOfString(rest)
                }
            switch item {
            case .event(let event, let count):
                start += count
                return event
            case .swallowed(let count): start += count
            case .pasteBegins(let count): (mode, start) = (.paste, start + count)
            case .longSequence(let count): (mode, start) = (.longSequence, start + count)
            case .string(let count): (mode, start) = (.string, start + count)
            case .unfinished(let what):
                bytes.removeFirst(start)
                start = 0
                awaited = what
                return nil
            }
        }
        bytes.removeAll(keepingCapacity: true)
        start = 0
        awaited = mode == .keys ? .nothing : mode == .paste ? .paste : .sequence
        return nil
    }

    /// Nothing more came in time: what is unfinished is taken for what it is, or dropped.
    package mutating func giveUp() -> Event? {
        defer {
            bytes.removeAll(keepingCapacity: true)
            (start, mode, awaited) = (0, .keys, .nothing)
        }
        if mode == .paste {
            keep(bytes[start...])
            return endPaste()
        }
        return awaited == .afterEscape ? .key(.escape) : nil
    }

    /// The keys that a text consists of, as what a terminal sends for them: for a line that was
    /// typed where no keys were read. An escape before another, or at the end, is the key.
    ///
    /// - Returns: nil where anything else is in it: a sequence that is no key's, a report of the
    ///   mouse, a paste. Cost: O(text).
    package static func keys(in text: some StringProtocol) -> [Key]? {
        var rest = Array(text.utf8)[...]
        var keys: [Key] = []
        while !rest.isEmpty {
            switch EscapeSequence.item(rest) {
            case .event(.key(let key), let length):
                keys.append(key)
                rest = rest.dropFirst(length)
            case .unfinished(.afterEscape):
                keys.append(.escape)
                rest = []
            default: return nil
            }
        }
        return keys
    }

    private func known(_ rest: ArraySlice<UInt8>) -> Item? {
        guard longest > 0, rest.first == 0x1B else { return nil }
        for length in stride(from: min(longest, rest.count), to: 1, by: -1) {
            if let key = sequences[Array(rest.prefix(length))] { return .event(.key(key), length) }
        }
        return nil
    }

    // MARK: Pastes

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private mutating func paste(_ rest: ArraySlice<UInt8>) -> Item {
        let end = Self.pasteEnd
        var from = rest.startIndex
        while let escape = rest[from...].firstIndex(of: 0x1B) {
            let here = rest[escape...].prefix(end.count)
            if here.elementsEqual(end) {
                keep(rest[..<escape])
                return .event(endPaste(), escape - rest.startIndex + end.count)
            }
            if here.count < end.count, end.starts(with: here) {
                if escape == rest.startIndex { return .unfinished(.paste) }
                keep(rest[..<escape])
                return .swallowed(escape - rest.startIndex)
            }
            from = escape + 1
        }
        keep(rest)
        return .swallowed(rest.count)
    }

    private mutating func keep(_ text: ArraySlice<UInt8>) {
        pasted.append(contentsOf: text.prefix(Self.pasteLimit - pasted.count))
    }

    /// Terminals send a line's end as a carriage return.
    private mutating func endPaste() -> Event {
        defer { (pasted, mode) = ([], .keys) }
        let lines = String(decoding: pasted, as: UTF8.self).split(
            omittingEmptySubsequences: false
        ) { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
        return .paste(lines.joined(separator: "\n"))
    }

    // MARK: What is swallowed up to its end

    private mutating func endOfLongSequence(_ rest: ArraySlice<UInt8>) -> Item {
        guard let end = rest.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            return .swallowed(rest.count)
        }
        mode = .keys
        let final = (0x40...0x7E).contains(rest[end]) ? 1 : 0
        return .swallowed(end - rest.startIndex + final)
    }

    /// A string ends with BEL or with Escape and a backslash; any other Escape begins anew.
    private mutating func endOfString(_ rest: ArraySlice<UInt8>) -> Item {
        guard let end = rest.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else {
            return .swallowed(rest.count)
        }
        let length = end - rest.startIndex
        if rest[end] == 0x1B {
            guard end + 1 < rest.endIndex else {
                return length == 0 ? .unfinished(.sequence) : .swallowed(length)
            }
            mode = .keys
            return .swallowed(length + (rest[end + 1] == 0x5C ? 2 : 0))
        }
        mode = .keys
        return .swallowed(length + 1)
    }
}
