import TerminalCanvas

/// A course shown to a class: large figures, no dim text, few columns, the key that was pressed in
/// a corner, and a clicker's keys.
extension CourseApp {
    /// From now on the course is shown to a class.
    package mutating func present() {
        isPresenting = true
        updateLayout()
    }

    /// The widest prose that a class can read: a zoomed-in terminal has not many more columns.
    static let presentedColumns = 60

    /// The step's widgets; before a class its result also as large as it can be written, where
    /// there is room.
    func shownWidgets(_ step: PreparedStep) -> [WidgetSpec] {
        guard isPresenting, let memory = step.memory else { return step.widgets }
        return step.widgets + [.bigFigure(memory)]
    }

    /// What a clicker's start key (F5) does: back to the lesson's step, from its beginning.
    mutating func showStepAgain() {
        if isExploring { toggleExplore() }
        scroll = 0
    }

    /// The key pressed last, in the corner, for those who wonder what the teacher did.
    func drawPressedKey(on canvas: inout Canvas) {
        guard isPresenting, let pressedKey else { return }
        let text = " \(KeyNotation.name(of: pressedKey)) "
        canvas.draw(
            text, at: Point(column: size.width - columns(of: text) - 1, row: 1),
            style: Style(.text, [.bold, .reverse]), in: canvas.area)
    }
}

/// How long a course that runs by itself stays on each step.
extension CourseApp {
    /// Seconds for the step on the screen: up to the next minute mark, shared by the steps before
    /// it; without marks the time to read it at 150 words a minute, and a while to look.
    package var secondsForStep: Double {
        guard let lesson, lesson.steps.indices.contains(stepIndex) else { return 10 }
        let steps = lesson.steps
        if let last = steps[...stepIndex].lastIndex(where: { $0.minute != nil }),
            let next = steps[(stepIndex + 1)...].firstIndex(where: { $0.minute != nil }),
            let from = steps[last].minute, let to = steps[next].minute, to > from
        {
            return Double((to - from) * 60) / Double(next - last)
        }
        return max(10, Double(step.wordCount) / 150 * 60 + 8)
    }

    /// Goes on by itself: shows an open answer first, which is not kept as the learner's, then what
    /// is below, then the next step. Waits while anything is open. False at the end of the course.
    package mutating func goOnByItself() -> Bool {
        defer { updateLayout() }
        guard overlay == nil, answering == nil, placing == nil else { return true }
        if isExploring { toggleExplore() }
        if isAnswerOpen {
            if let questionKey { unkeptAnswers[questionKey] = record ?? AnswerRecord() }
            revealAnswer()
        } else if hasMoreBelow || !isLastStep {
            goOn()
        } else {
            return false
        }
        return true
    }
}

extension PreparedStep {
    /// Words of prose.
    fileprivate var wordCount: Int {
        prose.flatMap(\.inlines).map(\.plain).joined(separator: " ").split(separator: " ").count
    }
}
