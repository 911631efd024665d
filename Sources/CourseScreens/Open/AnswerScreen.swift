import CourseContent
import CourseSession
import TerminalCanvas

/// A number or the learner's own words, typed as the answer to the step's question.
struct AnswerScreen: TypingScreen {
    var line: TextEditor
    /// What was wrong with the last try.
    private var feedback: Words?

    init(_ draft: String = "") { line = TextEditor(draft, limit: 500) }

    /// With a guess that was left untried, which goes as soon as another is typed.
    init(untried guess: String) {
        self.init(guess)
        if !guess.isEmpty { line.offer(isSize: true) }
    }

    var answering: Answering? { .typing(line, feedback: feedback) }

    static let keys = KeyBinding.typing(
        and: [KeyBinding("Tab", .hint, "A hint", label: "hint", if: { $0.session.hasHint })]
            + KeyBinding.clicker)

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        if action == .choose { return answer(in: &app) }
        keep(in: &app)
        return app.leaveQuestion(action, untried: line.text)
    }

    private mutating func answer(in app: inout CourseApp) -> Next {
        guard app.session.step.question?.kind != .free else {
            line.text.trimmed.isEmpty ? app.session.leaveQuestion() : keep(in: &app)
            return .closes
        }
        guard app.session.answer != nil else { return .closes }
        switch app.session.guess(line.text) {
        case .right: return .closes
        case .unreadable(let problem):
            line.offer(isSize: true)
            feedback = Words(problem)
        case .wrong(let mistake):
            line.clear()
            feedback = Words("\(mistake) Try again, or Esc shows the answer.")
        // Enter on an empty line leaves what was said about the last guess.
        case nil: if feedback == nil { app.session.notice = CourseApp.nothingTypedWords }
        }
        return .stays
    }

    mutating func wasEdited(isOther: Bool) { if isOther { feedback = nil } }

    /// A blank begins no answer: it is pressed to go on, and what was said of the last guess stays.
    mutating func insert(_ text: String) {
        if line.isEmpty || line.isOffered, text.trimmed.isEmpty { return }
        wasEdited(isOther: line.insert(text) == .changed)
    }

    func keep(in app: inout CourseApp) { app.session.keepWords(line.text) }

    func afterReload(in app: CourseApp) -> AnswerScreen? {
        switch app.session.step.question?.kind {
        case .number?, .free?: self
        default: nil
        }
    }
}

/// One of some answers, to be chosen.
struct ChoiceScreen: Screen {
    private var selected: Int
    /// Whether it was marked by the learner, and not tried yet.
    private var isMarked: Bool

    /// Where one is given, the learner has marked it.
    init(marked index: Int? = nil) { (selected, isMarked) = (index ?? 0, index != nil) }

    var answering: Answering? { .choosing(selected: selected) }

    private func count(_ app: CourseApp) -> Int {
        if case .choice(let choices)? = app.session.step.question?.kind { choices.count } else { 0 }
    }

    // Space goes on everywhere else: nobody answers by going on.
    func keys(in app: CourseApp) -> [KeyBinding] {
        Self.keys + (isMarked ? [KeyBinding("Space", .choose, "Give the marked answer")] : [])
    }

    static let keys =
        [
            KeyBinding("Enter", .choose, "Answer", label: "answer"),
            KeyBinding("Up Down j k", .move, "Choose another answer", label: "choose"),
            KeyBinding("1 2 3 4 5 6 7 8 9", shown: "1-9", .move, "Choose an answer by number"),
        ] + KeyBinding.asked

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .move:
            guard case .character(let digit) = key, let number = digit.wholeNumberValue else {
                selected = app.moved(key, from: selected, count: count(app))
                isMarked = true
                break
            }
            if number <= count(app) {
                (selected, isMarked) = (number - 1, true)
            } else {
                app.session.notice = "There are \(count(app)) answers."
            }
        case .choose:
            isMarked = false
            app.session.choose(selected)
            return app.session.isQuestionOpen ? .stays : .closes
        default:
            return app.leaveQuestion(action, asItIs: key == "q")
        }
        return .stays
    }

    /// A press marks an answer, and takes one that the learner has marked.
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key? {
        guard mouse.action == .press, case .choice(let index)? = app.questionTarget(at: mouse.point)
        else {
            app.tellPressed(mouse, besides: "an answer")
            return nil
        }
        if index == selected, isMarked { return .enter }
        (selected, isMarked) = (index, true)
        app.tellMarked()
        return nil
    }

    func afterReload(in app: CourseApp) -> ChoiceScreen? { selected < count(app) ? self : nil }
}

/// A table in which mistakes are to be found.
struct MistakesScreen: Screen {
    private var row: Int
    private var column: Int
    /// Whether the learner has moved to the cell, and not marked it yet.
    private var isMoved: Bool
    /// Whether the cell was just marked.
    private var isTried = false

    /// On the first cell that can be wrong; where a cell is given, the learner has moved to it.
    init(at cell: (row: Int, column: Int)? = nil, in app: CourseApp) {
        let first = Self.firstColumn(app)
        (row, column, isMoved) = (cell?.row ?? 0, max(first, cell?.column ?? first), cell != nil)
    }

    /// Behind the names of the rows.
    private static func firstColumn(_ app: CourseApp) -> Int {
        app.session.step.question?.namesRows == true ? 1 : 0
    }

    var answering: Answering? { .hunting(row: row, column: column, tried: isTried) }

    private func rows(_ app: CourseApp) -> [[Words]] {
        if case .find(_, let rows, _)? = app.session.step.question?.kind { rows } else { [] }
    }

    static let keys =
        [
            KeyBinding("Enter", .choose, "Mark the cell as a mistake", label: "this is wrong"),
            KeyBinding("Left Up Down Right h j k l", .move, "Move between cells", label: "move"),
        ] + KeyBinding.asked

    func keys(in app: CourseApp) -> [KeyBinding] {
        Self.keys + (isMoved ? [KeyBinding("Space", .choose, "Mark the cell you moved to")] : [])
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .move:
            let rows = rows(app)
            let (columns, lines) = key.direction
            let before = (row, column)
            row = min(max(0, row + lines), rows.count - 1)
            let last = (rows.first?.count ?? 1) - 1
            column = min(max(Self.firstColumn(app), column + columns), last)
            isMoved = true
            if (row, column) == before { app.session.notice = "The table ends here." }
        case .choose:
            app.session.mark(row: row, column: column)
            (isMoved, isTried) = (false, true)
            return app.session.isQuestionOpen ? .stays : .closes
        default:
            return app.leaveQuestion(action, asItIs: key == "q")
        }
        isTried = false
        return .stays
    }

    /// A press goes to a cell, and marks one that the learner has gone to as a mistake.
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key? {
        guard mouse.action == .press,
            case .cell(let row, let column)? = app.questionTarget(at: mouse.point)
        else {
            app.tellPressed(mouse, besides: "a cell")
            return nil
        }
        guard column >= Self.firstColumn(app) else {
            isMoved = false
            app.session.notice = Session.rowNameWords
            return nil
        }
        if (row, column) == (self.row, self.column), isMoved { return .enter }
        (self.row, self.column, isMoved, isTried) = (row, column, true, false)
        app.tellMarked()
        return nil
    }

    func afterReload(in app: CourseApp) -> MistakesScreen? {
        let rows = rows(app)
        return row < rows.count && column < rows[row].count ? self : nil
    }
}

extension CourseApp {
    /// Closes a question for what a key does then. Whoever goes on with a clicker goes on.
    fileprivate mutating func leaveQuestion(
        _ action: Action, asItIs: Bool = false, untried: String = ""
    ) -> Next {
        if action == .close { session.leaveQuestion(asItIs: asItIs, untried: untried) }
        return .closes
    }
}

extension KeyBinding {
    /// What a clicker sends before a class: the same as on the step.
    fileprivate static let clicker = [
        KeyBinding(
            "PgDn", .reveal, "Show the answer, then go on",
            if: { $0.session.isPresenting && $0.session.isAnswerOpen }),
        KeyBinding(
            "PgDn", .next, "Go on",
            if: { $0.session.isPresenting && !$0.session.isAnswerOpen }),
        KeyBinding("PgUp", .back, "Back", if: { $0.session.isPresenting }),
    ]

    /// In every question without a typed answer.
    fileprivate static let asked =
        clicker + [
            KeyBinding("Tab", .hint, "A hint", label: "hint", if: { $0.session.hasHint }),
            help,
            KeyBinding("Esc", .close, "Leave it for now", label: "leave it"),
            KeyBinding("q", .close, "Leave it as it is"),
        ]

    static let help = KeyBinding("? F1", .help, "What every key does here", label: "help")
}
