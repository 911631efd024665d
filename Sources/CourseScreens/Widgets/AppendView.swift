import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A real cache that grows by one token each time: its tokens, the bytes it holds, and the formula
/// beside them.
struct AppendView: ThickWidget {
    let spec: AppendSpec
    let scene: Scene

    var mostThickness: Int { 4 }

    func rows(thickness: Int) -> Int { thickness == 1 ? 7 : 6 + 2 * thickness }

    func draw(in area: Rect, on canvas: inout Canvas) {
        if let leftOut = AppendSpec.leftOut(of: scene.setting) {
            let words = wrapped(
                leftOut, .faint, width: area.width - 2, glyphs: canvas.glyphs)
            canvas.draw(words, column: 1, in: area)
            return
        }
        let (tokens, held) = spec.held(scene)
        let thickness = thickness(within: area.height)
        let columns = TokenColumns(
            spec.words, count: tokens, start: 10, leastWidth: 3, thickness: thickness,
            width: area.width)
        columns.draw(["token", "keys", "values"], in: area, on: &canvas)
        if tokens == 0 { canvas.draw("none yet", .faint, column: columns.start, in: area) }
        let token = ModelCache.bytesPerToken(scene.setting)
        let dot = [Span(" \(canvas.glyphs.times) ", .faint)]
        let factors = spec.factors(scene.setting, tokens).map { $0.map(Span.init) }
        let lines: [Line] = [
            [Span("held     ", .strong), Span(held.exact, .bright)]
                + (held.bytes < 1000 ? [] : [Span(" = \(held.both)", .faint)]),
            [Span("formula  ", .strong)] + factors.joined(separator: dot)
                + [Span(" = ", .faint), Span(grouped(token.bytes * tokens), .bright)],
            tokens == spec.words.count
                ? [Span("That is the whole sentence; r empties the cache.", .faint)]
                : [
                    Span("r appends ", .faint), Span("\"\(spec.words[tokens])\""),
                    Span(": \(token.exact) more", .faint),
                ],
        ]
        canvas.draw(
            lines, column: 1, row: min(rows(thickness: thickness), area.height) - 3, in: area)
    }
}
