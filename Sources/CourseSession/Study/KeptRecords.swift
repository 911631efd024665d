import AttentionEngine
import CourseContent

/// A step's setting as the learner left it.
package struct KeptSetting: Hashable, Sendable, Codable {
    /// The values that the step was left at, as text.
    package var setting: String
    /// The step's own setting then. Where an edited lesson has another, what was kept is dropped.
    package var own: String

    /// A setting that was left, beside the step's own, both as text.
    package init(setting: String, own: String) {
        self.setting = setting
        self.own = own
    }
}

/// How a missed question went when it was asked again.
package struct ReviewRecord: Hashable, Sendable, Codable {
    /// How often it was asked again.
    package var times: Int
    /// Whether the first guess was right, the last time.
    package var isRight: Bool
    /// The last time's setting, as text; nil where the question has none of its own.
    package var setting: String?
    /// The last time's first guess, as it was typed or chosen.
    package var given: String
    /// When it was asked last, "2026-11-23 17:20"; nil where the clock's time was not known.
    package var date: String?

    /// How a question went the last time.
    package init(
        times: Int, isRight: Bool, setting: String? = nil, given: String, date: String? = nil
    ) {
        self.times = times
        self.isRight = isRight
        self.setting = setting
        self.given = given
        self.date = date
    }
}

/// What the learner noted down at a setting of a step.
package struct Note: Hashable, Sendable {
    /// The learner's words; lines parted by "\n".
    package var text: String
    /// Where it was written.
    package var position: Position
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    package var date: String?

    /// A note on what is shown at a place, of which it keeps what may be told.
    package init(text: String, position: Position, date: String? = nil) {
        self.text = text
        self.position = position.told
        self.date = date
    }

    /// What a note is kept under: one for each setting of a step.
    package var key: String {
        "\(position.step)\(position.isExploring ? "/explore" : "") \(position.settingText)"
    }
}

extension Note: Codable {
    private enum CodingKeys: String, CodingKey { case text, date }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        text = try values.decode(String.self, forKey: .text)
        date = try values.decodeIfPresent(String.self, forKey: .date)
        position = try Position(from: decoder)
        if position.step.lesson.isEmpty || position.step.part.isEmpty {
            throw DecodingError.dataCorruptedError(
                forKey: .text, in: values, debugDescription: "a note without a step")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        try position.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(text, forKey: .text)
        try values.encodeIfPresent(date, forKey: .date)
    }
}
