import AttentionEngine
import CourseContent

extension Notebook {
    /// A question that was tried or shown: what was guessed, how far off it was, and how it stands.
    package struct Question: Sendable {
        /// The ids of its lesson and of the question itself.
        package let id: QuestionID
        /// The question's text; nil where the course no longer has it.
        package var asked: String?
        /// The first guess, or the learner's own words.
        package var guess: String?
        /// How far the first guess was off: "exact", "12 % too much", "2.4 times too little"; nil
        /// where it is no number, and before the answer was shown, which it would tell.
        package var off: String?
        /// The right answer, once it was shown.
        package var answer: String?
        /// How many guesses there were; none for the learner's own words.
        package let tries: Int
        /// Whether the answer was found, at whichever guess.
        package let isRight: Bool
        /// Whether it was got wrong or shown without a right guess; false once the course lacks it.
        package var isMissed = false
        /// Whether it can still be answered in the course.
        package var isOpen = false
        /// When the answer last changed, "2026-11-23 17:20"; nil where that was not kept.
        package let date: String?
        /// "guessed 2.4 GB, 2 times too little; right at guess 3"
        package var told: String
        /// How it went when it was asked again; nil where it was not.
        package var review: ReviewRecord?
    }
}

extension Notebook.Question {
    /// A question that the course no longer has.
    init(_ record: AnswerRecord, id: QuestionID) {
        let first = record.firstGuess
        self.init(
            id: id, guess: first.isEmpty ? nil : first, tries: record.tries,
            isRight: record.isRight, date: record.date,
            told: first.isEmpty ? "tried" : "guessed \(first)")
    }

    /// What there is to tell of a record of a step's question; a size is written in all units.
    package init(
        _ record: AnswerRecord, to question: Question, of step: PreparedStep,
        in lesson: PreparedLesson, _ review: ReviewRecord? = nil
    ) {
        self.init(record, id: lesson.id(of: question))
        let right = question.rightAnswer(in: step)
        asked = step.text(of: question.text)
        answer = record.isRevealed ? right?.text : nil
        isMissed = record.isMissed(question)
        isOpen = !record.isRevealed
        self.review = review
        switch question.kind {
        case .free:
            guess = record.given.isEmpty ? nil : record.given
            told = record.given.isEmpty ? "open" : "answered in your own words"
        case .find(_, _, let mistakes):
            guess = nil
            // How many there are is told with the first mark.
            if record.tries == 0, !record.isRevealed {
                told = "open"
                return
            }
            let found = min(record.found.count, mistakes.count)
            told = "\(found) of \(mistakes.count) found, "
            told += record.tries == 1 ? "1 guess" : "\(grouped(record.tries)) guesses"
        case .number, .choice:
            told = record.isRevealed ? "answer shown" : "open"
            if record.isRight { told = tries > 1 ? "right on guess \(tries)" : "right" }
            guess = record.tries > 0 ? guess : nil
            guard let guess else { return }
            if case .number = question.kind, record.isRevealed, let right,
                case .value(let value) = Guess.read(guess, for: right)
            {
                off = distanceInWords(value, from: right.amount)
            }
            told = "guessed \(guess)\(off.map { ", \($0)" } ?? ""); \(told)"
        }
    }

    /// How it went when it was asked again.
    package var again: String {
        review.map { $0.isRight ? "; right when asked again" : "; missed when asked again" } ?? ""
    }

    /// "403 MB; ", the right answer, where the first guess does not say it.
    package var answerBefore: String { answer == guess ? "" : answer.map { "\($0); " } ?? "" }

    /// "How large is it? 403 MB; guessed 500 MB, 25 % too much; right at guess 2."
    package var summary: String {
        "\(asked ?? id.description) \(answerBefore)" + ended(told + again)
    }
}
