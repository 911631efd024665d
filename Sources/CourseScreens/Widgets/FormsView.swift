import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Latent attention's two forms side by side: what is held, what is made for a step, what is
/// multiplied, the time it takes here, and how far the outputs differ.
struct FormsView: Widget {
    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> { 7...8 }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        guard let figures = FormsFigures(scene) else {
            canvas.draw(
                "This needs the widths of latent attention, c and r.",
                at: Point(column: area.column + 1, row: area.row), in: area)
            return
        }
        let known = figures.known
        let glyphs = canvas.glyphs
        func put(_ spans: [Span], _ column: Int, _ row: Int) {
            canvas.draw(
                spans, at: Point(column: area.column + column, row: area.row + row), in: area)
        }
        put(headline(figures, glyphs: glyphs), 1, 0)
        let gap = area.height > 7 ? 1 : 0
        let columns = (17, 38)
        put([Span("expanded", Style(.text, .bold))], columns.0, 1 + gap)
        put([Span("absorbed", Style(.text, .bold))], columns.1, 1 + gap)
        let rows = [
            ("kept", figures.kept.both, "the same"),
            ("made for it", figures.made(in: .decimal) + ", 32-bit", "nothing"),
            ("multiplied", figures.work(.expanded), figures.work(.absorbed)),
            (
                "time " + figures.origin.place,
                figures.time(.expanded) ?? "?",
                figures.time(.absorbed) ?? "?"
            ),
        ]
        for (index, (name, expanded, absorbed)) in rows.enumerated() {
            put([Span(name, Style(.faint))], 1, 2 + gap + index)
            put([Span(expanded, Style(.accent))], columns.0, 2 + gap + index)
            put([Span(absorbed, Style(.accent))], columns.1, 2 + gap + index)
        }
        put([Span("outputs", Style(.faint))], 1, 6 + gap)
        put(difference(known, glyphs: glyphs), columns.0, 6 + gap)
    }

    private func headline(_ figures: FormsFigures, glyphs: Glyphs) -> [Span] {
        guard let forms = figures.known else {
            return [
                Span("Not run \(figures.origin.place) yet", Style(.accent, .bold)),
                Span(": r computes one layer's step both ways"),
            ]
        }
        if forms.isRunning {
            return [Span("Computing both ")]
                + progressBar(figures.share, glyphs: glyphs)
        }
        if let date = figures.origin.dateBefore {
            return [
                Span("Run on \(date)", Style(.accent, .bold)),
                Span(", plain code: r runs it again"),
            ]
        }
        return [
            Span(
                figures.isFinished
                    ? "Computed \(figures.origin.machine)" : "Stopped early",
                Style(.accent, .bold)), Span(": one layer, plain code, 1 thread"),
        ]
    }

    private func difference(_ forms: FormsStatus?, glyphs: Glyphs) -> [Span] {
        guard let forms, forms.heads > 0 else { return [Span("?", Style(.faint))] }
        let isSame = forms.areOutputsSame
        let figure = scientific(Double(forms.largestDifference))
        return [
            Span(
                (isSame ? "\(glyphs.tick) the same but for rounding: " : "largest difference: ")
                    + figure, Style(isSame ? .good : .bad, .bold)),
            Span(" in \(threeDigits(Double(forms.largestOutput)))", Style(.faint)),
        ]
    }
}
