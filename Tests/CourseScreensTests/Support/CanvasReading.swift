import TerminalCanvas

extension Canvas {
    /// The rows as text, blanks at their ends left out.
    var rows: [String] {
        (0..<size.height).map { row in
            var text = String(
                self.row(row).map(\.character).filter { $0 != Cell.continuation.character })
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    func row(_ row: Int) -> ArraySlice<Cell> {
        cells[row * size.width..<(row + 1) * size.width]
    }

    /// Rows whose characters do not take the columns of the cells they stand in: a wide character
    /// without its second half, or a second half without the first.
    var crookedRows: [Int] {
        (0..<size.height).filter { row in
            var expectsHalf = false
            for cell in self.row(row) {
                let isHalf = cell.character == Cell.continuation.character
                if isHalf != expectsHalf { return true }
                expectsHalf = !isHalf && columns(of: cell.character) == 2
            }
            return expectsHalf
        }
    }

    /// What is there that plain ASCII cannot show.
    var charactersBeyondASCII: Set<Character> {
        Set(cells.map(\.character).filter { !$0.isASCII || $0 < " " || $0 == "\u{7F}" })
    }

    /// Whether two canvases would show the same.
    func shows(_ other: Canvas) -> Bool {
        size == other.size && cells == other.cells && cursor == other.cursor
    }
}
