import CourseSession
import TerminalCanvas

/// How the class answered the step's question: first without the right answer, then with it.
struct SpreadScreen: Screen {
    var scroll = 0

    private func lines(in app: CourseApp) -> SpreadLines? {
        app.session.spread.map {
            SpreadLines(
                spread: $0, width: app.pageWidth, rows: app.body.height - 7, glyphs: app.glyphs,
                showsRight: !app.session.isAnswerOpen)
        }
    }

    func page(in app: CourseApp) -> Page? {
        let remarks = (app.session.classroom?.remarks ?? []).flatMap { app.wrapped($0, .faint) }
        guard let lines = lines(in: app) else {
            let following = app.session.classroom?.following ?? 0
            return Page(
                title: "The class",
                lines: app.wrapped(
                    "\(following) follow\(following == 1 ? "s" : ""). This step asks nothing."),
                footing: remarks)
        }
        let question = app.wrapped(lines.spread.question, .strong)
        return Page(
            title: "The class", lines: lines.lines, scroll: scroll,
            heading: (app.wrapped(lines.counts) + [[]] + question).map { [Span("  ")] + $0 },
            footing: remarks)
    }

    private func scrolls(in app: CourseApp) -> Int { page(in: app)?.scrolls(in: app.body) ?? 1 }

    func keys(in app: CourseApp) -> [KeyBinding] {
        (scrolls(in: app) > 1 ? [Self.scrolling] : []) + Self.keys
    }

    private static let scrolling = KeyBinding("Up Down j k", .move, "Scroll", label: "scroll")

    static let keys = [
        KeyBinding(
            "Space PgDn", .reveal, "Show the right answer (also PgDn)", label: "show the answer",
            if: { $0.session.isAnswerOpen }),
        KeyBinding(
            "Space PgDn", .next, "Close, and go on (also PgDn)", label: "next",
            if: { !$0.session.isAnswerOpen }),
        .help,
        KeyBinding("Esc A Enter q PgUp", .close, "Close (also A, Enter, q, PgUp)", label: "close"),
    ]

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .move: scroll = app.moved(key, from: scroll, count: scrolls(in: app))
        case .reveal: app.session.reveal()
        default: return .closes
        }
        return .stays
    }
}
