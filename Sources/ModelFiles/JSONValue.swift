/// A JSON value as a file holds it (RFC 8259).
package enum JSONValue: Hashable, Sendable {
    /// `null`, which for most fields of a model counts as absent.
    case null
    /// `true` or `false`; never a number.
    case bool(Bool)
    /// A number that is a whole one of 64 bits.
    case int(Int)
    /// Any other number.
    case double(Double)
    /// A text with its escapes resolved.
    case string(String)
    /// Values in their order.
    case array([JSONValue])
    /// Members by name, their order dropped.
    case object([String: JSONValue])

    /// The longest text that is parsed: the largest real header of weights is a tenth of it.
    package static let longestText = 32 << 20
    /// The deepest nesting that is understood.
    static let deepestNesting = 512
    /// The most values that are kept: an index of weights has a tenth of it, and each takes up to a
    /// hundred times the memory of its two bytes.
    static let mostValues = 1 << 20

    /// Parses a text. Throws what is wrong with it: its length, its nesting, its number of values,
    /// or where it stops being JSON. Cost: O(its length), 30 MB in three seconds.
    package init(parsing bytes: [UInt8]) throws(FileProblem) {
        self = try Self.parse(bytes, isTolerant: false).value
    }

    /// What a file holds that a person may have edited: comments, commas behind the last item, and
    /// Infinity and NaN, as Python writes them, are read. What of it JSON does not have is told in
    /// sentences. Throws as `init(parsing:)` does.
    static func tolerant(
        _ file: FileBytes
    ) throws(FileProblem) -> (value: JSONValue, remarks: [String]) {
        let (value, oddities) = try parse(try whole(file), isTolerant: true)
        return (value, oddities.sorted().map { "It has \($0), which JSON has not: passed over." })
    }

    private static func parse(
        _ bytes: [UInt8], isTolerant: Bool
    ) throws(FileProblem) -> (value: JSONValue, oddities: Set<String>) {
        guard !bytes.isEmpty else { throw FileProblem("is empty; JSON was expected") }
        guard bytes.count <= Self.longestText else {
            throw FileProblem(
                "holds \(bytes.count) bytes of JSON; up to \(Self.longestText) are read")
        }
        // Some editors put a byte order mark before the text.
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var scanner = JSONScanner(
            hasMark ? Array(bytes.dropFirst(3)) : bytes, complaint: "is not JSON")
        scanner.isTolerant = isTolerant
        let value = try scanner.value()
        try scanner.end()
        return (value, scanner.oddities)
    }

    /// The value read from a file; throws also what reading throws, and never reads a file that is
    /// too long.
    package init(parsing file: FileBytes) throws(FileProblem) {
        try self.init(parsing: try Self.whole(file))
    }

    private static func whole(_ file: FileBytes) throws(FileProblem) -> [UInt8] {
        guard file.count <= longestText else {
            throw FileProblem("holds \(file.count) bytes; up to \(longestText) of JSON are read")
        }
        return try file.read(0..<file.count)
    }

    /// The member of an object; nil elsewhere, and where there is none.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The value in words, short enough for a line: "the text \"32\"", "a list".
    var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .string(let text):
            "the text \"\(plainText(text, atMost: 24))"
                + (text.unicodeScalars.dropFirst(24).isEmpty ? "\"" : "...\"")
        case .array: "a list"
        case .object: "an object"
        }
    }
}
