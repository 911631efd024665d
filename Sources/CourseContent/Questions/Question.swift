import AttentionEngine
import Lessons

/// A question that a step asks before it shows the figure.
package struct Question: Hashable, Sendable {
    /// An answer to choose.
    package struct Choice: Hashable, Sendable {
        /// The answer.
        package let text: Words
        /// Whether it is the right one, of which there is one.
        package let isRight: Bool
        /// Why one would think so, and why not; nil where the author does not say.
        package let because: Words?
    }

    /// A cell of a table that is wrong, counted from 0.
    package struct Mistake: Hashable, Sendable {
        /// The row below the header.
        package let row: Int
        /// The column.
        package let column: Int
        /// What is wrong with it.
        package let because: Words
    }

    /// What is asked for.
    package enum Kind: Hashable, Sendable {
        /// A number within a share of the right one.
        case number(Answer, tolerance: Double)
        /// One of several answers.
        case choice([Choice])
        /// The learner's own words.
        case free
        /// The cells of a table that are wrong; a header is never one, and may be empty.
        case find(header: [Words], rows: [[Words]], mistakes: [Mistake])
    }

    /// A number that is computed, or typed by the author.
    package enum Answer: Hashable, Sendable {
        /// Computed at the step that asks.
        case figure(FigureExpression)
        /// The number, and how the author wrote it.
        case plain(Double, String)
    }

    /// The question's id, one in the lesson.
    package let id: String
    /// What is asked.
    package var text: Words
    /// What is asked for.
    package var kind: Kind
    /// Shown after the answer; nil where the author gives none.
    package var because: Words?
    /// Shown on request; nil where the author gives none.
    package var hint: Words?
    /// The question of an earlier step whose answer stands above this one, as the learner wrote it;
    /// nil where none does.
    package var earlier: QuestionID?
    /// Where dials of the step's pictures stand once the answer is shown.
    package var shows: [Dial: Int] = [:]
    /// Where it stands in the lesson's file.
    let place: SourcePlace

    /// What the author says in it, for the figures it holds.
    var ownWords: [Words] {
        let own = [text] + [because, hint].compactMap { $0 }
        switch kind {
        case .number, .free: return own
        case .choice(let choices):
            return own + choices.flatMap { [$0.text] + [$0.because].compactMap { $0 } }
        case .find(_, _, let mistakes): return own + mistakes.map(\.because)
        }
    }

    /// Whether the first column of its table names the rows: one of several below a header,
    /// in which no cell is wrong. Nobody marks a name.
    package var namesRows: Bool {
        guard case .find(let header, _, let mistakes) = kind else { return false }
        return header.count > 1 && mistakes.allSatisfy { $0.column > 0 }
    }

    /// Every piece of text in it, also the table that holds mistakes.
    var allWords: [Words] {
        guard case .find(let header, let rows, _) = kind else { return ownWords }
        return ownWords + header + rows.flatMap { $0 }
    }
}

extension Question {
    /// The right answer at the step's own values; nil for own words and mistakes to be found.
    package func rightAnswer(in step: PreparedStep, units: Units = .both) -> FigureValue? {
        switch kind {
        case .number(.plain(let value, let text), _):
            FigureValue(amount: value, text: text, kind: .count, origin: nil)
        case .number(.figure(let figure), _):
            figure.value(at: step.setting, units: units)
        case .choice(let choices):
            choices.first(where: \.isRight).map {
                FigureValue(amount: 0, text: step.text(of: $0.text), kind: .count, origin: nil)
            }
        case .free, .find: nil
        }
    }
}

/// A short text of a question, with emphasis, code and figures.
package struct Words: Hashable, Sendable {
    /// The pieces of text in it.
    package let inlines: [Inline]

    /// Words of pieces of text.
    package init(_ inlines: [Inline]) { self.inlines = inlines }

    /// Plain text of the program's own.
    package init(_ text: String) {
        inlines = [.text(text, SourcePlace(line: 1, column: 1))]
    }

    /// The text alone, as it is kept when it was answered.
    package var plain: String { inlines.map(\.plain).joined() }

    /// The figures in it, in reading order.
    package var figures: [Figure] { inlines.flatMap(\.figures) }
}
