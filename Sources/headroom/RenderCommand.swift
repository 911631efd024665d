import ArgumentParser
import CourseContent
import CourseExport
import CourseScreens
import CursesTerminal
import TerminalCanvas

/// `headroom render`: the very screen the app would show, printed.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print a screen of the course after some keys, or all of it as a hand-out.",
        discussion: """
            Keys are named as tmux names them, separated by spaces: Right S-Left
            Space Enter PageDown C-u g 4. The formats:
              text      the screen's characters
              ansi      the same with colours
              svg       a drawing for documents and slides
              html      a page
              markdown  the step's prose with its figures, pictures as blocks of code
            svg and html need no other file, and are light or dark as the reader prefers, or
            as --theme says, which chooses the colours of ansi for a background, too.
            Each part of a hand-out names the command that opens its screen, with the
            setting; y shows that command in the course.

            EXAMPLES
              headroom render gqa --step 2
              headroom render gqa --step 2 --keys "Right Right" --format ansi
              headroom render mqa --size 100x30 --state n=64,g=1
              headroom render gqa --step 6 --format svg --theme dark > screen.svg
              headroom render --all --format html > hand-out.html
              headroom render --all --edition teacher --format html > teacher.html
              headroom render mla --all --format markdown
            """)

    @OptionGroup var options: CourseOptions

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "WxH"))
    var size = "80x24"

    @Option(help: ArgumentHelp("Keys to press first.", valueName: "KEYS"))
    var keys = ""

    @Option(help: "How it is printed.")
    var format = Format.text

    @Option(help: "The background; auto is any.")
    var theme = ThemeChoice.auto

    @Flag(help: "Every step of the lesson, or of the course, in full.")
    var all = false

    @Option(
        help: "For whom a hand-out is: the teacher's has answers, reasons, hints, notes, minutes.")
    var edition = HandoutEdition.student

    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, ansi, svg, html, markdown
    }

    func run() throws {
        let files = try options.folder.files()
        guard all else {
            guard edition == .student else {
                throw ValidationError("--edition goes with --all: it is of a hand-out")
            }
            return print(try screen(of: files.course))
        }
        // A hand-out goes to others, whose folder lies elsewhere.
        let course = Course(files: files.files, folder: files.folder.map(lastName))
        let (handout, lesson) = try handout(of: course)
        let broken = files.tellErrors(in: course, lesson: lesson)
        print(handout)
        if let broken { throw broken }
    }

    private var background: Theme { theme.theme ?? .unknown }

    /// What is printed on a terminal is what its characters are; a file says which it has.
    private var glyphs: Glyphs {
        switch format {
        case .text, .ansi: LineTerminal.glyphs(ascii: ascii)
        case .svg, .html, .markdown: ascii ? .ascii : .unicode
        }
    }

    func screen(of course: Course) throws -> String {
        var app = CourseApp(
            try options.session(of: course), size: try screenSize(size), glyphs: glyphs)
        for key in try parsedKeys() where app.handle(.key(key)).contains(.quit) { break }
        let screen = app.sheetScreen
        switch format {
        case .text: return screen.canvas.text
        case .ansi: return screen.canvas.ansi(ColourScheme(.colours256, on: background))
        case .svg, .html:
            let sheet = ScreenSheet(
                title: "Headroom · \(screen.section) · \(screen.title)", screens: [screen],
                theme: background)
            return format == .svg ? sheet.svg : sheet.html
        case .markdown: return app.markdown()
        }
    }

    /// Steps as they open, each as tall as it needs.
    private func handout(of course: Course) throws -> (text: String, lesson: Int?) {
        guard options.step == nil, options.state == nil, options.model == nil,
            !options.explore, keys.isEmpty
        else {
            throw ValidationError(
                "--all shows every step with its own values: leave out --step, --model, "
                    + "--explore, --state and --keys")
        }
        let lesson = try options.start(in: course)?.lesson
        let steps = course.openings(ofLesson: lesson, size: try screenSize(size), glyphs: glyphs)
        let title =
            ([course.facts.name ?? "Headroom"] + (lesson.map { [course.lessons[$0].title] } ?? []))
            .joined(separator: " · ")
            + (edition == .teacher ? " · Teacher's edition" : "")
        let screens = steps.map { step in
            var screen = format == .html ? step.toldSheetScreen : step.wholeSheetScreen
            if edition == .teacher {
                screen.remarks = step.session.step.teacherRemarks.map { ($0.label, $0.text) }
            }
            return screen
        }
        var sheet = ScreenSheet(title: title, screens: screens, theme: background)
        sheet.language = course.facts.language ?? sheet.language
        sheet.author = course.facts.author
        let text =
            switch format {
            case .text: sheet.text
            case .ansi: sheet.ansi(.colours256)
            case .svg: sheet.svg
            case .html: sheet.html
            case .markdown:
                markdownHandout(
                    title: title, author: course.facts.author, steps: steps, edition: edition)
            }
        return (text, lesson)
    }

    private func parsedKeys() throws -> [Key] {
        do {
            return try KeyNotation.keys(from: keys)
        } catch {
            throw ValidationError("--keys: \(error)")
        }
    }
}

extension HandoutEdition: ExpressibleByArgument {}
