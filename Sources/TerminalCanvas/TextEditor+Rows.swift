/// A text in rows, broken at spaces to the width they are shown at; up and down go by those.
extension TextEditor {
    /// The rows at a width, as ranges of characters; a row's last place is before the space or line
    /// end that parts it from the next. At least one. Cost: O(text).
    package func rows(width: Int, glyphs: Glyphs) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var space: Int?
        var used = 0
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character.isOnly("\n") {
                rows.append(start..<index)
                (start, space, used) = (index + 1, nil, 0)
            } else {
                let own = glyphs.width(of: character)
                // A column is left for the cursor.
                if used + own > max(1, width - 1), index > start {
                    // A space at the edge ends the row by itself.
                    let end = character.isOnly(" ") ? index : space ?? index
                    rows.append(start..<end)
                    start = characters[end].isOnly(" ") ? end + 1 : end
                    (space, used, index) = (nil, 0, start)
                    continue
                }
                if character.isOnly(" ") { space = index }
                used += own
            }
            index += 1
        }
        return rows + [start..<characters.count]
    }

    /// Where the cursor stands in rows.
    package func place(in rows: [Range<Int>], glyphs: Glyphs) -> Point {
        let row = rows.lastIndex { $0.lowerBound <= cursor } ?? 0
        let before = characters[rows[row].lowerBound..<max(rows[row].lowerBound, cursor)]
        return Point(column: before.reduce(0) { $0 + glyphs.width(of: $1) }, row: row)
    }

    /// Moves some rows up or down, to the same column where the row is long enough.
    package mutating func move(rows count: Int, width: Int, glyphs: Glyphs) {
        let rows = rows(width: width, glyphs: glyphs)
        let place = place(in: rows, glyphs: glyphs)
        let row = rows[min(max(0, place.row + count), rows.count - 1)]
        var (column, index) = (0, row.lowerBound)
        while index < row.upperBound, column < place.column {
            column += glyphs.width(of: characters[index])
            index += 1
        }
        move(to: index)
    }

    /// Moves to the beginning of the cursor's row, or to its end.
    package mutating func moveInRow(toEnd: Bool, width: Int, glyphs: Glyphs) {
        let rows = rows(width: width, glyphs: glyphs)
        let row = rows[place(in: rows, glyphs: glyphs).row]
        move(to: toEnd ? row.upperBound : row.lowerBound)
    }
}
