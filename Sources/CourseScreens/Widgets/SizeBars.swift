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
        func cells(of bar: MemoryFigures.Bar) -> String {
            glyphs.bar(Double(bar.size.bytes) / Double(longest), of: barWidth)
        }
        let parts = zip(bars, sizes).map { bar, size -> [Line] in
            let style: Style = bar.isHere ? .bright : .plain
            let name = Line(
                [Span(bar.name, style), Span(bar.heads, .faint)], at: [.from(0), .to(11)])
            guard !scene.isVeiled else { return [name + [Span(" ?", style)]] }
            let whole = cells(of: bar)
            let filled = self.filled(
                bar, whole, cut: thickness > 1 ? cuts(bar, columns: whole.count) : nil)
            let place = bar.place.map { " \(glyphs.here) \($0)" } ?? ""
            let row = name + [.blank(12 - name.width)] + filled
            let figures: Line = [Span(" " + size, style), Span(place, .accent)]
            return (0..<thickness).map {
                $0 == (thickness - 1) / 2 ? row + figures : [.blank(12)] + filled
            }
        }
        guard thickness > 1 else { return Array(parts.joined()) }
        // What the cuts are stands once, in the blank row below the first bar that has some.
        let legend: Line = [.blank(12), Span("cut into its K/V heads", .faint)]
        let cut = bars.dropLast().firstIndex {
            cuts($0, columns: cells(of: $0).count) != nil
        }
        return parts.enumerated().flatMap { index, part -> [Line] in
            if index == parts.count - 1 { return part }
            return part + [index == cut ? legend.shortened(to: width, glyphs: glyphs) : []]
        }
    }

    /// The K/V heads into which a bar of some columns is cut; nil where they would not be seen.
    private func cuts(_ bar: MemoryFigures.Bar, columns: Int) -> Int? {
        bar.keyValueHeads.flatMap { $0 > 1 && columns >= 2 * $0 ? $0 : nil }
    }

    /// A bar's cells, cut into heads or whole.
    private func filled(_ bar: MemoryFigures.Bar, _ whole: String, cut heads: Int?) -> [Span] {
        guard let heads else { return [Span(whole, bar.isHere ? .accent : .faint)] }
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
