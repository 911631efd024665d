import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A step told in words.
extension PlainCourse {
    var prose: PlainProse {
        PlainProse(session)
    }

    /// The whole step: where it stands, its text, its pictures, its question, what can be done.
    func told(isNewLesson: Bool = false) -> [Passage] {
        heading(isNewLesson: isNewLesson) + problems + prose.passages(session.step.prose)
            + pictures() + question() + say(commandsHere)
    }

    private func heading(isNewLesson: Bool) -> [Passage] {
        let step = session.step
        if let review = session.review {
            return say("Review, question \(review.index + 1) of \(review.count)")
        }
        guard !session.isExploring, let lesson = session.lesson else { return say(step.title) }
        let name =
            isNewLesson
            ? say(
                "Lesson \(session.lessonIndex + 1) of \(session.course.lessons.count), "
                    + ended(lesson.title) + " " + lesson.summary) : []
        return name + say("Step \(session.stepIndex + 1) of \(session.stepCount): \(step.title)")
    }

    private var problems: [Passage] {
        session.step.problems.map {
            .paragraph(
                "Wrong in \(session.lesson?.lesson.file ?? "") line \($0.place.line): \($0.message)"
            )
        }
    }

    /// What stands beside the prose: pictures, sliders, results.
    func pictures() -> [Passage] {
        let areValuesShown = session.step.widgets.contains { widget in
            switch widget {
            case .race, .cache: false
            default: true
            }
        }
        let model = areValuesShown ? session.model.map { say("The values of \($0.name).") } : nil
        return (model ?? []) + session.step.widgets.flatMap { $0.words(session.scene()) }
    }

    /// "Here: set g, run, why, next, help."
    private var commandsHere: String {
        var commands: [String] = []
        if session.isQuestionOpen || session.step.question?.kind == .free {
            commands.append(answerUsage)
        }
        let letters = session.step.sliders.filter { session.setting[$0.parameter] != nil }
            .map(\.parameter.letter)
        if let last = letters.last {
            let others = letters.dropLast().joined(separator: ", ")
            commands.append("set " + (others.isEmpty ? last : "\(others) or \(last)"))
        }
        if session.runKey != nil { commands.append("run") }
        if session.canPlace { commands.append("place") }
        if session.step.memory != nil, !session.isVeiled { commands.append("why") }
        commands += [session.isExploring ? "explore (to return)" : "next", "help"]
        return "Here: \(commands.joined(separator: ", "))."
    }

    // MARK: What changed

    /// What is told anew after something other than the step changed: the pieces of text and
    /// pictures that now say something else.
    func news(
        since old: Session, prose withProse: Bool,
        widgets isTold: (WidgetSpec) -> Bool = { _ in true }
    ) -> [Passage] {
        var before = Set<Passage>()
        var now: [Passage] = []
        if withProse {
            before.formUnion(PlainProse(old).passages(old.step.prose))
            now += prose.passages(session.step.prose)
        }
        let (oldScene, scene) = (old.scene(), session.scene())
        for spec in session.step.widgets where isTold(spec) {
            before.formUnion(spec.words(oldScene))
            now += spec.words(scene)
        }
        return now.filter { !before.contains($0) }
    }
}
