import CourseSession
import TerminalCanvas

/// The learner's notes; one that is chosen brings its screen back.
struct NotesScreen: SearchedList {
    var selected = 0

    static let keys = KeyBinding.list(closedBy: "N", searched: "the notes")

    var search: any Screen { ListSearchScreen(list: self) }

    func entries(in app: CourseApp) -> [Note] { app.session.notesInOrder }

    func choose(_ note: Note, in app: inout CourseApp) -> Next {
        app.session.show(note)
        return .closes
    }

    /// "5 Half of g", the step that a note is on.
    private func place(of note: Note, in app: CourseApp) -> String {
        let (course, id) = (app.session.course, note.position.step)
        let lesson = course.lessonIndex(of: id.lesson)
        let number = lesson.map { "\($0 + 1) " } ?? ""
        let step = course.find(id).map { course.lessons[$0.lesson].steps[$0.step] }
        return "\(number)\(step?.title ?? id.part)"
    }

    func text(of note: Note, in app: CourseApp) -> String {
        place(of: note, in: app) + " " + note.text
    }

    func page(in app: CourseApp) -> Page? {
        page(of: entries(in: app), selected: selected, in: app)
    }

    func page(of notes: [Note], selected: Int, in app: CourseApp) -> Page {
        let lines = notes.map { note -> Line in
            [
                Span(place(of: note, in: app), .bright),
                Span(note.position.isExploring ? " (exploring)  " : "  ", .faint),
                Span(String(note.text.prefix { $0 != "\n" })),
            ]
        }
        var page = page(
            "Notes: \(notes.count)", lines,
            orElse: Span("No notes yet. n on a step opens one.", .faint))
        if page.selected != nil { page.selected = selected }
        if notes.indices.contains(selected) {
            let note = notes[selected]
            let date = note.date.map { "\($0)  " } ?? ""
            page.heading = [[Span(date + note.position.text, .faint)]]
            if let model = note.modelText {
                page.heading.append(
                    [Span(model, .faint)].shortened(to: app.pageWidth, glyphs: app.glyphs))
            }
        }
        return page
    }
}
