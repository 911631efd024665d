import ArgumentParser
import LessonScreens

/// `headroom lint`: what is wrong with a course.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check the lessons of a folder.",
        discussion: """
            Prints file:line:column: severity: message [rule] for each finding. The status is 1
            where there is an error, 0 where there are only warnings or nothing.

            EXAMPLES
              headroom lint lessons
              headroom lint
            """)

    @Argument(help: "The folder (HEADROOM_LESSONS or the course inside the program by default).")
    var folder: String?

    func run() throws {
        let course = try CourseFiles.load(folder: folder)
        let entries = CourseLint.findings(
            files: course.files, otherNames: course.otherNames)
        let prefix = course.folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        for entry in entries { print(prefix + entry.text) }
        let errors = entries.filter { $0.finding.severity == .error }.count
        let warnings = entries.count - errors
        writeError(
            entries.isEmpty
                ? "headroom: no findings\n"
                : "headroom: \(errors) error\(errors == 1 ? "" : "s"), "
                    + "\(warnings) warning\(warnings == 1 ? "" : "s")\n")
        if errors > 0 { throw ExitCode(1) }
    }
}
