import TerminalCanvas
import TestSupport

extension Canvas {
    /// The rows as text, blanks at their ends left out.
    var rows: [String] { textRows }

    func row(_ row: Int) -> ArraySlice<Cell> { cells(ofRow: row) }

    /// Rows whose characters do not take the columns of the cells they stand in: a wide character
    /// without its second half, or a second half without the first.
    var crookedRows: [Int] { rowsOutOfStep }

    /// What is there that plain ASCII cannot show.
    var charactersBeyondASCII: Set<Character> { beyondASCII }

    /// Whether two canvases would show the same.
    func shows(_ other: Canvas) -> Bool { isSame(as: other) }
}
