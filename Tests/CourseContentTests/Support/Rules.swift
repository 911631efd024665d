import CourseContent

extension MarkedLesson {
    /// What its text is held against beyond parsing.
    static let rules = CourseLint.contentRules
}
