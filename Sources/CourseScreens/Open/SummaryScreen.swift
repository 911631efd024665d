import CourseContent
import CourseSession
import TerminalCanvas

/// What was measured on this machine, what was learned, what was missed.
struct SummaryScreen: TextScreen {
    var scroll = 0

    func bindings(in app: CourseApp) -> [KeyBinding] {
        (scrolls(in: app) > 1 ? KeyBinding.scrolling : []) + [.closeReading]
            + (app.session.canReview ? [.review] : [])
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .review else { return scroll(action, in: app) }
        app.session.startReview()
        return .closes
    }

    func text(in app: CourseApp) -> Page {
        let (width, glyphs) = (app.pageWidth, app.glyphs)
        var lines: [Line] = []
        func heading(_ text: String) {
            if !lines.isEmpty { lines.append([]) }
            lines.append([Span(text, Style(.accent, .bold))])
        }
        func item(_ mark: Span, _ spans: [Span]) {
            let rows = wrapped(spans, width: width - columns(of: mark.text), glyphs: glyphs)
            lines += rows.enumerated().map {
                [$0 == 0 ? mark : Span(String(repeating: " ", count: columns(of: mark.text)))] + $1
            }
        }
        let book = app.session.notebook
        item(Span(""), [Span(app.session.summaryCounts(book))])
        heading("Measured on this machine")
        if book.measurements.isEmpty {
            item(
                Span("  "),
                [Span("Nothing yet: r runs what a step times or trains.", Style(.faint))])
        }
        for measurement in book.measurements {
            let date = measurement.date.map { " (\($0))" } ?? ""
            item(Span("\(glyphs.bullet) "), [Span(measurement.what + date)])
            let rows = measurement.rows.map { "\($0.name): \($0.result)" }.joined(separator: "; ")
            item(Span("    "), [Span(rows, Style(.accent))])
        }
        heading("Learned")
        if book.finished.isEmpty {
            item(Span("  "), [Span("No lesson is seen to its end yet.", Style(.faint))])
        }
        for lesson in book.finished {
            item(
                Span("\(glyphs.tick) ", Style(.good)),
                [Span(lesson.title + ". ", Style(.text, .bold)), Span(lesson.summary)])
        }
        for question in book.learned {
            item(Span("\(glyphs.tick) ", Style(.good)), told(question))
        }
        heading("Missed")
        if book.missed.isEmpty { item(Span("  "), [Span("Nothing so far.", Style(.faint))]) }
        for question in book.missed {
            item(Span("\(glyphs.wrong) ", Style(.bad)), told(question))
        }
        if let proposal = book.proposal {
            heading("Your proposal")
            item(Span("  "), [Span(proposal)])
        }
        return Page(title: "Summary", lines: lines)
    }

    private func told(_ question: Notebook.Question) -> [Span] {
        [
            Span((question.asked ?? question.id.description) + " "),
            Span(question.answerBefore, Style(.accent)),
            Span(question.told + question.again + ".", Style(.faint)),
        ]
    }
}
