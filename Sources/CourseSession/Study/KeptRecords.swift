import CourseContent

/// A step's setting as the learner left it.
package struct KeptSetting: Hashable, Sendable, Codable {
    /// The values that the step was left at, as text.
    package var setting: String
    /// The step's own setting then. Where an edited lesson has another, what was kept is dropped.
    var own: String
    /// Where its dials were left, as text; nil in files of programs that kept none here.
    var dials: String?
    /// Where the step itself had them then.
    var ownDials: String?

    /// The setting, and the dials that stand elsewhere than where its step has them.
    func text(at step: PreparedStep) -> String {
        let moved = dials.map { DialValues(text: $0).text(from: step.dials) }
        return [setting, moved ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
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
}

/// What the learner noted down at a setting of a step.
package struct Note: Hashable, Sendable {
    /// The learner's words; lines parted by "\n".
    package var text: String
    /// Where it was written.
    package var position: Position
    /// When it was last changed, "2026-11-23 17:20" by the machine's clock.
    package var date: String?
    /// The learner's own model that was open on a step that shows one.
    package var ownModel: String?
    /// What that took there, where the learner had typed it.
    package var words: String?

    /// A note on what is shown at a place, of which it keeps what may be told.
    package init(text: String, position: Position, date: String? = nil) {
        self.text = text
        self.position = position.told
        self.date = date
    }

    /// What a note is kept under: one for each setting of a step with its dials.
    package var key: String {
        "\(position.step)\(position.isExploring ? "/explore" : "") \(position.text)"
    }
}

extension Note: Codable {
    private enum CodingKeys: String, CodingKey { case text, date, ownModel, words }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        text = try values.decode(String.self, forKey: .text)
        date = try values.value(of: .date, or: nil)
        ownModel = try values.decodeIfPresent(String.self, forKey: .ownModel)
            .map { String($0.prefix(WritingStatus.mostName)) }
        words = try values.decodeIfPresent(String.self, forKey: .words)
            .map { String($0.prefix(WritingStatus.mostBeginning)) }
        position = try Position(from: decoder)
        if position.step.lesson.isEmpty || position.step.part.isEmpty {
            throw decoder.problem("a note without a step")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        try position.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(text, forKey: .text)
        try values.encodeIfPresent(date, forKey: .date)
        try values.encodeIfPresent(ownModel, forKey: .ownModel)
        try values.encodeIfPresent(words, forKey: .words)
    }
}

extension Note {
    /// The learner's own model, and their words: "with SmolLM2 on "My words""; nil of none.
    package var modelText: String? {
        ownModel.map { "with \($0)" + (words.map { " on \"\($0)\"" } ?? "") }
    }

    /// Its setting and the learner's own model: "l=30,…,c=128, with SmolLM2 on "My words"".
    package var placeText: String { position.text + (modelText.map { ", \($0)" } ?? "") }
}

extension Decoder {
    /// That what is there cannot have been written.
    func problem(_ text: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: text))
    }
}

extension KeyedDecodingContainer {
    /// The value under a key, or another where there is none.
    func value<Value: Decodable>(of key: Key, or other: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? other
    }
}

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
    /// Of a question that was not tried.
    package static let untried = AnswerRecord()

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
    /// The same with nothing longer than can have been typed.
    var clipped: AnswerRecord {
        var record = self
        record.given = String(given.prefix(500))
        record.first = first.map { String($0.prefix(500)) }
        record.found = Array(Set(found)).sorted()
        return record
    }

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
        if case .value(let guess) = Guess.read(given, for: answer) { guess } else { nil }
    }

    /// Whether the newest guess is the answer to half a percent.
    package func isExact(_ answer: FigureValue) -> Bool {
        guess(answer).map { abs($0 / answer.amount - 1) < 0.005 } ?? false
    }

    /// Why a guess is off that is right within the tolerance: a mixed unit is still worth a word.
    package func slip(_ answer: FigureValue) -> String? {
        guard let guess = guess(answer), abs(guess / answer.amount - 1) > 0.02 else { return nil }
        return Guess.cause(of: guess, typed: given, answer: answer)
    }
}

/// Something measured on this machine, as it is told in the notebook, and as it is shown again.
package struct KeptMeasurement: Hashable, Sendable, Codable {
    /// One figure that was found.
    package struct Row: Hashable, Sendable, Codable {
        /// "g = 8"
        package var name: String
        /// As it was shown: "0.12 ms".
        package var result: String

        /// Both: "g = 8: 0.12 ms".
        package var text: String { "\(name): \(result)" }
    }

    /// What was measured, in words.
    package var what: String
    /// When, by the machine's clock: "2026-11-23 17:20".
    package var date: String?
    /// The figures that were found, in the order of the experiment.
    package var rows: [Row]
    /// How the experiment stood at its end, for its step to show; nil where that is not shown
    /// again, and in files of older programs.
    var found: SharedExperiments?
}

extension CourseProgress {
    /// What was measured before of an experiment with all its parameters, and when; nil where it
    /// never was. Measurements of older programs stand under other names and are only listed.
    func found<Kind: Experiment>(by experiment: Kind) -> (status: Kind.Status, date: String)? {
        let key = experiment.keptKey
        let newest = experiment.showsNewest ? ofKind(key.kind).last?.value : nil
        // A file may hold one under its kind alone, of whatever model.
        let known = newest ?? measurements[key.text] ?? measurements[key.kind]
        guard let kept = known, let date = kept.date,
            let status = kept.found.flatMap({ experiment.status(in: $0) })
        else { return nil }
        return (status, date)
    }

    /// Keeps a measurement in place of the one before it.
    mutating func keep(_ measurement: KeptMeasurement, of key: ExperimentKey) {
        measurements[key.text] = measurement
        dropOldest(of: key)
        // Older programs kept it under its words.
        measurements[measurement.what] = nil
    }

    /// As many measurements of one kind as are kept to be shown again, and as many as are told:
    /// those under texts of the learner's would never end.
    private static let (mostShown, mostTold) = (4, 40)

    /// Leaves of the oldest of a kind what is told, and then nothing; the newest stay whole.
    private mutating func dropOldest(of key: ExperimentKey) {
        guard key.source != nil else { return }
        let others = ofKind(key.kind).filter { $0.key != key.text }
        for (name, _) in others.dropLast(Self.mostShown - 1) { measurements[name]?.found = nil }
        for (name, _) in others.dropLast(Self.mostTold - 1) { measurements[name] = nil }
    }

    /// What is kept of a kind under a source, the newest last.
    private func ofKind(_ kind: String) -> [(key: String, value: KeptMeasurement)] {
        measurements.filter { $0.key.hasPrefix(kind + " ") }
            .sorted { ($0.value.date ?? "", $0.key) < ($1.value.date ?? "", $1.key) }
    }
}
