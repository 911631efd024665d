/// Points joined by straight lines, from left to right.
struct PlotTrack {
    let points: [(x: Double, y: Double)]

    /// The height at a place; nil outside.
    func height(at x: Double) -> Double? {
        guard let next = points.firstIndex(where: { $0.x >= x }) else { return nil }
        let right = points[next]
        guard next > 0 else { return right.x == x ? right.y : nil }
        let left = points[next - 1]
        return left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
    }
}

extension PlotFrame {
    /// Draws a track in braille dots, or, where there is only ASCII, in its sign.
    func draw(_ track: PlotTrack, sign: Character, _ style: Style, on grid: inout PlotGrid) {
        guard !glyphs.isASCII else {
            for (column, row) in cells(of: track, columns: 1, rows: 1) {
                grid.put(sign, row, column, style)
            }
            return
        }
        var last: Int?
        for (column, row) in cells(of: track, columns: 2, rows: 4) {
            // A steep track has no holes.
            let from = last ?? row
            for dot in min(from, row)...max(from, row) {
                let old = grid.cells[dot / 4][column / 2].character
                grid.put(
                    Braille.adding(dotColumn: column % 2, dotRow: dot % 4, to: old), dot / 4,
                    column / 2, style)
            }
            last = row
        }
    }

    /// Where a track goes, counted in parts of a cell: so many to a cell across and down.
    private func cells(
        of track: PlotTrack, columns density: Int, rows: Int
    ) -> [(column: Int, row: Int)] {
        (0..<(columns + 1) * density).compactMap { column in
            // The middle of the first cell is 0, that of the last is the axis's end.
            let cell = (Double(column) + 0.5) / Double(density) - 0.5
            return track.height(at: x(atColumn: cell)).map { y in
                let middle = Double(self.rows) * (1 - min(max(y, 0), 1)) + 0.5
                return (column, Int(middle * Double(rows)))
            }
        }
    }
}

/// Patterns of two columns and four rows of dots.
enum Braille {
    private static let first: UInt32 = 0x2800
    private static let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    static func adding(dotColumn: Int, dotRow: Int, to old: Character) -> Character {
        let scalar = old.unicodeScalars.first?.value ?? first
        let pattern = (first...first + 0xFF).contains(scalar) ? scalar - first : 0
        let joined = first + (pattern | bits[dotColumn][dotRow])
        return Unicode.Scalar(joined).map(Character.init) ?? " "
    }
}
