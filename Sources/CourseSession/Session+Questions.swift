import AttentionEngine
import CourseContent

/// Asking and answering.
extension Session {
    /// The name that answers to the step's question are kept under; nil where it asks none.
    package var questionID: QuestionID? { questionID(of: step) }

    /// The name that answers to a step of the present lesson are kept under.
    func questionID(of step: PreparedStep) -> QuestionID? {
        step.question.map { QuestionID(lesson: position.step.lesson, part: $0.id) }
    }

    /// How far the step's question is; nil where nothing was done about it.
    package var record: AnswerRecord? { record(of: step) }

    func record(of step: PreparedStep) -> AnswerRecord? {
        if let review { return review.current.record }
        return questionID(of: step).flatMap(record(of:))
    }

    /// How far a question of a lesson is, whoever answered it.
    package func record(of question: QuestionID) -> AnswerRecord? {
        unkeptAnswers[question] ?? kept.answers[question]
    }

    /// The answers that were given, as they may be told: of a question that is open again no more
    /// than since then.
    package var toldAnswers: [QuestionID: AnswerRecord] {
        var answers = kept.answers
        for (question, record) in unkeptAnswers where !record.isRevealed {
            answers[question] = answers[question].map { _ in record }
        }
        return answers
    }

    /// Whether the step asks something that has not been answered or given up.
    package var isQuestionOpen: Bool { step.question != nil && record?.isRevealed != true }

    /// Whether the step asks something with an answer of its own that has not been shown.
    package var isAnswerOpen: Bool { isQuestionOpen && step.question?.kind != .free }

    /// The right number of the step's question; nil where it asks for none.
    package var answer: FigureValue? { answer(of: step) }

    func answer(of step: PreparedStep) -> FigureValue? {
        guard case .number? = step.question?.kind else { return nil }
        return step.question?.rightAnswer(in: step, units: units)
    }

    /// Whether there is a hint that is not shown yet.
    package var hasHint: Bool { !isHintShown && step.question?.hint != nil }

    /// Shows the hint, where the question has one, until the step is left.
    package mutating func showHint() { isHintShown = true }

    /// Whether leaving the question shows its answer: after a try at a guess, or when it is left
    /// for the second time. Of mistakes in a table each mark is a try.
    package var isAnswerDue: Bool {
        isAnswerOpen && (isPutOff || isVeiled && record?.tries ?? 0 > 0)
    }

    /// Leaves the question open, or shows its answer where that is due.
    /// - Parameters:
    ///   - asItIs: leaves it open in any case.
    ///   - untried: what was typed and not given as a guess.
    package mutating func leaveQuestion(asItIs: Bool = false, untried: String = "") {
        let isDue = isAnswerDue && !asItIs
        isPutOff = true
        untriedGuess = isDue ? nil : questionID.map { (question: $0, text: untried) }
        if isDue { return reveal() }
        if isAnswerOpen { notice = "Left open. Enter resumes; Esc there shows the answer." }
    }

    /// What was typed as a guess at this question and not tried, once; else empty.
    package mutating func takeUntriedGuess() -> String {
        defer { untriedGuess = nil }
        return untriedGuess?.question == questionID ? untriedGuess?.text ?? "" : ""
    }

    /// Shows the answer; the pictures show what was asked for.
    package mutating func reveal() {
        record { $0.isRevealed = true }
    }

    /// Puts the pictures to the values that the answer is about; says so where others were there.
    /// Those of a screen that is followed are its leader's.
    private mutating func showAsked() {
        guard followed == nil else { return }
        let moved = subject
        (position.subject, dialWish) = (opening.subject, nil)
        settleDials()
        if moved != subject, moved != ownSubject { notice = Self.askedAgainWords }
    }

    /// What is said where an answer takes the values away that the learner had moved.
    package static let askedAgainWords = "The values that were asked about are back."

    /// Shows the answer as the course does by itself; it is not kept as the learner's.
    package mutating func revealUnkept() {
        if let questionID { unkeptAnswers[questionID] = record ?? AnswerRecord() }
        reveal()
    }

    /// Changes what is known of the answer; where that shows it, the pictures follow.
    private mutating func record(_ change: (inout AnswerRecord) -> Void) {
        let wasOpen = isAnswerOpen
        keepRecord(change)
        if wasOpen, !isAnswerOpen { showAsked() }
    }

    private mutating func keepRecord(_ change: (inout AnswerRecord) -> Void) {
        if case .review(var review) = position.mode {
            let wasRevealed = record?.isRevealed == true
            review.answer(change)
            position.mode = .review(review)
            if !wasRevealed { keepReview() }
            return
        }
        guard let id = questionID else { return }
        recordForClass(id, change)
        // Whoever follows and answers by themselves answers as themselves.
        if followed != nil { unkeptAnswers[id] = nil }
        if unkeptAnswers[id] != nil { return change(&unkeptAnswers[id, default: AnswerRecord()]) }
        change(&kept.answers[id, default: AnswerRecord()])
        kept.answers[id]?.date = now
    }

    /// "Your proposal, lesson 7: a latent": what the learner wrote to the earlier question that the
    /// step's own names; nil where it names none.
    package var earlierAnswer: String? {
        guard let earlier = step.question?.earlier, let place = course.find(earlier) else {
            return nil
        }
        let asking = course.lessons[place.lesson].steps[place.step]
        let given = record(of: earlier)?.given ?? ""
        return "\(asking.title), lesson \(place.lesson + 1): "
            + (given.isEmpty ? "not written" : given)
    }

    // MARK: Answers

    /// What is said to a guess.
    package enum GuessReply: Hashable, Sendable {
        /// Within the tolerance; the answer is shown.
        case right
        /// "Not 2.4 GB: you forgot the 2 for a key and a value."
        case wrong(String)
        /// What is wrong with the typed text, in one line; it counts as no guess.
        case unreadable(String)
    }

    /// Guesses the number that is asked for; nil where none is, and where nothing was typed after a
    /// guess.
    package mutating func guess(_ text: String) -> GuessReply? {
        guard case .number(_, let tolerance)? = step.question?.kind, let answer else { return nil }
        if text.trimmed.isEmpty, record?.tries ?? 0 > 0 { return nil }
        let text = text.trimmed.withoutLeadingZeros
        switch Guess.read(text, for: answer) {
        case .unreadable(let problem): return .unreadable(problem)
        case .value(let value):
            let isRight = Guess.isRight(value, answer: answer.amount, tolerance: tolerance)
            record { $0.take(text, isRight: isRight) }
            if isRight { return .right }
            let (low, high) =
                answer.kind == .bytes ? ("too little", "too much") : ("too low", "too high")
            let cause =
                Guess.cause(of: value, typed: text, answer: answer)
                ?? (value < answer.amount ? low : high)
            return .wrong("Not \(shortened(text)): \(cause).")
        }
    }

    /// Takes one of the choices, counted from 0.
    package mutating func choose(_ index: Int) {
        guard case .choice(let choices)? = step.question?.kind, choices.indices.contains(index)
        else { return }
        let choice = choices[index]
        record { $0.take(choice.text.plain, isRight: choice.isRight) }
    }

    /// What is said where the name of a row is marked.
    package static let rowNameWords = "This only names its row; mark a cell behind it."

    /// Marks a cell of a table as a mistake, both counted from 0. One found before is no new guess,
    /// and the name of a row is none.
    package mutating func mark(row: Int, column: Int) {
        guard let question = step.question, case .find(_, let rows, let mistakes) = question.kind,
            column > 0 || !question.namesRows
        else { return }
        let cell = row * (rows.first?.count ?? 0) + column
        guard mistakes.contains(where: { $0.row == row && $0.column == column }) else {
            return record { $0.countTry() }
        }
        guard record?.found.contains(cell) != true else { return }
        record {
            $0.found.append(cell)
            $0.countTry()
            $0.settle(isRight: $0.found.count == mistakes.count)
        }
    }

    /// Keeps the learner's own words as the answer; nothing typed is none.
    package mutating func keepWords(_ text: String) {
        guard step.question?.kind == .free, !text.trimmed.isEmpty else { return }
        record {
            $0.given = text.trimmed
            $0.settle(isRight: true)
        }
    }
}

extension AnswerRecord {
    fileprivate mutating func countTry() { tries = min(tries, 999_999) + 1 }

    /// Takes a guess; the first one is kept beside the newest. The same once more is no new one.
    fileprivate mutating func take(_ guess: String, isRight: Bool) {
        if tries > 0, guess == given, !isRight { return }
        if tries > 0, first == nil { first = given }
        given = guess
        countTry()
        settle(isRight: isRight)
    }

    /// What is right is shown.
    fileprivate mutating func settle(isRight: Bool) {
        self.isRight = isRight
        isRevealed = isRight
    }

    /// What a question's line starts with when it is opened again.
    package var draft: String { isRight && isRevealed ? given : "" }
}

extension String {
    /// "201 MB" for "0201 MB": a 0 that begins a guess may have been the key and not the digit.
    fileprivate var withoutLeadingZeros: String {
        let digits = drop { $0 == "0" }
        return digits.first?.isNumber == true ? String(digits) : self
    }

    /// Without white space at its ends.
    package var trimmed: String {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last].drop(while: \.isWhitespace))
    }
}
