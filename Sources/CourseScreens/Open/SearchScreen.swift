import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Text search over the course's steps.
struct SearchScreen: SearchableList {
    var line = TextEditor(limit: 40)
    var selected = 0

    func count(in app: CourseApp) -> Int { app.session.searchHits(line.text).count }

    mutating func choose(in app: inout CourseApp) -> Next {
        let hit = app.session.searchHits(line.text)[selected]
        app.session.enter(lesson: hit.lesson, step: hit.step)
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let hits = app.session.searchHits(line.text)
        let lines = hits.map { hit -> Line in
            let step = app.session.course.lessons[hit.lesson].steps[hit.step]
            return [
                Span("\(hit.lesson + 1).\(hit.step + 1) \(step.title)  ", Style(.accent)),
                Span(hit.before, Style(.faint)),
                Span(hit.match, Style(.text, [.bold, .underline])),
                Span(hit.after, Style(.faint)),
            ]
        }
        let empty =
            line.isEmpty
            ? Span("Words of any step: titles, text, questions.", Style(.faint))
            : Span("No step holds that. Backspace erases a letter.", Style(.bad))
        let typed = typed(width: app.pageWidth, glyphs: app.glyphs)
        return Page(
            title: line.isEmpty ? "Search" : "Search: \(counted(hits.count, "step"))",
            lines: hits.isEmpty ? [[empty]] : lines, selected: hits.isEmpty ? nil : selected,
            heading: [typed.line], cursor: Point(column: typed.column, row: 0))
    }
}
