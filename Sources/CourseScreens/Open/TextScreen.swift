import CourseContent
import CourseSession
import TerminalCanvas

/// A screen that is only read and scrolled.
protocol TextScreen: Screen {
    /// The first line in view.
    var scroll: Int { get set }

    /// Its page, from the top.
    func text(in app: CourseApp) -> Page
}

extension TextScreen {
    func page(in app: CourseApp) -> Page? {
        var page = text(in: app)
        page.scroll = scroll
        return page
    }

    /// How many places it can be scrolled to.
    func scrolls(in app: CourseApp) -> Int { text(in: app).scrolls(in: Page.area(of: app.size)) }

    func bindings(in app: CourseApp) -> [KeyBinding] {
        (scrolls(in: app) > 1 ? KeyBinding.scrolling : []) + [.closeReading]
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        scroll(action, in: app)
    }

    /// Scrolls, or closes where the key is none that scrolls.
    mutating func scroll(_ action: Action, in app: CourseApp) -> Next {
        guard let line = app.moved(action, from: scroll, count: scrolls(in: app)) else {
            return .closes
        }
        scroll = line
        return .stays
    }
}

extension KeyBinding {
    static let scrolling = [
        KeyBinding(
            [.down, .character("j")], .down, "↑ ↓", label: "scroll", help: "Scroll"),
        KeyBinding([.up, .character("k")], .up, "↑", help: nil),
        KeyBinding(
            [.pageDown, .character(" ")], .pageDown, "Space", help: "A page further"),
        KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back"),
    ]

    static let closeReading = KeyBinding(
        [
            .escape, .enter, .character("q"), .character("?"), .character("w"), .character("y"),
            .character("s"), .function(5),
        ], .close, "Esc", label: "close", help: "Close (also F5)")

    static let review = KeyBinding(
        [.character("R")], .review, "R", label: "review", help: "Review the questions you missed")
}
