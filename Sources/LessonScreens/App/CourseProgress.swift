/// What is kept of a learner's way through the course, by the ids of lessons, steps and questions.
public struct CourseProgress: Hashable, Sendable, Codable {
    public var lesson: String
    public var step: String
    /// Steps seen, as "lesson/step".
    public var visited: Set<String>
    /// Answers by "lesson/question".
    public var answers: [String: AnswerRecord]

    public init(
        lesson: String = "", step: String = "", visited: Set<String> = [],
        answers: [String: AnswerRecord] = [:]
    ) {
        self.lesson = lesson
        self.step = step
        self.visited = visited
        self.answers = answers
    }
}

/// What the app asks of the program around it.
public enum Effect: Hashable, Sendable {
    case quit
    case save(CourseProgress)
}
