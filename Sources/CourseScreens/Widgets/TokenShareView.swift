import AttentionEngine
import CourseSession
import TerminalCanvas

/// What one token leaves in the cache: a row for each layer, in it a key and a value of each K/V
/// head in the head's ink, or the one latent; of a single head each number.
struct TokenShareView: TextWidget {
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
        let each = headsPerCell(heads, width: width)
        if each > 1 { return "\(glyphs.shade): keys and values of \(each) heads." }
        return isParted(heads, width: width)
            ? "\(glyphs.shade)\(glyphs.shade): a key and a value."
            : "\(glyphs.shade): a key and a value."
    }

    /// The columns of a row of cells.
    private static func room(_ width: Int) -> Int { max(4, width - 11) }

    /// Whether a key and a value have a cell each.
    private static func isParted(_ heads: Int, width: Int) -> Bool { heads * 3 <= room(width) }

    /// How many heads share a cell where there are more of them than cells.
    private static func headsPerCell(_ heads: Int, width: Int) -> Int {
        (heads + room(width) - 1) / room(width)
    }

    /// More rows of layers would push what they stand for aside.
    private static let mostRows = 24

    /// The layers in a row: of one K/V head many side by side, else one.
    private var layersInRow: Int {
        guard case .heads(1) = share.kept else { return 1 }
        let (layers, most) = (share.layers ?? 1, max(1, Self.room(width) / 3))
        let rows = (layers + most - 1) / most
        return (layers + rows - 1) / rows
    }

    /// The rows that all layers take.
    private var allRows: Int { ((share.layers ?? 0) + layersInRow - 1) / layersInRow }

    /// The rows above the picture: the words, and what the numbers before its rows count.
    private var rowsAbove: Int { words.count + (share.layers == nil ? 0 : 1) }

    /// Rows below the words; none where nothing would be seen that the formula does not say.
    private var picture: ClosedRange<Int> {
        guard share.layers != nil else { return 2...2 * strip.count + 1 }
        // A blank row between them where all layers are in view.
        return min(3, allRows)...(allRows > Self.mostRows ? Self.mostRows : 2 * allRows)
    }

    /// Of some rows those that it makes use of.
    func height(within available: Int) -> Int {
        let rows = available - rowsAbove
        guard share.layers != nil, (allRows..<2 * allRows).contains(rows),
            allRows <= Self.mostRows
        else { return min(available, heights.upperBound) }
        return rowsAbove + allRows
    }

    /// The rows that it can do with, and those it likes.
    var heights: ClosedRange<Int> {
        picture.lowerBound + rowsAbove...picture.upperBound + rowsAbove
    }

    func lines(height: Int) -> [Line] {
        let rows = height - rowsAbove
        guard let layers = share.layers else { return words + singleHead(rows: rows) }
        let (each, cells) = (layersInRow, cells)
        func name(_ row: Int) -> String {
            let (first, last) = ((row - 1) * each + 1, min(layers, row * each))
            return first == last ? grouped(first) : "\(grouped(first))-\(grouped(last))"
        }
        let header = each == 1 ? "layer" : "layers"
        let width = max(header.count, name(allRows).count)
        let isParted = rows >= 2 * allRows
        return words + [[Span(header.leading(to: width), .faint)]]
            + shownNumbers(upTo: allRows, rows: rows).flatMap { row -> [Line] in
                guard let row else { return [[Span(glyphs.dots.leading(to: width), .faint)]] }
                let count = min(layers, row * each) - (row - 1) * each
                let line: Line = [Span(name(row).leading(to: width), .faint), .blank(2)]
                return [line + (0..<count).flatMap { _ in cells }] + (isParted ? [[]] : [])
            }
    }

    /// The keys and values of one layer.
    private var cells: Line {
        switch share.kept {
        case .latent(let rank, let rotary):
            let whole = min(Self.room(width) - 1, 40)
            let key = rotary == 0 ? 0 : max(1, whole * rotary / (rank + rotary))
            return [
                Span(String(repeating: glyphs.shade, count: whole - key), .accent), .blank(1),
                Span(String(repeating: glyphs.shade, count: key), .accent),
            ]
        case .heads(let heads):
            let kept = String(glyphs.shade)
            let cell = Self.isParted(heads, width: width) ? kept + kept + " " : kept
            let each = Self.headsPerCell(heads, width: width)
            return (0..<(heads + each - 1) / each).map {
                Span(cell, Style(.group(Int8($0 % Ink.groupCount))))
            }
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
        func lines(_ name: String) -> [Line] {
            shown.enumerated().map { row, numbers in
                let isCut = shown.count < strip.count && row == shown.count - 1
                return [
                    Span((row == 0 ? name : "").padded(to: 7), .faint),
                    Span(String(repeating: glyphs.shade, count: numbers), Style(.group(0))),
                    Span(isCut ? " \(glyphs.ellipsis)" : "", .faint),
                ]
            }
        }
        return lines("key") + (rows > 2 * shown.count ? [[]] : []) + lines("value")
    }
}
