import Lessons

/// The former names of steps in a course, which lead nowhere where a step has such a name or two
/// steps claim it.
struct FormerNames {
    private let present: Set<StepID>
    private let claims: [StepID: Int]

    init(_ course: Course) {
        present = Set(course.lessons.flatMap { lesson in lesson.steps.map(lesson.id(of:)) })
        claims = course.lessons.flatMap(\.formerSteps).reduce(into: [:]) {
            $0[$1.0, default: 0] += 1
        }
    }

    func findings(in lesson: PreparedLesson) -> [Finding] {
        lesson.lesson.steps.flatMap(\.former).compactMap { former in
            let name = lesson.name(of: former)
            let problem =
                if present.contains(name) {
                    "is a step of the course, so it cannot lead here"
                } else if claims[name, default: 0] > 1 {
                    "may lead to one step only; remove it elsewhere"
                } else {
                    String?.none
                }
            return problem.map { Finding("former-step", at: former.place, "'\(name)' \($0)") }
        }
    }
}
