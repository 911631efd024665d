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
            if frame.glyphs.isASCII {
                drawSigns(of: curve, on: &grid)
            } else {
                drawDots(of: curve, on: &grid)
            }
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

    /// The height of a curve at a place, between its points on a straight line; nil outside.
    private func height(of curve: Curve, at x: Double) -> Double? {
        guard let next = curve.points.firstIndex(where: { $0.x >= x }) else { return nil }
        let right = curve.points[next]
        guard next > 0 else { return right.x == x ? right.y : nil }
        let left = curve.points[next - 1]
        return left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
    }

    /// The curve's rows of dots, `density` of them to a cell, at each of its columns of dots.
    private func track(
        of curve: Curve, columns density: Int, rows: Int
    ) -> [(column: Int, row: Int)] {
        let count = (frame.columns + 1) * density
        return (0..<count).compactMap { column in
            // The middle of the first cell is 0, that of the last is `across`.
            let cell = (Double(column) + 0.5) / Double(density) - 0.5
            let x = frame.across * cell / Double(frame.columns)
            return height(of: curve, at: x).map { y in
                let middle = Double(frame.rows) * (1 - min(max(y, 0), 1)) + 0.5
                return (column, Int(middle * Double(rows)))
            }
        }
    }

    private func drawSigns(of curve: Curve, on grid: inout PlotGrid) {
        for (column, row) in track(of: curve, columns: 1, rows: 1) {
            grid.put(curve.mark, row, column, curve.style)
        }
    }

    private func drawDots(of curve: Curve, on grid: inout PlotGrid) {
        var last: Int?
        for (column, row) in track(of: curve, columns: 2, rows: 4) {
            // A steep curve has no holes.
            let from = last ?? row
            for dot in min(from, row)...max(from, row) {
                let place = (row: dot / 4, column: column / 2)
                let old = grid.cells[place.row][place.column].character
                grid.put(
                    Braille.adding(dotColumn: column % 2, dotRow: dot % 4, to: old), place.row,
                    place.column, curve.style)
            }
            last = row
        }
    }
}

/// Patterns of two columns and four rows of dots.
private enum Braille {
    private static let first: UInt32 = 0x2800
    private static let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    static func adding(dotColumn: Int, dotRow: Int, to old: Character) -> Character {
        let scalar = old.unicodeScalars.first?.value ?? first
        let pattern = (first...first + 0xFF).contains(scalar) ? scalar - first : 0
        let joined = first + (pattern | bits[dotColumn][dotRow])
        return Unicode.Scalar(joined).map(Character.init) ?? " "
    }
}
