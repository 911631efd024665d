import CourseContent
import Lessons

/// A lesson's text in which "^^" marks where findings are expected; the marks are no part of it.
package struct MarkedLesson {
    package let text: String
    package let places: [SourcePlace]

    package init(_ marked: String) {
        var text = ""
        var places: [SourcePlace] = []
        for (index, line) in marked.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { text += "\n" }
            let parts = String(line).split(separator: "^^", omittingEmptySubsequences: false)
            var column = 1
            for part in parts.dropLast() {
                column += part.count
                places.append(SourcePlace(line: index + 1, column: column))
            }
            text += parts.joined()
        }
        self.text = text
        self.places = places
    }

    /// A lesson of one step with this below its heading.
    package init(step body: String, setting: String = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2") {
        self.init(
            """
            ---
            title: A lesson
            summary: For a test.
            setting: \(setting)
            ---

            ## A step

            Words.

            \(body)
            """)
    }

    /// What some rules find in it, in the text's order.
    package func findings(by rules: [CourseLint.Rule]) -> [Finding] {
        CourseLint.findings(files: [(name: "1-test.md", text: text)], rules: rules).map(\.finding)
    }

    /// Rules and messages at the marks, one a line; what has no mark stands at "no mark".
    package func lines(_ expected: [(rule: String, message: String)]) -> [String] {
        let marks = places.map(Self.line)
        return expected.enumerated().map { index, finding in
            let mark = index < marks.count ? marks[index] : "no mark"
            return "\(mark) \(finding.rule): \(finding.message)"
        } + marks.dropFirst(expected.count).map { "\($0) nothing" }
    }

    /// Findings as such lines.
    package func lines(_ findings: [Finding]) -> [String] {
        findings.map { "\(Self.line($0.place)) \($0.rule): \($0.message)" }
    }

    private static func line(_ place: SourcePlace) -> String { "\(place.line):\(place.column)" }
}
