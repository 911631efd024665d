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
    func scrolls(in app: CourseApp) -> Int { text(in: app).scrolls(in: app.body) }

    func keys(in app: CourseApp) -> [KeyBinding] {
        (scrolls(in: app) > 1 ? KeyBinding.scrolling : []) + Self.keys
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .move else { return .closes }
        scroll = app.moved(key, from: scroll, count: scrolls(in: app))
        return .stays
    }
}

extension KeyBinding {
    /// What the arrows that scroll are called.
    static func arrows(_ glyphs: Glyphs) -> String { scrolling[0].keysText(glyphs) }

    static let scrolling = [
        KeyBinding("Up Down j k", .move, "Scroll", label: "scroll"),
        KeyBinding("Space PgDn f C-f d C-d", .move, "A page down (d, C-d: half a page)"),
        KeyBinding("PgUp b C-b C-u", .move, "A page up (also b; C-u: half a page)"),
        KeyBinding("Home g", .move, "To the beginning (also g)"),
        KeyBinding("End G", .move, "To the end (also G)"),
    ]

    /// - Parameter key: the one that opened the text.
    static func closeReading(by key: String) -> KeyBinding {
        KeyBinding(
            "Esc Enter q F5 \(key)", .close, "Close (also \(key), F5)", label: "close")
    }

    static let review = KeyBinding(
        "R", .review, "Review the questions you missed", label: "review",
        if: { $0.session.canReview })
}
