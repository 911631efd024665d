import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A sentence's tokens and the keys and values that are kept of them (or made again each time),
/// the newest token's query reading all.
struct CachePicture: Widget {
    let spec: CacheSpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> { 5...6 }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        guard !spec.words.isEmpty else { return }
        let glyphs = canvas.glyphs
        let label = 11
        let cell = spec.words.map { columns(of: $0) }.max().map { max($0, 5) } ?? 5
        let fits = max(1, (area.width - label) / (cell + 1))
        let words = spec.words.suffix(fits)
        func put(_ text: String, _ column: Int, _ row: Int, _ style: Style) {
            canvas.draw(
                text, at: Point(column: area.column + column, row: area.row + row), style: style,
                in: area)
        }
        func row(_ name: String, _ line: Int) { put(name, 1, line, Style(.faint)) }
        row("token", 0)
        row("query", 1)
        row("keys", 2)
        row("values", 3)
        for (index, word) in words.enumerated() {
            let isNewest = index == words.count - 1
            let column = label + index * (cell + 1)
            put(word, column, 0, isNewest ? Style(.accent, .bold) : .plain)
            if isNewest { put("q", column, 1, Style(.accent, .bold)) }
            let isMade = isNewest || spec.mode == .recomputed
            let bar = String(
                repeating: isMade ? glyphs.fullBlock : glyphs.shade, count: cell)
            let style = Style(isMade ? .accent : .group(0))
            put(bar, column, 2, style)
            put(bar, column, 3, style)
        }
        if words.count > 1 {
            let arrows =
                String(glyphs.left)
                + String(
                    repeating: glyphs.horizontal, count: max(0, (words.count - 1) * (cell + 1) - 2))
            put(arrows, label, 1, Style(.faint))
        }
        if words.count < spec.words.count { put(String(glyphs.ellipsis), label - 2, 0, .plain) }
        canvas.draw(
            legend(width: area.width - 1, glyphs: glyphs),
            at: Point(column: area.column + 1, row: area.row + min(5, area.height - 1)),
            in: area)
    }

    /// What the two kinds of bars stand for, in fewer words where the width asks for it.
    private func legend(width: Int, glyphs: Glyphs) -> [Span] {
        let made = Span(String(repeating: glyphs.fullBlock, count: 2), Style(.accent))
        let kept = Span(String(repeating: glyphs.shade, count: 2), Style(.group(0)))
        let count = spec.words.count
        if spec.mode == .recomputed {
            return [made, Span(" made in this step: \(count) keys and \(count) values")]
        }
        let roomy = [
            made, Span(" made in this step: 1 key and 1 value   "),
            kept, Span(" kept in the cache: \(count - 1) of each"),
        ]
        if roomy.width <= width { return roomy }
        return [
            made, Span(" made now: 1 key and 1 value   "), kept,
            Span(" kept: \(count - 1) of each"),
        ]
    }
}
