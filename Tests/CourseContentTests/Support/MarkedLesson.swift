import CourseContent
import Lessons
import Testing

/// A lesson's text in which "^^" marks where findings are expected; the marks are no part of it.
struct MarkedLesson {
    let text: String
    let places: [SourcePlace]

    init(_ marked: String) {
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
    init(step body: String, setting: String = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2") {
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

    var findings: [Finding] {
        CourseLint.findings(files: [(name: "1-test.md", text: text)], rules: Self.rules)
            .map(\.finding)
    }

    /// Holds the findings against the marks, rules and messages, all in the text's order.
    func expect(
        _ expected: (rule: String, message: String)...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let found = findings
        #expect(
            found.map(\.message) == expected.map(\.message), sourceLocation: sourceLocation)
        #expect(found.map(\.rule) == expected.map(\.rule), sourceLocation: sourceLocation)
        #expect(found.map(\.place) == places, sourceLocation: sourceLocation)
    }
}
