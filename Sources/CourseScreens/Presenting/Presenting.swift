import CourseContent
import CourseSession
import TerminalCanvas

/// A course shown to a class: large figures, no dim text, few columns, the key that was pressed in
/// a corner, and a clicker's keys.
extension CourseApp {
    /// The widest prose that a class can read: a zoomed-in terminal has not many more columns.
    static let presentedColumns = 60

    /// The step's widgets; before a class its result, unless an open question hides it, also as
    /// large as it can be written, where there is room.
    var shownWidgets: [WidgetSpec] {
        let step = session.step
        guard session.isPresenting, !session.isVeiled, let memory = step.memory else {
            return step.widgets
        }
        return step.widgets + [.bigFigure(memory)]
    }

    /// The name of the key pressed last, as it stands in the corner.
    var pressedKeyText: String? { pressedKey.map { " \(KeyNotation.name(of: $0)) " } }

    /// The key pressed last, in the corner, for those who wonder what the teacher did.
    func drawPressedKey(on canvas: inout Canvas) {
        guard session.isPresenting, let text = pressedKeyText else { return }
        canvas.draw(
            text, .strong.with(.reverse), column: size.width - columns(of: text) - 1, row: 1,
            in: canvas.area)
    }
}

/// The size of the cache, or of what the step has of it, as large as it can be written.
struct BigFigure: TextWidget {
    let spec: MemorySpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var heights: ClosedRange<Int> { BigText.height...BigText.height + 1 }

    func lines(height: Int) -> [Line] {
        let figure = MemoryFigures(spec, scene).shortResult
        let rows = BigText.rows(figure, width: width - 2, glyphs: glyphs) ?? []
        return (height > BigText.height ? [[]] : []) + rows.map { [Span($0, .bright)] }
    }
}

/// How long a course that runs by itself stays on each step.
extension Session {
    /// Seconds for the step on the screen: up to the next minute mark, shared by the steps before
    /// it; without marks the time to read it at 150 words a minute, and a while to look.
    package var secondsForStep: Double {
        guard let steps = lesson?.steps, steps.indices.contains(stepIndex) else { return 10 }
        let portions = max(1, lessonStep?.portions.count ?? 1)
        if let last = steps[...stepIndex].lastIndex(where: { $0.minute != nil }),
            let next = steps[(stepIndex + 1)...].firstIndex(where: { $0.minute != nil }),
            let from = steps[last].minute, let to = steps[next].minute, to > from
        {
            return Double((to - from) * 60) / Double((next - last) * portions)
        }
        let prose = step.prose.flatMap(\.inlines).map(\.plain).joined(separator: " ")
        return max(10, Double(prose.split(separator: " ").count) / 150 * 60 + 8)
    }
}
