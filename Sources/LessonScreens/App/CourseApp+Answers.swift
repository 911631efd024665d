import AttentionEngine
import CourseContent

/// Asking and answering.
extension CourseApp {
    mutating func openQuestion() {
        guard let question = step.question else { return }
        switch question.kind {
        case .number, .free: answering = .typing(text: record?.draft ?? "", feedback: nil)
        case .choice: answering = .choosing(selected: 0)
        case .find: answering = .hunting(row: 0, column: 0, tried: false)
        }
        // Where everything scrolls as one, the question comes into view.
        let layout = layout()
        if layout.flowHeight != nil,
            let section = layout.sections.first(where: { $0.part == .question })
        {
            scroll = min(section.area.row, layout.scrollLimit)
        }
    }

    mutating func performAnswering(_ action: Action) {
        guard let question = step.question else {
            answering = nil
            return
        }
        if action == .close {
            keepDraft()
            return putOff()
        }
        if action == .hint {
            isHintShown = true
            return
        }
        switch (answering, question.kind) {
        case (.typing(let text, _)?, .number(_, let tolerance)):
            typing(action, text) { app in app.guess(text, tolerance: tolerance) }
        case (.typing(let text, _)?, _):
            typing(action, text) { app in
                guard !text.trimmed.isEmpty else { return app.putOff() }
                app.keep(text)
                app.answering = nil
            }
        case (.choosing(let selected)?, .choice(let choices)):
            choose(action, selected, choices)
        case (.hunting(let row, let column, _)?, .find(_, let rows, let mistakes)):
            hunt(action, row, column, rows: rows, mistakes: mistakes)
        default: answering = nil
        }
    }

    /// Keeps the learner's own words that are still being typed.
    mutating func keepDraft() {
        guard case .typing(let text, _)? = answering, step.question?.kind == .free,
            !text.trimmed.isEmpty
        else { return }
        keep(text)
    }

    /// Keeps the learner's own words.
    private mutating func keep(_ text: String) {
        record {
            $0.given = text.trimmed
            $0.isRight = true
            $0.isRevealed = true
        }
    }

    /// Whether leaving the question shows its answer: after a try at a guess, or when it is left
    /// for the second time.
    var isAnswerDue: Bool { isVeiled && (record?.tries ?? 0 > 0 || isQuestionPutOff) }

    /// Leaves the question.
    private mutating func putOff() {
        let isDue = isAnswerDue
        answering = nil
        isQuestionPutOff = true
        if isDue { revealAnswer() }
    }

    mutating func revealAnswer() {
        record { $0.isRevealed = true }
        showAnswer()
    }

    /// The figures below show what was asked for.
    mutating func showAnswer() {
        if let asked = answer?.origin?.setting { setting = asked }
    }

    private mutating func record(_ change: (inout AnswerRecord) -> Void) {
        if review != nil {
            let wasRevealed = record?.isRevealed == true
            change(&review!.questions[review!.index].record[or: AnswerRecord()])
            if !wasRevealed { keepReview() }
            return
        }
        guard let key = questionKey else { return }
        // Whoever follows and answers by themselves answers as themselves.
        if following != nil { unkeptAnswers[key] = nil }
        if unkeptAnswers[key] != nil { return change(&unkeptAnswers[key, default: AnswerRecord()]) }
        change(&progress.answers[key, default: AnswerRecord()])
        progress.answers[key]?.date = now
    }

    private mutating func typing(
        _ action: Action, _ text: String, take: (inout CourseApp) -> Void
    ) {
        switch action {
        case .erase: answering = .typing(text: String(text.dropLast()), feedback: nil)
        case .eraseAll: answering = .typing(text: "", feedback: nil)
        case .choose: take(&self)
        default: break
        }
    }

    private mutating func guess(_ text: String, tolerance: Double) {
        guard let answer else {
            answering = nil
            return
        }
        // Enter on an empty line leaves what was said about the last guess.
        if text.trimmed.isEmpty, record?.tries ?? 0 > 0 { return }
        switch Guess.read(text, kind: answer.kind) {
        case .unreadable(let problem):
            answering = .typing(text: text, feedback: Words(problem))
        case .value(let value):
            let isRight = Guess.isRight(value, answer: answer.amount, tolerance: tolerance)
            record {
                $0.take(text.trimmed)
                $0.isRight = isRight
                $0.isRevealed = isRight
            }
            if isRight {
                answering = nil
                showAnswer()
                return
            }
            let mistake = mistake(in: text, value: value, answer: answer)
            answering = .typing(
                text: "", feedback: Words("\(mistake) Try again, or Esc shows the answer."))
        }
    }

    /// "Not 2.4 GB: you forgot the 2 for a key and a value."
    func mistake(in text: String, value: Double, answer: FigureValue) -> String {
        let cause =
            Guess.cause(of: value, answer: answer)
            ?? (value < answer.amount ? "too little" : "too much")
        return "Not \(text.trimmed): \(cause)."
    }

    private mutating func choose(
        _ action: Action, _ selected: Int, _ choices: [Question.Choice]
    ) {
        switch action {
        case .up: answering = .choosing(selected: max(0, selected - 1))
        case .down: answering = .choosing(selected: min(choices.count - 1, selected + 1))
        case .choose:
            let choice = choices[selected]
            record {
                $0.take(choice.text.plain)
                $0.isRight = choice.isRight
                $0.isRevealed = choice.isRight
            }
            if choice.isRight { answering = nil }
        default: break
        }
    }

    private mutating func hunt(
        _ action: Action, _ row: Int, _ column: Int, rows: [[Words]],
        mistakes: [Question.Mistake]
    ) {
        let columns = rows[0].count
        switch action {
        case .up: answering = .hunting(row: max(0, row - 1), column: column, tried: false)
        case .down:
            answering = .hunting(row: min(rows.count - 1, row + 1), column: column, tried: false)
        case .left: answering = .hunting(row: row, column: max(0, column - 1), tried: false)
        case .right:
            answering = .hunting(row: row, column: min(columns - 1, column + 1), tried: false)
        case .reveal:
            record { $0.isRevealed = true }
            answering = nil
        case .choose:
            let index = row * columns + column
            guard mistakes.contains(where: { $0.row == row && $0.column == column }) else {
                record { $0.countTry() }
                answering = .hunting(row: row, column: column, tried: true)
                return
            }
            // A mistake found once is no guess when it is named again.
            guard record?.found.contains(index) != true else {
                answering = .hunting(row: row, column: column, tried: true)
                return
            }
            record {
                $0.found.append(index)
                $0.countTry()
                $0.isRight = $0.found.count == mistakes.count
                $0.isRevealed = $0.isRight
            }
            answering =
                record?.isRevealed == true
                ? nil : .hunting(row: row, column: column, tried: true)
        default: break
        }
    }
}

extension AnswerRecord {
    fileprivate mutating func countTry() { tries = min(tries, 999_999) + 1 }

    /// Takes a guess; the first one is kept beside the newest.
    fileprivate mutating func take(_ guess: String) {
        if tries > 0, first == nil { first = given }
        given = guess
        countTry()
    }

    /// What a question's line starts with when it is opened again.
    fileprivate var draft: String { isRight && isRevealed ? given : "" }
}

extension Optional {
    /// What is there, or a start to change.
    fileprivate subscript(or start: Wrapped) -> Wrapped {
        get { self ?? start }
        set { self = newValue }
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
