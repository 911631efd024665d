/// A grid of cells to draw on. Drawing outside it, or outside the area that is being drawn in, is
/// clipped, never an error.
package struct Canvas: Sendable {
    /// The extent in cells, neither number below 0.
    package let size: Size
    /// The characters a drawing may use, Unicode or plain ASCII.
    package let glyphs: Glyphs
    /// The cells row by row: `cells[row * size.width + column]`.
    package private(set) var cells: [Cell]
    /// Where the terminal's cursor stands, where it is shown at all: in a line being typed.
    package var cursor: Point?
    /// The texts of which something was drawn outside the area that clips it, and so not at all:
    /// what is left of them bears no mark. The first ones; for tests, which expect none.
    package private(set) var cutTexts: [String] = []

    /// A canvas of blanks; a negative extent counts as 0. Cost: O(cells).
    package init(size: Size, glyphs: Glyphs = .unicode) {
        self.size = Size(width: max(0, size.width), height: max(0, size.height))
        self.glyphs = glyphs
        cells = Array(repeating: .blank, count: self.size.width * self.size.height)
    }

    private static let mostCutTexts = 20

    /// The whole canvas, for drawing that is not clipped further.
    package var area: Rect { Rect(size) }

    /// The cell at a place inside the canvas; a place outside is a programming error and traps, or
    /// gives a cell of another row.
    package subscript(column: Int, row: Int) -> Cell {
        cells[row * size.width + column]
    }

    /// Draws text from a place to the right, clipped to an area; returns the column behind it.
    ///
    /// Control characters are shown as "?": nothing from a file reaches the terminal as a command.
    /// Where glyphs are ASCII, other characters are spelled out in ASCII. A wide character that
    /// does not fit whole leaves a blank. Cost: O(text).
    @discardableResult
    package mutating func draw(
        _ text: String, at point: Point, style: Style = .plain, in clip: Rect
    ) -> Int {
        let clip = clip.clipped(to: area)
        var column = point.column
        let visible = point.row >= clip.row && point.row < clip.endRow
        let rowStart = point.row * size.width
        var isCut = false
        defer { if isCut, cutTexts.count < Self.mostCutTexts { cutTexts.append(text) } }
        func put(_ printed: CharacterBytes, _ width: Int) {
            defer { column += width }
            guard visible, column >= clip.column, column < clip.endColumn else {
                isCut = isCut || printed != .space
                return
            }
            clearHalves(at: column, row: point.row)
            if column + width > clip.endColumn {
                isCut = true
                cells[rowStart + column] = Cell(.space, style)
                return
            }
            cells[rowStart + column] = Cell(printed, style)
            if width == 2 {
                clearHalves(at: column + 1, row: point.row)
                cells[rowStart + column + 1] = Cell(.nothing, style)
            }
        }
        // Bytes are read many times as fast as characters are found.
        let narrow = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            let characters = NarrowCharacters(bytes)
            guard let count = characters.columns(isASCII: glyphs.isASCII) else { return nil }
            isCut = !putNarrow(characters, count: count, at: point, style: style, in: clip)
            return count
        }
        if let narrow, let narrow { return column + narrow }
        for character in text {
            if let ascii = character.asciiByte, ascii >= 0x20, ascii < 0x7F {
                put(CharacterBytes(ascii: ascii), 1)
            } else if !glyphs.isASCII, case let width = TerminalCanvas.columns(of: character),
                width > 0
            {
                let printed = CharacterBytes(character)
                put(printed, printed == .replacement ? 1 : width)
                if printed == .replacement, width == 2 { put(.space, 1) }
            } else {
                for (printed, width) in glyphs.printed(character) where width > 0 {
                    put(CharacterBytes(printed), width)
                }
            }
        }
        return column
    }

    /// Draws so many characters of one column each; false where one is outside the clip, which is
    /// inside the canvas, that is no space.
    private mutating func putNarrow(
        _ characters: NarrowCharacters, count: Int, at point: Point, style: Style, in clip: Rect
    ) -> Bool {
        let isVisible = point.row >= clip.row && point.row < clip.endRow
        let drawn = (point.column..<point.column + count)
            .clamped(to: isVisible ? clip.column..<clip.endColumn : 0..<0)
        if let first = drawn.first, let last = drawn.last {
            clearHalves(at: first, row: point.row)
            clearHalves(at: last, row: point.row)
        }
        let rowStart = point.row * size.width
        return cells.withUnsafeMutableBufferPointer { cells in
            var isWhole = true
            var column = point.column
            for character in characters {
                if drawn.contains(column) {
                    cells[rowStart + column] = Cell(character, style)
                } else if character != .space {
                    isWhole = false
                }
                column += 1
            }
            return isWhole
        }
    }

    /// Draws everything that is in one ink in another.
    package mutating func replace(_ ink: Ink, by other: Ink) {
        for index in cells.indices where cells[index].style.ink == ink {
            cells[index].style.ink = other
        }
    }

    /// Draws spans one behind the other.
    @discardableResult
    package mutating func draw(_ spans: [Span], at point: Point, in clip: Rect) -> Int {
        var column = point.column
        for span in spans {
            column = draw(
                span.text, at: Point(column: column, row: point.row), style: span.style, in: clip)
        }
        return column
    }

    /// Fills an area with one character of one column.
    package mutating func fill(_ area: Rect, with character: Character = " ", style: Style = .plain)
    {
        let area = area.clipped(to: self.area)
        guard !area.isEmpty else { return }
        let cell = Cell(character, style)
        for row in area.row..<area.endRow {
            clearHalves(at: area.column, row: row)
            clearHalves(at: area.endColumn - 1, row: row)
            for column in area.column..<area.endColumn {
                cells[row * size.width + column] = cell
            }
        }
    }

    /// Adds attributes to what is drawn in an area already.
    package mutating func mark(_ area: Rect, _ attributes: TextAttributes) {
        let area = area.clipped(to: self.area)
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn {
                cells[row * size.width + column].style.attributes.formUnion(attributes)
            }
        }
    }

    /// Overwriting one half of a wide character blanks the other, so that no row changes length.
    private mutating func clearHalves(at column: Int, row: Int) {
        let index = row * size.width + column
        if cells[index].isContinuation, column > 0 {
            cells[index - 1].character = " "
            cells[index].character = " "
        }
        if column + 1 < size.width, cells[index + 1].isContinuation {
            cells[index + 1].character = " "
        }
    }
}

/// Drawing at places counted from the corner of the area that clips it.
extension Canvas {
    /// Draws text in one style; returns the column behind it, counted from the area's.
    @discardableResult
    package mutating func draw(
        _ text: String, _ style: Style = .plain, column: Int = 0, row: Int = 0, in area: Rect
    ) -> Int {
        draw(text, at: area.place(column: column, row: row), style: style, in: area) - area.column
    }

    /// Draws a line of spans; returns the column behind it, counted from the area's.
    @discardableResult
    package mutating func draw(
        _ line: Line, column: Int = 0, row: Int = 0, in area: Rect
    ) -> Int {
        draw(line, at: area.place(column: column, row: row), in: area) - area.column
    }

    /// Draws lines one below the other.
    package mutating func draw(
        _ lines: some Sequence<Line>, column: Int = 0, row: Int = 0, in area: Rect
    ) {
        var row = row
        for line in lines {
            draw(line, column: column, row: row, in: area)
            row += 1
        }
    }
}

extension Canvas {
    /// Copies rows of another canvas, from one of them on, into an area; the width is the smaller.
    package mutating func copy(_ other: Canvas, rowsFrom first: Int, into area: Rect) {
        cutTexts += other.cutTexts.prefix(Self.mostCutTexts - cutTexts.count)
        let area = area.clipped(to: self.area)
        let width = min(area.width, other.size.width)
        for row in 0..<area.height where first + row < other.size.height && first + row >= 0 {
            let from = (first + row) * other.size.width
            let to = (area.row + row) * size.width + area.column
            cells.replaceSubrange(to..<to + width, with: other.cells[from..<from + width])
        }
    }
}
