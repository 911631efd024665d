import CourseContent

@testable import LessonScreens

extension MarkedLesson {
    /// What its text is held against beyond parsing.
    static let rules = CourseLint.rules
}
