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
        let legend = Span(Self.legend(share, width: width, glyphs: glyphs), .faint)
        var words = wrapped(share.words, .faint, width: width - 2, glyphs: glyphs)
        if let last = words.last, !legend.text.isEmpty {
            // On a line of its own rather than on two.
            if last.width + 1 + legend.text.count <= width - 2 {
                words[words.count - 1] += [.blank(1), legend]
            } else {
                words += wrapped([legend], width: width - 2, glyphs: glyphs)
            }
        }
        self.words = words
    }

    /// What the blocks of a row of K/V heads stand for.
    private static func legend(
        _ share: MemoryFigures.TokenShare, width: Int, glyphs: Glyphs
    ) -> String {
        guard share.layers != nil, case .heads(let heads) = share.kept else { return "" }
        return isParted(heads, width: width)
            ? "\(glyphs.fullBlock): a key, \(glyphs.shade): a value."
            : "\(glyphs.shade): a key and a value."
    }

    /// The columns of a row of cells.
    private static func room(_ width: Int) -> Int { max(4, width - 8) }

    /// Whether a key and a value have a cell each.
    private static func isParted(_ heads: Int, width: Int) -> Bool { heads * 3 <= room(width) }

    /// More rows of layers say no more.
    private static let mostRows = 64

    /// Rows below the words; none where nothing would be seen that the formula does not say.
    private var picture: ClosedRange<Int> {
        guard let layers = share.layers else { return 2...2 * strip.count + 1 }
        // A blank row between them where all layers are in view.
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
        let isParted = rows >= 2 * layers
        return words
            + shownNumbers(upTo: layers, rows: rows).flatMap { layer -> [Line] in
                guard let layer else { return [[Span(glyphs.dots.leading(to: 4), .faint)]] }
                let line = [Span(grouped(layer).leading(to: 4), .faint), .blank(2)] + cells
                return [line] + (isParted ? [[]] : [])
            }
    }

    /// The keys and values of one layer.
    private var cells: Line {
        let room = Self.room(width)
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
            let cell = Self.isParted(heads, width: width) ? key + value + " " : value
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

    /// A key and a value of one head, a cell a number, in as many rows as there are for each.
    private func singleHead(rows: Int) -> [Line] {
        let shown = strip.prefix(max(1, rows / 2))
        func lines(_ name: String, _ block: Character) -> [Line] {
            shown.enumerated().map { row, numbers in
                let isCut = shown.count < strip.count && row == shown.count - 1
                return [
                    Span((row == 0 ? name : "").padded(to: 7), .faint),
                    Span(String(repeating: block, count: numbers), Style(.group(0))),
                    Span(isCut ? " \(glyphs.ellipsis)" : "", .faint),
                ]
            }
        }
        return lines("key", glyphs.fullBlock) + (rows > 2 * shown.count ? [[]] : [])
            + lines("value", glyphs.shade)
    }
}
