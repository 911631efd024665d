/// Screens with their titles, one under the other, as one text or page to take along.
package struct ScreenSheet: Sendable {
    /// One screen with what stands around it on the sheet.
    package struct Screen: Sendable {
        /// The screen as it would stand on a terminal.
        package var canvas: Canvas
        /// A name of letters, digits and hyphens, unique in the sheet: links lead to it.
        package var id: String
        /// What screens in a row have in common: their lesson.
        package var section: String
        /// What a reader finds it by: the step's name.
        package var title: String
        /// The line of shell that opens the screen.
        var command: ShellLine
        /// What the pictures on it say, in lines, for those who do not see them.
        var words: [String]
        /// What a page shows in place of the screen, one below the other; of none the screen.
        package var parts: [Part] = []
        /// What stands below it for a teacher alone, each with what it is.
        package var remarks: [(label: String, text: String)] = []

        /// A screen; nothing is escaped here, each form does that by its own rules.
        package init(
            canvas: Canvas, id: String, section: String, title: String, command: ShellLine,
            words: [String] = []
        ) {
            self.canvas = canvas
            self.id = id
            self.section = section
            self.title = title
            self.command = command
            self.words = words
        }
    }

    /// A part of what a page shows in place of a screen.
    package enum Part: Sendable {
        /// Text that is HTML, well formed, already.
        case html(String)
        /// A picture in columns.
        case picture(Canvas)
    }

    var title: String
    var screens: [Screen]
    /// What the sheet is to be read on; where that is unknown, as the reader likes it.
    var theme: Theme
    /// The language of all text on it, as HTML names it.
    package var language = "en"
    /// Who wrote it; nil where nobody is named.
    package var author: String?

    /// A sheet under a title, in the screens' order; neighbours of one section stand together.
    package init(title: String, screens: [Screen], theme: Theme = .unknown) {
        self.title = title
        self.screens = screens
        self.theme = theme
    }

    /// The screens as plain text, each below its titles and above its command.
    package var text: String { lines { $0.text } }

    /// The same with the escape sequences that colour it.
    package func ansi(_ palette: Palette) -> String {
        lines { $0.ansi(ColourScheme(palette, on: theme)) }
    }

    private func lines(_ body: (Canvas) -> String) -> String {
        screens.map { screen in
            let canvas = screen.canvas
            let width = canvas.size.width
            let rule = String(repeating: canvas.glyphs.horizontal, count: width)
            // These are drawn too, so that nothing in them reaches a terminal as a command.
            let above = Self.row(screen.section, like: canvas)
            let below = screen.command.lines(width: width).map { Self.row($0, like: canvas) }
            let remarks = screen.remarkLines(width: width).map { Self.row($0, like: canvas) }
            return ([above, rule, body(canvas), ""] + remarks + below + [""])
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func row(_ text: String, like other: Canvas) -> String {
        var canvas = Canvas(
            size: Size(width: max(1, text.utf8.count * 2), height: 1), glyphs: other.glyphs)
        canvas.draw(text, at: Point(column: 0, row: 0), in: canvas.area)
        return canvas.text
    }
}

extension ScreenSheet.Screen {
    /// The remarks as lines of some columns, a blank one behind them; none where there are none.
    func remarkLines(width: Int) -> [String] {
        guard !remarks.isEmpty else { return [] }
        return remarks.flatMap { remark in
            wrapped(
                [Span(remark.text)], behind: Span(remark.label + ": "), width: width,
                glyphs: canvas.glyphs
            ).map { $0.map(\.text).joined() }
        } + [""]
    }
}
