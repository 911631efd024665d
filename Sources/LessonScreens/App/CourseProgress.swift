/// What is kept of a learner's way through the course, by the ids of lessons, steps and questions.
public struct CourseProgress: Hashable, Sendable, Codable {
    public var lesson: String
    public var step: String
    /// Steps seen, as "lesson/step".
    public var visited: Set<String>
    /// Answers by "lesson/question".
    public var answers: [String: AnswerRecord]
    /// The learner's own proposal, where they placed one.
    public var proposal: Proposal?

    public init(
        lesson: String = "", step: String = "", visited: Set<String> = [],
        answers: [String: AnswerRecord] = [:], proposal: Proposal? = nil
    ) {
        self.lesson = lesson
        self.step = step
        self.visited = visited
        self.answers = answers
        self.proposal = proposal
    }
}

extension CourseProgress {
    private enum CodingKeys: String, CodingKey {
        case lesson, step, visited, answers, proposal
    }

    /// Takes whatever is there of an older or damaged file.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        lesson = try values.decodeIfPresent(String.self, forKey: .lesson) ?? ""
        step = try values.decodeIfPresent(String.self, forKey: .step) ?? ""
        visited = try values.decodeIfPresent(Set<String>.self, forKey: .visited) ?? []
        answers =
            try values.decodeIfPresent([String: AnswerRecord].self, forKey: .answers) ?? [:]
        proposal = try values.decodeIfPresent(Proposal.self, forKey: .proposal)
    }

    /// The steps seen are written in order, so that the file changes little.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lesson, forKey: .lesson)
        try values.encode(step, forKey: .step)
        try values.encode(visited.sorted(), forKey: .visited)
        try values.encode(answers, forKey: .answers)
        try values.encodeIfPresent(proposal, forKey: .proposal)
    }

    /// The same with nothing longer than can have been typed.
    var clipped: CourseProgress {
        var copy = self
        for (key, record) in answers {
            copy.answers[key]?.given = String(record.given.prefix(500))
            copy.answers[key]?.found = Array(Set(record.found)).sorted()
        }
        return copy
    }
}

/// What the app asks of the program around it.
public enum Effect: Hashable, Sendable {
    case quit
    case save(CourseProgress)
    case run(Experiment)
    /// A race has run to its end; its results stand in for those of the program from now on.
    case keep(RaceResults)
}
