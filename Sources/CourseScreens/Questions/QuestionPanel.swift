import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// What the learner is doing with a question.
package enum Answering: Hashable, Sendable {
    /// Typing a number or words, with what was wrong with the last try.
    case typing(TextEditor, feedback: Words?)
    /// Choosing an answer, counted from 0.
    case choosing(selected: Int)
    /// Moving over the cells of a table; `tried` is whether the cell was just marked.
    case hunting(row: Int, column: Int, tried: Bool)
}

/// A question as lines of text: what is asked, what was answered, what is right.
struct QuestionPanel {
    let question: Question
    let record: AnswerRecord
    let answering: Answering?
    /// The right number as text, where the question asks for one.
    let answer: FigureValue?
    let isHintShown: Bool
    /// How words and their figures are written.
    let prose: ProseLayout

    private var glyphs: Glyphs { prose.glyphs }

    /// The lines, and where the cursor stands in them while something is typed.
    func lines() -> (lines: [Line], cursor: Point?) {
        var lines = wrap([Span("? ", .bright)] + spans(question.text, .strong))
        if isHintShown, !record.isRevealed, let hint = question.hint {
            lines += wrap([Span("Hint: ", Style(.title, .bold))] + spans(hint))
        }
        if case .typing(let text, let feedback)? = answering {
            let (typed, cursor) = typed(text)
            let said = feedback.map { wrap(spans($0, Style(.bad))) } ?? []
            return (
                lines + typed + said, Point(column: cursor.column, row: lines.count + cursor.row)
            )
        }
        switch question.kind {
        case .number(_, let tolerance): lines += numberLines(tolerance: tolerance)
        case .choice(let choices): lines += choiceLines(choices)
        case .free: lines += freeLines
        case .find(let header, let rows, let mistakes):
            lines += findLines(header: header, rows: rows, mistakes: mistakes)
        }
        return (lines, nil)
    }

    private func wrap(_ spans: [Span]) -> [Line] {
        wrapped(spans, width: prose.width, glyphs: glyphs)
    }

    private func spans(_ words: Words?, _ style: Style = .plain) -> [Span] {
        words.map { prose.spans($0.inlines, style) } ?? []
    }

    private var because: [Span] { spans(question.because) }

    /// What is being typed, on as many rows as it takes, and where the cursor is in them.
    private func typed(_ text: TextEditor) -> ([Line], cursor: Point) {
        let prompt = "> "
        let rows = text.rows(width: max(1, prose.width - prompt.count), glyphs: glyphs)
        let place = text.place(in: rows, glyphs: glyphs)
        let lines = rows.enumerated().map { index, row -> Line in
            let mark = Span(index == 0 ? prompt : "  ", .bright)
            return [mark, Span(String(text.characters[row]), .strong)]
        }
        return (lines, Point(column: prompt.count + place.column, row: place.row))
    }

    private func numberLines(tolerance: Double) -> [Line] {
        let within =
            tolerance == 0 ? "exactly" : "within \(brief(tolerance * 100)) % counts as right"
        guard record.isRevealed else {
            let isNew = record.tries == 0
            let words = isNew ? "Press Enter to guess (\(within))." : "Press Enter to try again."
            return wrap([Span(words, .faint)])
        }
        let right = answer?.text ?? "?"
        let said = Span("You said \(record.given). ")
        guard record.isRight else {
            let parts = [Span("It is \(right). ", .strong)] + (record.given.isEmpty ? [] : [said])
            return wrap(parts + because)
        }
        var parts = [Span("\(glyphs.tick) Right: \(right). ", Style(.good, .bold))]
        if let answer, !record.isExact(answer) { parts.append(said) }
        if let note = answer.flatMap(record.slip) {
            parts.append(Span("A slip all the same: \(note). "))
        }
        return wrap(parts + because)
    }

    private func choiceLines(_ choices: [Question.Choice]) -> [Line] {
        func isWrong(_ choice: Question.Choice) -> Bool {
            record.tries > 0 && record.given == choice.text.plain && !choice.isRight
        }
        let lines = choices.enumerated().flatMap { index, choice in
            let (mark, style): (Character, Style) =
                if case .choosing(index)? = answering {
                    (glyphs.pointer, .bright)
                } else if record.isRevealed, choice.isRight {
                    (glyphs.tick, Style(.good, .bold))
                } else if isWrong(choice) {
                    (glyphs.wrong, Style(.bad))
                } else {
                    (" ", .plain)
                }
            return wrapped(
                spans(choice.text, style), behind: Span("\(mark) ", style), width: prose.width,
                glyphs: glyphs)
        }
        if record.isRevealed {
            let right = record.isRight ? "\(glyphs.tick) Right. " : ""
            return lines + wrap([Span(right, Style(.good, .bold))] + because)
        }
        if let wrong = choices.first(where: isWrong) {
            let reason = wrong.because.map { spans($0) } ?? [Span("Try another.")]
            return lines + wrap([Span("Not that one. ", Style(.bad, .bold))] + reason)
        }
        return answering == nil ? lines + wrap([Span("Press Enter to choose.", .faint)]) : lines
    }

    private var freeLines: [Line] {
        record.given.isEmpty
            ? wrap([Span("Press Enter to write your answer.", .faint)])
            : wrap([Span("Your answer, kept: \(record.given)", .accent)]) + wrap(because)
    }

    private func findLines(
        header: [Words], rows: [[Words]], mistakes: [Question.Mistake]
    ) -> [Line] {
        func mistake(_ row: Int, _ column: Int) -> Question.Mistake? {
            mistakes.first { $0.row == row && $0.column == column }
        }
        func isFound(_ mistake: Question.Mistake) -> Bool {
            record.found.contains(mistake.row * rows[0].count + mistake.column)
        }
        func mark(_ mistake: Question.Mistake) -> (String, Style) {
            if isFound(mistake) { return ("\(glyphs.tick) ", Style(.good)) }
            return record.isRevealed ? ("\(glyphs.wrong) ", Style(.bad)) : ("", .plain)
        }
        let cells = rows.enumerated().map { row, cells in
            cells.enumerated().map { column, text -> Line in
                var (mark, style) = mistake(row, column).map(mark) ?? ("", .plain)
                if case .hunting(row, column, _)? = answering {
                    style = style.with([.reverse, .bold])
                }
                return [Span(mark, style)] + spans(text, style)
            }
        }
        let table = TableLayout(
            header: header.map { spans($0, .strong) }, rows: cells,
            alignments: rows[0].map { _ in .left }, width: prose.width, glyphs: glyphs)
        let lines = [[]] + table.lines + [[]]
        let count = "\(mistakes.filter(isFound).count) of \(mistakes.count) found. "
        if record.isRevealed {
            let told = mistakes.flatMap { mistake in
                let (mark, style) = mark(mistake)
                return wrap([Span(mark, style)] + spans(mistake.because))
            }
            return lines + wrap([Span(count, Style(.good, .bold))]) + told
                + (question.because == nil ? [] : wrap(because))
        }
        if case .hunting(let row, let column, tried: true)? = answering {
            let words =
                mistake(row, column).map { spans($0.because) }
                ?? [Span("That is not one of the mistakes asked for here.")]
            return lines + wrap([Span(count, .bright)] + words)
        }
        let words = answering == nil ? "Press Enter to look for mistakes." : ""
        return lines + wrap([Span(count + words, .faint)])
    }
}
