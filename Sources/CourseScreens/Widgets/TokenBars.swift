import AttentionEngine
import CourseSession
import TerminalCanvas

/// The cache with more and more tokens in it, a bar for each stop of their slider.
struct TokenBars: TextWidget {
    let rows: [MemoryFigures.TokenRow]
    let width: Int
    let glyphs: Glyphs

    /// The rows of a bar, and whether a blank one parts it from the next, from tight to roomy.
    private static let forms = [
        (thickness: 1, gap: 0), (thickness: 1, gap: 1), (thickness: 2, gap: 1),
        (thickness: 3, gap: 1),
    ]

    private func height(_ form: (thickness: Int, gap: Int)) -> Int {
        1 + rows.count * (form.thickness + form.gap)
    }

    var heights: ClosedRange<Int> { height(Self.forms[0])...height(Self.forms[3]) }

    func height(within available: Int) -> Int {
        min(available, height(form(within: available)))
    }

    private func form(within available: Int) -> (thickness: Int, gap: Int) {
        Self.forms.last { height($0) <= available } ?? Self.forms[0]
    }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let title = "tokens"
        let tokens = rows.map { grouped($0.tokens) }
        let names = tokens.reduce(title.count) { max($0, $1.count) }
        let texts = rows.reduce(0) { max($0, columns(of: $1.text)) }
        let start = 2 + names + 2
        let room = max(1, min(96, width - 3 - start - texts))
        let most = max(1, rows.map(\.amount).max() ?? 1)
        let bars = zip(rows, tokens).map { row, tokens -> [Line] in
            let style: Style = row.isHere ? .bright : .plain
            // A length would tell what is asked.
            let share = Double(row.amount) / Double(most)
            let cells = row.text == "?" ? "" : glyphs.bar(share, of: room)
            let bar = Span(cells, row.isHere ? .accent : .faint)
            let name = Line(
                [Span(row.isHere ? String(glyphs.pointer) : "", .bright), Span(tokens, style)],
                at: [.from(0), .to(2 + names)])
            let first = name + [.blank(2), bar, Span(" " + row.text, style)]
            let more = Array(repeating: [.blank(start), bar], count: form.thickness - 1)
            return [first] + more + Array(repeating: [], count: form.gap)
        }
        return [[Span(title.leading(to: 2 + names) + "  cache", .faint)]] + bars.joined()
    }
}
