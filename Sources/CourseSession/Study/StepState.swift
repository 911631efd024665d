import CourseContent

/// How far a step is, and its question where it asks one.
package enum StepState: String, Sendable {
    /// Not seen.
    case new
    /// Seen, and it asks nothing.
    case seen
    /// Seen, and its question is open.
    case open
    /// The first guess was right, or that of a review.
    case right
    /// The first guess was wrong, or the answer was shown without one; a review asks it again.
    case missed
    /// Answered in the learner's own words.
    case answered
}

extension CourseProgress {
    /// How far a step of a lesson is.
    package func state(of step: PreparedStep, in lesson: PreparedLesson) -> StepState {
        let isSeen = visited.contains(lesson.id(of: step))
        guard let question = step.question else { return isSeen ? .seen : .new }
        let id = lesson.id(of: question)
        guard let record = answers[id] else { return isSeen ? .open : .new }
        if record.isMissed(question) { return reviews[id]?.isRight == true ? .right : .missed }
        if case .free = question.kind { return record.given.isEmpty ? .open : .answered }
        return record.isRight ? .right : .open
    }
}
