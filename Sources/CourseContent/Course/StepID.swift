import Lessons

/// The name of a part of a lesson, one in the whole course: "gqa/the-formula" is how it is written,
/// stored and shared. The type says what kind of part it is.
///
/// What stands before the first slash is the lesson's id, which holds none.
package struct LessonPartID<Part>: RawRepresentable, LosslessStringConvertible, Hashable,
    Comparable, Sendable, Codable, CodingKeyRepresentable
{
    /// The id of the lesson.
    package let lesson: String
    /// The part's own id, one in the lesson.
    package let part: String

    /// The part of a lesson, both by id.
    package init(lesson: String, part: String) {
        self.lesson = lesson
        self.part = part
    }

    /// "lesson/part"; a dictionary with such keys is stored as an object with these names.
    package var rawValue: String { "\(lesson)/\(part)" }

    /// "lesson/part".
    package var description: String { rawValue }

    /// Reads "lesson/part"; nil where there is no slash with a lesson before it.
    package init?(rawValue: String) {
        guard let slash = rawValue.firstIndex(of: "/"), slash > rawValue.startIndex else {
            return nil
        }
        self.init(
            lesson: String(rawValue[..<slash]), part: String(rawValue[slash...].dropFirst()))
    }

    /// Reads "lesson/part"; nil where there is no slash with a lesson before it.
    package init?(_ text: String) { self.init(rawValue: text) }

    /// By the lesson's id, then by the part's.
    package static func < (one: Self, other: Self) -> Bool {
        (one.lesson, one.part) < (other.lesson, other.part)
    }
}

/// The name of a step, one in the whole course.
package typealias StepID = LessonPartID<PreparedStep>

/// The name of a question, one in the whole course.
package typealias QuestionID = LessonPartID<Question>

extension PreparedLesson {
    /// The name of one of its steps.
    package func id(of step: PreparedStep) -> StepID { StepID(lesson: id, part: step.id) }

    /// Names that lead to one of its steps though no step has them, each with that step's.
    var formerSteps: [(StepID, StepID)] {
        zip(lesson.steps, steps).flatMap { source, step in
            source.former.map { (name(of: $0), id(of: step)) }
        }
    }

    /// The whole name of a step that is no more, as one of this lesson's steps gives it.
    func name(of former: FormerStep) -> StepID {
        StepID(lesson: former.lesson ?? id, part: former.id)
    }

    /// The name of one of its questions.
    package func id(of question: Question) -> QuestionID {
        QuestionID(lesson: id, part: question.id)
    }
}
