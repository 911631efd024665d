import CourseContent
import CourseSession
import TerminalCanvas

/// What a screen shows in place of the step: a titled list of lines; one to choose from has a selected
/// line.
package struct Page {
    /// What stands above the lines, in bold.
    package let title: String
    /// The lines from first to last, also those out of view.
    package let lines: [Line]
    var selected: Int?
    var scroll = 0
    /// Shown above the lines and not scrolled.
    var heading: [Line] = []
    /// Where the cursor stands in the heading.
    var cursor: Point?
    /// Shown below the lines, a blank row between, and not scrolled.
    var footing: [Line] = []

    static func area(of size: Size) -> Rect {
        Rect(column: 1, row: 2, width: size.width - 2, height: size.height - 3)
    }

    /// Rows for lines inside a page's area.
    func rows(in area: Rect) -> Int {
        max(1, area.height - 2 - heading.count - (footing.isEmpty ? 0 : footing.count + 1))
    }

    /// The first line in view.
    func first(in area: Rect) -> Int {
        let rows = rows(in: area)
        let limit = max(0, lines.count - rows)
        guard let selected else { return min(max(0, scroll), limit) }
        return min(max(0, selected - rows / 2), limit)
    }

    /// How many places the lines can be scrolled to.
    func scrolls(in area: Rect) -> Int { max(1, lines.count - rows(in: area) + 1) }

    /// The line that a point of the area is on; nil where it is on none.
    func line(at point: Point, in area: Rect) -> Int? {
        let line = first(in: area) + point.row - (area.row + 2 + heading.count)
        let visible = first(in: area)..<min(lines.count, first(in: area) + rows(in: area))
        return area.contains(point) && visible.contains(line) ? line : nil
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.fill(area)
        canvas.draw(
            title, at: Point(column: area.column, row: area.row), style: Style(.title, .bold),
            in: area)
        for (index, line) in heading.enumerated() {
            canvas.draw(line, at: Point(column: area.column, row: area.row + 1 + index), in: area)
        }
        if let cursor {
            canvas.cursor = Point(
                column: area.column + cursor.column, row: area.row + 1 + cursor.row)
        }
        let rows = rows(in: area)
        let first = first(in: area)
        let top = area.row + 2 + heading.count
        let glyphs = canvas.glyphs
        for (offset, index) in (first..<min(lines.count, first + rows)).enumerated() {
            let row = top + offset
            if index == selected {
                canvas.draw(
                    String(glyphs.pointer), at: Point(column: area.column, row: row),
                    style: Style(.accent, .bold), in: area)
            }
            canvas.draw(
                lines[index], at: Point(column: area.column + 2, row: row),
                in: area.inset(right: 2))
            if index == selected {
                canvas.mark(
                    Rect(column: area.column + 2, row: row, width: area.width - 4, height: 1), .bold
                )
            }
        }
        let end = min(area.endRow - footing.count, top + lines.count + 1)
        for (index, line) in footing.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 2, row: end + index),
                in: area.inset(right: 2))
        }
        let edge = area.endColumn - 1
        if first > 0 {
            canvas.draw(
                String(glyphs.less), at: Point(column: edge, row: top), style: Style(.accent),
                in: area)
        }
        if first + rows < lines.count {
            canvas.draw(
                String(glyphs.more), at: Point(column: edge, row: top + rows - 1),
                style: Style(.accent), in: area)
        }
    }
}
