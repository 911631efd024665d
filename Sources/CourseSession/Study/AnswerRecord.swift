import CourseContent

/// What a learner answered to one question; of one that was not tried nothing.
package struct AnswerRecord: Hashable, Sendable, Codable {
    /// What was typed, the text of the picked choice, or the learner's own words; the newest.
    package var given = ""
    /// How many guesses there were; own words count as none, a mistake that was found once.
    package var tries = 0
    /// Whether the answer was found; free answers always are.
    package var isRight = false
    /// Whether the figure may be shown: found, or asked for.
    package var isRevealed = false
    /// For a table of mistakes: the cells found, as indices row * columns + column.
    package var found: [Int] = []
    /// The first guess, where there was another after it.
    package var first: String?
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    package var date: String?
}

extension AnswerRecord {
    /// Takes whatever is there of an older or damaged file.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        given = try values.value(of: .given, or: "")
        tries = try values.value(of: .tries, or: 0)
        isRight = try values.value(of: .isRight, or: false)
        isRevealed = try values.value(of: .isRevealed, or: false)
        found = try values.value(of: .found, or: [])
        first = try values.value(of: .first, or: nil)
        date = try values.value(of: .date, or: nil)
    }
}

extension AnswerRecord {
    /// The guess that counts: the first.
    var firstGuess: String { first ?? given }

    /// Whether the question was got wrong, or shown without a right guess.
    func isMissed(_ question: Question) -> Bool {
        switch question.kind {
        case .free: false
        case .number, .choice: tries > 1 || !isRight && (tries > 0 || isRevealed)
        case .find(_, _, let mistakes):
            tries > mistakes.count || !isRight && isRevealed
        }
    }

    private func guess(_ answer: FigureValue) -> Double? {
        if case .value(let guess) = Guess.read(given, kind: answer.kind) { guess } else { nil }
    }

    /// Whether the newest guess is the answer to half a percent.
    package func isExact(_ answer: FigureValue) -> Bool {
        guess(answer).map { abs($0 / answer.amount - 1) < 0.005 } ?? false
    }

    /// Why a guess is off that is right within the tolerance: a mixed unit is still worth a word.
    package func slip(_ answer: FigureValue) -> String? {
        guard let guess = guess(answer), abs(guess / answer.amount - 1) > 0.02 else { return nil }
        return Guess.cause(of: guess, answer: answer)
    }
}
