import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The note on what is on the screen, while it is written.
struct NoteScreen: Screen {
    private var editor: TextEditor
    /// What the text was when it was opened.
    private let original: String

    init(_ text: String) {
        editor = TextEditor(text, limit: 20_000, isMultiline: true)
        original = text
    }

    func bindings(in app: CourseApp) -> [KeyBinding] { Self.keys }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        let (width, glyphs) = (app.pageWidth, app.glyphs)
        let page = max(1, Page.area(of: app.size).height - 5)
        switch action {
        case .newLine: editor.insert("\n")
        case .edit: _ = editor.handle(key)
        case .up: editor.move(rows: -1, width: width, glyphs: glyphs)
        case .down: editor.move(rows: 1, width: width, glyphs: glyphs)
        case .pageUp: editor.move(rows: -page, width: width, glyphs: glyphs)
        case .pageDown: editor.move(rows: page, width: width, glyphs: glyphs)
        case .top: editor.moveInRow(toEnd: false, width: width, glyphs: glyphs)
        case .bottom: editor.moveInRow(toEnd: true, width: width, glyphs: glyphs)
        case .elsewhere: return .edits(editor.text)
        default:
            keep(in: &app)
            return .closes
        }
        return .stays
    }

    mutating func insert(_ text: String, in app: CourseApp) { editor.insert(text) }

    func keep(in app: inout CourseApp) {
        if editor.text != original { app.session.takeNote(editor.text) }
    }

    func page(in app: CourseApp) -> Page? {
        let (session, width, glyphs) = (app.session, app.pageWidth, app.glyphs)
        let rows = editor.rows(width: width, glyphs: glyphs)
        let place = editor.place(in: rows, glyphs: glyphs)
        let others = session.otherNotesHere
        let more = others == 0 ? "" : " \(counted(others, "other note")) on this step: N lists all."
        let heading = wrapped(
            [Span("At \(session.setting.text).\(more)", Style(.faint))], width: width,
            glyphs: glyphs)
        let name = session.isExploring ? "Explore" : session.lessonStep?.title ?? ""
        var page = Page(
            title: "Note \(glyphs.separator) \(name)",
            lines: rows.map { [Span(String(editor.characters[$0]))] }, heading: heading)
        let visible = page.rows(in: Page.area(of: app.size))
        page.scroll = max(0, min(place.row - visible / 2, rows.count - visible))
        page.cursor = Point(
            column: place.column + 2, row: heading.count + 1 + place.row - page.scroll)
        return page
    }

    /// Letters are text; up and down, Home and End go by the rows that are shown.
    private static let keys =
        [
            KeyBinding([.enter], .newLine, "Enter", label: "new line", help: "A new line"),
            KeyBinding([.up], .up, "↑ ↓", help: "A row up or down"),
            KeyBinding([.down], .down, "↓", help: nil),
            KeyBinding([.home, .control("a")], .top, "Home", help: "The row's beginning"),
            KeyBinding([.end], .bottom, "End", help: "The row's end"),
            KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back"),
            KeyBinding([.pageDown], .pageDown, "PgDn", help: "A page further"),
            KeyBinding(
                [.control("e")], .elsewhere, "C-e", label: "your own editor",
                help: "Write it in the editor of VISUAL or EDITOR"),
            KeyBinding([.escape], .close, "Esc", label: "keep it", help: "Keep the note and close"),
        ] + KeyBinding.erasing()
}
