/// A cell's place, from 0 at the top left.
package struct Point: Hashable, Sendable {
    /// Columns from the left edge; outside the canvas it may be any number.
    package var column: Int
    /// Rows from the top edge.
    package var row: Int

    /// Any place, inside a canvas or not: what is drawn outside is clipped.
    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A canvas's extent in cells.
package struct Size: Hashable, Sendable {
    /// Columns.
    package var width: Int
    /// Rows.
    package var height: Int

    /// Both as they are; a canvas takes negative ones for 0.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

/// An area of cells; never of negative extent.
package struct Rect: Hashable, Sendable {
    /// The leftmost column.
    package let column: Int
    /// The topmost row.
    package let row: Int
    /// Columns, 0 or more.
    package let width: Int
    /// Rows, 0 or more.
    package let height: Int

    /// An area anywhere; a negative extent counts as 0.
    package init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The area of a whole canvas of that size.
    package init(_ size: Size) {
        self.init(column: 0, row: 0, width: size.width, height: size.height)
    }

    /// The first column to the right of the area.
    package var endColumn: Int { column + width }
    /// The first row below the area.
    package var endRow: Int { row + height }
    /// Whether no cell lies in it.
    package var isEmpty: Bool { width == 0 || height == 0 }

    /// Whether the cell at a place lies in it.
    package func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row
            && point.row < endRow
    }

    /// Where a cell is that is counted from the area's corner.
    package func place(column: Int, row: Int) -> Point {
        Point(column: self.column + column, row: self.row + row)
    }

    /// The part of this area that lies in another.
    package func clipped(to other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top, width: min(endColumn, other.endColumn) - left,
            height: min(endRow, other.endRow) - top)
    }

    /// The area less some cells at each side.
    package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(
            column: column + left, row: row + top, width: width - left - right,
            height: height - top - bottom)
    }

    /// A number of rows of this area, counted from its top.
    package func rows(_ first: Int, count: Int) -> Rect {
        Rect(column: column, row: row + first, width: width, height: count).clipped(to: self)
    }
}
