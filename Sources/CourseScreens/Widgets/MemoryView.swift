import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The cache's size: the formula with the numbers in it, and a bar for each variant on one scale.
struct MemoryView: TextWidget {
    /// The factors in as many lines as they take, and what they make below.
    let formula: [Line]
    /// The bars, a line each.
    private let bars: [Line]

    init(spec: MemorySpec, width: Int, scene: Scene, glyphs: Glyphs) {
        let figures = MemoryFigures(spec, scene)
        formula = Self.formula(figures, width: width, glyphs)
        bars = Self.lines(of: figures.bars, width: width, scene, glyphs)
    }

    var heights: ClosedRange<Int> {
        let least = formula.count + bars.count
        return least...least + min(bars.count, 1)
    }

    func lines(height: Int) -> [Line] {
        formula + (height > formula.count + bars.count ? [[]] : []) + bars
    }

    private static func formula(
        _ figures: MemoryFigures, width: Int, _ glyphs: Glyphs
    ) -> [Line] {
        let terms = figures.terms
        if terms.isEmpty { return [] }
        let dot = Span(" \(glyphs.times) ", .faint)
        let mark = Span("cache = ", .strong)
        var lines: [Line] = [[mark]]
        for (index, term) in terms.enumerated() {
            let spans = term.map(Span.init) + (index < terms.count - 1 ? [dot] : [])
            let line = lines[lines.count - 1]
            if line.count > 1, line.width + spans.width > width - 2 {
                lines.append([.blank(mark.text.count)])
            }
            lines[lines.count - 1] += spans
        }
        return lines
            + wrapped(
                figures.result.map(Span.init), behind: Span("      = ", .strong), width: width - 2,
                glyphs: glyphs)
    }

    private static func lines(
        of bars: [MemoryFigures.Bar], width: Int, _ scene: Scene, _ glyphs: Glyphs
    ) -> [Line] {
        let sizes = bars.map { scene.isVeiled ? "?" : scene.units.short($0.size) }
        let sizeWidth = sizes.map(\.count).max() ?? 0
        let barWidth = max(4, width - sizeWidth - 23)
        let end = barWidth + sizeWidth + 13
        let stops: [TabStop] = [.from(0), .to(11), .from(12), .to(end), .from(end + 1)]
        let longest = max(1, bars.map(\.size.bytes).max() ?? 1)
        return zip(bars, sizes).map { bar, size in
            let style: Style = bar.isHere ? .bright : .plain
            let name = [Span(bar.name, style), Span(bar.heads, .faint)]
            guard !scene.isVeiled else { return Line(name + [Span("?", style)], at: stops) }
            let length = glyphs.bar(Double(bar.size.bytes) / Double(longest), of: barWidth)
            let place = bar.place.map { "\(glyphs.here) \($0)" } ?? ""
            let figure = [Span(length, bar.isHere ? .accent : .faint), Span(size, style)]
            return Line(name + figure + [Span(place, .accent)], at: stops)
        }
    }
}
