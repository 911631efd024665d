import CourseContent
import CourseSession
import TerminalCanvas

/// The keys that work on the screen below.
struct HelpScreen: TextScreen {
    var scroll = 0

    func text(in app: CourseApp) -> Page {
        let keysWidth = 11
        let under = app.under(HelpScreen.self)
        let lines = under.bindings.flatMap { binding -> [Line] in
            guard let help = binding.help else { return [] }
            let keys =
                binding.action == .lesson
                ? "1-\(app.session.course.lessons.count)" : binding.keysText(app.glyphs)
            return wrapped([Span(help)], width: app.pageWidth - keysWidth, glyphs: app.glyphs)
                .enumerated().map {
                    [Span(($0 == 0 ? keys : "").padded(to: keysWidth), Style(.accent, .bold))] + $1
                }
        }
        return Page(title: "Keys that work here", lines: lines)
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("help", scroll) }
}

/// Nothing at all, until the next key.
struct BlankScreen: Screen {
    /// There is no footer to say that every key returns.
    func bindings(in app: CourseApp) -> [KeyBinding] { [] }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next { .closes }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("blank", nil) }
}
