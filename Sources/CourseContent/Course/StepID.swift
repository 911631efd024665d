/// The name of a part of a lesson, one in the whole course: "gqa/the-formula" is how it is written,
/// stored and shared.
///
/// What stands before the first slash is the lesson's id, which holds none.
package protocol LessonPartID: RawRepresentable<String>, LosslessStringConvertible, Hashable,
    Comparable, Sendable, Codable, CodingKeyRepresentable
{
    /// The id of the lesson.
    var lesson: String { get }
    /// The part's own id, one in the lesson.
    var part: String { get }

    /// The part of a lesson, both by id.
    init(lesson: String, part: String)
}

extension LessonPartID {
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
package struct StepID: LessonPartID {
    /// The id of the lesson.
    package let lesson: String
    /// The step's id, one in the lesson.
    package let step: String

    /// The step's id, one in the lesson.
    package var part: String { step }

    /// A step of a lesson, both by id.
    package init(lesson: String, step: String) {
        self.lesson = lesson
        self.step = step
    }

    /// A step of a lesson, both by id.
    package init(lesson: String, part: String) { self.init(lesson: lesson, step: part) }
}

/// The name of a question, one in the whole course.
package struct QuestionID: LessonPartID {
    /// The id of the lesson.
    package let lesson: String
    /// The question's id, one in the lesson.
    package let question: String

    /// The question's id, one in the lesson.
    package var part: String { question }

    /// A question of a lesson, both by id.
    package init(lesson: String, question: String) {
        self.lesson = lesson
        self.question = question
    }

    /// A question of a lesson, both by id.
    package init(lesson: String, part: String) { self.init(lesson: lesson, question: part) }
}
