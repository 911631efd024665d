import Lessons

extension CourseLint {
    /// A picture shows what its step's setting says, windows and latents among it.
    @Sendable static func pictureRule(_ lesson: PreparedLesson) -> [Finding] {
        zip(lesson.steps, lesson.lesson.steps).flatMap { step, source in
            step.widgets.compactMap { $0.leftOut(of: step.setting) }.map {
                Finding(
                    "picture", at: source.place,
                    "a picture of this step cannot show its setting: \($0)")
            }
        }
    }
}
