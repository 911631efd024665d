import CourseContent
import CourseSession
import TerminalCanvas

/// A sentence's tokens and the keys and values that are kept of them (or made again each time),
/// the newest token's query reading all.
struct CachePicture: ThickWidget {
    let spec: CacheSpec

    var mostThickness: Int { 4 }

    func rows(thickness: Int) -> Int { thickness == 1 ? 6 : 5 + 2 * thickness }

    func draw(in area: Rect, on canvas: inout Canvas) {
        guard !spec.words.isEmpty else { return }
        let glyphs = canvas.glyphs
        let thickness = thickness(within: area.height)
        let tokens = TokenColumns(
            spec.words, start: 11, leastWidth: 5, thickness: thickness, width: area.width)
        tokens.draw(
            ["token", "query", "keys", "values"], areAllMade: spec.mode == .recomputed, in: area,
            on: &canvas)
        let newest = (tokens.shown.count - 1) * tokens.stride
        canvas.draw("q", .bright, column: tokens.start + newest, row: 1, in: area)
        if newest > 0 {
            let line = String(repeating: glyphs.horizontal, count: newest - 2)
            canvas.draw("\(glyphs.left)\(line)", .faint, column: tokens.start, row: 1, in: area)
        }
        canvas.draw(
            legend(width: area.width - 1, glyphs: glyphs), column: 1,
            row: min(rows(thickness: thickness), area.height) - 1, in: area)
    }

    /// What the two kinds of bars stand for, in fewer words where the width asks for it.
    private func legend(width: Int, glyphs: Glyphs) -> Line {
        let made = Span(String(repeating: glyphs.fullBlock, count: 2), .accent)
        let kept = Span(String(repeating: glyphs.shade, count: 2), Style(.group(0)))
        let count = spec.words.count
        if spec.mode == .recomputed {
            return [made, Span(" made in this step: \(count) keys and \(count) values")]
        }
        func legend(_ now: String, _ before: String) -> Line {
            [
                made, Span(" made \(now): 1 key and 1 value   "),
                kept, Span(" kept\(before): \(count - 1) of each"),
            ]
        }
        let roomy = legend("in this step", " in the cache")
        return roomy.width <= width ? roomy : legend("now", "")
    }
}

/// Tokens side by side, each above its key and its value: of the last ones as many as there is room
/// for.
struct TokenColumns {
    /// Where the first one begins, behind the names of the rows.
    let start: Int
    /// From one to the next.
    let stride: Int
    /// The rows of a key or a value.
    let thickness: Int
    /// The tokens that there is room for.
    let shown: ArraySlice<String>
    private let isCut: Bool

    /// - Parameters:
    ///   - count: How many of the words there are so far; columns have room for all that will be.
    init(
        _ words: [String], count: Int? = nil, start: Int, leastWidth: Int, thickness: Int,
        width: Int
    ) {
        self.start = start
        self.thickness = thickness
        // Thick bars are wide ones, too, where there is room, so that they stay bars.
        let roomy = thickness == 1 ? 0 : min(12, (width - start) / max(1, words.count) - 1)
        stride = words.reduce(max(leastWidth, roomy)) { max($0, columns(of: $1)) } + 1
        let present = words.prefix(count ?? words.count)
        shown = present.suffix(max(1, (width - start) / stride))
        isCut = shown.count < present.count
    }

    /// Draws rows with names: tokens in the first, bars of keys and values in the last two, solid
    /// for those that are made in this step.
    func draw(
        _ names: [String], areAllMade: Bool = false, in area: Rect, on canvas: inout Canvas
    ) {
        let gap = thickness == 1 ? 0 : 1
        let keys = names.count - 2
        let values = keys + thickness + gap
        for (row, name) in zip(Array(0..<keys) + [keys, values], names) {
            canvas.draw(name, .faint, column: 1, row: row, in: area)
        }
        for (index, word) in shown.enumerated() {
            let isNewest = index == shown.count - 1
            let isMade = isNewest || areAllMade
            let column = start + index * stride
            canvas.draw(word, isNewest ? .bright : .plain, column: column, in: area)
            let block = isMade ? canvas.glyphs.fullBlock : canvas.glyphs.shade
            let bar = Span(
                String(repeating: block, count: stride - 1), isMade ? .accent : Style(.group(0)))
            let bars = Array(repeating: [bar], count: thickness)
            canvas.draw(bars, column: column, row: keys, in: area)
            canvas.draw(bars, column: column, row: values, in: area)
        }
        if isCut { canvas.draw(String(canvas.glyphs.ellipsis), column: start - 2, in: area) }
    }
}
