import AttentionEngine
import Lessons
import TerminalCanvas

/// A step told in words.
extension PlainCourse {
    var prose: PlainProse {
        PlainProse(layout: app.proseLayout(app.step, width: text.width))
    }

    /// The whole step: where it stands, its text, its pictures, its question, what can be done.
    func told(isNewLesson: Bool = false) -> [Passage] {
        heading(isNewLesson: isNewLesson) + problems + prose.passages(app.step.prose)
            + pictures() + question() + say(commandsHere)
    }

    private func heading(isNewLesson: Bool) -> [Passage] {
        let step = app.step
        if let review = app.review {
            return say("Review, question \(review.index + 1) of \(review.questions.count)")
        }
        guard !app.isExploring, let lesson = app.lesson else { return say(step.title) }
        let name =
            isNewLesson
            ? say(
                "Lesson \(app.lessonIndex + 1) of \(app.course.lessons.count), "
                    + ended(lesson.title) + " " + lesson.summary) : []
        return name + say("Step \(app.stepIndex + 1) of \(app.stepCount): \(step.title)")
    }

    private var problems: [Passage] {
        app.step.problems.map {
            .paragraph(
                "Wrong in \(app.lesson?.lesson.file ?? "") line \($0.place.line): \($0.message)")
        }
    }

    /// What stands beside the prose: pictures, sliders, results.
    func pictures() -> [Passage] {
        let areValuesShown = app.step.widgets.contains { widget in
            switch widget {
            case .race, .cache: false
            default: true
            }
        }
        let model = areValuesShown ? app.model.map { say("The values of \($0.name).") } : nil
        return (model ?? []) + app.step.widgets.flatMap { $0.widget.words(scene: app.scene) }
    }

    /// "Here: set g, run, why, next, help."
    private var commandsHere: String {
        var commands: [String] = []
        if app.isQuestionOpen || app.step.question?.kind == .free { commands.append(answerUsage) }
        let letters = app.step.sliders.filter { app.setting[$0.parameter] != nil }
            .map(\.parameter.letter)
        if let last = letters.last {
            let others = letters.dropLast().joined(separator: ", ")
            commands.append("set " + (others.isEmpty ? last : "\(others) or \(last)"))
        }
        if app.experiment != nil { commands.append("run") }
        if app.canPlace { commands.append("place") }
        if app.step.memory != nil, !app.isVeiled { commands.append("why") }
        commands += [app.isExploring ? "explore (to return)" : "next", "help"]
        return "Here: \(commands.joined(separator: ", "))."
    }

    // MARK: What changed

    /// What is told anew after something other than the step changed: the pieces of text and
    /// pictures that now say something else.
    func news(
        since old: CourseApp, prose withProse: Bool,
        widgets isTold: (WidgetSpec) -> Bool = { _ in true }
    ) -> [Passage] {
        var before = Set<Passage>()
        var now: [Passage] = []
        if withProse {
            let layout = old.proseLayout(old.step, width: text.width)
            before.formUnion(PlainProse(layout: layout).passages(old.step.prose))
            now += prose.passages(app.step.prose)
        }
        for spec in app.step.widgets where isTold(spec) {
            before.formUnion(spec.widget.words(scene: old.scene))
            now += spec.widget.words(scene: app.scene)
        }
        return now.filter { !before.contains($0) }
    }
}
