/// What a learner answered to one question.
public struct AnswerRecord: Hashable, Sendable, Codable {
    /// What was typed, the text of the picked choice, or the learner's own words; the newest.
    public var given: String
    public var tries: Int
    /// Whether the answer was found; free answers always are.
    public var isRight: Bool
    /// Whether the figure may be shown: found, or asked for.
    public var isRevealed: Bool
    /// For a table of mistakes: the cells found, as indices row * columns + column.
    public var found: [Int]

    public init(
        given: String = "", tries: Int = 0, isRight: Bool = false, isRevealed: Bool = false,
        found: [Int] = []
    ) {
        self.given = given
        self.tries = tries
        self.isRight = isRight
        self.isRevealed = isRevealed
        self.found = found
    }
}

extension AnswerRecord {
    private enum CodingKeys: String, CodingKey {
        case given, tries, isRight, isRevealed, found
    }

    /// Takes whatever is there of an older or damaged file.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        given = try values.decodeIfPresent(String.self, forKey: .given) ?? ""
        tries = try values.decodeIfPresent(Int.self, forKey: .tries) ?? 0
        isRight = try values.decodeIfPresent(Bool.self, forKey: .isRight) ?? false
        isRevealed = try values.decodeIfPresent(Bool.self, forKey: .isRevealed) ?? false
        found = try values.decodeIfPresent([Int].self, forKey: .found) ?? []
    }
}
