import ArgumentParser
import AttentionEngine
import CourseContent
import CourseSession
import Foundation
import ModelFiles
import TerminalCanvas

/// `headroom progress`: what is kept of a learner and where, and a new beginning.
struct ProgressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "progress",
        abstract: "Show what is kept of your progress and where, or start afresh.",
        discussion: """
            --reset forgets your place, the steps you saw, settings, answers, notes and
            measurements; with a lesson, only what belongs to it. A copy is kept beside
            the file and named; copied back over it, it restores everything. A course
            running meanwhile forgets the same at its next save, and keeps what is done
            in it from then on. Races trained here stay.

            EXAMPLES
              headroom progress
              headroom progress --reset gqa     one lesson
              headroom progress --reset         the whole course
            """)

    @Flag(help: "Forget it, and keep a copy.")
    var reset = false

    @Argument(help: "With --reset, the lesson's id or number (default: all).", completion: .lessons)
    var lesson: String?

    @OptionGroup var folder: CourseFolderOption

    func run() throws {
        if let lesson, !reset {
            throw ValidationError(
                "a lesson needs --reset; 'headroom lessons \(lesson)' shows how far it is")
        }
        let files = try folder.files()
        let course = files.course
        let file = ProgressFile(files)
        let index = try lesson.map { try CourseOptions.index(of: $0, in: course) }
        guard file.isKept else {
            writeErrorLine(ProgressFile.noPlace)
            if reset { throw CommandStatus.fileNotWritten.code }
            return
        }
        if reset, let path = try? file.path(), !KeptCopy.unsaved.all(of: path).isEmpty {
            // The copy has it, too, and it does not come back.
            let store = ProgressStore(folder: files.folder, id: files.id)
            _ = store.load()
            for warning in store.warnings { writeErrorLine(warning) }
        }
        let lines =
            reset
            ? try begin(index.map { course.lessons[$0] }, of: course, in: file)
            : try Self.told(file, of: course)
        print(lines.map(printable).joined(separator: "\n"))
    }

    private func begin(
        _ lesson: PreparedLesson?, of course: Course, in file: ProgressFile
    ) throws -> [String] {
        let what = lesson.map { "the lesson \($0.id)" } ?? "the course"
        guard let copy = try file.reset(lesson: lesson?.id, of: course) else {
            return ["Nothing is kept of \(what)."]
        }
        return ["\(what.capitalised) starts afresh. What was kept is in \(copy)."]
    }

    private static func told(_ file: ProgressFile, of course: Course) throws -> [String] {
        let progress = try file.progress()
        let races = RaceStore().files
        let path = try file.reading(file.path)
        let others =
            races.map { "Races trained on this machine are kept in \($0)." }
            + ([path] + races).flatMap { path in
                KeptCopy.allCases.filter { $0 != .unsaved }.flatMap { $0.all(of: path) }
            }.sorted().map { "A copy is in \($0)." }
            + KeptCopy.unsaved.all(of: path).map {
                "What another run did not save is in \($0); the course takes it in at its start."
            }
        guard progress != CourseProgress() else {
            return ["Nothing is kept yet; it will be in \(file.name)."] + others
        }
        let book = Notebook(course: course, progress: progress, races: [])
        var lines = [
            "Kept in \(file.name)\(path == file.name ? "" : ", a link to \(path)"):",
            "  \(book.counts)",
        ]
        if !book.measurements.isEmpty {
            lines.append("  \(counted(book.measurements.count, "measurement"))")
        }
        if let proposal = book.proposal { lines.append("  your proposal, \(proposal)") }
        let step = progress.position.step
        if let place = course.find(step) {
            let own = course.folder.map { " --lessons \(ShellLine.word($0))" } ?? ""
            lines.append(
                "  left at lesson \(place.lesson + 1), \(course.lessons[place.lesson].title), step "
                    + "\(place.step + 1): headroom learn \(step.lesson) --step \(step.part)\(own)")
        }
        return lines + others
    }
}
