import CourseSession
import TerminalCanvas

/// The learner's notes; one that is chosen brings its screen back.
struct NotesScreen: ListScreen {
    var selected = 0

    static let keys = KeyBinding.list(closedBy: "N")

    func entries(in app: CourseApp) -> [Note] { app.session.notesInOrder }

    func choose(_ note: Note, in app: inout CourseApp) -> Next {
        app.session.show(note)
        return .closes
    }

    func page(in app: CourseApp) -> Page? {
        let notes = entries(in: app)
        let course = app.session.course
        let lines = notes.map { note -> Line in
            let id = note.position.step
            let lesson = course.lessonIndex(of: id.lesson)
            let number = lesson.map { "\($0 + 1) " } ?? ""
            let step = course.find(id).map { course.lessons[$0.lesson].steps[$0.step] }
            return [
                Span("\(number)\(step?.title ?? id.part)", .bright),
                Span(note.position.isExploring ? " (exploring)  " : "  ", .faint),
                Span(String(note.text.prefix { $0 != "\n" })),
            ]
        }
        var page = page(
            "Notes: \(notes.count)", lines,
            orElse: Span("No notes yet. n on a step opens one.", .faint))
        if notes.indices.contains(selected) {
            let note = notes[selected]
            let date = note.date.map { "\($0)  " } ?? ""
            page.heading = [[Span(date + note.position.text, .faint)]]
        }
        return page
    }
}
