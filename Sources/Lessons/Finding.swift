/// A place in a lesson file, both counted from 1; columns count characters.
package struct SourcePlace: Hashable, Comparable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: Self, b: Self) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// Something wrong in a lesson file, where, and by which rule.
package struct Finding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        case error, warning
    }

    /// The rule's name as it stands in brackets behind the message: "unknown-directive".
    package let rule: String
    package let severity: Severity
    package let place: SourcePlace
    /// What is wrong and what would be right, in one line.
    package let message: String

    package init(rule: String, severity: Severity = .error, place: SourcePlace, message: String) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.message = message
    }
}
