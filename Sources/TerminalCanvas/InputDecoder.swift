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
        /// An Escape that was told as a key: the rest of a sequence may still come late.
        case tail
        /// The rest of a character, or of a sequence of which no more is there than Alt and a key
        /// would send.
        case sequence
        /// The rest of what no keys send.
        case body
        /// The same behind an Escape that was told as a key: somebody may have typed it.
        case lateBody
        /// The end of a paste.
        case paste
        /// The end of a paste whose beginning was told, since it did not go on in time.
        case pasteRest
    }

    private enum Mode {
        case keys
        /// Behind an Escape that was told as a key.
        case tail
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
        /// The end of what was swallowed: keys come next.
        case over(Int)
        case pasteBegins(Int)
        case longSequence(Int)
        case string(Int, isCommand: Bool)
        case unfinished(Awaited)
    }

    /// What is still open after `next` gave nil: decides how long to wait before `giveUp`.
    package private(set) var awaited = Awaited.nothing
    private var mode = Mode.keys
    /// What goes on behind a string: keys, or a paste that an answer came into.
    private var modeBehindString = Mode.keys
    /// Whether what is read began behind an Escape that was told as a key.
    private var isLate = false
    private var bytes: [UInt8] = []
    private var start = 0
    private var paste = Paste()
    private var string = ControlString()
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
                case .tail: EscapeSequence.tail(rest)
                case .paste: paste.take(rest)
                case .longSequence: EscapeSequence.endOfLongSequence(rest)
                case .string: string.take(rest)
                }
            switch item {
            case .event(let event, let count):
                start += count
                if mode == .tail { (mode, isLate) = (.keys, false) }
                return event
            case .swallowed(let count): start += count
            case .over(let count):
                start += count
                let ended = mode
                (mode, modeBehindString, isLate) = (modeBehindString, .keys, false)
                if ended == .paste, let event = paste.end() { return event }
                if ended == .string, let event = string.event { return event }
            case .pasteBegins(let count): (mode, start) = (.paste, start + count)
            case .longSequence(let count): (mode, start) = (.longSequence, start + count)
            case .string(let count, let isCommand):
                modeBehindString = mode == .paste ? .paste : .keys
                (mode, start) = (.string, start + count)
                string = ControlString(isCommand: isCommand)
            case .unfinished(let what):
                bytes.removeFirst(start)
                start = 0
                awaited = what == .body ? awaitedBody : what
                return nil
            }
        }
        bytes.removeAll(keepingCapacity: true)
        start = 0
        awaited =
            switch mode {
            case .keys: .nothing
            case .tail: .tail
            case .paste: paste.awaited
            case .longSequence, .string: awaitedBody
            }
        return nil
    }

    /// What the rest of a sequence is waited for as.
    private var awaitedBody: Awaited {
        if mode == .string, modeBehindString == .paste { return paste.awaited }
        return isLate && !(mode == .string && string.isAnswer) ? .lateBody : .body
    }

    /// Nothing more came in time: what is unfinished is taken for what it is, or dropped. The rest
    /// of some is awaited on.
    package mutating func giveUp() -> Event? {
        if awaited == .paste {
            awaited = .pasteRest
            return paste.tellBeginning()
        }
        let (given, first) = (awaited, bytes[start...].first)
        bytes.removeAll(keepingCapacity: true)
        (start, mode, awaited, isLate) = (0, .keys, .nothing, false)
        modeBehindString = .keys
        switch given {
        case .afterEscape:
            (mode, awaited, isLate) = (.tail, .tail, true)
            return .key(.escape)
        case .tail: return first.map { .key(.character(Character(Unicode.Scalar($0)))) }
        case .pasteRest: return paste.end()
        default: return nil
        }
    }

    /// The keys that a text consists of, as what a terminal sends for them: for a line that was
    /// typed where no keys were read. An escape before another, or at the end, is the key.
    ///
    /// - Returns: nil where anything else is in it: a sequence that is no key's, or one's that only
    ///   edits, a report of the mouse, a paste. Cost: O(text).
    package static func keys(in text: some StringProtocol) -> [Key]? {
        var rest = Array(text.utf8)[...]
        var keys: [Key] = []
        while !rest.isEmpty {
            switch EscapeSequence.item(rest) {
            case .event(.key(.unbound), _), .event(.key(.wordLeft), _),
                .event(.key(.wordRight), _):
                return nil
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
}
