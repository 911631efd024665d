import ForeignText

/// A place in a lesson file, both counted from 1; columns count characters.
package struct SourcePlace: Hashable, Comparable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// The character in that line, from 1.
    package let column: Int

    /// A place; that it is one of the file is not checked.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: Self, b: Self) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// Something wrong in a lesson file, where, and by which rule.
package struct Finding: Error, Hashable, Sendable {
    /// How much it matters; the raw value is how it is printed.
    package enum Severity: String, Hashable, Sendable {
        /// An error makes `headroom lint` fail, a warning does not.
        case error, warning
    }

    /// The rule's name as it stands in brackets behind the message: "unknown-directive".
    package let rule: String
    /// How much it matters.
    package let severity: Severity
    /// Where it is, in the file that was linted.
    package let place: SourcePlace
    /// What is wrong and what would be right, in one line.
    package let message: String

    /// A finding of any rule, of this target or of those that know what directives mean.
    package init(rule: String, severity: Severity = .error, place: SourcePlace, message: String) {
        self.rule = rule
        self.severity = severity
        self.place = place
        // It quotes a file, where tabs and line ends may stand in a name.
        self.message = Self.bounded(message.replacing([.control, .separator], by: "\u{FFFD}"))
    }

    /// Without its middle, where what it quotes is longer than anybody reads: what is wrong stands
    /// at its beginning, what would be right at its end. Cost: O(text).
    private static func bounded(_ message: String) -> String {
        let scalars = message.unicodeScalars
        guard
            let from = scalars.index(
                scalars.startIndex, offsetBy: 700, limitedBy: scalars.endIndex),
            from < scalars.endIndex
        else { return message }
        let end = scalars.index(scalars.endIndex, offsetBy: -300)
        return String(scalars.prefix(400)) + " … " + String(scalars[end...])
    }
}
