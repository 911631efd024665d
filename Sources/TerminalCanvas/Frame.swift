/// A box of lines around some cells, divided by upright lines where it holds several.
package struct Frame: Hashable, Sendable {
    /// The lines a frame is made of.
    package enum Lines: Hashable, Sendable {
        /// Thin lines with round corners: what is there for this moment.
        case light
        /// Thick lines: what is kept.
        case heavy
        /// Broken lines: what could be there and is not.
        case dotted
    }

    private let lines: Lines
    private let width: Int
    /// Columns of upright lines inside, counted from the left edge.
    private let dividers: Set<Int>

    /// A frame of some columns, its edges among them, divided at the columns named.
    package init(_ lines: Lines, width: Int, dividers: Set<Int> = []) {
        self.lines = lines
        self.width = max(2, width)
        self.dividers = dividers
    }

    /// The characters of its lines: corners from the top left in reading order, the rule, the
    /// upright line, and where one of these meets the rule at the top and at the bottom.
    private func characters(_ glyphs: Glyphs) -> [Character] {
        switch (lines, glyphs.isASCII) {
        case (.light, false): Array("╭╮╰╯─│┬┴")
        case (.heavy, false): Array("┏┓┗┛━┃┳┻")
        case (.dotted, false): Array("╭╮╰╯╌╎┬┴")
        case (.light, true): Array("++++-|++")
        case (.heavy, true): Array("####=#==")
        case (.dotted, true): Array("....  ..")
        }
    }

    /// The edge above the cells.
    package func top(_ glyphs: Glyphs) -> String {
        let signs = characters(glyphs)
        return edge(signs[0], signs[6], signs[1], signs[4])
    }

    /// The edge below the cells.
    package func bottom(_ glyphs: Glyphs) -> String {
        let signs = characters(glyphs)
        return edge(signs[2], signs[7], signs[3], signs[4])
    }

    /// A row between the edges, blank but for the upright lines.
    package func middle(_ glyphs: Glyphs) -> String {
        let signs = characters(glyphs)
        let upright: Character = lines == .dotted && glyphs.isASCII ? ":" : signs[5]
        return edge(upright, upright, upright, " ")
    }

    private func edge(
        _ first: Character, _ meeting: Character, _ last: Character, _ rule: Character
    ) -> String {
        String(
            (0..<width).map { column in
                switch column {
                case 0: first
                case width - 1: last
                default: dividers.contains(column) ? meeting : rule
                }
            })
    }
}

extension Canvas {
    /// Draws a frame with some rows inside, its corner at a place of an area.
    package mutating func draw(
        _ frame: Frame, rows: Int = 1, _ style: Style, column: Int, row: Int, in area: Rect
    ) {
        draw(frame.top(glyphs), style, column: column, row: row, in: area)
        let middle = frame.middle(glyphs)
        for inside in 0..<rows {
            draw(middle, style, column: column, row: row + 1 + inside, in: area)
        }
        draw(frame.bottom(glyphs), style, column: column, row: row + 1 + rows, in: area)
    }
}
