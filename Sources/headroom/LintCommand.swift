import ArgumentParser
import CourseContent
import CourseScreens

/// `headroom lint`: what is wrong with a course.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check the lessons of a folder, or one of them.",
        discussion: """
            Prints file:line:column: severity: message [rule] for each finding. The status
            is 1 if there is an error, 0 if there are only warnings or none.

            EXAMPLES
              headroom lint lessons
              headroom lint
              headroom lint lessons/1-my-lesson.md
              headroom lint lessons --json   an array of findings
              headroom lint lessons --watch  again whenever a lesson is saved
            """)

    @Argument(
        help: ArgumentHelp(
            "The folder, or a lesson's file (default: HEADROOM_LESSONS or the built-in course).",
            valueName: "PATH"), completion: .file())
    var folder: String?

    @Flag(help: "Print an array of objects instead of lines.")
    var json = false

    @Flag(help: "Check again whenever a file of the folder is saved, until Ctrl-C.")
    var watch = false

    func run() throws {
        let course = try CourseFiles.load(folder: folder)
        guard watch else {
            if try !check(course) { throw CommandStatus.failure.code }
            return
        }
        guard let folder = course.folder else {
            throw ValidationError("--watch needs a folder: the built-in course does not change")
        }
        try watch(folder)
    }

    /// Checks each version of a folder's files, until the process is ended.
    private func watch(_ folder: String) throws -> Never {
        let changes = FolderChanges(of: folder, quiet: .milliseconds(50)) {
            !CourseLint.isLeftBehind($0)
        }
        var checked: CourseFiles?
        while true {
            // A folder that is being moved or written anew is there again in a moment.
            if let course = try? CourseFiles.read(folder: folder),
                checked.map({ !$0.isSame(as: course) }) ?? true
            {
                if checked != nil { print("") }
                _ = try check(course)
                try flushOutput()
                checked = course
            }
            changes.wait()
        }
    }

    /// Tells what is wrong; whether no error is among it.
    private func check(_ course: CourseFiles) throws -> Bool {
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
        // Findings stand before their sum where both go to one place.
        try flushOutput()
        let errors = entries.filter { $0.finding.severity == .error }.count
        let warnings = entries.count - errors
        writeErrorLine(
            entries.isEmpty
                ? "no findings"
                : "\(errors) error\(errors == 1 ? "" : "s"), "
                    + "\(warnings) warning\(warnings == 1 ? "" : "s")")
        return errors == 0
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
