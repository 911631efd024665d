import AttentionEngine
import CourseContent
import CourseSession

/// Asking and answering by line.
extension PlainCourse {
    private var kind: Question.Kind? { session.step.question?.kind }

    /// Whether a number alone is an answer here.
    var isAnswerNumbered: Bool { session.isQuestionOpen && kind != .free }

    /// Whether the open question asks for a number, which may be 0.
    var isNumberAsked: Bool { if case .number? = kind { session.isQuestionOpen } else { false } }

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
        guard let question = session.step.question else { return [] }
        var passages = session.earlierAnswer.map { say(ended($0)) } ?? []
        passages += say("Question: " + prose.text(question.text))
        if session.isHintShown, session.isQuestionOpen, let hint = question.hint {
            passages += say("Hint: " + prose.text(hint))
        }
        switch question.kind {
        case .number(_, let tolerance): passages += numberAsked(tolerance)
        case .choice(let choices):
            passages += Passage.numbered(choices.map { prose.text($0.text) })
        case .free: break
        case .find(let header, let rows, _): passages += cells(header, rows)
        }
        if !session.isQuestionOpen { passages += verdict() }
        return passages
    }

    private func numberAsked(_ tolerance: Double) -> [Passage] {
        guard session.isQuestionOpen else { return [] }
        let within =
            tolerance == 0
            ? "It must be exact." : "Within \(brief(tolerance * 100)) % counts as right."
        let unit = session.answer?.kind == .bytes ? " Give it a unit, as in 12 GB." : ""
        return say(within + unit)
    }

    /// Every cell by its number, so that no table has to be seen.
    private func cells(_ header: [Words], _ rows: [[Words]]) -> [Passage] {
        let width = rows.first?.count ?? 0
        let titles = width > 1 ? header.map { prose.text($0) + ": " } : []
        let found = session.record?.found ?? []
        return rows.enumerated().flatMap { row, cells in
            let first = row * width
            let texts = cells.enumerated().map { column, cell in
                (column < titles.count ? titles[column] : "") + prose.text(cell)
                    + (found.contains(first + column) ? " (found)" : "")
            }
            return (width > 1 ? say("Row \(row + 1):") : [])
                + Passage.numbered(texts, from: first + 1)
        }
    }

    // MARK: Answering

    mutating func answer(_ text: String) -> [Passage] {
        guard let question = session.step.question else { return say("This step has no question.") }
        guard session.isQuestionOpen || question.kind == .free else {
            return say("This question is answered; reset opens it again.")
        }
        guard !text.isEmpty else { return self.question() + say("Type \(answerUsage).") }
        let before = session
        switch question.kind {
        case .number:
            switch session.guess(String(text.prefix(500))) {
            case .right: return verdict() + news(since: before)
            case .unreadable(let problem): return say(problem)
            case .wrong(let mistake):
                return say(mistake + " Try again, or reveal shows the answer.")
            case nil: return []
            }
        case .free:
            session.keepWords(String(text.prefix(500)))
            return verdict()
        case .choice(let choices):
            guard let number = Int(text), (1...choices.count).contains(number) else {
                return say("Type \(answerUsage).")
            }
            session.choose(number - 1)
            guard session.isQuestionOpen else { return verdict() + news(since: before) }
            let reason = choices[number - 1].because.map(prose.text) ?? "Try another."
            return say("Not \(number). \(reason) Answer again, or reveal shows it.")
        case .find(_, let rows, let mistakes):
            return mark(text, rows: rows, mistakes: mistakes)
        }
    }

    /// "choose 2", an answer; "choose n", the slider that keys move.
    mutating func choose(_ text: String) -> [Passage] {
        if let moved = Movable(letter: text.lowercased()), session.slider(of: moved) != nil {
            return chooseSlider(text)
        }
        return answer(text)
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
            let names = shortened(strays.joined(separator: ", "))
            let noun = strays.count == 1 ? "cell" : "cells"
            let problem = strays.isEmpty ? "" : "\(names): no \(noun); nothing was marked. "
            return say(problem + "The cells are 1 to \(cells.upperBound), as in answer 1 2.")
        }
        var passages: [Passage] = []
        for number in words.compactMap({ Int($0) }) {
            let (row, column) = ((number - 1) / width, (number - 1) % width)
            if column == 0, session.step.question?.namesRows == true {
                passages.append(.row(Session.rowNameWords, mark: "\(number). "))
                continue
            }
            let wasFound = session.record?.found.contains(number - 1) == true
            session.mark(row: row, column: column)
            let hit = mistakes.first { $0.row == row && $0.column == column }
                .map { (wasFound ? "Found already. " : "A mistake. ") + prose.text($0.because) }
            passages.append(
                .row(hit ?? "Not one of the mistakes asked for here.", mark: "\(number). "))
            if !session.isQuestionOpen { break }
        }
        return passages + say(countFound(of: mistakes)) + (session.isQuestionOpen ? [] : because())
    }

    private func countFound(of mistakes: [Question.Mistake]) -> String {
        let found = min(session.record?.found.count ?? 0, mistakes.count)
        return "\(found) of \(mistakes.count) found."
    }

    mutating func hint() -> [Passage] {
        guard session.isQuestionOpen, let question = session.step.question else {
            return say("No question is open here.")
        }
        guard let hint = question.hint else { return say("There is no hint for this question.") }
        session.showHint()
        return say("Hint: " + prose.text(hint))
    }

    mutating func reveal() -> [Passage] {
        guard session.isQuestionOpen, let kind, kind != .free else {
            return say("Nothing is hidden here.")
        }
        if session.record?.tries ?? 0 == 0, askedToReveal != session.questionID {
            askedToReveal = session.questionID
            return say("Guess first, even roughly; or type reveal once more.")
        }
        let before = session
        session.reveal()
        return verdict() + news(since: before)
    }

    /// Leaves what is open.
    mutating func escape() -> [Passage] {
        if session.isExploring { return explore() }
        return session.review == nil ? reveal() : review()
    }

    // MARK: Answered

    private func because() -> [Passage] {
        session.step.question?.because.map { say(prose.text($0)) } ?? []
    }

    func verdict() -> [Passage] {
        guard let question = session.step.question, let record = session.record else { return [] }
        let outcome: [Passage] =
            switch question.kind {
            case .number: session.answer.map { say(told(record, $0)) } ?? []
            case .free: say("Kept: \(record.given)")
            case .choice(let choices):
                choices.firstIndex(where: \.isRight).map { right in
                    say(
                        (record.isRight ? "Right: " : "It is ")
                            + "\(right + 1), \(ended(prose.text(choices[right].text)))")
                } ?? []
            case .find(_, let rows, let mistakes):
                say(countFound(of: mistakes))
                    + mistakes.map {
                        let number = $0.row * (rows.first?.count ?? 1) + $0.column + 1
                        return .row(prose.text($0.because), mark: "\(number). ")
                    }
            }
        return outcome + because()
    }

    private func told(_ record: AnswerRecord, _ answer: FigureValue) -> String {
        var parts = [(record.isRight ? "Right: " : "It is ") + answer.text + "."]
        if !record.given.isEmpty, !record.isRight || !record.isExact(answer) {
            parts.append("You said \(record.given).")
        }
        if record.isRight, let slip = record.slip(answer) {
            parts.append("One slip, though: \(slip).")
        }
        return parts.joined(separator: " ")
    }
}
