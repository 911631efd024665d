import CourseContent
import CourseSession
import TerminalCanvas

/// What was measured on this machine, what was learned, what was missed.
struct SummaryScreen: TextScreen {
    var scroll = 0
    /// Whether it came by itself, at the end of the course.
    var isEnd = false

    static let keys: [KeyBinding] = [.help, .closeReading(by: "s"), .review]

    func keys(in app: CourseApp) -> [KeyBinding] {
        let scrolling = scrolls(in: app) > 1 ? KeyBinding.scrolling : []
        guard isEnd else { return scrolling + Self.keys }
        let ending = [
            KeyBinding("q", .quit, "Quit; your progress is kept", label: "quit"),
            KeyBinding("Esc Enter s F5", .close, "Back to the last step", label: "back"),
        ]
        return scrolling + [.review, .help] + ending
    }

    func text(in app: CourseApp) -> Page {
        let (book, glyphs) = (app.session.notebook, app.glyphs)
        func item(_ spans: [Span], _ mark: Span = Span("  ")) -> [Line] {
            app.wrapped(spans, behind: mark)
        }
        func section(_ title: String, _ items: [Line], orElse none: String = "") -> [Line] {
            [[], [Span(title, .bright)]] + (items.isEmpty ? item([Span(none, .faint)]) : items)
        }
        let done = Span("\(glyphs.tick) ", Style(.good))
        let measured = book.measurements.flatMap { measurement in
            let date = measurement.date.map { " (\($0))" } ?? ""
            let rows = measurement.rows.map(\.text).joined(separator: "; ")
            return item([Span(measurement.what + date)], Span("\(glyphs.bullet) "))
                + item([Span(rows, .accent)], Span("    "))
        }
        let finished = book.finished.flatMap {
            item([Span($0.title + ". ", .strong), Span($0.summary)], done)
        }
        let learned = book.learned.flatMap { item(told($0), done) }
        let missed = book.missed.flatMap { item(told($0), Span("\(glyphs.wrong) ", Style(.bad))) }
        let open = book.open.flatMap { item(told($0), Span("? ", .bright)) }
        let proposal = book.proposal.map { section("Your proposal", item([Span($0)])) } ?? []
        return Page(
            title: "Summary",
            lines: app.wrapped(book.counts)
                + section(
                    "Measured on this machine", measured,
                    orElse: "Nothing yet: r starts a step's measurement.")
                + section("Learned", finished, orElse: "No lesson finished yet.")
                + learned + section("Missed", missed, orElse: "Nothing so far.")
                + (open.isEmpty ? [] : section("Left open", open)) + proposal)
    }

    private func told(_ question: Notebook.Question) -> [Span] {
        [
            Span((question.asked ?? question.id.description) + " "),
            Span(question.answerBefore, .accent),
            Span(question.told + question.again + ".", .faint),
        ]
    }
}
