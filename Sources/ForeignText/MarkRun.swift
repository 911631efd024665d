/// The marks that stand in a row in a text, which is read scalar by scalar.
///
/// Swift normalises strings where it compares or hashes them, and sorts the marks of a row for it
/// in time that grows with their square: a name of 80 KB takes half a minute. Letters of every
/// language have a few. With rows as short as this type lets them be, all that is done with a text
/// takes time that grows with its length.
///
/// Source: the Stream-Safe Text Format of Unicode Standard Annex 15, 13, which lets a letter have
/// 30 marks; all categories of marks count here, and not those alone that normalising sorts.
package struct MarkRun: Hashable, Sendable {
    /// The most marks that may stand in a row.
    package static let longest = 30

    private var count = 0

    /// Before a text.
    package init() {}

    /// Takes the next scalar; false where it is a mark and the most stand before it already.
    package mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isMark else {
            count = 0
            return true
        }
        guard count < Self.longest else { return false }
        count += 1
        return true
    }

    /// A text that stands behind what was taken, without the marks that are too many in a row.
    /// Cost: O(text).
    package mutating func taken(_ text: String) -> String {
        guard text.mayHaveMarks else {
            if !text.isEmpty { count = 0 }
            return text
        }
        var taken = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where takes(scalar) { taken.append(scalar) }
        return String(taken)
    }
}

extension String {
    /// Bytes from outside as a text, without the marks that are too many in a row and with U+FFFD
    /// for what is not UTF-8. Cost: O(bytes).
    package init(foreign bytes: some Collection<UInt8>) {
        self = String(decoding: bytes, as: UTF8.self).streamSafe
    }

    /// The text without the marks that are too many in a row. Cost: O(text).
    package var streamSafe: String {
        var run = MarkRun()
        return run.taken(self)
    }

    /// Whether no more marks stand in a row than may. Cost: O(text).
    package var isStreamSafe: Bool {
        guard mayHaveMarks else { return true }
        var run = MarkRun()
        return unicodeScalars.allSatisfy { run.takes($0) }
    }

    /// Whether that is so of what a text of JSON or YAML says, with the escapes in it resolved:
    /// `\u0301`, two of those for one scalar, `\U00000301`, and the end of a line, which is nothing
    /// there. Cost: O(text).
    package var isStreamSafeUnescaped: Bool {
        guard utf8.contains(UInt8(ascii: "\\")) else { return isStreamSafe }
        var run = MarkRun()
        var rest = unicodeScalars[...]
        while !rest.isEmpty {
            if let said = rest.popSaid(), !run.takes(said) { return false }
        }
        return true
    }

    /// A text of JSON or YAML without the marks that are too many in a row in what it says, whether
    /// they stand there or are spelled by escapes. Cost: O(text).
    package var streamSafeUnescaped: String {
        guard utf8.contains(UInt8(ascii: "\\")) else { return streamSafe }
        var run = MarkRun()
        var kept = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while !rest.isEmpty {
            let start = rest.startIndex
            if let said = rest.popSaid(), !run.takes(said) { continue }
            kept.append(contentsOf: unicodeScalars[start..<rest.startIndex])
        }
        return String(kept)
    }

    /// False where there can be no mark: the first of them begins with this byte in UTF-8, and no
    /// byte behind a first one is as large.
    fileprivate var mayHaveMarks: Bool { utf8.contains { $0 >= 0xCC } }
}

extension Unicode.Scalar {
    /// Of categories Mn, Mc and Me.
    fileprivate var isMark: Bool {
        guard value >= 0x300 else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }
}

extension Substring.UnicodeScalarView {
    /// Takes the next scalar, or the escape of one, and tells which it is; nil where that is none.
    fileprivate mutating func popSaid() -> Unicode.Scalar? {
        let scalar = popFirst()
        guard scalar == "\\" else { return scalar }
        switch popFirst() {
        case "u": return popSpelled()
        case "U": return popNumber(digits: 8).flatMap(Unicode.Scalar.init)
        case "\r", "\n":
            self = drop { $0 == " " || $0 == "\t" || $0 == "\n" }
            return nil
        // Whatever that is, no mark joins what stands before it.
        default: return "\\"
        }
    }

    /// Takes what stands behind `\u`; nil where it spells no scalar.
    fileprivate mutating func popSpelled() -> Unicode.Scalar? {
        guard let unit = popNumber(digits: 4) else { return nil }
        guard 0xD800..<0xDC00 ~= unit, starts(with: "\\u".unicodeScalars) else {
            return Unicode.Scalar(unit)
        }
        removeFirst(2)
        guard let low = popNumber(digits: 4), 0xDC00..<0xE000 ~= low else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    fileprivate mutating func popNumber(digits: Int) -> UInt32? {
        let spelled = prefix(digits)
        guard spelled.count == digits, let number = UInt32(String(spelled), radix: 16) else {
            return nil
        }
        removeFirst(digits)
        return number
    }
}
