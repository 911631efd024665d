import AttentionEngine
import CourseContent
import CourseSession
import Lessons

/// A step told in words.
extension PlainCourse {
    var prose: PlainWriter { PlainWriter(session) }

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

    /// Where the learner is: lesson, step, how its question stands, and the sliders' values.
    func place() -> [Passage] {
        let isOpen = session.isQuestionOpen && session.record == nil
        let question = session.step.question.map { _ in
            say(isOpen ? "Its question is open." : "Its question was tried.")
        }
        return heading(isNewLesson: true) + (question ?? [])
            + session.step.sliders.flatMap { value(of: $0.moved) }
    }

    private var problems: [Passage] {
        session.step.problems.map {
            .paragraph(
                "Error in \(session.lesson?.lesson.file ?? "") line \($0.place.line): \($0.message)"
            )
        }
    }

    /// What stands beside the prose: pictures, sliders, results.
    func pictures() -> [Passage] {
        let model = session.namedModel.map { say("The values of \($0.name).") }
        let file = session.openModelHere.map { say("\($0) is open.") }
        return (model ?? []) + (file ?? [])
            + session.step.widgets.flatMap { $0.words(session.scene()) }
    }

    /// "Here: set g, run, why, next, help."
    var commandsHere: String {
        var commands: [String] = []
        if session.isQuestionOpen || session.step.question?.kind == .free {
            commands.append(answerUsage)
        }
        let letters = session.step.sliders.filter { session.value(of: .slider($0)) != nil }
            .map(\.moved.letter)
        if let last = letters.last {
            let others = letters.dropLast().joined(separator: ", ")
            commands.append("set " + (others.isEmpty ? last : "\(others) or \(last)"))
        }
        if session.runKey != nil { commands.append("run") }
        if session.canPlace { commands.append("place") }
        if session.canUnfold, !session.isVeiled { commands.append("why") }
        commands += [session.isExploring ? "explore (to return)" : "next", "help"]
        return "Here: \(commands.joined(separator: ", "))."
    }

    // MARK: What changed

    /// What is told anew after something other than the step changed, such as an answer that hid
    /// pictures: the pieces of these, and of text where that is asked for, that now say something
    /// else.
    func news(
        since old: Session, prose withProse: Bool = false,
        widgets isTold: (WidgetSpec) -> Bool = { _ in true }
    ) -> [Passage] {
        func told(_ other: Session) -> [Passage] {
            let scene = other.scene()
            return (withProse ? PlainWriter(other).passages(other.step.prose) : [])
                + session.step.widgets.filter(isTold).flatMap { $0.words(scene) }
        }
        let before = Set(told(old))
        return told(session).filter { !before.contains($0) }
    }
}

/// A step's blocks as running text.
extension PlainWriter {
    /// Writes what is said on a session's step, without what its open question hides.
    init(_ session: Session) {
        let (step, text) = (session.step, session.figureText)
        self.init { step.figures[$0].flatMap(text) }
    }

    /// The words of a question.
    func text(_ words: Words) -> String { text(words.inlines) }

    func passages(_ blocks: [Block]) -> [Passage] { blocks.flatMap(passages) }

    private func passages(_ block: Block) -> [Passage] {
        switch block {
        case .paragraph(_, let words?): return [.paragraph(ended(words))]
        case .paragraph(let inlines, nil), .heading(_, let inlines):
            return [.paragraph(text(inlines))]
        case .list(let start, let items):
            return items.enumerated().flatMap { index, item in
                let inner = passages(item)
                let mark = start.map { "\($0 + index). " } ?? "- "
                return inner.enumerated().map { line, passage in
                    switch passage.kind {
                    case .code: return passage
                    // A list in the list stands below its item.
                    case .row: return .row(passage.text, mark: "  " + passage.mark)
                    case .paragraph: break
                    }
                    return .row(passage.text, mark: line == 0 ? mark : "  ")
                }
            }
        case .quote(let blocks):
            return passages(blocks).map {
                $0.kind == .paragraph ? .paragraph("Quote: \($0.text)") : $0
            }
        case .code(_, _, let words?): return [.paragraph("Drawing: " + ended(words))]
        case .code(_, let lines, nil): return lines.map(Passage.code)
        case .table(let table):
            return Passage.table(
                header: table.header.map(text), rows: table.rows.map { $0.map(text) })
        case .directive: return []
        }
    }
}
