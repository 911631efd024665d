import AttentionEngine
import TerminalCanvas

/// The last row: the keys that work here, what is being typed, or a notice above it.
extension CourseApp {
    func drawFooter(on canvas: inout Canvas) {
        let area = canvas.area.rows(size.height - 1, count: 1)
        if let notice = session.notice {
            // In place of the rule under the title, where it hides nothing, beside the key that a
            // class is shown; where it takes a row more, in place of the title as well, and not of
            // what the step says.
            let key = session.isPresenting ? pressedKeyText.map { columns(of: $0) + 1 } ?? 0 : 0
            let lines = wrapped(notice, .bright, width: size.width - 2 - key)
            draw(lines, row: max(0, 2 - lines.count), on: &canvas)
        }
        if let value = screens.last as? ValueScreen { draw(value, in: area, on: &canvas) }
        if let words = screens.last as? WordsScreen { draw(words, on: &canvas) }
        for item in footerItems {
            canvas.draw(footerSpans(item.binding), column: item.column, in: area)
        }
    }

    private func footerSpans(_ binding: KeyBinding) -> [Span] {
        [Span(binding.keysText(glyphs), .bright), Span(" \(label(of: binding))")]
    }

    /// The keys that the footer has room for, from left to right, and the columns they take.
    var footerItems: [(binding: KeyBinding, column: Int, width: Int)] {
        if let value = screens.last as? ValueScreen {
            let keys = bindings { [.choose, .close].contains($0.action) }
            return placed(keys, from: entry(value).spans.width + 3)
        }
        // How to get help and how to leave stay, whatever has to go.
        var last: Set<Action> = [.help, .quit, .close]
        if session.isExploring { last.insert(.explore) }
        if session.review != nil { last.insert(.endReview) }
        let bindings = bindings { $0.label != nil }
        // Where room is short, what the step is about goes before what works everywhere.
        let (ends, others) = (
            bindings.filter { last.contains($0.action) },
            bindings.filter { !last.contains($0.action) }
        )
        let (first, rest) = (
            others.indices.filter { Self.stepActions.contains(others[$0].action) },
            others.indices.filter { !Self.stepActions.contains(others[$0].action) }
        )
        func width(_ binding: KeyBinding) -> Int { footerSpans(binding).width + Self.gap }
        var chosen: Set<Int> = []
        var room = size.width - 1 - ends.reduce(0) { $0 + width($1) }
        for index in first + rest where width(others[index]) <= room {
            room -= width(others[index])
            chosen.insert(index)
        }
        return placed(others.indices.filter(chosen.contains).map { others[$0] } + ends, from: 1)
    }

    private static let gap = 2

    /// Keys one behind the other.
    private func placed(
        _ bindings: [KeyBinding], from start: Int
    ) -> [(binding: KeyBinding, column: Int, width: Int)] {
        var column = start
        return bindings.map { binding in
            let width = footerSpans(binding).width
            defer { column += width + Self.gap }
            return (binding, column, width)
        }
    }

    private static let stepActions: Set<Action> = [
        .next, .answer, .reveal, .run, .words, .files, .place, .choose, .move, .slide, .follow,
    ]

    /// A label that depends on the state: Space reads on before it goes on, and Enter does what
    /// the question asks for.
    func label(of binding: KeyBinding) -> String {
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
        case .close where screens.last?.answering != nil:
            guard leavingShowsAnswer(binding) else { return kind == .free ? "keep it" : own }
            return isTableAsked ? "show all" : "show the answer"
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

    /// What the help says of keys, which depends on the state, too.
    func help(of binding: KeyBinding) -> String {
        switch binding.action {
        case .close where leavingShowsAnswer(binding): "Show the answer"
        case .quit where session.isPresenting: "Quit; before a class nothing is kept"
        case .resetValues where session.record?.isRevealed != true: "Reset the values"
        case .next where hasMoreBelow && session.isAnswerOpen && !session.isPutOff:
            "Read on, then the question (also PgDn)"
        default: binding.help
        }
    }

    /// Whether a key shows the answer of the question that it leaves, as Escape does after a try
    /// or the second time.
    private func leavingShowsAnswer(_ binding: KeyBinding) -> Bool {
        screens.last?.answering != nil && binding.keys.contains(.escape) && session.isAnswerDue
    }

    /// Whether mistakes are to be found in a table.
    var isTableAsked: Bool {
        if case .find? = session.step.question?.kind { true } else { false }
    }

    /// What is typed in the last row, behind its name, and where the cursor stands.
    private func entry(_ value: ValueScreen) -> (spans: [Span], cursorColumn: Int) {
        let name = " \(value.control.name) = "
        let view = value.line.view(width: size.width - columns(of: name), glyphs: glyphs)
        let typed = Span(view.text, value.line.style(.bright))
        return ([Span(name, .strong), typed], columns(of: name) + view.cursorColumn)
    }

    private func draw(_ value: ValueScreen, in area: Rect, on canvas: inout Canvas) {
        let entry = entry(value)
        canvas.draw(entry.spans, in: area)
        canvas.cursor = area.place(column: entry.cursorColumn, row: 0)
        if let problem = value.problem {
            let lines = wrapped(problem, Style(.bad), width: size.width - 2)
            draw(lines, row: area.row - lines.count, on: &canvas)
        }
    }

    /// A text that is typed for a model, in a row of its own: it may be longer than a row.
    private func draw(_ words: WordsScreen, on canvas: inout Canvas) {
        let area = canvas.area.rows(size.height - 2, count: 1)
        let name = " \(words.name): "
        let view = words.line.view(width: size.width - 1 - columns(of: name), glyphs: glyphs)
        canvas.fill(area)
        canvas.draw([Span(name, .strong), Span(view.text, .bright)], in: area)
        canvas.cursor = area.place(column: columns(of: name) + view.cursorColumn, row: 0)
    }

    /// A message whole, in as many rows as it needs, over what stands there.
    private func draw(_ lines: [Line], row: Int, on canvas: inout Canvas) {
        canvas.fill(canvas.area.rows(row, count: lines.count))
        canvas.draw(lines, column: 1, row: row, in: canvas.area)
    }
}
