import TerminalCanvas

/// A canvas as tests look at it. Here, where it is optimised: sweeps over all steps and sizes look
/// at millions of cells, which in a test's own unoptimised code takes most of their time.
extension Canvas {
    /// The rows as text, blanks at their ends left out.
    package var textRows: [String] {
        (0..<size.height).map { row in
            var cells = cells(ofRow: row)
            while let last = cells.last, last.isSpace { cells = cells.dropLast() }
            return String(cells.lazy.filter { !$0.isContinuation }.map(\.character))
        }
    }

    package func cells(ofRow row: Int) -> ArraySlice<Cell> {
        cells[row * size.width..<(row + 1) * size.width]
    }

    /// Rows whose characters do not take the columns of the cells they stand in: a wide character
    /// without its second half, or a second half without the first.
    package var rowsOutOfStep: [Int] {
        (0..<size.height).filter { row in
            var expectsHalf = false
            for cell in cells(ofRow: row) {
                if cell.isContinuation != expectsHalf { return true }
                expectsHalf = !expectsHalf && columns(of: cell.character) == 2
            }
            return expectsHalf
        }
    }

    /// Characters that plain ASCII has no printable sign for.
    package var beyondASCII: Set<Character> {
        Set(cells.lazy.map(\.character).filter { !$0.isASCII || $0 < " " || $0 == "\u{7F}" })
    }

    /// Whether two canvases would show the same.
    package func isSame(as other: Canvas) -> Bool {
        size == other.size && cursor == other.cursor && cells == other.cells
    }

    /// The places outside an area at which a canvas is not of one cell only.
    package func places(outside area: Rect, otherThan cell: Cell) -> [Point] {
        cells.indices.compactMap { index in
            let point = Point(column: index % size.width, row: index / size.width)
            return area.contains(point) || cells[index] == cell ? nil : point
        }
    }
}
