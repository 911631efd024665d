import AttentionEngine
import Lessons
import TerminalCanvas

/// A race's results as a table; where its variants were widened, beside those of the usual width.
struct RaceTable {
    let rows: [RaceRow]
    /// The results of the usual width, where these are to be held against them.
    let unwidened: [RaceRow]?
    let width: Int
    let glyphs: Glyphs

    var lines: [Line] {
        let cells = unwidened.map(compared) ?? measured
        return TableLayout(
            header: cells.header.map { [Span($0, Style(.text, .bold))] },
            rows: cells.rows.map { $0.map { [Span($0)] } },
            alignments: [.left] + Array(repeating: .right, count: cells.header.count - 1),
            width: width, glyphs: glyphs
        ).lines()
    }

    private var measured: (header: [String], rows: [[String]]) {
        (
            ["variant", "cached", "parameters", "accuracy", "perspectives", "bits"],
            rows.map { row in
                [
                    row.variant.name, String(row.variant.numbersPerToken),
                    grouped(row.variant.parameters), fixed(row.accuracy, decimals: 3),
                    row.measured.map { "\($0.perspectives) of \(RecallTask.attributes)" } ?? "-",
                    row.measured.map { fixed($0.bits, decimals: 2) } ?? "-",
                ]
            }
        )
    }

    private func compared(_ usual: [RaceRow]) -> (header: [String], rows: [[String]]) {
        (
            ["variant", "width", "parameters", "accuracy", "widened", "accuracy"],
            usual.map { row in
                let wide = rows.first { $0.unwidened == row.variant }
                return [
                    row.variant.name, String(row.variant.width), grouped(row.variant.parameters),
                    fixed(row.accuracy, decimals: 3),
                    String(row.variant.widened.width),
                    wide.map { fixed($0.accuracy, decimals: 3) } ?? "-",
                ]
            }
        )
    }
}
