import CourseContent
import CourseSession
import TerminalCanvas

/// What a press of the mouse is on: what it is, wherever it stands.
enum PressedThing: Equatable {
    /// A key of the footer, by what it does on its step.
    case key(Action, label: String, StepID)
    /// An answer or a cell of a question.
    case answer(StepID, review: Int?, QuestionPanel.Target)
    /// A row of the table of every g.
    case keyValueHeads(StepID, Int)
    /// A slider of a step.
    case slider(StepID, Movable)
    /// A line of a page that is open.
    case line(page: String, Int)
    /// Anything else of what is open, or of the step.
    case nothing(in: [String], StepID)
}

extension CourseApp {
    /// Whether what the mouse does is meant for what is under it. The second press of a double
    /// click that came upon another thing than the first is not: nobody has seen that yet. Nor does
    /// it answer what the first was asked.
    mutating func isMeant(_ mouse: Mouse) -> Bool {
        guard mouse.action == .press else { return true }
        let thing = thing(at: mouse.point)
        guard mouse.isRepeated else {
            pressed = thing
            return true
        }
        guard thing == pressed else { return false }
        session.notice = nil
        return true
    }

    private func thing(at point: Point) -> PressedThing {
        let step = session.position.step
        if let binding = footerBinding(at: point) {
            return .key(binding.action, label: label(of: binding), step)
        }
        if isStepSeen {
            if session.isQuestionOpen, let target = questionTarget(at: point), target != .text {
                return .answer(step, review: session.review?.index, target)
            }
            if let heads = keyValueHeads(at: point) { return .keyValueHeads(step, heads) }
            if let (panel, area) = sliderPanel, let slider = panel.slider(at: point, in: area) {
                return .slider(step, slider.moved)
            }
        } else if let screen = screens.last, let line = page?.line(at: point, in: body) {
            return .line(page: "\(type(of: screen))", line)
        }
        return .nothing(in: screens.map { "\(type(of: $0))" }, step)
    }
}
