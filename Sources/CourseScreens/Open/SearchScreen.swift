import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Text search over the course's steps.
struct SearchScreen: SearchableList {
    var line = TextEditor(limit: 40)
    var selected = 0

    func entries(in app: CourseApp) -> [Session.SearchHit] {
        app.searchTexts.value(of: app.session.searchSource) { _ in app.session.searchTexts }
            .hits(line.text)
    }

    func choose(_ hit: Session.SearchHit, in app: inout CourseApp) -> Next {
        // The list that it was opened from has nothing to do with the step found.
        app.screens = []
        app.session.enter(lesson: hit.lesson, step: hit.step)
        // Other programs go on by n.
        app.session.notice = app.session.notice ?? "Found here. / searches again; n writes a note."
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let hits = entries(in: app)
        let lines = hits.map { hit -> Line in
            let step = app.session.course.lessons[hit.lesson].steps[hit.step]
            return [
                Span("\(hit.lesson + 1).\(hit.step + 1) \(step.title)  ", .accent),
                Span(hit.before, .faint), Span(hit.match, Style(.text, [.bold, .underline])),
                Span(hit.after, .faint),
            ]
        }
        return page(
            line.isEmpty ? "Search" : "Search: \(counted(hits.count, "step"))", lines,
            orElse: line.isEmpty
                ? Span("Searches titles, text and questions.", .faint)
                : Span("Nothing found. Backspace erases a letter.", Style(.bad)), in: app)
    }
}
