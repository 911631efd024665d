import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The cache's size: the formula with the numbers in it, and a bar for each variant on one scale.
struct MemoryView: TextWidget {
    let spec: MemorySpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    private var figures: MemoryFigures { MemoryFigures(spec, scene) }

    var heights: ClosedRange<Int> {
        let bars = figures.bars.count
        let least = formula.count + bars
        return least...least + min(bars, 1)
    }

    func lines(height: Int) -> [Line] {
        let (formula, bars) = (formula, barLines)
        return formula + (height > formula.count + bars.count ? [[]] : []) + bars
    }

    /// The factors in as many lines as they take, and what they make below.
    var formula: [Line] {
        let (figures, terms) = (figures, figures.terms)
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

    private var barLines: [Line] {
        let bars = figures.bars
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
