import ArgumentParser
import LessonScreens
import TerminalCanvas

/// `headroom render`: the very screen the app would show, printed.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print a screen of the course, after some keys.",
        discussion: """
            Keys are named as tmux names them, separated by spaces: Right S-Left
            Space Enter PageDown C-u g 4.

            EXAMPLES
              headroom render gqa --step 2
              headroom render gqa --step 2 --keys "Right Right" --format ansi
              headroom render mqa --size 100x30 --state n=64,g=1
            """)

    @OptionGroup var options: CourseOptions

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "WxH"))
    var size = "80x24"

    @Option(help: ArgumentHelp("Keys to press first.", valueName: "KEYS"))
    var keys = ""

    @Option(help: "text, or ansi with colours.")
    var format = Format.text

    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, ansi
    }

    func run() throws {
        let course = Course(files: try CourseFiles.load(folder: options.lessons).files)
        var app = try options.app(
            of: course, size: try parsedSize(), glyphs: ascii ? .ascii : .unicode)
        for key in try parsedKeys() where app.handle(.key(key)).contains(.quit) { break }
        let canvas = app.canvas()
        print(format == .text ? canvas.text : canvas.ansi(.colours256))
    }

    private func parsedSize() throws -> Size {
        let sides = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1],
            (1...500).contains(width), (1...500).contains(height)
        else {
            throw ValidationError("--size '\(size)': columns x rows, as in 80x24, up to 500x500")
        }
        return Size(width: width, height: height)
    }

    private func parsedKeys() throws -> [Key] {
        do {
            return try KeyNotation.keys(from: keys)
        } catch {
            throw ValidationError("--keys: \(error)")
        }
    }
}
