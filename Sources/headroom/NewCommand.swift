import ArgumentParser
import CourseContent
import Foundation
import Lessons
import ModelFiles

/// `headroom new`: the start of a course of one's own, and what may stand in it.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Start a course of your own, or print what a lesson may contain.",
        discussion: """
            Creates a folder with one lesson that explains itself in its comments, and
            course.yaml, which says what the course is. It runs as it is, and headroom lint
            finds nothing in it.

            EXAMPLES
              headroom new my-course
              headroom new --reference       every block and key, as Markdown
            """)

    @Argument(help: "The folder to create.", completion: .directory)
    var folder: String?

    @Flag(help: "Print what a lesson may contain: front matter, figures, blocks, keys.")
    var reference = false

    /// The first lesson's name in a new course.
    static let fileName = "1-my-lesson.md"

    func run() throws {
        guard reference != (folder != nil) else {
            throw ValidationError("give a folder to create, or --reference")
        }
        guard let folder else { return print(lessonReference()) }
        let file = URL(fileURLWithPath: folder).appendingPathComponent(Self.fileName)
        guard !folder.isEmpty else { throw ValidationError("the folder needs a name") }
        // What is there already is somebody's work.
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        guard names?.isEmpty ?? true else {
            writeErrorLine("'\(folder)' is not empty: name a new folder")
            throw CommandStatus.fileNotWritten.code
        }
        try Self.make(folder, with: file)
        print(
            """
            Created \(printable(file.relativePath)). View it, check it, see what it may hold:
              headroom learn --lessons \(printable(folder))
              headroom lint \(printable(folder))
              headroom new --reference
            """)
    }

    /// Makes a folder, those above it that are missing, and the lesson in it; where that cannot be,
    /// nothing is left of it.
    private static func make(_ folder: String, with file: URL) throws {
        let own = file.deletingLastPathComponent().appendingPathComponent(CourseFile.name).path
        var missing: [String] = []
        var path = file.deletingLastPathComponent().path
        while !FileManager.default.fileExists(atPath: path), path != "/" {
            missing.append(path)
            path = parent(of: path)
        }
        do throws(FileProblem) {
            for folder in missing.reversed() where mkdir(folder, 0o777) != 0 && errno != EEXIST {
                throw .system(errno)
            }
            try NamedFile(file.path).write(Data(LessonTemplate.text.utf8))
            let facts = LessonTemplate.course(
                named: file.deletingLastPathComponent().lastPathComponent)
            try NamedFile(own).write(Data(facts.utf8))
        } catch {
            // Nothing was there before.
            for made in [own, file.path] { unlink(made) }
            for folder in missing { rmdir(folder) }
            writeErrorLine("'\(folder)' cannot be created: \(error.description)")
            throw CommandStatus.fileNotWritten.code
        }
    }
}
