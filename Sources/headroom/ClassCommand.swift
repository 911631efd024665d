import ArgumentParser
import CourseContent
import CourseSession
import ModelFiles

/// `headroom class`: what a class answered, to be kept.
struct ClassCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "class",
        abstract: "Print what a class answered beside a shared file.",
        discussion: """
            present --share FILE makes the folder FILE.answers, into which students who
            agree put their answers. Only whoever made it can list it. Students without
            a name stand there by an id. A class begins anew without the folder.

            EXAMPLES
              headroom class /tmp/class
              headroom class /tmp/class --format csv > answers.csv
            """)

    @Argument(
        help: ArgumentHelp("The file that present --share writes.", valueName: "FILE"),
        completion: .file())
    var file: String

    @Option(help: "How it is printed.")
    var format = Format.markdown

    @OptionGroup var folder: CourseFolderOption

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case markdown, csv, json
    }

    func run() throws {
        let course = try folder.files().course
        var known: [String: AnswersFolder.Known] = [:]
        let answers: ClassAnswers
        do throws(FileProblem) {
            answers = try AnswersFolder(beside: file).read(known: &known)
        } catch {
            writeErrorLine("\(file).answers: \(error.description)")
            throw CommandStatus.noFile.code
        }
        let report = ClassReport(answers, course: course)
        switch format {
        case .markdown: print(report.markdown)
        case .csv: print(report.csv)
        case .json: print(report.json.text)
        }
        if format != .markdown { for remark in answers.remarks { writeErrorLine(remark) } }
    }
}
