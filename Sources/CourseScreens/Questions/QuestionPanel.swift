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
    let record: AnswerRecord?
    let answering: Answering?
    /// The right number as text, where the question asks for one.
    let answer: FigureValue?
    let isHintShown: Bool
    /// How words and their figures are written.
    let prose: ProseLayout

    private var width: Int { prose.width }
    private var glyphs: Glyphs { prose.glyphs }

    /// The lines, and where the cursor stands in them while something is typed.
    func lines() -> (lines: [Line], cursor: Point?) {
        var lines = wrapped(
            [Span("? ", Style(.accent, .bold))]
                + prose.spans(question.text.inlines, Style(.text, .bold)), width: width,
            glyphs: glyphs)
        var cursor: Point?
        if isHintShown, record?.isRevealed != true, let hint = question.hint {
            lines += wrapped(
                [Span("Hint: ", Style(.title, .bold))] + spans(hint), width: width, glyphs: glyphs)
        }
        switch question.kind {
        case .number(_, let tolerance):
            lines += numberLines(tolerance: tolerance, cursor: &cursor, above: lines.count)
        case .choice(let choices): lines += choiceLines(choices)
        case .free: lines += freeLines(cursor: &cursor, above: lines.count)
        case .find(let header, let rows, let mistakes):
            lines += findLines(header: header, rows: rows, mistakes: mistakes)
        }
        return (lines, cursor)
    }

    private func text(_ text: String, _ style: Style = .plain) -> [Line] {
        wrapped([Span(text, style)], width: width, glyphs: glyphs)
    }

    /// The line being typed, on as many rows as it takes, and what is said to it; nil while nothing
    /// is typed.
    private func typingLines(cursor: inout Point?, above: Int) -> [Line]? {
        guard case .typing(let line, let feedback)? = answering else { return nil }
        let prompt = "> "
        let rows = line.rows(width: max(1, width - columns(of: prompt)), glyphs: glyphs)
        let place = line.place(in: rows, glyphs: glyphs)
        cursor = Point(column: columns(of: prompt) + place.column, row: above + place.row)
        return rows.enumerated().map { index, row in
            [
                Span(index == 0 ? prompt : "  ", Style(.accent, .bold)),
                Span(String(line.characters[row]), Style(.text, .bold)),
            ]
        } + (feedback.map { wrapped(spans($0, Style(.bad)), width: width, glyphs: glyphs) } ?? [])
    }

    private func numberLines(tolerance: Double, cursor: inout Point?, above: Int) -> [Line] {
        if let lines = typingLines(cursor: &cursor, above: above) { return lines }
        let within =
            tolerance == 0 ? "exactly" : "within \(brief(tolerance * 100)) % counts as right"
        guard let record, record.isRevealed else {
            return text(
                record?.tries ?? 0 == 0
                    ? "Press Enter to guess (\(within))." : "Press Enter to try again.",
                Style(.faint))
        }
        let right = answer?.text ?? "?"
        if record.isRight {
            var parts = [Span("\(glyphs.tick) Right: \(right). ", Style(.good, .bold))]
            if let answer, !record.isExact(answer) {
                parts.append(Span("You said \(record.given). "))
            }
            if let note = answer.flatMap(record.slip) {
                parts.append(Span("A slip all the same: \(note). "))
            }
            return wrapped(parts + because, width: width, glyphs: glyphs)
        }
        var parts = [Span("It is \(right). ", Style(.text, .bold))]
        if !record.given.isEmpty { parts.append(Span("You said \(record.given). ")) }
        return wrapped(parts + because, width: width, glyphs: glyphs)
    }

    private var because: [Span] { spans(question.because) }

    private func spans(_ words: Words?, _ style: Style = .plain) -> [Span] {
        words.map { prose.spans($0.inlines, style) } ?? []
    }

    private func choiceLines(_ choices: [Question.Choice]) -> [Line] {
        var lines: [Line] = []
        let isRevealed = record?.isRevealed ?? false
        for (index, choice) in choices.enumerated() {
            var pointer = "  "
            var style = Style.plain
            if case .choosing(index)? = answering {
                pointer = "\(glyphs.pointer) "
                style = Style(.accent, .bold)
            } else if isRevealed, choice.isRight {
                pointer = "\(glyphs.tick) "
                style = Style(.good, .bold)
            } else if record?.given == choice.text.plain, !choice.isRight {
                pointer = "\(glyphs.wrong) "
                style = Style(.bad)
            }
            let body = wrapped(spans(choice.text, style), width: width - 2, glyphs: glyphs)
            lines += body.enumerated().map { [Span($0 == 0 ? pointer : "  ", style)] + $1 }
        }
        if isRevealed {
            lines += wrapped(
                [
                    Span(
                        record?.isRight == true ? "\(glyphs.tick) Right. " : "",
                        Style(.good, .bold))
                ] + because, width: width, glyphs: glyphs)
        } else if let wrong = choices.first(where: {
            $0.text.plain == record?.given && !$0.isRight
        }) {
            let reason = wrong.because.map { spans($0) } ?? [Span("Try another.")]
            lines += wrapped(
                [Span("Not that one. ", Style(.bad, .bold))] + reason, width: width,
                glyphs: glyphs)
        } else if answering == nil {
            lines += text("Press Enter to choose.", Style(.faint))
        }
        return lines
    }

    private func freeLines(cursor: inout Point?, above: Int) -> [Line] {
        if let lines = typingLines(cursor: &cursor, above: above) { return lines }
        guard let record, !record.given.isEmpty else {
            return text("Press Enter to write your answer.", Style(.faint))
        }
        return text("Your answer, kept: \(record.given)", Style(.accent))
            + wrapped(because, width: width, glyphs: glyphs)
    }

    private func findLines(
        header: [Words], rows: [[Words]], mistakes: [Question.Mistake]
    ) -> [Line] {
        let isRevealed = record?.isRevealed ?? false
        let columnCount = rows[0].count
        let found = Set(record?.found ?? [])
            .intersection(mistakes.map { $0.row * columnCount + $0.column })
        var selected: (row: Int, column: Int)?
        var feedback: [Span]?
        if case .hunting(let row, let column, let tried)? = answering {
            selected = (row, column)
            if tried {
                let hit = mistakes.first { $0.row == row && $0.column == column }
                feedback =
                    hit.map { spans($0.because) } ?? [
                        Span("That is not one of the mistakes asked for here.")
                    ]
            }
        }
        let cells = rows.enumerated().map { row, cells in
            cells.enumerated().map { column, text -> [Span] in
                let index = row * columnCount + column
                let isMistake = mistakes.contains { $0.row == row && $0.column == column }
                var style = Style.plain
                var mark = ""
                if found.contains(index) {
                    mark = "\(glyphs.tick) "
                    style = Style(.good)
                } else if isRevealed, isMistake {
                    mark = "\(glyphs.wrong) "
                    style = Style(.bad)
                }
                if selected?.row == row, selected?.column == column {
                    style = style.with([.reverse, .bold])
                }
                return [Span(mark, style)] + spans(text, style)
            }
        }
        var lines: [Line] = [[]]
        lines +=
            TableLayout(
                header: header.map { spans($0, Style(.text, .bold)) }, rows: cells,
                alignments: Array(repeating: .left, count: columnCount), width: width,
                glyphs: glyphs
            ).lines() + [[]]
        let count = "\(found.count) of \(mistakes.count) found. "
        if isRevealed {
            lines += text(count, Style(.good, .bold))
            for mistake in mistakes {
                let isFound = found.contains(mistake.row * columnCount + mistake.column)
                let mark = Span(
                    "\(isFound ? glyphs.tick : glyphs.wrong) ", Style(isFound ? .good : .bad))
                lines += wrapped([mark] + spans(mistake.because), width: width, glyphs: glyphs)
            }
            if question.because != nil {
                lines += wrapped(because, width: width, glyphs: glyphs)
            }
        } else if let feedback {
            lines += wrapped(
                [Span(count, Style(.accent, .bold))] + feedback, width: width, glyphs: glyphs)
        } else {
            lines += text(
                count + (answering == nil ? "Press Enter to look for mistakes." : ""),
                Style(.faint))
        }
        return lines
    }
}
