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
    /// What the learner wrote to an earlier question, where this one shows it.
    let earlierAnswer: String?
    /// How words and their figures are written.
    let prose: ProseLayout

    private var glyphs: Glyphs { prose.glyphs }

    /// The lines, and where the cursor stands in them while something is typed.
    func lines() -> (lines: [Line], cursor: Point?) {
        var lines = head
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

    /// What can be pointed at: an answer counted from 0, a cell of the table, or any of its text.
    enum Target: Equatable {
        case choice(Int)
        case cell(row: Int, column: Int)
        case text
    }

    /// What is at a place of the panel, counted from its corner.
    func target(at place: Point) -> Target {
        let row = place.row - head.count
        switch question.kind {
        case .choice(let choices):
            var end = gap.count
            for (index, rows) in choiceRows(choices).enumerated() {
                end += rows.count
                if row >= gap.count, row < end { return .choice(index) }
                end += gap.count
            }
        case .find(let header, let rows, let mistakes):
            // A blank row stands above the table.
            let table = table(header: header, rows: rows, mistakes: mistakes)
            if let cell = table.cell(at: Point(column: place.column, row: row - 1)) {
                return .cell(row: cell.row, column: cell.column)
            }
        case .number, .free: break
        }
        return .text
    }

    /// What was answered earlier, the question, and its hint.
    private var head: [Line] {
        let earlier =
            earlierAnswer.map { wrap([Span($0, .accent)]) + (prose.isRoomy ? [[]] : []) } ?? []
        let asked = earlier + wrap([Span("? ", .bright)] + spans(question.text, .strong))
        guard isHintShown, !record.isRevealed, let hint = question.hint else { return asked }
        return asked + wrap([Span("Hint: ", Style(.title, .bold))] + spans(hint))
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
            return [mark, Span(String(text.characters[row]), text.style(.strong))]
        }
        return (lines, Point(column: prompt.count + place.column, row: place.row))
    }

    private func numberLines(tolerance: Double) -> [Line] {
        guard record.isRevealed else {
            let isNew = record.tries == 0
            let within = "within \(brief(tolerance * 100)) % counts as right"
            let rule = tolerance == 0 ? "exactly" : within
            let unit = answer?.kind == .bytes ? "with its unit, " : ""
            let words =
                isNew ? "Press Enter to guess (\(unit)\(rule))." : "Press Enter to try again."
            return wrap([Span(words, .faint)])
        }
        let right = answer?.text ?? "?"
        let said = Span("You said \(record.given). ")
        guard record.isRight else {
            let parts = [Span("It is \(right). ", .strong)] + (record.given.isEmpty ? [] : [said])
            return gap + wrap(parts + because)
        }
        var parts = [Span("\(glyphs.tick) Right: \(right). ", Style(.good, .bold))]
        if let answer, !record.isExact(answer) { parts.append(said) }
        if let note = answer.flatMap(record.slip) {
            parts.append(Span("One slip, though: \(note). "))
        }
        return gap + wrap(parts + because)
    }

    private func isWrong(_ choice: Question.Choice) -> Bool {
        record.tries > 0 && record.given == choice.text.plain && !choice.isRight
    }

    /// What stands before and between answers, and before what is told of one.
    private var gap: [Line] { prose.isRoomy ? [[]] : [] }

    /// The lines of each answer.
    private func choiceRows(_ choices: [Question.Choice]) -> [[Line]] {
        choices.enumerated().map { index, choice in
            let number = choices.count > 9 ? "" : "\(index + 1) "
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
                spans(choice.text, style), behind: Span("\(mark) \(number)", style),
                width: prose.width, glyphs: glyphs)
        }
    }

    private func choiceLines(_ choices: [Question.Choice]) -> [Line] {
        let lines = gap + choiceRows(choices).flatMap { $0 + gap }
        if record.isRevealed {
            let right = record.isRight ? "\(glyphs.tick) Right. " : ""
            return lines + wrap([Span(right, Style(.good, .bold))] + because)
        }
        if let wrong = choices.first(where: isWrong) {
            let reason = wrong.because.map { spans($0) } ?? [Span("Try another.")]
            return lines + wrap([Span("Not that one. ", Style(.bad, .bold))] + reason)
        }
        return answering == nil
            ? lines + wrap([Span("Press a number, or Enter to choose.", .faint)]) : lines
    }

    private var freeLines: [Line] {
        record.given.isEmpty
            ? wrap([Span("Press Enter to write your answer.", .faint)])
            : wrap([Span("Your answer, kept: \(record.given)", .accent)]) + wrap(because)
    }

    private func mistake(
        _ row: Int, _ column: Int, in mistakes: [Question.Mistake]
    ) -> Question.Mistake? {
        mistakes.first { $0.row == row && $0.column == column }
    }

    /// The table with what was found in it.
    private func table(
        header: [Words], rows: [[Words]], mistakes: [Question.Mistake]
    ) -> TableLayout {
        let cells = rows.enumerated().map { row, cells in
            cells.enumerated().map { column, text -> Line in
                let mistake = mistake(row, column, in: mistakes)
                var (mark, style) = mistake.map { self.mark($0, of: rows) } ?? ("", .plain)
                if case .hunting(row, column, _)? = answering {
                    style = style.with([.reverse, .bold])
                }
                return [Span(mark, style)] + spans(text, style)
            }
        }
        return TableLayout(
            header: header.map { spans($0, .strong) }, rows: cells,
            alignments: rows[0].map { _ in .left }, width: prose.width,
            isRuled: prose.isRoomy, glyphs: glyphs)
    }

    private func isFound(_ mistake: Question.Mistake, of rows: [[Words]]) -> Bool {
        record.found.contains(mistake.row * rows[0].count + mistake.column)
    }

    private func mark(_ mistake: Question.Mistake, of rows: [[Words]]) -> (String, Style) {
        if isFound(mistake, of: rows) { return ("\(glyphs.tick) ", Style(.good)) }
        return record.isRevealed ? ("\(glyphs.wrong) ", Style(.bad)) : ("", .plain)
    }

    private func findLines(
        header: [Words], rows: [[Words]], mistakes: [Question.Mistake]
    ) -> [Line] {
        let table = table(header: header, rows: rows, mistakes: mistakes)
        let lines = [[]] + table.lines + [[]]
        let found = mistakes.filter { isFound($0, of: rows) }.count
        let count = "\(found) of \(mistakes.count) found. "
        if record.isRevealed {
            let told = mistakes.flatMap { mistake in
                let (mark, style) = self.mark(mistake, of: rows)
                return wrap([Span(mark, style)] + spans(mistake.because))
            }
            return lines + wrap([Span(count, found > 0 ? Style(.good, .bold) : .strong)]) + told
                + (question.because == nil ? [] : wrap(because))
        }
        if case .hunting(let row, let column, tried: true)? = answering {
            let words =
                mistake(row, column, in: mistakes).map { spans($0.because) }
                ?? [Span("That is not one of the mistakes asked for here.")]
            return lines + wrap([Span(count, .bright)] + words)
        }
        let words = answering == nil ? "Press Enter to look for mistakes." : ""
        return lines + wrap([Span(count + words, .faint)])
    }
}
