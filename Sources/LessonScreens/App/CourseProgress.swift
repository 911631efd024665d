/// What is kept of a learner's way through the course, by the ids of lessons, steps and questions.
package struct CourseProgress: Hashable, Sendable, Codable {
    package var lesson: String
    package var step: String
    /// The setting while all sliders were free, where that is how the course was left.
    package var exploring: String?
    /// Steps seen, as "lesson/step".
    package var visited: Set<String>
    /// Settings by "lesson/step", where they are not the step's own.
    package var settings: [String: KeptSetting]
    /// Answers by "lesson/question".
    package var answers: [String: AnswerRecord]
    /// How missed questions went when they were asked again, by "lesson/question".
    package var reviews: [String: ReviewRecord]
    /// Notes by `Note.key`.
    package var notes: [String: Note]
    /// What was timed on this machine, by what it is.
    package var measurements: [String: KeptMeasurement]
    /// The learner's own proposal, where they placed one.
    package var proposal: Proposal?

    package init(
        lesson: String = "", step: String = "", exploring: String? = nil,
        visited: Set<String> = [], settings: [String: KeptSetting] = [:],
        answers: [String: AnswerRecord] = [:], reviews: [String: ReviewRecord] = [:],
        notes: [String: Note] = [:], measurements: [String: KeptMeasurement] = [:],
        proposal: Proposal? = nil
    ) {
        self.lesson = lesson
        self.step = step
        self.exploring = exploring
        self.visited = visited
        self.settings = settings
        self.answers = answers
        self.reviews = reviews
        self.notes = notes
        self.measurements = measurements
        self.proposal = proposal
    }
}

extension CourseProgress {
    private enum CodingKeys: String, CodingKey {
        case lesson, step, exploring, visited, settings, answers, reviews, notes, measurements
        case proposal
    }

    /// Takes whatever is there of an older or damaged file.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // One entry that cannot be understood takes no other with it.
        func entries<Entry: Decodable>(_ key: CodingKeys) throws -> [String: Entry] {
            let all = try values.decodeIfPresent([String: Readable<Entry>].self, forKey: key) ?? [:]
            return all.compactMapValues(\.value)
        }
        lesson = try values.decodeIfPresent(String.self, forKey: .lesson) ?? ""
        step = try values.decodeIfPresent(String.self, forKey: .step) ?? ""
        exploring = try values.decodeIfPresent(String.self, forKey: .exploring)
        visited = try values.decodeIfPresent(Set<String>.self, forKey: .visited) ?? []
        settings = try entries(.settings)
        answers = try entries(.answers)
        reviews = try entries(.reviews)
        notes = try entries(.notes)
        measurements = try entries(.measurements)
        proposal = try values.decodeIfPresent(Readable<Proposal>.self, forKey: .proposal)?.value
    }

    /// The steps seen are written in order, so that the file changes little; what is empty is left
    /// out.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lesson, forKey: .lesson)
        try values.encode(step, forKey: .step)
        try values.encodeIfPresent(exploring, forKey: .exploring)
        try values.encode(visited.sorted(), forKey: .visited)
        try values.encode(answers, forKey: .answers)
        if !settings.isEmpty { try values.encode(settings, forKey: .settings) }
        if !reviews.isEmpty { try values.encode(reviews, forKey: .reviews) }
        if !notes.isEmpty { try values.encode(notes, forKey: .notes) }
        if !measurements.isEmpty { try values.encode(measurements, forKey: .measurements) }
        try values.encodeIfPresent(proposal, forKey: .proposal)
    }

    /// The same with nothing longer than can have been typed.
    var clipped: CourseProgress {
        var copy = self
        for (key, record) in answers {
            copy.answers[key]?.given = String(record.given.prefix(500))
            copy.answers[key]?.first = record.first.map { String($0.prefix(500)) }
            copy.answers[key]?.found = Array(Set(record.found)).sorted()
        }
        return copy
    }
}

/// An entry of a file that may be damaged, or newer than this program.
private struct Readable<Value: Decodable>: Decodable {
    /// nil where it cannot be understood.
    let value: Value?

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
        if value == nil { (decoder.userInfo[.unreadableEntry] as? @Sendable () -> Void)?() }
    }
}

extension CodingUserInfoKey {
    /// A `@Sendable () -> Void` that a decoder of a `CourseProgress` calls for each entry that could
    /// not be understood and was left out.
    package static let unreadableEntry = CodingUserInfoKey(rawValue: "unreadableEntry")!
}

/// What the app asks of the program around it.
package enum Effect: Hashable, Sendable {
    case quit
    case save(CourseProgress)
    case run(Experiment)
    /// A race has run to its end; its results stand in for those of the program from now on.
    case keep(RaceResults)
    /// Have a note's text edited in the learner's own editor, and hand it to `takeNote`.
    case edit(String)
}
