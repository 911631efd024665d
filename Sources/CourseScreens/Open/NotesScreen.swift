import CourseContent
import CourseSession
import TerminalCanvas

/// The learner's notes; one that is chosen brings its screen back.
struct NotesScreen: ListScreen {
    var selected = 0

    func count(in app: CourseApp) -> Int { app.session.progress.notes.count }

    mutating func choose(in app: inout CourseApp) -> Next {
        app.session.show(app.session.notesInOrder[selected])
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let notes = app.session.notesInOrder
        let course = app.session.course
        let lines = notes.map { note -> Line in
            let id = note.position.step
            let lesson = course.lessons.firstIndex { $0.id == id.lesson }
            let number = lesson.map { "\($0 + 1) " } ?? ""
            let step = course.find(id).map { course.lessons[$0.lesson].steps[$0.step] }
            return [
                Span("\(number)\(step?.title ?? id.part)", Style(.accent, .bold)),
                Span(note.position.isExploring ? " (exploring)  " : "  ", Style(.faint)),
                Span(String(note.text.prefix { $0 != "\n" })),
            ]
        }
        let chosen = notes.indices.contains(selected) ? notes[selected] : nil
        let none: [Line] = [[Span("No notes yet. n on a step opens one.", Style(.faint))]]
        let heading = chosen.map {
            [Span("\($0.date.map { "\($0)  " } ?? "")\($0.position.settingText)", Style(.faint))]
        }
        return Page(
            title: "Notes: \(notes.count)", lines: notes.isEmpty ? none : lines,
            selected: notes.isEmpty ? nil : selected, heading: heading.map { [$0] } ?? [])
    }
}
