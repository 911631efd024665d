import CourseContent

extension GridSpec {
    /// What the author says of it, then row by row what it shows.
    var passages: [Passage] {
        [.paragraph("Grid: \(ended(title)) \(ended(told))")] + rows.map { .row(words(of: $0)) }
    }
}
