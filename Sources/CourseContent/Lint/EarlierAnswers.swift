import Lessons

/// Questions that show what the learner wrote earlier, where a course has nothing of that name to
/// show: no such question, none before theirs, or one that is not answered in words.
struct EarlierAnswers {
    let course: Course

    func findings(in lesson: PreparedLesson) -> [Finding] {
        lesson.steps.compactMap { step in
            guard let question = step.question, let earlier = question.earlier,
                !isAnsweredInWords(earlier, before: lesson.id(of: question))
            else { return nil }
            return Finding(
                "earlier-answer", at: question.place,
                "'\(earlier)' is no earlier question that is answered in the learner's own words")
        }
    }

    private func isAnsweredInWords(_ earlier: QuestionID, before own: QuestionID) -> Bool {
        guard let place = course.find(earlier), let ownPlace = course.find(own),
            (place.lesson, place.step) < (ownPlace.lesson, ownPlace.step)
        else { return false }
        return course.lessons[place.lesson].steps[place.step].question?.kind == .free
    }
}
