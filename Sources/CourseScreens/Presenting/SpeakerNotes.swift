import CourseContent
import CourseSession
import Lessons
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

    private var course: Course
    private let glyphs: Glyphs
    private var size: Size
    private var place: (lesson: Int, step: Int)?
    /// How many of the step's portions the class sees.
    private var shown = 1
    /// Whether it sees a blank screen.
    private var isBlank = false
    private var scroll = 0
    /// Whether nothing more is told of the place.
    private var isOver = false
    /// Whether nothing was heard of the place for long.
    private var isSilent = false
    /// What the class has answered; nil where none answers.
    package var classroom: ClassAnswers?

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
        if let taken = shared.lesson.flatMap(course.taking) { course = taken }
        isSilent = false
        guard let (lesson, step) = course.find(shared.position.step) else { return false }
        let shown = shared.position.shown ?? 1
        if place.map({ $0 != (lesson, step) }) ?? true || shown != self.shown { scroll = 0 }
        isOver = shared.isOver
        self.shown = shown
        isBlank = shared.look.open == "blank"
        defer { place = (lesson, step) }
        return place?.lesson != lesson
    }

    /// Notes that no more is told of the place.
    package mutating func lose() { isOver = true }

    /// Notes that nothing was heard of the place for two minutes.
    package mutating func noteSilence() { isSilent = true }

    /// Takes a key or another event; what the program must do, nil where that is nothing.
    package mutating func handle(_ event: Event) -> Request? {
        switch event {
        case .key("q"), .interrupt, .hangUp: return .quit
        case .key("0"): return .restart
        case .key(let key): scroll = key.moved(from: scroll, count: scrollLimit + 1, page: rows)
        case .resize(let size):
            self.size = size
            scroll = min(scroll, scrollLimit)
        default: break
        }
        return nil
    }

    // MARK: Drawing

    private var step: PreparedStep? { place.map { course.lessons[$0.lesson].steps[$0.step] } }

    /// The steps that follow in the lesson.
    private var following: ArraySlice<PreparedStep> {
        place.map { course.lessons[$0.lesson].steps[($0.step + 1)...] } ?? []
    }

    /// What comes next: the step's own next portion, the step after this one, or the lesson where
    /// another one begins; and the words that it begins with.
    private func next(after lesson: Int) -> (name: String, words: String) {
        if let step, shown < step.portions.count {
            let (now, then) = (step.showing(portions: shown), step.showing(portions: shown + 1))
            return ("portion \(shown + 1)", Self.words(then, then.prose.dropFirst(now.prose.count)))
        }
        if let step = following.first { return (step.title, Self.words(step, step.prose[...])) }
        guard lesson + 1 < course.lessons.count else { return ("the end", "") }
        let name = "lesson \(lesson + 2), \(course.lessons[lesson + 1].title)"
        return (
            name, course.lessons[lesson + 1].steps.first.map { Self.words($0, $0.prose[...]) } ?? ""
        )
    }

    /// The first words of some prose, more than the lines below it hold.
    private static func words(_ step: PreparedStep, _ prose: ArraySlice<Block>) -> String {
        let first = prose.first { !$0.texts.isEmpty }?.texts.first ?? []
        return String(step.text(of: Words(first)).prefix(240))
    }

    private var lines: [Line] {
        let width = min(size.width - 2, 78)
        guard let step else {
            return wrapped("Waiting for a shared screen.", width: width, glyphs: glyphs)
        }
        let own = step.notes(showing: shown)
        let notes = own.isEmpty ? ["No notes here."] : own
        let paragraphs = notes.map { [Span($0)] } + answers(in: step)
        let written = paragraphs.map { wrapped($0, width: width, glyphs: glyphs) } + answered(width)
        return Array(written.joined(separator: [[]]))
    }

    /// How the class answered the step's question, for whoever may know what is right.
    private func answered(_ width: Int) -> [[Line]] {
        guard let classroom else { return [] }
        let remarks = classroom.remarks.map { wrapped($0, .faint, width: width, glyphs: glyphs) }
        guard let place, let step,
            let spread = ClassSpread(
                step, in: course.lessons[place.lesson].id, of: classroom)
        else {
            let following = classroom.following
            let words = "\(following) follow\(following == 1 ? "s" : "")."
            return [wrapped([Span("Class  ", .bright), Span(words)], width: width, glyphs: glyphs)]
                + remarks
        }
        let lines = SpreadLines(
            spread: spread, width: width, rows: 8, glyphs: glyphs, showsRight: true)
        let counts = [Span("Class  ", .bright)] + lines.counts
        return [wrapped(counts, width: width, glyphs: glyphs), lines.lines] + remarks
    }

    /// The answer to the step's question and why, for whoever asks it.
    private func answers(in step: PreparedStep) -> [Line] {
        guard let question = step.question else { return [] }
        func answer(_ text: String, _ because: Words?) -> Line {
            let reason = because.map { " " + step.text(of: $0) } ?? ""
            return [Span("Answer  ", .bright), Span(text, .strong), Span(reason)]
        }
        switch question.kind {
        case .number, .choice:
            guard let right = question.rightAnswer(in: step) else { return [] }
            return [answer(right.text, question.because)]
        case .find(_, _, let mistakes):
            return mistakes.map {
                answer("row \($0.row + 1), column \($0.column + 1)", $0.because)
            }
        case .free: return []
        }
    }

    /// Rows that the first words of what comes next take.
    private static let nextRows = 2

    private var rows: Int { max(1, size.height - 6 - Self.nextRows) }
    private var scrollLimit: Int { max(0, lines.count - rows) }

    /// The screen after so many minutes.
    package func canvas(minutes: Int) -> Canvas {
        var canvas = Canvas(size: size, glyphs: glyphs)
        let area = canvas.area
        canvas.draw(title, in: area)
        canvas.fill(area.rows(1, count: 1), with: glyphs.horizontal, style: .faint)
        canvas.draw(lines.dropFirst(scroll).prefix(rows), column: 1, row: 2, in: area)
        if scroll < scrollLimit {
            canvas.draw(
                String(glyphs.more), .bright, column: size.width - 1, row: 1 + rows, in: area)
        }
        let top = size.height - 3 - Self.nextRows
        canvas.draw(clock(minutes), column: 1, row: top, in: area)
        if let place {
            let (name, words) = next(after: place.lesson)
            canvas.draw(
                [Span("next  ", .faint), Span(name)], column: 1, row: top + 1, in: area)
            let lines = wrapped(words, .faint, width: min(size.width - 8, 72), glyphs: glyphs)
            canvas.draw(lines.prefix(Self.nextRows), column: 7, row: top + 2, in: area)
        }
        let arrows = [Span(" \(KeyBinding.arrows(glyphs))", .bright), Span(" scroll ")]
        let keys = [
            Span(" 0", .bright), Span(" reset the time  "), Span("q", .bright), Span(" quit"),
        ]
        canvas.draw((scrollLimit > 0 ? arrows : []) + keys, row: size.height - 1, in: area)
        return canvas
    }

    private var title: Line {
        let dot = Span(" \(glyphs.separator) ", .faint)
        var title = [Span(" Notes", Style(.title, .bold))]
        if let place, let step {
            let count = course.lessons[place.lesson].steps.count
            title += [
                dot, Span("\(place.lesson + 1).\(place.step + 1)"), Span(" of \(count)", .faint),
                dot, Span(step.title, .strong),
            ]
            if !step.portions.isEmpty {
                title += [
                    dot, Span("portion \(shown)"), Span(" of \(step.portions.count)", .faint),
                ]
            }
        }
        let state =
            isOver ? "ended" : isSilent ? "no news" : isBlank ? "blank screen" : nil
        return title + (state.map { [dot, Span($0, .bright)] } ?? [])
    }

    /// "minute 12, marked 10; next mark 15".
    private func clock(_ minutes: Int) -> Line {
        var spans = [Span("minute ", .faint), Span("\(minutes)", .bright)]
        if let mark = step?.minute { spans.append(Span(", this step is marked \(mark)")) }
        // When the class should be at the next mark, in minutes since the lesson began.
        if let next = following.lazy.compactMap(\.minute).first {
            spans.append(Span(", the next \(next)"))
        }
        return spans
    }
}
