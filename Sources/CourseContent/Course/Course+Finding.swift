extension Course {
    /// Where a step stands: the indices of its lesson and of it there; nil where the course has no
    /// such step. Looks at every lesson until it is found.
    package func find(_ id: StepID) -> (lesson: Int, step: Int)? {
        find(id.lesson) { $0.id == id.step }
    }

    /// Where the step stands that asks a question; nil where the course does not ask it. Looks at
    /// every lesson until it is found.
    package func find(_ id: QuestionID) -> (lesson: Int, step: Int)? {
        find(id.lesson) { $0.question?.id == id.question }
    }

    private func find(
        _ lesson: String, where isMeant: (PreparedStep) -> Bool
    ) -> (lesson: Int, step: Int)? {
        guard let index = lessons.firstIndex(where: { $0.id == lesson }) else { return nil }
        return lessons[index].steps.firstIndex(where: isMeant).map { (index, $0) }
    }
}

extension PreparedLesson {
    /// The name of one of its steps.
    package func id(of step: PreparedStep) -> StepID { StepID(lesson: id, step: step.id) }

    /// The name of one of its questions.
    package func id(of question: Question) -> QuestionID {
        QuestionID(lesson: id, question: question.id)
    }
}
