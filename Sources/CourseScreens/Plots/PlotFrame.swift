import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The axes that plots share: heights from 0 to 1, and anything from 0 across, both with a mark
/// every quarter, or, where rows are too few for even quarters, every half.
struct PlotFrame {
    let title: String
    /// What stands below the horizontal axis; nil where the title tells it.
    let horizontal: String?
    /// Where the horizontal axis ends.
    let across: Double
    /// Cells between the ends of the horizontal axis; a multiple of 4, for its quarters.
    let columns: Int
    /// Cells between the ends of the vertical axis, at least 4; a multiple of 4 or, below 8, of 2.
    let rows: Int
    let glyphs: Glyphs

    /// Columns that the vertical axis takes on the left, and labels on the right.
    static let margin = (left: 6, right: 14)
    /// Rows beyond `rows` that a plot takes where nothing stands below its horizontal axis.
    static let compactFrame = 4

    init(
        title: String, horizontal: String?, across: Double, columns: Int, rows: Int, glyphs: Glyphs
    ) {
        self.title = title
        self.horizontal = horizontal
        self.across = across
        self.columns = max(4, columns / 4 * 4)
        self.rows = rows < 8 ? max(4, rows / 2 * 2) : rows / 4 * 4
        self.glyphs = glyphs
    }

    func row(_ y: Double) -> Int {
        rows - Int((min(max(y, 0), 1) * Double(rows)).rounded())
    }

    func column(_ x: Double) -> Int {
        Int((min(max(x / across, 0), 1) * Double(columns)).rounded())
    }

    /// A grid with dots across at a height; what stands on it later may cover them.
    func grid(markedAt height: Double) -> PlotGrid {
        var grid = PlotGrid(columns: columns + Self.margin.right, rows: rows + 1)
        for column in stride(from: 0, through: columns, by: 2) {
            grid.put(".", row(height), column, Style(.faint))
        }
        return grid
    }

    /// The grid within its axes.
    func lines(_ grid: PlotGrid) -> [Line] {
        let rule = Style(.faint)
        let body = grid.cells.enumerated().map { index, cells -> Line in
            let isMarked = index % (rows / (rows % 4 == 0 ? 4 : 2)) == 0
            let height = 1 - Double(index) / Double(rows)
            let mark = isMarked ? fixed(height, decimals: 2) + " " : "     "
            let tick = glyphs.isASCII ? (isMarked ? "+" : "|") : (isMarked ? "┤" : "│")
            return [Span(mark), Span(tick, rule)] + PlotGrid.written(cells)
        }
        return [[Span("  " + title)]] + body + axis
    }

    /// The axis below, and its marks.
    private var axis: [Line] {
        let quarter = columns / 4
        let (corner, dash, tick) = glyphs.isASCII ? ("+", "-", "+") : ("└", "─", "┴")
        var rule = corner
        var marks = "     0"
        for part in 1...4 {
            rule += String(repeating: dash, count: quarter - 1) + tick
            let text = grouped(Int(across) * part / 4)
            let end = 6 + part * quarter + text.count / 2
            marks += String(repeating: " ", count: max(1, end - marks.count - text.count)) + text
        }
        return [
            [Span("     "), Span(rule, Style(.faint))], [Span(marks)],
        ] + (horizontal.map { [[Span("      " + $0)]] } ?? [])
    }
}

/// Cells to plot on.
struct PlotGrid {
    private(set) var cells: [[Cell]]

    init(columns: Int, rows: Int) {
        cells = Array(repeating: Array(repeating: .blank, count: columns), count: rows)
    }

    /// Whether nothing stands at a place but what labels may cover, which is faint.
    private func isFree(_ row: Int, _ column: Int) -> Bool {
        let cell = cells[row][column]
        return cell.character == " " || cell.style == Style(.faint)
    }

    mutating func put(_ character: Character, _ row: Int, _ column: Int, _ style: Style) {
        cells[row][column] = Cell(character, style)
    }

    /// Writes a label right or left of its point; false where neither place is free.
    mutating func write(
        _ label: String, beside row: Int, _ column: Int, _ style: Style
    ) -> Bool {
        write(label, at: row, column + 2, style)
            || write(label, at: row, column - 1 - label.count, style)
    }

    /// Writes a label right of its point, a row above or below, away from the signs there; false
    /// where neither place is free.
    mutating func write(
        _ label: String, nextTo row: Int, _ column: Int, _ style: Style
    ) -> Bool {
        write(label, at: row - 1, column + 2, clear: 2, style)
            || write(label, at: row + 1, column + 2, clear: 2, style)
    }

    /// Writes a label where its cells and so many beside it are free; false where they are not.
    private mutating func write(
        _ label: String, at row: Int, _ column: Int, clear: Int = 1, _ style: Style
    ) -> Bool {
        guard cells.indices.contains(row), column >= 1,
            column + label.count <= cells[row].count
        else { return false }
        let start = max(0, column - clear)
        let end = min(column + label.count - 1 + clear, cells[row].count - 1)
        guard (start...end).allSatisfy({ isFree(row, $0) }) else { return false }
        for (offset, character) in (" " + label + " ").enumerated()
        where column - 1 + offset < cells[row].count {
            cells[row][column - 1 + offset] = Cell(character, style)
        }
        return true
    }

    /// A row's cells as text, without the blanks at its end.
    fileprivate static func written(_ cells: [Cell]) -> [Span] {
        spans(of: cells[...(cells.lastIndex { $0.character != " " } ?? -1)])
    }
}
