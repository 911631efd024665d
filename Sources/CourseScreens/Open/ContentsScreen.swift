import CourseContent
import CourseSession
import TerminalCanvas

/// All lessons and steps, with what was guessed.
struct ContentsScreen: ListScreen {
    var selected: Int

    /// A lesson, or a step of it.
    struct Entry: Hashable {
        let lesson: Int
        let step: Int?
    }

    init(selected: Int) { self.selected = selected }

    /// At the present step.
    init(in app: CourseApp) {
        let session = app.session
        let here = Entry(lesson: session.lessonIndex, step: session.stepIndex)
        selected = Self.entries(app).firstIndex(of: here) ?? 0
    }

    static func entries(_ app: CourseApp) -> [Entry] {
        let lessons = app.session.course.lessons
        return lessons.indices.flatMap { lesson in
            [Entry(lesson: lesson, step: nil)]
                + lessons[lesson].steps.indices.map { Entry(lesson: lesson, step: $0) }
        }
    }

    func entries(in app: CourseApp) -> [Entry] { Self.entries(app) }

    static let keys =
        KeyBinding.list(closedBy: "c", searched: "the course's text") + [
            .review, KeyBinding("s", .summary, "What you did so far", label: "summary"),
        ]

    func choose(_ entry: Entry, in app: inout CourseApp) -> Next {
        app.session.enter(lesson: entry.lesson, step: entry.step ?? 0)
        return .closes
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("contents", selected) }

    func page(in app: CourseApp) -> Page? {
        let (lessons, seen) = (app.session.course.lessons, app.session.progress.visited)
        let lines = Self.entries(app).map { entry -> Line in
            let lesson = lessons[entry.lesson]
            guard let index = entry.step else {
                let count = lesson.steps.filter { seen.contains(lesson.id(of: $0)) }.count
                let room = app.pageWidth - columns(of: lesson.title) - 19
                return [
                    Span("\(entry.lesson + 1) \(lesson.title)", .bright),
                    Span("  \(count) of \(lesson.steps.count) seen. ", .faint),
                    Span(app.shortened(lesson.summary, to: room), .faint),
                ]
            }
            let step = lesson.steps[index]
            let isSeen = seen.contains(lesson.id(of: step))
            return [
                Span(isSeen ? "  \(app.glyphs.tick) " : "    ", Style(.good)), Span(step.title),
            ] + guess(step, in: lesson, app)
        }
        return Page(title: "Contents", lines: lines, selected: selected)
    }

    /// "guessed 2.4 GB, 2 times too little" behind a step.
    private func guess(_ step: PreparedStep, in lesson: PreparedLesson, _ app: CourseApp) -> [Span]
    {
        guard let question = step.question,
            let record = app.session.toldAnswers[lesson.id(of: question)]
        else { return [] }
        let asked = Notebook.Question(record, to: question, of: step, in: lesson)
        let room = app.pageWidth - 6 - columns(of: step.title)
        let mark = asked.isMissed ? app.glyphs.wrong : app.glyphs.tick
        let isDone = asked.isMissed || record.isRight
        // The mark says the end too, where there is no room for it.
        let whole = asked.told
        let text = columns(of: whole) <= room ? whole : String(whole.prefix { $0 != ";" })
        return [
            Span("  "),
            Span(
                (isDone ? "\(mark) " : "") + app.shortened(text, to: room),
                Style(asked.isMissed ? .bad : record.isRight ? .good : .faint)),
        ]
    }
}

extension CourseApp {
    /// A text cut at the end of a word, where it is too wide.
    func shortened(_ text: String, to width: Int) -> String {
        if columns(of: text) <= width { return text }
        let first = wrapped(text, width: max(1, width - 2))[0]
        return first.map(\.text).joined() + " \(glyphs.ellipsis)"
    }
}
