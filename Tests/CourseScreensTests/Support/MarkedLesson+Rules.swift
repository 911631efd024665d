import CourseContent

@testable import CourseScreens
@testable import CourseSession

extension MarkedLesson {
    /// What its text is held against beyond parsing.
    static let rules = CourseLint.rules
}
