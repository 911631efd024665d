import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The last row: the keys that work here, what is being typed, or a notice above it.
extension CourseApp {
    func drawFooter(on canvas: inout Canvas) {
        let row = size.height - 1
        let area = Rect(column: 0, row: row, width: size.width, height: 1)
        if let prompt = screens.last?.prompt { return draw(prompt, row: row, on: &canvas) }
        if let notice = session.notice { drawNotice(notice, on: &canvas) }
        let bindings = bindings
        func item(_ binding: KeyBinding) -> [Span] {
            [
                Span(binding.keysText(glyphs), Style(.accent, .bold)),
                Span(" \(label(of: binding))  "),
            ]
        }
        // How to get help and how to leave stay, whatever has to go.
        var last: Set<Action> = [.help, .quit, .close]
        if session.isExploring { last.insert(.explore) }
        if session.review != nil { last.insert(.endReview) }
        let ends = bindings.filter { last.contains($0.action) && $0.label != nil }.flatMap(item)
        let endWidth = ends.width
        // Where room is short, what the step is about goes before what works everywhere.
        let others = bindings.filter { $0.label != nil && !last.contains($0.action) }
        var chosen: Set<Int> = []
        var width = 1
        for isFirst in [true, false] {
            for (index, binding) in others.enumerated()
            where Self.stepActions.contains(binding.action) == isFirst {
                let next = item(binding).width
                if width + next + endWidth > size.width { continue }
                width += next
                chosen.insert(index)
            }
        }
        let line = others.indices.filter(chosen.contains).flatMap { item(others[$0]) }
        canvas.draw([Span(" ")] + line + ends, at: Point(column: 0, row: row), in: area)
    }

    private static let stepActions: Set<Action> = [
        .next, .answer, .reveal, .run, .place, .choose, .decrease, .follow,
    ]

    /// A label that depends on the state: Space reads on before it goes on, and Enter does what
    /// the question asks for.
    private func label(of binding: KeyBinding) -> String {
        let (own, kind) = (binding.label ?? "", session.step.question?.kind)
        switch binding.action {
        case .next:
            if hasMoreBelow { return "read on" }
            guard let review = session.review, !session.isQuestionOpen else { return own }
            return review.isLast ? "end the review" : "next question"
        case .run: return session.runLabel ?? own
        case .table: return session.showsTable ? "plot" : own
        case .otherLength:
            return session.race.map { "\(grouped($0.plan.ofOtherLength.steps)) steps" } ?? own
        case .close where answering != nil:
            // After a try, or the second time, leaving a question shows its answer.
            return kind == .free ? "keep it" : session.isAnswerDue ? "show the answer" : own
        case .answer:
            switch kind {
            case .number?: return "guess"
            case .choice?: return "choose"
            case .free?: return "write"
            case .find?: return "look"
            case nil: return own
            }
        default: return own
        }
    }

    private func draw(_ prompt: Prompt, row: Int, on canvas: inout Canvas) {
        let area = Rect(column: 0, row: row, width: size.width, height: 1)
        let name = " \(prompt.name) = "
        let view = prompt.line.view(width: size.width - columns(of: name), glyphs: glyphs)
        let end = canvas.draw(
            [Span(name, Style(.text, .bold)), Span(view.text, Style(.accent, .bold))],
            at: Point(column: 0, row: row), in: area)
        canvas.cursor = Point(column: columns(of: name) + view.cursorColumn, row: row)
        canvas.draw(
            "Esc leaves it, Enter takes it", at: Point(column: end + 3, row: row),
            style: Style(.faint), in: area)
        if let problem = prompt.problem {
            drawMessage(problem, style: Style(.bad), endRow: row, on: &canvas)
        }
    }

    /// A message in place of the rule under the title, where it hides nothing; what is too long for
    /// it goes on below.
    private func drawNotice(_ text: String, on canvas: inout Canvas) {
        let lines = wrapped(
            [Span(text, Style(.accent, .bold))], width: size.width - 2, glyphs: glyphs)
        canvas.fill(Rect(column: 0, row: 1, width: size.width, height: lines.count))
        for (index, line) in lines.enumerated() {
            canvas.draw(line, at: Point(column: 1, row: 1 + index), in: canvas.area)
        }
    }

    /// A message whole, in as many rows as it needs, over what stands there.
    private func drawMessage(
        _ text: String, style: Style, endRow: Int, on canvas: inout Canvas
    ) {
        let lines = wrapped([Span(text, style)], width: size.width - 2, glyphs: glyphs)
        let row = endRow - lines.count
        canvas.fill(Rect(column: 0, row: row, width: size.width, height: lines.count))
        for (index, line) in lines.enumerated() {
            canvas.draw(line, at: Point(column: 1, row: row + index), in: canvas.area)
        }
    }
}
