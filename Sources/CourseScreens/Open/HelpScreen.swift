import TerminalCanvas

/// The keys that work on the screen below.
struct HelpScreen: TextScreen {
    var scroll = 0

    static let keys = [
        KeyBinding("Esc Enter q ? F1 F5", .close, "Close (also ?, F1, F5)", label: "close")
    ]

    /// The keys that the terminal takes before anything that is open.
    static let anywhere = [
        ("C-c", "Quit at once, also while typing; your progress is kept"),
        ("C-z", "Stop for now; fg in the shell goes on"), ("C-l", "Draw the screen again"),
    ]

    func text(in app: CourseApp) -> Page {
        var under = app
        if let index = app.screens.lastIndex(where: { $0 is HelpScreen }) {
            under.screens.removeSubrange(index...)
        }
        let bindings = under.bindings().map { ($0.keysText(app.glyphs), under.help(of: $0)) }
        let lines = (bindings + Self.anywhere).flatMap { keys, help in
            app.wrapped([Span(help)], behind: Span(keys.padded(to: 11), .bright))
        }
        return Page(title: "Keys that work here", lines: lines)
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("help", scroll) }
}

/// Nothing at all, until the next key.
struct BlankScreen: Screen {
    /// There is no footer to say that every key returns.
    static let keys: [KeyBinding] = []

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next { .closes }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("blank", nil) }
}
