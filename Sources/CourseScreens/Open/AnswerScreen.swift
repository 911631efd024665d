import CourseContent
import CourseSession
import TerminalCanvas

/// A number or the learner's own words, typed as the answer to the step's question.
struct AnswerScreen: Screen {
    private var line: TextEditor
    /// What was wrong with the last try.
    private var feedback: Words?

    init(_ draft: String = "") { line = TextEditor(draft, limit: 500) }

    var answering: Answering? { .typing(line, feedback: feedback) }

    func bindings(in app: CourseApp) -> [KeyBinding] {
        [KeyBinding([.enter], .choose, "Enter", label: "done", help: "Take what was typed")]
            + KeyBinding.editing(label: "erase")
            + (app.session.hasHint
                ? [KeyBinding([.tab], .hint, "Tab", label: "hint", help: "A hint")] : [])
            + [
                KeyBinding([.function(1)], .help, "F1", help: "What every key does here"),
                KeyBinding([.escape], .close, "Esc", label: "leave it", help: "Leave it for now"),
            ]
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .edit:
            _ = line.handle(key)
            feedback = nil
        case .choose: return answer(in: &app)
        case .hint: app.session.showHint()
        case .help: return .covers(HelpScreen())
        default:
            keep(in: &app)
            app.session.leaveQuestion()
            return .closes
        }
        return .stays
    }

    private mutating func answer(in app: inout CourseApp) -> Next {
        guard app.session.step.question?.kind != .free else {
            line.text.trimmed.isEmpty ? app.session.leaveQuestion() : keep(in: &app)
            return .closes
        }
        guard app.session.answer != nil else { return .closes }
        switch app.session.guess(line.text) {
        case .right: return .closes
        case .unreadable(let problem): feedback = Words(problem)
        case .wrong(let mistake):
            line.clear()
            feedback = Words("\(mistake) Try again, or Esc shows the answer.")
        // Enter on an empty line leaves what was said about the last guess.
        case nil: break
        }
        return .stays
    }

    mutating func insert(_ text: String, in app: CourseApp) {
        line.insert(text)
        feedback = nil
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
    private var selected = 0

    var answering: Answering? { .choosing(selected: selected) }

    private func choices(_ app: CourseApp) -> [Question.Choice] {
        if case .choice(let choices)? = app.session.step.question?.kind { choices } else { [] }
    }

    // Not Space, which goes on everywhere else: nobody answers by going on.
    func bindings(in app: CourseApp) -> [KeyBinding] {
        [
            KeyBinding([.enter], .choose, "Enter", label: "take it", help: "Answer"),
            KeyBinding(
                [.down, .character("j")], .down, "↑ ↓", label: "choose", help: "Another answer"),
            KeyBinding([.up, .character("k")], .up, "↑", help: nil),
        ] + KeyBinding.asked(app)
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .up: selected = max(0, selected - 1)
        case .down: selected = min(choices(app).count - 1, selected + 1)
        case .choose:
            app.session.choose(selected)
            return app.session.isQuestionOpen ? .stays : .closes
        default: return asked(action, in: &app)
        }
        return .stays
    }

    func afterReload(in app: CourseApp) -> ChoiceScreen? {
        selected < choices(app).count ? self : nil
    }
}

/// A table in which mistakes are to be found.
struct MistakesScreen: Screen {
    private var row = 0
    private var column = 0
    /// Whether the cell was just marked.
    private var isTried = false

    var answering: Answering? { .hunting(row: row, column: column, tried: isTried) }

    private func rows(_ app: CourseApp) -> [[Words]] {
        if case .find(_, let rows, _)? = app.session.step.question?.kind { rows } else { [] }
    }

    func bindings(in app: CourseApp) -> [KeyBinding] {
        [
            KeyBinding(
                [.enter], .choose, "Enter", label: "this is wrong",
                help: "Mark the cell as a mistake"),
            KeyBinding([.right], .right, "← ↑ ↓ →", label: "move", help: "Move over the cells"),
            KeyBinding([.left], .left, "←", help: nil),
            KeyBinding([.up], .up, "↑", help: nil),
            KeyBinding([.down], .down, "↓", help: nil),
            KeyBinding(
                [.character("s")], .reveal, "s", label: "show all",
                help: "Show the mistakes that are left"),
        ] + KeyBinding.asked(app)
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        let rows = rows(app)
        switch action {
        case .up: row = max(0, row - 1)
        case .down: row = min(rows.count - 1, row + 1)
        case .left: column = max(0, column - 1)
        case .right: column = min((rows.first?.count ?? 1) - 1, column + 1)
        case .choose:
            app.session.mark(row: row, column: column)
            isTried = true
            return app.session.isQuestionOpen ? .stays : .closes
        case .reveal:
            app.session.reveal()
            return .closes
        default: return asked(action, in: &app)
        }
        isTried = false
        return .stays
    }

    func afterReload(in app: CourseApp) -> MistakesScreen? {
        let rows = rows(app)
        return row < rows.count && column < rows[row].count ? self : nil
    }
}

extension Screen {
    /// What keys do that every question without a typed answer has.
    fileprivate func asked(_ action: Action, in app: inout CourseApp) -> Next {
        switch action {
        case .hint: app.session.showHint()
        case .help: return .covers(HelpScreen())
        default:
            app.session.leaveQuestion()
            return .closes
        }
        return .stays
    }
}

extension KeyBinding {
    fileprivate static func asked(_ app: CourseApp) -> [KeyBinding] {
        (app.session.hasHint
            ? [
                KeyBinding(
                    [.tab, .character("h")], .hint, "Tab", label: "hint", help: "A hint (also h)")
            ] : []) + [help, leave]
    }

    static let help = KeyBinding(
        [.character("?"), .function(1)], .help, "?", label: "help",
        help: "What every key does here")

    static let leave = KeyBinding(
        [.escape, .character("q")], .close, "Esc", label: "leave it", help: "Leave it for now")
}
