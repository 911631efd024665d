import AttentionEngine
import CourseSession
import TerminalCanvas

/// What one token leaves in the cache: a row for each layer, in it a key and a value of each K/V
/// head in the head's ink, or the one latent; of a single head each number.
struct TokenShareView {
    let share: MemoryFigures.TokenShare
    let width: Int
    let glyphs: Glyphs
    private let words: [Line]

    init(share: MemoryFigures.TokenShare, width: Int, glyphs: Glyphs) {
        self.share = share
        self.width = width
        self.glyphs = glyphs
        words = wrapped(share.words, .faint, width: width - 2, glyphs: glyphs)
    }

    /// More rows of layers say no more.
    private static let mostRows = 64

    /// Rows below the words; none where nothing would be seen that the formula does not say.
    private var picture: ClosedRange<Int> {
        guard let layers = share.layers else { return 2 * strip.count...2 * strip.count + 1 }
        // Cells of two rows where all layers are in view.
        return min(3, layers)...min(2 * layers, Self.mostRows)
    }

    /// Of some rows those that it makes use of.
    func height(within available: Int) -> Int {
        let rows = available - words.count
        guard let layers = share.layers, (layers..<2 * layers).contains(rows) else {
            return min(available, heights.upperBound)
        }
        return words.count + layers
    }

    /// The rows that it can do with, and those it likes.
    var heights: ClosedRange<Int> {
        picture.lowerBound + words.count...picture.upperBound + words.count
    }

    func lines(height: Int) -> [Line] {
        let rows = height - words.count
        guard let layers = share.layers else { return words + singleHead(rows: rows) }
        let cells = cells
        let isThick = rows >= 2 * layers
        return words
            + shownNumbers(upTo: layers, rows: rows).flatMap { layer -> [Line] in
                guard let layer else { return [[Span(glyphs.dots.leading(to: 4), .faint)]] }
                let line = [Span(grouped(layer).leading(to: 4), .faint), .blank(2)] + cells
                return [line] + (isThick ? [[.blank(6)] + cells] : [])
            }
    }

    /// The keys and values of one layer.
    private var cells: Line {
        let room = max(4, width - 8)
        switch share.kept {
        case .latent(let rank, let rotary):
            let whole = min(room - 1, 40)
            let key = rotary == 0 ? 0 : max(1, whole * rotary / (rank + rotary))
            return [
                Span(String(repeating: glyphs.shade, count: whole - key), .accent), .blank(1),
                Span(String(repeating: glyphs.shade, count: key), .accent),
            ]
        case .heads(let heads):
            let (key, value) = (String(glyphs.fullBlock), String(glyphs.shade))
            let isParted = heads * 3 <= room
            let cell = isParted ? key + value + " " : value
            let most = heads * cell.count <= room ? heads : (room - 2) / cell.count
            let drawn = (0..<most).map { Span(cell, Style(.group(Int8($0 % Ink.groupCount)))) }
            return drawn + (most < heads ? [Span(" \(glyphs.ellipsis)", .faint)] : [])
        }
    }

    /// The numbers of one key or one value in as many rows as they take.
    private var strip: [Int] {
        let room = max(1, width - 10)
        let rows = (share.numbers + room - 1) / room
        let perRow = (share.numbers + rows - 1) / rows
        return (0..<rows).map { min(perRow, share.numbers - $0 * perRow) }
    }

    /// A key and a value of one head, a cell a number.
    private func singleHead(rows: Int) -> [Line] {
        func lines(_ name: String, _ block: Character) -> [Line] {
            strip.enumerated().map { row, numbers in
                [
                    Span((row == 0 ? name : "").padded(to: 7), .faint),
                    Span(String(repeating: block, count: numbers), Style(.group(0))),
                ]
            }
        }
        return lines("key", glyphs.fullBlock) + (rows > 2 * strip.count ? [[]] : [])
            + lines("value", glyphs.shade)
    }
}
