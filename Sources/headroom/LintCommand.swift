import ArgumentParser
import CourseContent
import CourseScreens

/// `headroom lint`: what is wrong with a course.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check the lessons of a folder, or one of them.",
        discussion: """
            Prints file:line:column: severity: message [rule] for each finding. The status is 1
            if there is an error, 0 if there are only warnings or none.

            EXAMPLES
              headroom lint lessons
              headroom lint
              headroom lint lessons/1-my-lesson.md
              headroom lint lessons --json   an array of findings
            """)

    @Argument(
        help: "The folder, or a lesson's file (default: HEADROOM_LESSONS or the built-in course).",
        completion: .file())
    var folder: String?

    @Flag(help: "Print an array of objects instead of lines.")
    var json = false

    func run() throws {
        let course = try CourseFiles.load(folder: folder)
        // A lesson is checked among those that it may lead to.
        let file = CourseFiles.lessonFile(folder)
        let entries = CourseLint.findings(files: course.files, otherNames: course.otherNames)
            .filter { file == nil || $0.file == file }
        let prefix = course.folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        if json {
            print(JSON.array(entries.map { Self.object($0, in: prefix) }).text)
        } else {
            for entry in entries { print(prefix + entry.text) }
        }
        let errors = entries.filter { $0.finding.severity == .error }.count
        let warnings = entries.count - errors
        writeErrorLine(
            entries.isEmpty
                ? "no findings"
                : "\(errors) error\(errors == 1 ? "" : "s"), "
                    + "\(warnings) warning\(warnings == 1 ? "" : "s")")
        if errors > 0 { throw CommandStatus.failure.code }
    }

    private static func object(_ entry: CourseLint.Entry, in prefix: String) -> JSON {
        let finding = entry.finding
        return .object([
            ("file", .string(prefix + entry.file)), ("line", .int(finding.place.line)),
            ("column", .int(finding.place.column)),
            ("severity", .string(finding.severity.rawValue)), ("rule", .string(finding.rule)),
            ("message", .string(finding.message)),
        ])
    }
}
