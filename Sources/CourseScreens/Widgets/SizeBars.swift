import CourseSession
import TerminalCanvas

/// Sizes as bars on one scale, each cut into its K/V heads where they are wide enough to be seen.
struct SizeBars {
    let bars: [MemoryFigures.Bar]
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    /// The rows that a bar takes of some; question marks take one.
    private func shown(_ thickness: Int) -> Int { scene.isVeiled ? 1 : thickness }

    /// The rows of bars of some rows each, a blank row between thick ones.
    func rows(thickness: Int) -> Int {
        let thickness = shown(thickness)
        return thickness == 1 ? bars.count : max(0, bars.count * (thickness + 1) - 1)
    }

    /// The bars, their names before and sizes behind the row in the middle of each.
    func lines(thickness: Int) -> [Line] {
        let thickness = shown(thickness)
        let sizes = bars.map { scene.isVeiled ? "?" : scene.units.short($0.size) }
        let sizeWidth = sizes.map(\.count).max() ?? 0
        let barWidth = max(4, width - sizeWidth - 23)
        let longest = max(1, bars.map(\.size.bytes).max() ?? 1)
        let parts = zip(bars, sizes).map { bar, size -> [Line] in
            let style: Style = bar.isHere ? .bright : .plain
            let name = Line(
                [Span(bar.name, style), Span(bar.heads, .faint)], at: [.from(0), .to(11)])
            guard !scene.isVeiled else { return [name + [Span(" ?", style)]] }
            let filled = self.filled(
                bar, share: Double(bar.size.bytes) / Double(longest), of: barWidth,
                isCut: thickness > 1)
            let place = bar.place.map { " \(glyphs.here) \($0)" } ?? ""
            let row = name + [.blank(12 - name.width)] + filled
            let figures: Line = [Span(" " + size, style), Span(place, .accent)]
            return (0..<thickness).map {
                $0 == (thickness - 1) / 2 ? row + figures : [.blank(12)] + filled
            }
        }
        return Array(parts.joined(separator: thickness > 1 ? [[]] : []))
    }

    /// A bar of a share of some columns.
    private func filled(
        _ bar: MemoryFigures.Bar, share: Double, of columns: Int, isCut: Bool
    ) -> [Span] {
        let style: Style = bar.isHere ? .accent : .faint
        let whole = glyphs.bar(share, of: columns)
        guard isCut, let heads = bar.keyValueHeads, heads > 1, whole.count >= 2 * heads else {
            return [Span(whole, style)]
        }
        // A cell is cut at its right edge; the last head's part ends as the bar does.
        let cut = glyphs.isASCII ? "|" : "▉"
        let ends = (1...heads).map { whole.count * $0 / heads }
        let cells = Array(whole)
        return ends.indices.map { head in
            let start = head == 0 ? 0 : ends[head - 1]
            let part = String(cells[start..<ends[head]])
            return Span(
                head == heads - 1 ? part : part.dropLast() + cut,
                bar.isHere ? Style(.group(Int8(head % Ink.groupCount))) : .faint)
        }
    }
}
