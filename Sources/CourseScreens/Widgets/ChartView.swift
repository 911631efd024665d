import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Published figures as bars, or as a table where rows are few or `t` asks for it.
struct ChartView: TextWidget {
    let spec: ChartSpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var heights: ClosedRange<Int> {
        if scene.showsTable { return table.count + 1...table.count + 1 }
        let least = bars(thickness: 1, isSpaced: false) ?? table
        let most = bars(thickness: 2, isSpaced: true) ?? table
        return min(table.count, least.count) + 1...most.count + 1
    }

    var comfortable: Int { (bars(thickness: 1, isSpaced: true) ?? table).count + 1 }

    func height(within available: Int) -> Int { min(available, lines(height: available).count) }

    func lines(height: Int) -> [Line] {
        let drawn = drawn(height: height)
        let scales =
            spec.isApart
            ? ["; each row to its own scale", "; own scales"]
            : [spec.from == 0 ? "" : "; bars begin at \(brief(spec.from))"]
        let titles = (drawn == nil ? [""] : scales).map { scale -> Line in
            [Span(spec.title, .strong), Span(scale, .faint)]
        }
        let title = titles.first { $0.width <= width - 2 } ?? titles[titles.count - 1]
        return [title.shortened(to: width - 2, glyphs: glyphs)] + (drawn ?? table)
    }

    /// Bars in their roomiest form; nil where a table stands in their place.
    private func drawn(height: Int) -> [Line]? {
        let forms = [(2, true), (1, true), (1, false)].lazy.compactMap(bars)
        return scene.showsTable ? nil : forms.first { $0.count < height }
    }

    /// Whether there are too few rows for bars.
    func isTable(height: Int) -> Bool { drawn(height: height) == nil }

    private var table: [Line] {
        TableLayout(
            header: ([""] + spec.series).map { [Span($0, .strong)] },
            rows: spec.rows.map { row in
                [[Span(row.name)]]
                    + row.seen(isVeiled: scene.isVeiled).map { [Span($0, .accent)] }
            },
            alignments: [.left] + spec.series.map { _ in .right }, width: width - 2,
            glyphs: glyphs
        ).lines
    }

    /// The columns that names leave to bars, once they take more than a third of all.
    private static let barColumns = 16

    /// A bar for each figure, with room a blank row above each group: behind the row's name, the
    /// series' and before the figure; nil where the width leaves bars no room.
    private func bars(thickness: Int, isSpaced: Bool) -> [Line]? {
        let longest = spec.rows.reduce(0) { max($0, columns(of: $1.name)) }
        let series = spec.series.reduce(0) { max($0, columns(of: $1)) }
        let figures = spec.rows.flatMap(\.texts).reduce(0) { max($0, columns(of: $1)) }
        let between = 2 + (series == 0 ? 0 : series + 2)
        let free = width - 3 - between - figures
        let names = min(longest, max(width / 3, free - Self.barColumns))
        let (start, room) = (names + between, free - names)
        guard room >= 8 else { return nil }
        let groups = spec.rows.map { row in
            let isHidden = scene.isVeiled && row.isHidden
            let texts = row.seen(isVeiled: scene.isVeiled)
            return row.values.indices.flatMap { index -> [Line] in
                let name: Line = [Span(index == 0 ? row.name : "")]
                let share = spec.share(of: row.values[index], in: row)
                let bar = Span(
                    isHidden ? "" : glyphs.bar(share, of: room),
                    Style(.group(Int8(index % Ink.groupCount))))
                let more = Line([bar], at: [.from(start)])
                let first =
                    name.shortened(to: names, glyphs: glyphs).filled(to: names + 2)
                    + [Span(spec.series[index].padded(to: start - names - 2), .faint), bar]
                    + [Span(" " + texts[index], .bright)]
                return [first] + Array(repeating: more, count: thickness - 1)
            }
        }
        return groups.flatMap { (isSpaced ? [[]] : []) + $0 }
    }
}

extension Line {
    /// With blanks behind it up to some columns.
    fileprivate func filled(to columns: Int) -> Line { self + [.blank(columns - width)] }
}
