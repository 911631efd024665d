import AttentionEngine
import CourseContent

/// What was guessed, how far off it was, and how the question stands.
package struct AnswerTelling: Hashable, Sendable {
    /// The first guess, nil where there was none.
    let guess: String?
    /// "exact", "12 % too much", "2.4 times too little"; nil where it is no number.
    let off: String?
    /// The right answer as text, where it may be told.
    let answer: String?
    /// Whether the question was got wrong, or shown without a right guess.
    package let isMissed: Bool
    /// "guessed 2.4 GB, 2 times too little; right at the third guess"
    package let sentence: String

    /// What there is to tell of a record of a step's question; a size is written in all units.
    package init(_ record: AnswerRecord, to question: Question, of step: PreparedStep) {
        let right = question.rightAnswer(in: step)
        answer = record.isRevealed ? right?.text : nil
        isMissed = record.isMissed(question)
        let first = record.tries > 0 || question.kind == .free ? record.firstGuess : ""
        switch question.kind {
        case .free:
            (guess, off) = (record.given.isEmpty ? nil : record.given, nil)
            sentence = record.given.isEmpty ? "open" : "answered in your own words"
        case .find(_, _, let mistakes):
            (guess, off) = (nil, nil)
            let found = min(record.found.count, mistakes.count)
            sentence =
                "\(found) of \(mistakes.count) found, "
                + (record.tries == 1 ? "1 guess" : "\(grouped(record.tries)) guesses")
        case .number, .choice:
            guess = first.isEmpty ? nil : first
            off = right.flatMap { right in
                guard case .number = question.kind,
                    case .value(let value) = Guess.read(first, kind: right.kind)
                else { return nil }
                return Self.distance(value, from: right.amount)
            }
            let end =
                record.isRight
                ? record.tries > 1 ? "right at guess \(record.tries)" : "right"
                : record.isRevealed ? "answer shown" : "open"
            let distance = off.map { ", \($0)" } ?? ""
            sentence = first.isEmpty ? end : "guessed \(first)\(distance); \(end)"
        }
    }

    /// How far a guess is from the right number, in words.
    static func distance(_ guess: Double, from right: Double) -> String? {
        guard right > 0, guess >= 0 else { return nil }
        let ratio = guess / right
        if abs(ratio - 1) < 0.005 { return "exact" }
        if ratio == 0 { return "too little" }
        let side = ratio > 1 ? "too much" : "too little"
        if ratio >= 2 { return "\(brief(ratio)) times \(side)" }
        if ratio <= 0.5 { return "\(brief(1 / ratio)) times \(side)" }
        return "\(brief((abs(ratio - 1) * 100).rounded())) % \(side)"
    }
}
