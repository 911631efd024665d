/// A place in a lesson file, both counted from 1; columns count characters.
public struct SourcePlace: Hashable, Comparable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// Something wrong in a lesson file, where, and by which rule.
public struct Finding: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        case error, warning
    }

    /// The rule's name as it stands in brackets behind the message: "unknown-directive".
    public let rule: String
    public let severity: Severity
    public let place: SourcePlace
    /// What is wrong and what would be right, in one line.
    public let message: String

    public init(rule: String, severity: Severity = .error, place: SourcePlace, message: String) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.message = message
    }
}
