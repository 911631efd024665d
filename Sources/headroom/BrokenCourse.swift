import ArgumentParser
import CourseContent

extension CourseFiles {
    /// Tells on standard error what is wrong with a course of somebody's own, or with one lesson of
    /// it, counted from 0: a hand-out would show that only to those who get it.
    ///
    /// - Returns: the status to end with once all is written; nil where nothing is wrong.
    func tellErrors(in course: Course, lesson: Int? = nil) -> ExitCode? {
        guard let folder else { return nil }
        let lessons = lesson.map { [course.lessons[$0]] } ?? course.lessons
        let errors = lessons.flatMap { lesson in
            lesson.findings.filter { $0.severity == .error }.map {
                "\(folder)/\(lesson.lesson.file):\($0.place.line):\($0.place.column): \($0.message)"
            }
        }
        let unread =
            lesson == nil
            ? otherNames.filter(Course.isLesson).map { "\(folder)/\($0): cannot be read" } : []
        let all = unread + errors
        guard !all.isEmpty else { return nil }
        for error in all.prefix(Self.mostTold) { writeErrorLine(error) }
        let count = all.count == 1 ? "1 error" : "\(all.count) errors"
        writeErrorLine(
            "\(count) in the lessons: what is written lacks what could not be read; "
                + "'headroom lint \(folder)' lists all")
        return CommandStatus.wrongFile.code
    }

    /// The findings that are told; the linter has the rest.
    private static let mostTold = 3
}
