import CourseContent
import CourseSession
import TerminalCanvas

/// What a teacher sees beside the class: the notes to the step that is shown, the step that comes
/// next, and the time against the lesson's minute marks.
package struct SpeakerNotes: Sendable {
    /// What the program around must do.
    package enum Request: Hashable, Sendable {
        /// End the program.
        case quit
        /// Count the time from zero again.
        case restart
    }

    private let course: Course
    private let glyphs: Glyphs
    private var size: Size
    private var place: (lesson: Int, step: Int)?
    private var scroll = 0
    /// Whether nothing more is told of the place.
    private var isOver = false

    /// Notes for a course, before any place in it is known.
    package init(course: Course, size: Size, glyphs: Glyphs) {
        self.course = course
        self.size = size
        self.glyphs = glyphs
    }

    /// Turns to the notes of a place; one that is not in this course changes nothing. Returns
    /// whether another lesson begins, with whose beginning minutes are counted anew.
    @discardableResult
    package mutating func follow(_ shared: SharedScreen) -> Bool {
        guard
            let lesson = course.lessons.firstIndex(where: { $0.id == shared.position.step.lesson }),
            let step = course.lessons[lesson].stepIDs.firstIndex(of: shared.position.step.part)
        else { return false }
        if place.map({ $0 != (lesson, step) }) ?? true { scroll = 0 }
        isOver = shared.isOver
        defer { place = (lesson, step) }
        return place?.lesson != lesson
    }

    /// Notes that no more is told of the place.
    package mutating func lose() { isOver = true }

    /// Takes a key or another event; what the program must do, nil where that is nothing.
    package mutating func handle(_ event: Event) -> Request? {
        switch event {
        case .key(.character("q")), .key(.escape), .interrupt, .hangUp: return .quit
        case .key(.character("0")): return .restart
        case .key(.down), .key(.character("j")): scroll = min(scroll + 1, scrollLimit)
        case .key(.up), .key(.character("k")): scroll = max(0, scroll - 1)
        case .resize(let size):
            self.size = size
            scroll = min(scroll, scrollLimit)
        default: break
        }
        return nil
    }

    // MARK: Drawing

    private var step: PreparedStep? {
        place.map { course.lessons[$0.lesson].steps[$0.step] }
    }

    /// The step after this one, and the lesson's title where another one begins.
    private var next: String {
        guard let place else { return "" }
        let lesson = course.lessons[place.lesson]
        if place.step + 1 < lesson.steps.count { return lesson.steps[place.step + 1].title }
        guard place.lesson + 1 < course.lessons.count else { return "the end" }
        let following = course.lessons[place.lesson + 1]
        return "lesson \(place.lesson + 2), \(following.title)"
    }

    /// When the class should be at the next mark, in minutes since the lesson began.
    private var nextMark: Int? {
        guard let place else { return nil }
        return course.lessons[place.lesson].steps[(place.step + 1)...].compactMap(\.minute).first
    }

    private var lines: [Line] {
        let width = min(size.width - 2, 78)
        guard let step else {
            return wrapped([Span("Waiting for a shared screen.")], width: width, glyphs: glyphs)
        }
        let notes = step.notes.isEmpty ? ["No notes to this step."] : step.notes
        let paragraphs = notes.map { [Span($0)] } + answers(to: step.question, in: step)
        return Array(
            paragraphs.map { wrapped($0, width: width, glyphs: glyphs) }.joined(separator: [[]]))
    }

    /// The answer to the step's question and why, for whoever asks it.
    private func answers(to question: Question?, in step: PreparedStep) -> [Line] {
        guard let question else { return [] }
        let name = Span("Answer  ", Style(.accent, .bold))
        let because = question.because.map { " " + step.text(of: $0) } ?? ""
        switch question.kind {
        case .number, .choice:
            guard let right = question.rightAnswer(in: step) else { return [] }
            return [[name, Span(right.text, .init(.text, .bold)), Span(because)]]
        case .find(_, _, let mistakes):
            return mistakes.map { mistake in
                let cell = "row \(mistake.row + 1), column \(mistake.column + 1)"
                return [
                    name, Span(cell, .init(.text, .bold)),
                    Span(" " + step.text(of: mistake.because)),
                ]
            }
        case .free: return []
        }
    }

    private var rows: Int { max(1, size.height - 6) }
    private var scrollLimit: Int { max(0, lines.count - rows) }

    /// The screen after so many minutes.
    package func canvas(minutes: Int) -> Canvas {
        var canvas = Canvas(size: size, glyphs: glyphs)
        func put(_ spans: [Span], _ column: Int, _ row: Int) {
            canvas.draw(spans, at: Point(column: column, row: row), in: canvas.area)
        }
        let dot = Span(" \(glyphs.separator) ", Style(.faint))
        var title = [Span(" Notes", Style(.title, .bold))]
        if let place, let step {
            let count = course.lessons[place.lesson].steps.count
            title += [
                dot, Span("\(place.lesson + 1).\(place.step + 1)"),
                Span(" of \(count)", Style(.faint)),
                dot, Span(step.title, Style(.text, .bold)),
            ]
        }
        if isOver { title += [dot, Span("ended", Style(.accent, .bold))] }
        put(title, 0, 0)
        canvas.fill(
            Rect(column: 0, row: 1, width: size.width, height: 1), with: glyphs.horizontal,
            style: Style(.faint))
        for (index, line) in lines.dropFirst(scroll).prefix(rows).enumerated() {
            put(line, 1, 2 + index)
        }
        if scroll < scrollLimit {
            put([Span(String(glyphs.more), Style(.accent, .bold))], size.width - 1, 1 + rows)
        }
        put(clock(minutes), 1, size.height - 3)
        if place != nil { put([Span("next  ", Style(.faint)), Span(next)], 1, size.height - 2) }
        put(
            [
                Span(" 0", Style(.accent, .bold)), Span(" time from zero  "),
                Span("q", Style(.accent, .bold)), Span(" quit"),
            ], 0, size.height - 1)
        return canvas
    }

    /// "minute 12, marked 10; next mark 15".
    private func clock(_ minutes: Int) -> [Span] {
        var spans = [Span("minute ", Style(.faint)), Span("\(minutes)", Style(.accent, .bold))]
        if let mark = step?.minute { spans.append(Span(", this step is marked \(mark)")) }
        if let nextMark { spans.append(Span(", the next \(nextMark)")) }
        return spans
    }
}
