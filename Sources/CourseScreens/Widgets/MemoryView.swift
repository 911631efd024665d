import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The cache's size: the formula with the numbers in it, and a bar for each variant on one scale.
struct MemoryView: Widget {
    let spec: MemorySpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let figures = MemoryFigures(spec, scene)
        let formula = formulaLines(figures, width: width, glyphs: glyphs).count
        let bars = figures.bars.count
        return formula + bars...formula + bars + (bars > 0 ? 1 : 0)
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let figures = MemoryFigures(spec, scene)
        let lines = formulaLines(figures, width: area.width, glyphs: canvas.glyphs)
        for (index, line) in lines.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 1, row: area.row + index), in: area)
        }
        let bars = figures.bars
        let top = lines.count + (area.height > lines.count + bars.count ? 1 : 0)
        draw(bars, in: area.inset(top: top), on: &canvas, scene: scene)
    }

    /// The factors in as many lines as they take, and what they make below.
    func formulaLines(_ figures: MemoryFigures, width: Int, glyphs: Glyphs) -> [Line] {
        let terms = figures.terms
        if terms.isEmpty { return [] }
        let dot = Span(" \(glyphs.times) ", Style(.faint))
        var lines: [Line] = [[Span("cache = ", Style(.text, .bold))]]
        var column = 8
        for (index, term) in terms.enumerated() {
            let isLast = index == terms.count - 1
            let spans = term.map(Span.init) + (isLast ? [] : [dot])
            if column + spans.width > width - 2, column > 8 {
                lines.append([Span("        ")])
                column = 8
            }
            lines[lines.count - 1] += spans
            column += spans.width
        }
        let result = wrapped(figures.result.map(Span.init), width: width - 10, glyphs: glyphs)
        return lines
            + result.enumerated().map {
                [Span($0 == 0 ? "      = " : "        ", Style(.text, .bold))] + $1
            }
    }

    private func draw(
        _ bars: [MemoryFigures.Bar], in area: Rect, on canvas: inout Canvas, scene: Scene
    ) {
        let sizes = bars.map { scene.isVeiled ? "?" : scene.units.short($0.size) }
        let sizeWidth = (sizes.map(\.count).max() ?? 0) + 1
        let barStart = 13
        let barWidth = max(4, area.width - barStart - sizeWidth - 9)
        let longest = max(1, bars.map(\.size.bytes).max() ?? 1)
        for (index, bar) in bars.enumerated() {
            let style = bar.isHere ? Style(.accent, .bold) : .plain
            func put(_ text: String, _ column: Int, _ style: Style) {
                canvas.draw(
                    text, at: Point(column: area.column + column, row: area.row + index),
                    style: style, in: area)
            }
            put(bar.name, 1, style)
            put(bar.heads, 12 - bar.heads.count, Style(.faint))
            guard !scene.isVeiled else {
                put("?", barStart, style)
                continue
            }
            let share = Double(bar.size.bytes) / Double(longest)
            let eighths = max(1, Int((share * Double(barWidth * 8)).rounded()))
            put(
                canvas.glyphs.bar(eighths: eighths), barStart,
                Style(bar.isHere ? .accent : .faint))
            let end = barStart + barWidth + 1
            put(sizes[index], end + sizeWidth - 1 - sizes[index].count, style)
            if let place = bar.place {
                put("\(canvas.glyphs.here) \(place)", end + sizeWidth, Style(.accent))
            }
        }
    }
}

extension Span {
    /// A piece of text in the style of its tone.
    init(_ phrase: Phrase) {
        let style =
            switch phrase.tone {
            case .plain: Style.plain
            case .strong: Style(.text, .bold)
            case .faint: Style(.faint)
            case .figure: Style(.accent)
            case .result: Style(.accent, .bold)
            }
        self.init(phrase.text, style)
    }
}
