import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

extension CourseLint {
    /// What a key runs in a step can be run at the step's own setting.
    @Sendable static func runRule(_ lesson: PreparedLesson) -> [Finding] {
        let course = Course(lessons: [lesson])
        return zip(lesson.steps, lesson.lesson.steps).enumerated().compactMap { index, step in
            guard step.0.isSettingKnown,
                // These have a finding of their own.
                !step.0.widgets.contains(where: { $0.leftOut(of: step.0.setting) != nil }),
                let obstacle = Self.obstacle(in: course, step: index)
            else { return nil }
            return Finding(
                rule: "run", place: step.1.place,
                message: "what 'r' runs in this step cannot be run at its setting: \(obstacle)")
        }
    }

    private static func obstacle(in course: Course, step: Int) -> String? {
        var session = Session(course: course, at: (0, step))
        session.showWhole()
        return session.runObstacle
    }
}
