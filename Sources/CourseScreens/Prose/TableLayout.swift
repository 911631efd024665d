import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A table in columns; columns too wide for the space wrap, the widest first.
struct TableLayout {
    let header: [[Span]]
    let rows: [[[Span]]]
    let alignments: [Table.Alignment]
    let width: Int
    let glyphs: Glyphs

    func lines() -> [Line] {
        let widths = columnWidths()
        let rule = widths.map { String(repeating: glyphs.horizontal, count: $0) }
            .joined(separator: "  ")
        let head =
            header.isEmpty ? [] : lines(of: header, widths: widths) + [[Span(rule, Style(.faint))]]
        return head + rows.flatMap { lines(of: $0, widths: widths) }
    }

    private func columnWidths() -> [Int] {
        let count = alignments.count
        let all = (header.isEmpty ? [] : [header]) + rows
        var widths = (0..<count).map { column in
            max(
                1,
                all.map { row in
                    row[column].reduce(0) { $0 + columns(of: glyphs.spelled($1.text)) }
                }.max() ?? 1)
        }
        let available = max(count, width - 2 * (count - 1))
        while widths.reduce(0, +) > available, let widest = widths.max(), widest > 1,
            let index = widths.firstIndex(of: widest)
        {
            widths[index] -= 1
        }
        return widths
    }

    private func lines(of cells: [[Span]], widths: [Int]) -> [Line] {
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
                line.append(Span(String(repeating: " ", count: left)))
                line += content
                line.append(Span(String(repeating: " ", count: right)))
            }
            return line
        }
    }
}
