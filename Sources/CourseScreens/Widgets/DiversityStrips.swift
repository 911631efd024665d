import CourseSession
import TerminalCanvas

/// How different the heads of a real model look, layer by layer, in a few rows: a strip of columns
/// for pairs that do not share a K/V head, and one for pairs that do. Curves would lie in the same
/// cells there, and one hide the other.
struct DiversityStrips {
    private let figures: DiversityFigures
    private let glyphs: Glyphs
    /// Rows of a strip, and cells of a layer.
    private let (height, cell): (Int, Int)
    private let isNarrow: Bool

    /// Rows from which on curves can be told apart.
    private static let rowsOfCurves = 16
    /// Columns before a strip.
    private static let margin = 14

    /// nil where there are rows for curves, or more layers than columns.
    init?(_ figures: DiversityFigures, columns: Int, rows: Int, glyphs: Glyphs) {
        cell = min(3, (columns - Self.margin) / max(1, figures.layers))
        guard rows < Self.rowsOfCurves, cell > 0 else { return nil }
        (self.figures, self.glyphs) = (figures, glyphs)
        height = max(1, min(4, (rows - 2) / 2))
        isNarrow = columns < Self.title.count
    }

    private static let title = "difference of two heads (a full column is 1, none is 0), by layer"

    /// From its title to the layers' numbers.
    var lines: [Line] {
        let title = isNarrow ? "difference of two heads (full: 1), by layer" : Self.title
        return [[Span(title)]]
            + strip(figures.apart, "do not share", .group(1))
            + strip(figures.sharing, "share", .group(0)) + [numbers]
    }

    /// A column for each layer on a track that ends at 1; the track alone of what is hidden.
    private func strip(_ values: [Double]?, _ name: String, _ ink: Ink) -> [Line] {
        guard values != nil || figures.isVeiled else { return [] }
        return (0..<height).map { row in
            let label: Line =
                row == height - 1
                ? [Span(name.leading(to: Self.margin - 1), Style(ink, .bold)), .blank(1)]
                : [.blank(Self.margin)]
            return label
                + (0..<figures.layers).map { layer in
                    let share = (values?[layer] ?? 0) * Double(height) - Double(height - 1 - row)
                    let sign = sign(min(1, max(0, share)))
                    return Span(
                        String(repeating: sign, count: cell),
                        sign == glyphs.hollow ? .faint : Style(ink))
                }
        }
    }

    /// A cell that is filled from below.
    private func sign(_ share: Double) -> Character {
        if glyphs.isASCII { return share < 0.25 ? glyphs.hollow : share < 0.75 ? ":" : "#" }
        let eighths = Int((8 * share).rounded())
        return eighths == 0 ? glyphs.hollow : Self.blocks[eighths - 1]
    }

    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private var numbers: Line {
        var text = "layer".leading(to: Self.margin - 1)
        for layer in stride(from: 0, to: figures.layers, by: 5) {
            let gap = max(1, Self.margin + layer * cell - text.count)
            text += String(repeating: " ", count: gap) + String(layer)
        }
        return [Span(text, .faint)]
    }
}
