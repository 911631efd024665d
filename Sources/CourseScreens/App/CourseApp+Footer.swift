import AttentionEngine
import CourseContent
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
        for item in footerItems { canvas.draw(item.spans, column: item.column, in: area) }
    }

    private func footerSpans(_ binding: KeyBinding) -> [Span] {
        [Span(binding.keysText(glyphs), .bright), Span(" \(label(of: binding))")]
    }

    /// A key in the footer, and the columns it takes.
    struct FooterItem {
        let binding: KeyBinding
        let spans: [Span]
        let width: Int
        var column = 0
    }

    private func footerItem(_ binding: KeyBinding) -> FooterItem {
        let spans = footerSpans(binding)
        return FooterItem(binding: binding, spans: spans, width: spans.width)
    }

    /// The keys that the footer has room for, from left to right.
    var footerItems: [FooterItem] {
        if let value = screens.last as? ValueScreen {
            let keys = bindings { [.choose, .close].contains($0.action) }
            return placed(keys.map(footerItem), from: entry(value).spans.width + 3)
        }
        // How to get help and how to leave stay, whatever has to go.
        var last: Set<Action> = [.help, .quit, .close]
        if session.isExploring { last.insert(.explore) }
        if session.review != nil { last.insert(.endReview) }
        let items = bindings { $0.label != nil }.map(footerItem)
        // Where room is short, what the step is about goes before what works everywhere.
        let (ends, others) = (
            items.filter { last.contains($0.binding.action) },
            items.filter { !last.contains($0.binding.action) }
        )
        let (first, rest) = (
            others.indices.filter { Self.stepActions.contains(others[$0].binding.action) },
            others.indices.filter { !Self.stepActions.contains(others[$0].binding.action) }
        )
        // What is cut on the screen goes before both: nothing else shows the rest of it.
        let cut = others.indices.filter {
            others[$0].binding.action == .table && !hasPlot
        }
        var chosen: Set<Int> = []
        var room = size.width - 1 - ends.reduce(0) { $0 + $1.width + Self.gap }
        for index in cut + first + rest.filter({ !cut.contains($0) })
        where others[index].width + Self.gap <= room {
            room -= others[index].width + Self.gap
            chosen.insert(index)
        }
        return placed(others.indices.filter(chosen.contains).map { others[$0] } + ends, from: 1)
    }

    private static let gap = 2

    /// Keys one behind the other.
    private func placed(_ items: [FooterItem], from start: Int) -> [FooterItem] {
        var column = start
        return items.map { item in
            defer { column += item.width + Self.gap }
            var item = item
            item.column = column
            return item
        }
    }

    private static let stepActions: Set<Action> = [
        .next, .answer, .reveal, .run, .words, .files, .place, .choose, .move, .slide, .follow,
    ]

    /// A label that depends on the state: Space reads on before it goes on, and Enter does what
    /// the question asks for.
    func label(of binding: KeyBinding) -> String {
        let own = binding.label ?? ""
        var kind: Question.Kind? { session.step.question?.kind }
        switch binding.action {
        case .next:
            if hasMoreBelow || session.isPaused { return "read on" }
            guard let review = session.review, !session.isQuestionOpen else { return own }
            return review.isLast ? "end the review" : "next question"
        case .run: return session.runLabel ?? own
        case .table where session.showsTable: return hasPlot ? "plot" : "fold"
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
