/// A table in columns; columns too wide for the space wrap, the widest first.
package struct TableLayout {
    /// Where a column's text stands in it.
    package enum Alignment: Sendable { case left, right, centre }

    private let header: [Line]
    private let rows: [[Line]]
    private let alignments: [Alignment]
    private let width: Int
    private let isRuled: Bool
    private let glyphs: Glyphs

    /// A table of cells, row by row; an empty header takes no row. Every row has a cell for each
    /// alignment. Where it is ruled, a line stands between rows, too.
    package init(
        header: [Line], rows: [[Line]], alignments: [Alignment], width: Int,
        isRuled: Bool = false, glyphs: Glyphs
    ) {
        self.header = header
        self.rows = rows
        self.alignments = alignments
        self.width = width
        self.isRuled = isRuled
        self.glyphs = glyphs
    }

    /// The rows one below the other, a rule below the header. Cost: O(text).
    package var lines: [Line] {
        let widths = columnWidths
        let rule: Line = [
            Span(
                widths.map { String(repeating: glyphs.horizontal, count: $0) }
                    .joined(separator: "  "), .faint)
        ]
        let head = header.isEmpty ? [] : lines(of: header, widths) + [rule]
        return head + rows.map { lines(of: $0, widths) }.joined(separator: isRuled ? [rule] : [])
    }

    /// The cell at a place of the rows as they are drawn, the header's not counted; nil where there
    /// is none, as on a line between rows.
    package func cell(at place: Point) -> (row: Int, column: Int)? {
        let widths = columnWidths
        let above = header.isEmpty ? 0 : lines(of: header, widths).count + 1
        var (end, right) = (above, 0)
        guard place.row >= above, place.column >= 0,
            let row = rows.firstIndex(where: {
                end += lines(of: $0, widths).count + (isRuled ? 1 : 0)
                return place.row < end
            }),
            // The line below a row is no part of it.
            !isRuled || place.row < end - 1,
            let column = widths.firstIndex(where: {
                right += $0 + 2
                return place.column < right
            })
        else { return nil }
        return (row, column)
    }

    /// A word that is wider than its column, so that it is broken; nil where none is.
    package var brokenWord: String? {
        let widths = columnWidths
        for row in [header] + rows {
            for (cell, width) in zip(row, widths) {
                // Words may go on from one span to the next.
                let words = cell.map { glyphs.spelled($0.text) }.joined()
                    .split { $0.isOnly(" ") || $0.isOnly("\n") }
                if let word = words.first(where: { columns(of: String($0)) > width }) {
                    return String(word)
                }
            }
        }
        return nil
    }

    private var columnWidths: [Int] {
        let all = (header.isEmpty ? [] : [header]) + rows
        var widths = alignments.indices.map { column in
            all.reduce(1) { widest, row in
                max(widest, row[column].reduce(0) { $0 + columns(of: glyphs.spelled($1.text)) })
            }
        }
        let available = max(widths.count, width - 2 * (widths.count - 1))
        while widths.reduce(0, +) > available, let widest = widths.max(), widest > 1,
            let index = widths.firstIndex(of: widest)
        {
            widths[index] -= 1
        }
        return widths
    }

    private func lines(of cells: [Line], _ widths: [Int]) -> [Line] {
        let wrappedCells = zip(cells, widths).map { wrapped($0, width: $1, glyphs: glyphs) }
        let height = wrappedCells.map(\.count).max() ?? 0
        return (0..<height).map { row in
            var line: Line = []
            for (column, cell) in wrappedCells.enumerated() {
                let content = row < cell.count ? cell[row] : []
                let space = max(0, widths[column] - content.width)
                let left =
                    switch alignments[column] {
                    case .left: 0
                    case .right: space
                    case .centre: space / 2
                    }
                let right = space - left + (column < widths.count - 1 ? 2 : 0)
                line += [.blank(left)] + content + [.blank(right)]
            }
            return line
        }
    }
}
