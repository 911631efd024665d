import CourseContent
import CourseExport
import CourseScreens
import CourseSession
import Lessons
import TerminalCanvas

func readLesson(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lesson = Lesson.parse(text, file: "1-fuzz.md")
    let ids = lesson.steps.map(\.id)
    demand(Set(ids).count == ids.count, "two steps of one id in \(ids)")
    let prepared = PreparedLesson(lesson)
    demand(prepared.steps.count == lesson.steps.count, "steps got lost")
    for finding in prepared.findings { demandPrintable(finding.message, of: finding.rule) }
    let files = [(name: "1-fuzz.md", text: text)]
    for entry in CourseLint.findings(files: files, rules: CourseLint.contentRules) {
        demandPrintable(entry.text, of: entry.finding.rule)
    }
    // What is exported of a step is a lesson again.
    let written = MarkdownText(figure: { _ in nil }, headingLevel: 3)
    for step in lesson.steps { _ = Lesson.parse(written.text(step.blocks), file: "1-fuzz.md") }
}

func readScreens(_ bytes: [UInt8]) {
    let files = [(name: "1-fuzz.md", text: String(decoding: bytes, as: UTF8.self))]
    for entry in CourseLint.findings(files: files) {
        demandPrintable(entry.text, of: entry.finding.rule)
    }
    let course = Course(files: files)
    for step in 0..<max(1, course.lessons.first?.steps.count ?? 1) {
        let session = Session(course: course, at: (lesson: 0, step: step))
        var app = CourseApp(session, size: Size(width: 80, height: 24))
        drawAndTell(&app)
    }
}

/// Shows an app, as a screen and as text.
func drawAndTell(_ app: inout CourseApp) {
    var canvas = Canvas(size: app.size, glyphs: app.glyphs)
    app.draw(on: &canvas)
    for key in [Key.character("?"), .escape, .tab, .right, .character("t"), .end] {
        _ = app.handle(.key(key))
    }
    app.draw(on: &canvas)
}

private func demandPrintable(_ line: String, of rule: String) {
    let isPrintable = line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    demand(isPrintable, "\(rule) is said with control characters: \(line.debugDescription)")
}
