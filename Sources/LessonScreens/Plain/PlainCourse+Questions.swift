import AttentionEngine
import CourseContent
import Lessons
import TerminalCanvas

/// Asking and answering by line.
extension PlainCourse {
    private var kind: Question.Kind? { app.step.question?.kind }

    /// Whether a number alone is an answer here.
    var isAnswerNumbered: Bool { app.isQuestionOpen && kind != .free }

    /// Whether the open question asks for a number, which may be 0.
    var isNumberAsked: Bool {
        guard app.isQuestionOpen, case .number? = kind else { return false }
        return true
    }

    /// "predict 12 GB", "answer 1 to 4".
    var answerUsage: String {
        switch kind {
        case .number?: "predict and a number"
        case .choice(let choices)?: "answer 1 to \(choices.count)"
        case .find(_, let rows, _)?: "answer 1 to \(rows.count * (rows.first?.count ?? 0))"
        case .free?, nil: "answer and your words"
        }
    }

    /// The question as it stands: asked, tried or answered.
    func question() -> [Passage] {
        guard let question = app.step.question else { return [] }
        var passages = say("Question: " + prose.text(question.text))
        if app.isHintShown, app.isQuestionOpen, let hint = question.hint {
            passages += say("Hint: " + prose.text(hint))
        }
        switch question.kind {
        case .number(_, let tolerance): passages += numberAsked(tolerance)
        case .choice(let choices):
            passages += choices.enumerated().map {
                .row(prose.text($1.text), mark: "\($0 + 1). ")
            }
        case .free: break
        case .find(let header, let rows, _): passages += cells(header, rows)
        }
        if !app.isQuestionOpen { passages += verdict() }
        return passages
    }

    private func numberAsked(_ tolerance: Double) -> [Passage] {
        guard app.isQuestionOpen else { return [] }
        let within =
            tolerance == 0
            ? "It must be exact." : "Within \(brief(tolerance * 100)) % counts as right."
        return say(app.answer?.kind == .bytes ? "\(within) Give it a unit, as in 12 GB." : within)
    }

    /// Every cell by its number, so that no table has to be seen.
    private func cells(_ header: [Words], _ rows: [[Words]]) -> [Passage] {
        let width = rows.first?.count ?? 0
        return rows.enumerated().flatMap { row, cells in
            let name = width > 1 ? say("Row \(row + 1):") : []
            return name
                + cells.enumerated().map { column, cell in
                    let title =
                        width > 1 && column < header.count
                        ? prose.text(header[column]) + ": " : ""
                    let index = row * width + column
                    let isFound = app.record?.found.contains(index) == true
                    return .row(
                        title + prose.text(cell) + (isFound ? " (found)" : ""),
                        mark: "\(index + 1). ")
                }
        }
    }

    // MARK: Answering

    mutating func answer(_ text: String) -> [Passage] {
        guard let question = app.step.question else { return say("This step asks nothing.") }
        guard app.isQuestionOpen || question.kind == .free else {
            return say("This question is answered; reset opens it again.")
        }
        guard !text.isEmpty else { return self.question() + say("Type \(answerUsage).") }
        let before = app
        defer { act { $0.answering = nil } }
        switch question.kind {
        case .number:
            act { $0.answering = .typing(text: "", feedback: nil) }
            enter(text)
            return app.isQuestionOpen
                ? wrongNumber(since: before) : verdict() + shown(since: before)
        case .free:
            act { $0.answering = .typing(text: "", feedback: nil) }
            enter(text)
            return verdict()
        case .choice(let choices):
            guard let number = Int(text), (1...choices.count).contains(number) else {
                return say("Type \(answerUsage).")
            }
            act { $0.answering = .choosing(selected: number - 1) }
            press(.enter)
            guard app.isQuestionOpen else { return verdict() + shown(since: before) }
            let reason = choices[number - 1].because.map(prose.text) ?? "Try another."
            return say("Not \(number). \(reason) Answer again, or reveal shows it.")
        case .find(_, let rows, let mistakes):
            return mark(text, rows: rows, mistakes: mistakes)
        }
    }

    /// "choose 2", an answer; "choose n", the slider that keys move.
    mutating func choose(_ text: String) -> [Passage] {
        if let parameter = Parameter(letter: text.lowercased()),
            app.step.sliders.contains(where: { $0.parameter == parameter })
        {
            return chooseSlider(text)
        }
        return answer(text)
    }

    /// What is said to a number that is not right, or not to be read.
    private func wrongNumber(since old: CourseApp) -> [Passage] {
        guard case .typing(_, let feedback?)? = app.answering else { return [] }
        guard let record = app.record, record.tries > old.record?.tries ?? 0,
            let answer = app.answer,
            case .value(let value) = Guess.read(record.given, kind: answer.kind)
        else { return say(feedback.plain) }
        return say(
            app.mistake(in: record.given, value: value, answer: answer)
                + " Try again, or reveal shows the answer.")
    }

    /// Marks cells by their numbers: all of them, or none where one is no number of a cell.
    private mutating func mark(
        _ text: String, rows: [[Words]], mistakes: [Question.Mistake]
    ) -> [Passage] {
        let width = rows.first?.count ?? 1
        let cells = 1...max(1, rows.count * width)
        let words = text.split { " ,;".contains($0) }.filter { $0.lowercased() != "and" }
        let strays = words.filter { Int($0).map(cells.contains) != true }
        guard strays.isEmpty, !words.isEmpty else {
            let names = strays.map { $0.prefix(20) }.joined(separator: ", ")
            return say(
                (strays.isEmpty
                    ? ""
                    : "\(names): no \(strays.count == 1 ? "cell" : "cells"); nothing was marked. ")
                    + "The cells are \(cells.lowerBound) to \(cells.upperBound), as in answer 1 2.")
        }
        var passages: [Passage] = []
        for number in words.compactMap({ Int($0) }) {
            let (row, column) = ((number - 1) / width, (number - 1) % width)
            let wasFound = app.record?.found.contains(number - 1) == true
            act { $0.answering = .hunting(row: row, column: column, tried: false) }
            press(.enter)
            let hit = mistakes.first { $0.row == row && $0.column == column }
            passages.append(
                .row(
                    hit.map {
                        (wasFound ? "Found already. " : "A mistake. ") + prose.text($0.because)
                    } ?? "Not one of the mistakes asked for here.", mark: "\(number). "))
            if !app.isQuestionOpen { break }
        }
        return passages + say(countFound(of: mistakes)) + (app.isQuestionOpen ? [] : because())
    }

    private func countFound(of mistakes: [Question.Mistake]) -> String {
        let found = min(app.record?.found.count ?? 0, mistakes.count)
        return "\(found) of \(mistakes.count) found."
    }

    mutating func hint() -> [Passage] {
        guard app.isQuestionOpen, let question = app.step.question else {
            return say("No question is open here.")
        }
        guard let hint = question.hint else { return say("There is no hint to this question.") }
        act { $0.isHintShown = true }
        return say("Hint: " + prose.text(hint))
    }

    mutating func reveal() -> [Passage] {
        guard app.isQuestionOpen, let kind, kind != .free else {
            return say("Nothing is hidden here.")
        }
        if app.record?.tries ?? 0 == 0, askedToReveal != app.questionKey {
            askedToReveal = app.questionKey
            return say("Guess first, even roughly; or type reveal once more.")
        }
        let before = app
        if case .find = kind {
            act { $0.answering = .hunting(row: 0, column: 0, tried: false) }
            press(.character("s"))
        } else {
            act { $0.revealAnswer() }
        }
        return verdict() + shown(since: before)
    }

    /// Leaves what is open.
    mutating func escape() -> [Passage] {
        if app.isExploring { return explore() }
        return app.review == nil ? reveal() : review()
    }

    // MARK: Answered

    /// The pictures that the open question had hidden.
    private func shown(since old: CourseApp) -> [Passage] { news(since: old, prose: false) }

    private func because() -> [Passage] {
        app.step.question?.because.map { say(prose.text($0)) } ?? []
    }

    private func verdict() -> [Passage] {
        guard let question = app.step.question, let record = app.record else { return [] }
        switch question.kind {
        case .number: return numberVerdict(question, record)
        case .free: return say("Kept: \(record.given)") + because()
        case .choice(let choices):
            guard let right = choices.firstIndex(where: \.isRight) else { return because() }
            let answer = "\(right + 1), " + ended(prose.text(choices[right].text))
            return say((record.isRight ? "Right: " : "It is ") + answer) + because()
        case .find(_, let rows, let mistakes):
            let width = rows.first?.count ?? 1
            return say(countFound(of: mistakes))
                + mistakes.map {
                    .row(prose.text($0.because), mark: "\($0.row * width + $0.column + 1). ")
                } + because()
        }
    }

    private func numberVerdict(_ question: Question, _ record: AnswerRecord) -> [Passage] {
        let panel = QuestionPanel(
            question: question, record: record, answering: nil, answer: app.answer,
            isHintShown: false, prose: prose.layout)
        let right = app.answer?.text ?? "?"
        let said = record.given.isEmpty ? "" : " You said \(record.given)."
        var parts = record.isRight ? "Right: \(right)." : "It is \(right).\(said)"
        if record.isRight {
            if !panel.isExact(record) { parts += said }
            if let slip = panel.slip(record) { parts += " A slip all the same: \(slip)." }
        }
        return say(parts) + because()
    }
}
