/// The axes that plots share: heights from 0 to 1, and anything from 0 across, both with a mark
/// every quarter, or, where rows are too few for even quarters, every half; and a dotted line at a
/// height worth comparing with.
package struct PlotFrame {
    private let title: String
    private let horizontal: String?
    private let across: Double
    private let line: (y: Double, label: String)
    /// Cells between the ends of the horizontal axis; a multiple of 4, for its quarters.
    let columns: Int
    /// Cells between the ends of the vertical axis, at least 4; a multiple of 4 or, below 8, of 2.
    let rows: Int
    let glyphs: Glyphs
    private let marks: [String]
    private let pointer: (x: Double, mark: Character)?
    private let number: (Int) -> String

    /// Columns that the vertical axis takes on the left, and labels on the right.
    package static let margin = (left: 6, right: 14)
    /// Rows beyond `rows` that a plot takes where nothing stands below its horizontal axis.
    package static let compactFrame = 4

    /// Axes of some cells or a few less, so that quarters are even.
    ///
    /// - Parameters:
    ///   - horizontal: What stands below the horizontal axis; nil where the title tells it.
    ///   - across: Where the horizontal axis ends.
    ///   - line: The height of the dotted line, and what stands at its end.
    ///   - marks: The five marks up, from above, of up to four columns: what heights from 1 to 0
    ///     mean.
    ///   - pointer: A place on the horizontal axis that is pointed at, and with what; beyond the
    ///     axis its end.
    ///   - number: Writes the marks across.
    package init(
        title: String, horizontal: String? = nil, across: Double,
        line: (y: Double, label: String), columns: Int = 64, rows: Int = 20,
        glyphs: Glyphs = .ascii, marks: [String] = ["1.00", "0.75", "0.50", "0.25", "0.00"],
        pointer: (x: Double, mark: Character)? = nil,
        number: @escaping (Int) -> String = { String($0) }
    ) {
        self.title = title
        self.horizontal = horizontal
        self.across = across
        self.line = line
        self.columns = max(4, columns / 4 * 4)
        self.rows = rows < 8 ? max(4, rows / 2 * 2) : rows / 4 * 4
        self.glyphs = glyphs
        self.marks = marks
        self.pointer = pointer
        self.number = number
    }

    func row(_ y: Double) -> Int {
        rows - Int((min(max(y, 0), 1) * Double(rows)).rounded())
    }

    func column(_ x: Double) -> Int {
        Int((min(max(x / across, 0), 1) * Double(columns)).rounded())
    }

    /// What is at a column, which may be a part of one; the ends of the axis are 0 and `columns`.
    func x(atColumn column: Double) -> Double { across * column / Double(columns) }

    /// A grid with the dotted line on it, which what stands on it later may cover.
    var grid: PlotGrid {
        var grid = PlotGrid(columns: columns + Self.margin.right, rows: rows + 1)
        for column in stride(from: 0, through: columns, by: 2) {
            grid.put(".", row(line.y), column, .faint)
        }
        return grid
    }

    /// The grid within its axes, the dotted line with its label where that finds room.
    func lines(_ grid: PlotGrid) -> [Line] {
        var grid = grid
        _ = grid.write(line.label, beside: row(line.y), columns...columns, .faint)
        let parts = rows % 4 == 0 ? 4 : 2
        let texts = stride(from: 0, to: marks.count, by: 4 / parts).map { marks[$0].leading(to: 4) }
        let (tick, bar) = glyphs.isASCII ? ("+", "|") : ("┤", "│")
        let body = grid.lines.enumerated().map { row, cells -> Line in
            let (mark, rest) = row.quotientAndRemainder(dividingBy: rows / parts)
            return rest == 0
                ? [Span(texts[mark] + " "), Span(tick, .faint)] + cells
                : [.blank(5), Span(bar, .faint)] + cells
        }
        return [[Span("  " + title)]] + body + axis
    }

    /// The line of the axis, with what is pointed at on it: below the column of a point there.
    private func ruled(_ rule: String) -> Line {
        guard let pointer else { return [Span(rule, .faint)] }
        let place = 1 + column(pointer.x)
        return [
            Span(String(rule.prefix(place)), .faint), Span(String(pointer.mark), .bright),
            Span(String(rule.dropFirst(place + 1)), .faint),
        ]
    }

    /// The axis below, and its marks.
    private var axis: [Line] {
        let quarter = columns / 4
        let (corner, dash, tick) = glyphs.isASCII ? ("+", "-", "+") : ("└", "─", "┴")
        // Its first cell is at 0, as the first cell of the grid.
        var rule = corner + dash
        var marks = "      0"
        for part in 1...4 {
            rule += String(repeating: dash, count: quarter - 1) + tick
            let text = number(Int(across) * part / 4)
            // In the middle below its tick; of an even number of digits the more to the left.
            let end = 7 + part * quarter + (text.count - 1) / 2
            marks += " " + text.leading(to: end - marks.count - 1)
        }
        return [[.blank(5)] + ruled(rule), [Span(marks)]]
            + (horizontal.map { [[Span("      " + $0)]] } ?? [])
    }
}

/// Cells to plot on.
struct PlotGrid {
    private(set) var cells: [[Cell]]

    init(columns: Int, rows: Int) {
        cells = Array(repeating: Array(repeating: .blank, count: columns), count: rows)
    }

    /// The rows as text, without the blanks at their ends.
    var lines: [Line] {
        cells.map { row in spans(of: row[...(row.lastIndex { !$0.isSpace } ?? -1)]) }
    }

    /// Whether nothing stands at a place but what labels may cover, which is faint.
    private func isFree(_ row: Int, _ column: Int) -> Bool {
        let cell = cells[row][column]
        return cell.isSpace || cell.style == .faint
    }

    mutating func put(_ character: Character, _ row: Int, _ column: Int, _ style: Style) {
        cells[row][column] = Cell(character, style)
    }

    /// Puts a text down from a place to the right, as far as there are cells.
    mutating func put(_ text: String, _ row: Int, _ column: Int, _ style: Style) {
        for (offset, character) in text.enumerated()
        where cells[row].indices.contains(column + offset) {
            put(character, row, column + offset, style)
        }
    }

    /// Writes a label right or left of its points; false where neither place is free.
    mutating func write(
        _ label: String, beside row: Int, _ columns: ClosedRange<Int>, _ style: Style
    ) -> Bool {
        write(label, at: row, columns.upperBound + 2, clear: (1, 2), style)
            || write(label, at: row, columns.lowerBound - 1 - label.count, clear: (2, 1), style)
    }

    /// Writes a label right of its point, a row above or below, away from the signs there; false
    /// where neither place is free.
    mutating func write(
        _ label: String, nextTo row: Int, _ column: Int, _ style: Style
    ) -> Bool {
        write(label, at: row - 1, column + 2, clear: (2, 2), style)
            || write(label, at: row + 1, column + 2, clear: (2, 2), style)
    }

    /// Writes a label where its cells and so many before and behind it are free; false where they
    /// are not.
    private mutating func write(
        _ label: String, at row: Int, _ column: Int, clear: (before: Int, behind: Int),
        _ style: Style
    ) -> Bool {
        guard cells.indices.contains(row), column >= 1,
            column + label.count <= cells[row].count
        else { return false }
        let start = max(0, column - clear.before)
        let end = min(column + label.count - 1 + clear.behind, cells[row].count - 1)
        guard (start...end).allSatisfy({ isFree(row, $0) }) else { return false }
        put(" " + label + " ", row, column - 1, style)
        return true
    }
}
