import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A race's results as a table; where its variants were widened, beside those of the usual width.
struct RaceTable {
    let rows: [RaceRow]
    /// What these are held against, where they are of widened variants.
    let control: Control?
    let width: Int
    let glyphs: Glyphs

    var lines: [Line] {
        let cells = control.map(compared) ?? measured
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

    /// Variants of the usual width, trained as the widened were.
    struct Control {
        let variants: [RecallVariant]
        /// Their results; none where no such race is known.
        let rows: [RaceRow]
        /// Whether the widened are still in training.
        let isUnfinished: Bool
    }

    private func compared(_ control: Control) -> (header: [String], rows: [[String]]) {
        func accuracy(_ row: RaceRow?) -> String {
            row.map { fixed($0.accuracy, decimals: 3) } ?? "-"
        }
        return (
            [
                "variant", "width", "parameters", "accuracy", "widened",
                control.isUnfinished ? "so far" : "accuracy",
            ],
            control.variants.map { variant in
                [
                    variant.name, String(variant.width), grouped(variant.parameters),
                    accuracy(control.rows.first { $0.variant == variant }),
                    String(variant.widened.width),
                    accuracy(rows.first { $0.unwidened == variant }),
                ]
            }
        )
    }
}
