/// A cell's place, from 0 at the top left.
public struct Point: Hashable, Sendable {
    public var column: Int
    public var row: Int

    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A canvas's extent in cells.
public struct Size: Hashable, Sendable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

/// An area of cells; never of negative extent.
public struct Rect: Hashable, Sendable {
    public let column: Int
    public let row: Int
    public let width: Int
    public let height: Int

    public init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = max(0, width)
        self.height = max(0, height)
    }

    public init(_ size: Size) {
        self.init(column: 0, row: 0, width: size.width, height: size.height)
    }

    /// The first column to the right of the area.
    public var endColumn: Int { column + width }
    /// The first row below the area.
    public var endRow: Int { row + height }
    public var isEmpty: Bool { width == 0 || height == 0 }

    public func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row
            && point.row < endRow
    }

    /// The part of this area that lies in another.
    public func clipped(to other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top, width: min(endColumn, other.endColumn) - left,
            height: min(endRow, other.endRow) - top)
    }

    /// The area less some cells at each side.
    public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(
            column: column + left, row: row + top, width: width - left - right,
            height: height - top - bottom)
    }

    /// A number of rows of this area, counted from its top.
    public func rows(_ first: Int, count: Int) -> Rect {
        Rect(column: column, row: row + first, width: width, height: count).clipped(to: self)
    }
}
