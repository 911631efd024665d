import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A real cache that grows by one token each time: its tokens, the bytes it holds, and the formula
/// beside them.
struct AppendView: Widget {
    let spec: AppendSpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> { 6...8 }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let (tokens, held) = spec.held(scene)
        let words = Array(spec.words.prefix(tokens))
        drawWords(words, in: area, on: &canvas)
        let glyphs = canvas.glyphs
        let token = ModelCache.bytesPerToken(scene.setting)
        let formula = ByteCount(token.bytes * tokens)
        let gap = area.height > 6 ? 1 : 0
        let figure = Style(.accent, .bold)
        let lines: [[Span]] = [
            [Span("held     ", Style(.text, .bold)), Span(held.exact, figure)]
                + (held.bytes < 1000 ? [] : [Span(" = \(held.both)", Style(.faint))]),
            [Span("formula  ", Style(.text, .bold))] + factors(scene.setting, tokens, glyphs)
                + [Span(" = ", Style(.faint)), Span(grouped(formula.bytes), figure)],
            tokens == spec.words.count
                ? [Span("That is the whole sentence; r empties the cache.", Style(.faint))]
                : [
                    Span("r appends ", Style(.faint)), Span("\"\(spec.words[tokens])\""),
                    Span(": \(token.exact) more", Style(.faint)),
                ],
        ]
        for (index, line) in lines.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 1, row: area.row + 3 + gap + index), in: area)
        }
    }

    private func factors(_ setting: CacheSetting, _ tokens: Int, _ glyphs: Glyphs) -> Line {
        let dot: Line = [Span(" \(glyphs.times) ", Style(.faint))]
        return Array(spec.factors(setting, tokens).map { $0.map(Span.init) }.joined(separator: dot))
    }

    private func drawWords(_ words: [String], in area: Rect, on canvas: inout Canvas) {
        let glyphs = canvas.glyphs
        func put(_ text: String, _ column: Int, _ row: Int, _ style: Style) {
            canvas.draw(
                text, at: Point(column: area.column + column, row: area.row + row), style: style,
                in: area)
        }
        for (row, name) in ["token", "keys", "values"].enumerated() {
            put(name, 1, row, Style(.faint))
        }
        if words.isEmpty { put("none yet", 10, 0, Style(.faint)) }
        let label = 10
        let cell = spec.words.map { columns(of: $0) }.max().map { max($0, 3) } ?? 3
        let fits = max(1, (area.width - label) / (cell + 1))
        for (index, word) in words.suffix(fits).enumerated() {
            let isNewest = index == min(words.count, fits) - 1
            let column = label + index * (cell + 1)
            let style = Style(isNewest ? .accent : .group(0))
            put(word, column, 0, isNewest ? Style(.accent, .bold) : .plain)
            let bar = String(
                repeating: isNewest ? glyphs.fullBlock : glyphs.shade, count: cell)
            put(bar, column, 1, style)
            put(bar, column, 2, style)
        }
        if words.count > fits { put(String(glyphs.ellipsis), label - 2, 0, .plain) }
    }
}
