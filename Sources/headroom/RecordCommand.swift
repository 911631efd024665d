import ArgumentParser
import Foundation
import LessonScreens
import TerminalCanvas

/// `headroom record`: a lesson that plays by itself, as a file.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Write a lesson that plays by itself, for asciinema and its players.",
        discussion: """
            Enters every step, reads on, answers its question, moves its sliders a stop
            and back. Training and timing are not run. Each step has a marker. The file is
            an asciicast of version 2, and the same on every machine.

            EXAMPLES
              headroom record gqa gqa.cast
              headroom record mqa mqa.cast --size 100x30
            """)

    @Argument(help: "The lesson's id or number.", completion: .lessons)
    var lesson: String

    @Argument(
        help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file(extensions: ["cast"]))
    var output: String

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "WxH"))
    var size = "80x24"

    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    @Option(
        help: ArgumentHelp(
            "A folder with another course (also HEADROOM_LESSONS).", valueName: "DIR"),
        completion: .directory)
    var lessons: String?

    func run() throws {
        let files = try CourseFiles.load(folder: lessons)
        let course = Course(files: files.files, folder: files.folder)
        let index = try CourseOptions.index(of: lesson, in: course)
        let size = try screenSize(size)
        let demonstration = Demonstration(
            course: course, lesson: index, size: size, glyphs: ascii ? .ascii : .unicode)
        let cast = Cast(
            demonstration, title: "Headroom: \(course.lessons[index].title)", size: size)
        try writing(output) { try NamedFile(output).write(Data(cast.text.utf8)) }
    }
}
