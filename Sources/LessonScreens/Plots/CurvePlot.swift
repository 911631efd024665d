import TerminalCanvas

/// Curves that grow from left to right, each with its sign and label at its end: in braille dots,
/// or, where there is only ASCII, in its sign.
struct CurvePlot {
    struct Curve {
        /// From left to right.
        let points: [(x: Double, y: Double)]
        let mark: Character
        let label: String
        let style: Style
    }

    let frame: PlotFrame
    let curves: [Curve]
    /// A height worth comparing with.
    let line: (y: Double, label: String)

    var lines: [Line] {
        var grid = frame.grid(markedAt: line.y)
        for curve in curves {
            frame.draw(
                PlotTrack(points: curve.points), sign: curve.mark, curve.style, on: &grid)
        }
        let ends = curves.compactMap { curve in
            curve.points.last.map {
                (curve: curve, y: $0.y, row: frame.row($0.y), column: frame.column($0.x))
            }
        }
        for end in ends { grid.put(end.curve.mark, end.row, end.column, end.curve.style) }
        // Labels stand in one column, in the order of their ends, each in a row of its own.
        let column = (ends.map(\.column).max() ?? 0) + 2
        var free = frame.rows
        var rows: [Int] = []
        let sorted = ends.sorted { $0.y < $1.y }
        for (index, end) in sorted.enumerated() {
            let above = sorted.count - 1 - index
            let row = max(min(end.row, free), above)
            rows.append(row)
            free = row - 1
        }
        for (end, row) in zip(sorted, rows) where row >= 0 {
            let label = row == end.row ? end.curve.label : "\(end.curve.mark) \(end.curve.label)"
            for (offset, character) in label.enumerated()
            where grid.cells[row].indices.contains(column + offset) {
                grid.put(character, row, column + offset, end.curve.style)
            }
        }
        grid.write(line.label, beside: frame.row(line.y), frame.columns, Style(.faint))
        return frame.lines(grid)
    }
}
