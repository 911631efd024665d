import CourseContent
import CourseScreens
import CourseSession

@testable import headroom

/// Screens that `headroom render` prints, made in the tests' own process: starting the program for
/// each of them would take longer than all else. `ExportTests` holds the program against it.
enum Rendered {
    /// The course inside the program.
    static let course: Course = {
        do { return try course(in: nil) } catch { preconditionFailure("\(error)") }
    }()

    static func course(in folder: String?) throws -> Course {
        let files = try CourseFiles.load(folder: folder)
        return files.course
    }

    /// What the program prints after these arguments.
    static func screen(_ arguments: [String]) throws -> String {
        let command = try RenderCommand.parse(arguments)
        let course =
            try command.options.folder.lessons.map { try Self.course(in: $0) } ?? Self.course
        return try command.screen(of: course)
    }
}
