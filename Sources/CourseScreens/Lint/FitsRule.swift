import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

extension CourseLint {
    /// Every step shows its picture, sliders and question at 80x24 with some prose beside them,
    /// before an answer, while it is given, and after it.
    @Sendable static func fitsRule(_ lesson: PreparedLesson) -> [Finding] {
        let course = Course(lessons: [lesson])
        return lesson.lesson.steps.enumerated().compactMap { index, step in
            var session = Session(course: course, at: (0, index))
            session.showWhole()
            var app = CourseApp(session, size: Size(width: 80, height: 24))
            let opening = app.stepLayout.overflow
            app.openQuestion()
            let answering = app.stepLayout.overflow
            app.screens = []
            app.session.reveal()
            let overflow = max(opening, answering, app.stepLayout.overflow)
            guard overflow > 0 else { return nil }
            return Finding(
                rule: "fits", place: step.place,
                message: "the step does not fit 80x24: \(overflow) rows too many, so its picture "
                    + "scrolls away; shorten the question, or use fewer widgets")
        }
    }
}
