import CourseContent

/// What a learner answered to one question.
package struct AnswerRecord: Hashable, Sendable, Codable {
    /// What was typed, the text of the picked choice, or the learner's own words; the newest.
    package var given: String
    /// How many guesses there were; own words count as none, a mistake that was found once.
    package var tries: Int
    /// Whether the answer was found; free answers always are.
    package var isRight: Bool
    /// Whether the figure may be shown: found, or asked for.
    package var isRevealed: Bool
    /// For a table of mistakes: the cells found, as indices row * columns + column.
    package var found: [Int]
    /// The first guess, where there was another after it.
    package var first: String?
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    package var date: String?

    /// A record with these parts; without any, of a question that was not tried.
    package init(
        given: String = "", tries: Int = 0, isRight: Bool = false, isRevealed: Bool = false,
        found: [Int] = [], first: String? = nil, date: String? = nil
    ) {
        self.given = given
        self.first = first
        self.date = date
        self.tries = tries
        self.isRight = isRight
        self.isRevealed = isRevealed
        self.found = found
    }
}

extension AnswerRecord {
    private enum CodingKeys: String, CodingKey {
        case given, tries, isRight, isRevealed, found, first, date
    }

    /// Takes whatever is there of an older or damaged file.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        given = try values.decodeIfPresent(String.self, forKey: .given) ?? ""
        tries = try values.decodeIfPresent(Int.self, forKey: .tries) ?? 0
        isRight = try values.decodeIfPresent(Bool.self, forKey: .isRight) ?? false
        isRevealed = try values.decodeIfPresent(Bool.self, forKey: .isRevealed) ?? false
        found = try values.decodeIfPresent([Int].self, forKey: .found) ?? []
        first = try values.decodeIfPresent(String.self, forKey: .first)
        date = try values.decodeIfPresent(String.self, forKey: .date)
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
