import Lessons

/// What only a teacher's copy of a step says: how it is used, and what its question's answer is.
package struct TeacherRemark: Hashable, Sendable {
    /// What it is: "Notes", "Answer".
    package let label: String
    /// What it says, in plain text.
    package let text: String
}

extension PreparedStep {
    /// What a teacher's copy says of it, in the order of use: when, how, and of its question the
    /// hint, the answers and their reasons.
    package var teacherRemarks: [TeacherRemark] {
        let marks = minute.map { [TeacherRemark(label: "Minute", text: String($0))] } ?? []
        let told = notes.map { TeacherRemark(label: "Notes", text: $0) }
        let hint = question?.hint.map { [TeacherRemark(label: "Hint", text: text(of: $0))] } ?? []
        return marks + told + hint + answers
    }

    /// The answer to its question and why, for whoever asks it; of a choice why one would think
    /// otherwise, too.
    package var answers: [TeacherRemark] {
        guard let question else { return [] }
        func remark(_ label: String, _ text: String, _ because: Words?) -> TeacherRemark {
            TeacherRemark(
                label: label, text: because.map { ended(text) + " " + self.text(of: $0) } ?? text)
        }
        switch question.kind {
        case .number:
            guard let right = question.rightAnswer(in: self) else { return [] }
            return [remark("Answer", right.text, question.because)]
        case .choice(let choices):
            let right = choices.filter(\.isRight).map {
                remark("Answer", text(of: $0.text), $0.because ?? question.because)
            }
            let others = choices.filter { !$0.isRight && $0.because != nil }.map {
                remark("Wrong", text(of: $0.text), $0.because)
            }
            return right + others
        case .find(_, _, let mistakes):
            return mistakes.map {
                remark("Answer", "row \($0.row + 1), column \($0.column + 1)", $0.because)
            } + (question.because.map { [remark("Why", text(of: $0), nil)] } ?? [])
        case .free:
            return question.because.map { [remark("Answer", "in their own words", $0)] } ?? []
        }
    }
}
