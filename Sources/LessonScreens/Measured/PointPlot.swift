import AttentionEngine

/// Labelled points in plain characters, the vertical axis from 0 to 1.
public struct PointPlot {
    /// A point, its sign, and the label beside it.
    public struct Point {
        let x: Double
        let y: Double
        let mark: Character
        let label: String

        public init(x: Double, y: Double, mark: Character = "o", label: String) {
            self.x = x
            self.y = y
            self.mark = mark
            self.label = label
        }
    }

    let title: String
    let horizontal: String
    let points: [Point]
    /// Where the horizontal axis ends; it starts at 0 and has a mark every quarter.
    let across: Double
    /// A height worth comparing with.
    let line: (y: Double, label: String)
    /// Cells between the ends of the horizontal axis; a multiple of 4, for its quarters.
    let columns: Int
    /// Cells between the ends of the vertical axis, at least 4.
    let rows: Int

    public init(
        title: String, horizontal: String, points: [Point], across: Double,
        line: (y: Double, label: String), columns: Int = 64, rows: Int = 20
    ) {
        self.title = title
        self.horizontal = horizontal
        self.points = points
        self.across = across
        self.line = line
        self.columns = max(4, columns / 4 * 4)
        self.rows = max(4, rows)
    }

    /// Columns that the axis and the labels take beside the plot.
    static let margin = 18
    /// Rows that the title and the axis take above and below it.
    static let frame = 5

    public var lines: [String] {
        var grid = Array(
            repeating: Array(repeating: Character(" "), count: columns + 12),
            count: rows + 1)
        let places = points.map {
            (row: row($0.y), column: column($0.x), mark: $0.mark, label: $0.label)
        }
        for place in places { grid[place.row][place.column] = place.mark }
        for place in places {
            Self.write(place.label, beside: place.row, place.column, in: &grid)
        }
        let height = row(line.y)
        for column in 0...columns where grid[height][column] == " " && column % 2 == 0 {
            grid[height][column] = "."
        }
        Self.write(line.label, beside: height, columns, in: &grid)
        let body = grid.enumerated().map { index, cells in
            let quarter = (0...4).first { ($0 * rows + 2) / 4 == index }
            let mark =
                quarter.map { fixed(1 - Double($0) / 4, decimals: 2) + " +" } ?? "     |"
            return Self.trimmed(mark + String(cells))
        }
        return ["  " + title] + body + axis
    }

    private func row(_ y: Double) -> Int {
        rows - Int((min(max(y, 0), 1) * Double(rows)).rounded())
    }

    private func column(_ x: Double) -> Int {
        Int((min(max(x / across, 0), 1) * Double(columns)).rounded())
    }

    /// The axis below, and its marks.
    private var axis: [String] {
        let quarter = columns / 4
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
