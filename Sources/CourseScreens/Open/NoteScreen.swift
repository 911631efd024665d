import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The note on what is on the screen, while it is written.
struct NoteScreen: TypingScreen {
    var line: TextEditor
    /// What the text was when it was opened.
    private let original: String
    /// Whether what was taken away here was brought back.
    private let isAgain: Bool

    /// - Parameter erased: a note that was taken away here, to be had again.
    init(_ text: String, again erased: String? = nil) {
        line = TextEditor(erased ?? text, limit: 20_000, isMultiline: true)
        (original, isAgain) = (text, erased != nil)
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .newLine: line.insert("\n")
        case .move: move(key, in: app)
        case .elsewhere: return .asks([.edit(line.text)])
        default:
            keep(in: &app)
            return .closes
        }
        return .stays
    }

    private mutating func move(_ key: Key, in app: CourseApp) {
        let (width, glyphs) = (app.pageWidth, app.glyphs)
        let page = max(1, app.body.height - 5)
        switch key {
        case .pageUp: line.move(rows: -page, width: width, glyphs: glyphs)
        case .pageDown: line.move(rows: page, width: width, glyphs: glyphs)
        case .home, .end, .control("a"), .control("e"):
            let toEnd = key == .end || key == .control("e")
            line.moveInRow(toEnd: toEnd, width: width, glyphs: glyphs)
        default: line.move(rows: key.direction.rows, width: width, glyphs: glyphs)
        }
    }

    mutating func wasEdited(isOther: Bool) {}

    func keep(in app: inout CourseApp) {
        if isAgain || line.text != original { app.session.takeNote(line.text) }
    }

    func page(in app: CourseApp) -> Page? {
        let (session, glyphs) = (app.session, app.glyphs)
        let rows = line.rows(width: app.pageWidth, glyphs: glyphs)
        let place = line.place(in: rows, glyphs: glyphs)
        let others = session.otherNotesHere
        let again = isAgain ? " This is the note you deleted." : ""
        let more = others == 0 ? "" : " \(counted(others, "other note")) on this step: N lists all."
        let name = session.isExploring ? "Explore" : session.lessonStep?.title ?? ""
        var page = Page(
            title: "Note \(glyphs.separator) \(name)",
            lines: rows.map { [Span(String(line.characters[$0]))] },
            heading: app.wrapped("At \(session.stateText).\(again)\(more)", .faint))
        let visible = page.rows(in: app.body)
        page.scroll = max(0, min(place.row - visible / 2, rows.count - visible))
        page.cursor = Point(
            column: place.column + 2, row: page.heading.count + 1 + place.row - page.scroll)
        return page
    }

    /// Letters are text; up and down, Home and End go by the rows that are shown.
    static let keys =
        [
            KeyBinding("Enter", .newLine, "A new line", label: "new line"),
            KeyBinding("Up Down C-p C-n", .move, "A row up or down (also C-p, C-n)"),
            KeyBinding("Home C-a", .move, "Start of the row (also C-a)"),
            KeyBinding("End C-e", .move, "End of the row (also C-e)"),
            KeyBinding("PgUp", .move, "A page up"),
            KeyBinding("PgDn", .move, "A page down"),
            KeyBinding(
                "C-x", .elsewhere, "Edit it in $VISUAL or $EDITOR",
                label: "your own editor"),
            KeyBinding("Esc", .close, "Save the note and close", label: "save it"),
        ] + KeyBinding.erasing() + [.typedHelp]
}
