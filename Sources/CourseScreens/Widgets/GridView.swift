import CourseContent
import CourseSession
import TerminalCanvas

/// A grid as its lesson has it: filled cells are blocks, empty ones dots, others their text.
struct GridView: TextWidget {
    let spec: GridSpec
    let width: Int
    let glyphs: Glyphs

    var heights: ClosedRange<Int> { table.lines.count + 1...table.lines.count + 1 }

    func lines(height: Int) -> [Line] {
        [[Span(spec.title, .strong)].shortened(to: width - 2, glyphs: glyphs)] + table.lines
    }

    var table: TableLayout {
        TableLayout(
            header: ([""] + spec.columns).map { [Span($0, .strong)] },
            rows: spec.rows.map { row in [[Span(row.name)]] + row.cells.map { [cell($0)] } },
            alignments: [.left] + spec.columns.map { _ in .centre }, width: width - 2,
            glyphs: glyphs)
    }

    private func cell(_ text: String) -> Span {
        switch text {
        case GridSpec.filled: Span(String(repeating: glyphs.fullBlock, count: 2), .accent)
        case GridSpec.empty: Span(String(glyphs.hollow), .faint)
        default: Span(text)
        }
    }
}
