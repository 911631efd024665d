import AttentionEngine

/// Labelled points in plain characters, the vertical axis from 0 to 1.
struct PointPlot {
    let title: String
    let horizontal: String
    let points: [(x: Double, y: Double, label: String)]
    /// Where the horizontal axis ends; it starts at 0 and has a mark every quarter.
    let across: Double
    /// A height worth comparing with.
    let line: (y: Double, label: String)

    private static let columns = 64
    private static let rows = 20

    var lines: [String] {
        var grid = Array(
            repeating: Array(repeating: Character(" "), count: Self.columns + 12),
            count: Self.rows + 1)
        let places = points.map { (row: row($0.y), column: column($0.x), label: $0.label) }
        for place in places { grid[place.row][place.column] = "o" }
        for place in places {
            Self.write(place.label, beside: place.row, place.column, in: &grid)
        }
        let height = row(line.y)
        for column in 0...Self.columns where grid[height][column] == " " && column % 2 == 0 {
            grid[height][column] = "."
        }
        Self.write(line.label, beside: height, Self.columns, in: &grid)
        let rows = grid.enumerated().map { index, cells in
            let value = 1 - Double(index) / Double(Self.rows)
            let mark = index % 5 == 0 ? fixed(value, decimals: 2) + " +" : "     |"
            return Self.trimmed(mark + String(cells))
        }
        return ["  " + title] + rows + axis
    }

    private func row(_ y: Double) -> Int {
        Self.rows - Int((min(max(y, 0), 1) * Double(Self.rows)).rounded())
    }

    private func column(_ x: Double) -> Int {
        Int((min(max(x / across, 0), 1) * Double(Self.columns)).rounded())
    }

    /// The axis below, and its marks.
    private var axis: [String] {
        let quarter = Self.columns / 4
        var rule = "     +"
        var marks = "     0"
        for part in 1...4 {
            rule += String(repeating: "-", count: quarter - 1) + "+"
            let text = String(Int(across) * part / 4)
            let end = 6 + part * quarter + text.count / 2
            marks += String(repeating: " ", count: end - marks.count - text.count) + text
        }
        return [rule, marks, "      " + horizontal]
    }

    /// Writes a label on the first free place of: right, left, above right, below right. Where none
    /// is free the table alone tells it.
    private static func write(
        _ label: String, beside row: Int, _ column: Int, in grid: inout [[Character]]
    ) {
        let right = column + 2
        let left = column - 1 - label.count
        for (row, column) in [(row, right), (row, left), (row - 1, right), (row + 1, right)] {
            let cells = column - 1...column + label.count
            guard grid.indices.contains(row), column >= 1, cells.upperBound < grid[row].count,
                cells.allSatisfy({ [" ", "."].contains(grid[row][$0]) })
            else { continue }
            grid[row].replaceSubrange(column..<column + label.count, with: Array(label))
            return
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
