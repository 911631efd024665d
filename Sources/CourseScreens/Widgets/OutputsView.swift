import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The outputs with g K/V heads beside those of MHA, of MQA and of the tile mapping, computed on the
/// same numbers: the largest differences.
struct OutputsView: Widget {
    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> { 5...6 }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        guard let sharing = scene.sharing else { return }
        let glyphs = canvas.glyphs
        let shape = scene.setting.shape
        func put(_ spans: [Span], _ row: Int) {
            canvas.draw(
                spans, at: Point(column: area.column + 1, row: area.row + row), in: area)
        }
        put(
            [
                Span("largest difference", Style(.text, .bold)),
                Span(
                    " of outputs with \(counted(shape.keyValueHeads, "K/V head")), "
                        + "\(shape.groupSize) each", Style(.faint)),
            ], 0)
        let rows = [
            ("to MHA", sharing.fromMultiHead), ("to MQA", sharing.fromMultiQuery),
            ("to tile order", sharing.fromTile),
        ]
        let barStart = 25
        let barWidth = max(0, area.width - barStart - 2)
        for (index, (name, difference)) in rows.enumerated() {
            let isSame = sharing.isSame(difference)
            let style = isSame ? Style(.good, .bold) : .plain
            put(
                [
                    Span(name.padded(to: 14)),
                    Span(sharing.text(of: difference).leading(to: 8), style),
                ], 1 + index
            )
            let place = Point(column: area.column + barStart, row: area.row + 1 + index)
            if isSame {
                canvas.draw(
                    "\(glyphs.tick) the same numbers", at: place, style: style, in: area)
            } else {
                // One scale for every g, so that a bar shrinks where outputs come nearer: two
                // outputs differ by twice the largest at the most.
                let share = min(1, Double(difference / (2 * sharing.largestOfMultiHead)))
                let eighths = Int((share * Double(barWidth * 8)).rounded())
                canvas.draw(
                    glyphs.bar(eighths: max(1, eighths)), at: place, style: Style(.accent),
                    in: area)
            }
        }
        put([Span(sharing.scale, Style(.faint))], area.height > 5 ? 5 : 4)
    }
}
