import CourseContent
import Lessons
import TestSupport
import Testing

extension MarkedLesson {
    var findings: [Finding] { findings(by: CourseLint.contentRules) }

    /// Holds the findings against the marks, rules and messages, all in the text's order.
    func expect(
        _ expected: (rule: String, message: String)...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(lines(findings) == lines(expected), sourceLocation: sourceLocation)
    }
}
