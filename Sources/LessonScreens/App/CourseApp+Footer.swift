import AttentionEngine
import TerminalCanvas

/// The last row: the keys that work here, what is being typed, or a notice above it.
extension CourseApp {
    func drawFooter(on canvas: inout Canvas) {
        let row = size.height - 1
        let area = Rect(column: 0, row: row, width: size.width, height: 1)
        if case .entry(let parameter, let text, let problem)? = overlay {
            return drawEntry(parameter, text, problem, row: row, on: &canvas)
        }
        if let notice {
            drawNotice(notice, on: &canvas)
        }
        let bindings = KeyTable.bindings(of: self)
        func item(_ binding: KeyBinding) -> [Span] {
            [
                Span(binding.keysText(glyphs), Style(.accent, .bold)),
                Span(" \(label(of: binding))  "),
            ]
        }
        // How to get help and how to leave stay, whatever has to go.
        var last: Set<Action> = [.help, .quit, .close]
        if isExploring { last.insert(.explore) }
        if review != nil { last.insert(.endReview) }
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
        if binding.action == .next, hasMoreBelow { return "read on" }
        if binding.action == .run, let label = experiment?.label(in: experiments) { return label }
        if binding.action == .table, showsTable { return "plot" }
        if binding.action == .otherLength, let race {
            return "\(grouped(race.plan.ofOtherLength.steps)) steps"
        }
        if binding.action == .close, answering != nil, step.question?.kind == .free {
            return "keep it"
        }
        // After a try, or the second time, leaving a question shows its answer.
        if binding.action == .close, answering != nil, isAnswerDue { return "show the answer" }
        if binding.action == .next, let review, !isQuestionOpen {
            return review.isLast ? "end the review" : "next question"
        }
        guard binding.action == .answer, let question = step.question else {
            return binding.label ?? ""
        }
        switch question.kind {
        case .number: return "guess"
        case .choice: return "choose"
        case .free: return "write"
        case .find: return "look"
        }
    }

    private func drawEntry(
        _ parameter: Parameter, _ text: String, _ problem: String?, row: Int,
        on canvas: inout Canvas
    ) {
        let area = Rect(column: 0, row: row, width: size.width, height: 1)
        let column = canvas.draw(
            [
                Span(" \(parameter.name) = ", Style(.text, .bold)),
                Span(text, Style(.accent, .bold)),
            ], at: Point(column: 0, row: row), in: area)
        canvas.cursor = Point(column: min(column, size.width - 1), row: row)
        canvas.draw(
            "Esc leaves it, Enter takes it", at: Point(column: column + 3, row: row),
            style: Style(.faint), in: area)
        if let problem { drawMessage(problem, style: Style(.bad), endRow: row, on: &canvas) }
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
