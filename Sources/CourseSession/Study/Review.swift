import CourseContent

/// A question that was got wrong, and where it stands in the course.
struct MissedQuestion: Sendable {
    let id: QuestionID
    /// "From lesson 5, Grouped-query attention: Half of g."
    let origin: String
    let step: PreparedStep
    let question: Question
}

/// A round of missed questions.
package struct Review: Sendable {
    fileprivate(set) var questions: [ReviewQuestion]
    /// The question that is asked now, counted from 0.
    package fileprivate(set) var index = 0
    /// Where it began, and what is gone back to.
    let back: Position

    /// How many questions are asked.
    package var count: Int { questions.count }
    var current: ReviewQuestion { questions[index] }
    /// Whether no question comes after this one.
    package var isLast: Bool { index + 1 == questions.count }

    mutating func answer(_ change: (inout AnswerRecord) -> Void) {
        var record = current.record ?? AnswerRecord()
        change(&record)
        questions[index].record = record
    }
}

extension Review: Hashable {
    /// Questions are the same for the same missed ones and number of times.
    package static func == (one: Review, other: Review) -> Bool {
        one.index == other.index && one.back == other.back
            && one.questions.map(\.id) == other.questions.map(\.id)
            && one.questions.map(\.record) == other.questions.map(\.record)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// Missed questions are asked again, in the course's order, until their first guess is right.
extension Session {
    /// Every question of the course that was missed, and not got right when it was asked again.
    var missedQuestions: [MissedQuestion] {
        course.lessons.enumerated().flatMap { number, lesson in
            lesson.steps.compactMap { step -> MissedQuestion? in
                guard let question = step.question else { return nil }
                let id = lesson.id(of: question)
                guard kept.answers[id]?.isMissed(question) == true,
                    kept.reviews[id]?.isRight != true
                else { return nil }
                let origin = "From lesson \(number + 1), \(lesson.title): \(ended(step.title))"
                return MissedQuestion(id: id, origin: origin, step: step, question: question)
            }
        }
    }

    /// Whether there is anything to review; what was got right in this round stays in it.
    /// A course that goes on by itself would answer them by itself.
    /// Cost: O(answers kept), since each key asks.
    package var canReview: Bool {
        review == nil && !goesByItself
            && kept.answers.contains { id, record in
                guard record.tries > 0 || record.isRevealed, kept.reviews[id]?.isRight != true,
                    let place = course.find(id)
                else { return false }
                let question = course.lessons[place.lesson].steps[place.step].question
                return question.map(record.isMissed) == true
            }
    }

    /// Asks the missed questions again.
    package mutating func startReview() {
        let missed = missedQuestions
        guard review == nil, !missed.isEmpty else {
            notice = Self.nothingMissedWords
            return
        }
        let questions = missed.map { ReviewQuestion($0, times: kept.reviews[$0.id]?.times ?? 0) }
        ask(Review(questions: questions, back: position))
    }

    private mutating func ask(_ review: Review) {
        go(to: Position(position.step, mode: .review(review)))
    }

    mutating func goOnInReview() {
        guard var review else { return }
        if review.isLast { return endReview() }
        review.index += 1
        ask(review)
    }

    /// Goes back to where it began.
    package mutating func endReview() { if let review { go(to: review.back) } }

    /// Says how a review went that was left, whichever way.
    mutating func tell(_ review: Review) {
        let right = review.questions.filter { $0.record?.isMissed($0.step.question!) == false }
            .count
        guard review.questions.contains(where: { $0.record?.isRevealed == true }) else {
            notice = "Review over before a question was answered. R asks them again."
            return
        }
        notice =
            "Review over: \(right) of \(review.count) right on the first guess. "
            + (missedQuestions.isEmpty
                ? "No missed questions are left." : "R asks the others again.")
    }

    /// What is asked before Esc, which hands press to be sure that nothing is open, ends a review.
    package static let leavingReviewQuestion =
        "Esc once more ends the review; any other key goes on."

    /// What is said to whoever asks for a review where there is nothing to ask.
    package static let nothingMissedWords =
        "No missed questions, or all answered right when asked again."

    /// What is said to whoever wants to go back in a review.
    package static let reviewGoesOnWords = "A review only goes forward; R ends it."

    /// Keeps how the question went, once that is known.
    mutating func keepReview() {
        guard let current = review?.current, let record = current.record, record.isRevealed,
            let question = current.step.question
        else { return }
        let before = kept.reviews[current.id]?.times ?? 0
        kept.reviews[current.id] = ReviewRecord(
            times: min(max(0, before), 999_999) + 1, isRight: !record.isMissed(question),
            setting: answer?.origin?.setting.text, given: record.firstGuess, date: now)
    }
}
