import TerminalCanvas

/// What a screen shows in place of the step: a titled list of lines; one to choose from has a
/// selected line.
package struct Page {
    /// What stands above the lines, in bold.
    package let title: String
    /// The lines from first to last, also those out of view.
    package let lines: [Line]
    var selected: Int?
    /// Whether lines that are pressed and turned stay where they are: they are leafed through, and
    /// not scrolled around the selected one.
    var isLeafed = false
    var scroll = 0
    /// Shown above the lines and not scrolled.
    var heading: [Line] = []
    /// Where the cursor stands in the heading.
    var cursor: Point?
    /// Shown below the lines, a blank row between, and not scrolled.
    var footing: [Line] = []

    /// Rows for lines inside a page's area.
    func rows(in area: Rect) -> Int {
        max(1, area.height - 2 - heading.count - (footing.isEmpty ? 0 : footing.count + 1))
    }

    /// How many places the lines can be scrolled to.
    func scrolls(in area: Rect) -> Int { max(1, lines.count - rows(in: area) + 1) }

    /// The lines in view.
    func visible(in area: Rect) -> Range<Int> {
        let rows = rows(in: area)
        if isLeafed, let selected { return leaf(holding: selected, of: lines.count, rows: rows) }
        let first = min(max(0, selected.map { $0 - rows / 2 } ?? scroll), scrolls(in: area) - 1)
        return first..<min(lines.count, first + rows)
    }

    /// Where the lines stand, beside them the pointer to the selected one and marks of scrolling.
    private func list(in area: Rect) -> Rect {
        Rect(
            column: area.column, row: area.row + 2 + heading.count, width: area.width,
            height: rows(in: area))
    }

    /// The line that a point of the area is on; nil where it is on none.
    func line(at point: Point, in area: Rect) -> Int? {
        let visible = visible(in: area)
        let line = visible.lowerBound + point.row - list(in: area).row
        return area.contains(point) && visible.contains(line) ? line : nil
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.fill(area)
        canvas.draw(title, Style(.title, .bold), in: area)
        canvas.draw(heading, row: 1, in: area)
        if let cursor { canvas.cursor = area.place(column: cursor.column, row: cursor.row + 1) }
        let (list, visible) = (list(in: area).clipped(to: area), visible(in: area))
        // What can be chosen is one row each, whatever it holds.
        canvas.draw(
            lines[visible].map { $0.shortened(to: list.width - 4, glyphs: canvas.glyphs) },
            column: 2, in: list.inset(right: 2))
        if let selected, visible.contains(selected) {
            let row = selected - visible.lowerBound
            canvas.draw(String(canvas.glyphs.pointer), .bright, row: row, in: list)
            canvas.mark(list.inset(left: 2, right: 2).rows(row, count: 1), .bold)
        }
        let end = min(area.height - footing.count, 3 + heading.count + lines.count)
        canvas.draw(footing, column: 2, row: end, in: area.inset(right: 2))
        canvas.drawScrollMarks(
            above: visible.lowerBound > 0, below: visible.upperBound < lines.count, style: .accent,
            in: list.inset(left: list.width - 1))
    }
}

/// The lines in view where not all of them fit: those of one leaf, of as many leaves of one length
/// as it takes.
func leaf(holding index: Int, of count: Int, rows: Int) -> Range<Int> {
    guard count > rows, rows > 0 else { return 0..<count }
    let leaves = (count + rows - 1) / rows
    let length = (count + leaves - 1) / leaves
    let first = index / length * length
    return first..<min(count, first + length)
}

extension Canvas {
    /// Marks in a column beside rows of which more are out of view.
    mutating func drawScrollMarks(above: Bool, below: Bool, style: Style, in area: Rect) {
        if above { draw(String(glyphs.less), style, in: area) }
        if below { draw(String(glyphs.more), style, row: area.height - 1, in: area) }
    }
}
