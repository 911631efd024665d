import ArgumentParser
import CourseContent
import CourseExport
import Foundation
import ModelFiles
import TerminalCanvas

/// `headroom record`: a lesson that plays by itself, as a file.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record a lesson that plays by itself, for asciinema and its players.",
        discussion: """
            Enters every step, reads on, answers its question, moves its sliders a stop
            and back. Training and timing are not run. Each step has a marker. The file is
            an asciicast, version 2, the same on every machine. An existing file is
            replaced only if it is a recording; - is standard output.

            EXAMPLES
              headroom record gqa gqa.cast
              headroom record mqa mqa.cast --size 100x30
            """)

    @Argument(help: "The lesson's id or number.", completion: .lessons)
    var lesson: String

    @Argument(
        help: ArgumentHelp("The file to write.", valueName: "FILE"),
        completion: .file(extensions: ["cast"]))
    var output: String

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "WxH"))
    var size = "80x24"

    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    @OptionGroup var folder: CourseFolderOption

    func run() throws {
        let files = try folder.files()
        let course = files.course
        let index = try CourseOptions.index(of: lesson, in: course)
        let size = try screenSize(size)
        let demonstration = Demonstration(
            course: course, lesson: index, size: size, glyphs: ascii ? .ascii : .unicode)
        let cast = Cast(
            demonstration, title: "Headroom: \(course.lessons[index].title)", size: size)
        let broken = files.tellErrors(in: course, lesson: index)
        if output == "-" {
            print(cast.text, terminator: "")
            if let broken { throw broken }
            return
        }
        guard !FileManager.default.fileExists(atPath: output) || Self.isCast(output) else {
            writeErrorLine("\(output): exists and is not a recording; name a new file")
            throw CommandStatus.fileNotWritten.code
        }
        try writing(output.isEmpty ? "the file's name" : output) { () throws(FileProblem) in
            try NamedFile(output).write(Data(cast.text.utf8))
        }
        if let broken { throw broken }
    }

    /// Whether a file begins as recordings do; an empty one holds nothing to be lost.
    private static func isCast(_ path: String) -> Bool {
        guard let file = try? FileBytes(path: path),
            let bytes = try? file.read(0..<min(file.count, 13))
        else { return true }
        return bytes.isEmpty || bytes.elementsEqual("{\"version\": 2".utf8)
            || bytes.starts(with: "{\"version\":2".utf8)
    }
}
