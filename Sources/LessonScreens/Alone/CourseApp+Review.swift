import AttentionEngine

/// A question that was got wrong, and where it stands in the course.
struct MissedQuestion: Sendable {
    let key: String
    let lessonNumber: Int
    let lessonTitle: String
    let step: PreparedStep
    let question: Question
}

/// A round of missed questions.
struct Review: Sendable {
    var questions: [ReviewQuestion]
    var index = 0
    /// What the lesson's step was like before.
    let from: CourseApp.Place

    var current: ReviewQuestion { questions[index] }
    var isLast: Bool { index + 1 == questions.count }
}

/// Missed questions are asked again, in the course's order, until their first guess is right.
extension CourseApp {
    /// Every question of the course that was missed, and not got right when it was asked again.
    var missedQuestions: [MissedQuestion] {
        course.lessons.enumerated().flatMap { number, lesson in
            lesson.steps.compactMap { step -> MissedQuestion? in
                guard let question = step.question else { return nil }
                let key = "\(lesson.id)/\(question.id)"
                guard progress.answers[key]?.isMissed(question) == true,
                    progress.reviews[key]?.isRight != true
                else { return nil }
                return MissedQuestion(
                    key: key, lessonNumber: number + 1, lessonTitle: lesson.title, step: step,
                    question: question)
            }
        }
    }

    /// Whether there is anything to review; what was got right in this round stays in it.
    /// A course that goes on by itself would answer them by itself.
    var canReview: Bool { review == nil && !goesByItself && !missedQuestions.isEmpty }

    /// Asks the missed questions again.
    package mutating func startReview() {
        defer { updateLayout() }
        let missed = missedQuestions
        guard review == nil, !missed.isEmpty else {
            notice = "No question was missed so far."
            return
        }
        if isExploring { toggleExplore() }
        let from = Place(setting: setting, model: model, focusIndex: focusIndex, scroll: scroll)
        review = Review(
            questions: missed.map {
                ReviewQuestion($0, times: progress.reviews[$0.key]?.times ?? 0)
            }, from: from)
        resetStep()
    }

    mutating func goOnInReview() {
        guard let review else { return }
        if review.isLast { return endReview() }
        self.review?.index += 1
        resetStep()
    }

    mutating func endReview() {
        guard let review else { return }
        self.review = nil
        resetStep()
        setting = review.from.setting
        model = review.from.model
        focusIndex = review.from.focusIndex
        scroll = review.from.scroll
        let right = review.questions.filter { $0.record?.isMissed($0.step.question!) == false }
            .count
        notice =
            "\(right) of \(review.questions.count) right at the first guess. "
            + (missedQuestions.isEmpty
                ? "No missed question is left."
                : "The others will be asked again.")
    }

    /// Keeps how the question went, once that is known.
    mutating func keepReview() {
        guard let current = review?.current, let record = current.record, record.isRevealed,
            let question = current.step.question
        else { return }
        let before = progress.reviews[current.key]?.times ?? 0
        progress.reviews[current.key] = ReviewRecord(
            times: min(max(0, before), 999_999) + 1, isRight: !record.isMissed(question),
            setting: answer?.origin?.setting.text,
            given: record.firstGuess, date: now)
    }
}
