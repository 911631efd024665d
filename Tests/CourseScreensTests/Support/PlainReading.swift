import TerminalCanvas

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

extension PlainCourse {
    /// Takes commands one after the other; all that is said to the last.
    @discardableResult
    mutating func type(_ commands: String...) -> String {
        commands.reduce("") { _, command in take(command).lines.joined(separator: "\n") }
    }

    /// The shipped course at a step of a lesson, both by id.
    static func at(_ lesson: String, _ step: String, width: Int = 72) -> PlainCourse {
        PlainCourse(
            ShippedCourse.app(lesson, step).session, width: width,
            screenKeys: CourseApp.stepKeys)
    }

    /// The small lesson with a question of each kind.
    static func asking(_ step: QuestionLesson.Step) -> PlainCourse {
        PlainCourse(
            QuestionLesson.app(step).session, width: 72, screenKeys: CourseApp.stepKeys)
    }

    /// What is said to a command, its lines joined, so that wrapped words are found.
    mutating func words(_ command: String) -> String {
        type(command).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
}

/// Lines that running text may not hold, for a width.
func unfitLines(_ lines: [String], width: Int, glyphs: Glyphs) -> [String] {
    lines.filter { line in
        columns(of: line) > width
            || line.unicodeScalars.contains { scalar in
                scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
                    || glyphs.isASCII && scalar.value > 0x7E
                    // Lines, blocks, shapes and signs are drawings.
                    || (0x2500...0x27BF).contains(scalar.value)
            }
    }
}
