import CourseContent
import CourseSession
import TerminalCanvas

/// A sentence's tokens and the keys and values that are kept of them (or made again each time),
/// the newest token's query reading all.
struct CachePicture: Widget {
    let spec: CacheSpec

    var heights: ClosedRange<Int> { 5...6 }

    func draw(in area: Rect, on canvas: inout Canvas) {
        guard !spec.words.isEmpty else { return }
        let glyphs = canvas.glyphs
        let tokens = TokenColumns(spec.words, start: 11, leastWidth: 5, width: area.width)
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
            legend(width: area.width - 1, glyphs: glyphs), column: 1, row: min(5, area.height - 1),
            in: area)
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
    /// The tokens that there is room for.
    let shown: ArraySlice<String>
    private let isCut: Bool

    /// - Parameters:
    ///   - count: How many of the words there are so far; columns have room for all that will be.
    init(_ words: [String], count: Int? = nil, start: Int, leastWidth: Int, width: Int) {
        self.start = start
        stride = words.reduce(leastWidth) { max($0, columns(of: $1)) } + 1
        let present = words.prefix(count ?? words.count)
        shown = present.suffix(max(1, (width - start) / stride))
        isCut = shown.count < present.count
    }

    /// Draws rows with names: tokens in the first, bars of keys and values in the last two, solid
    /// for those that are made in this step.
    func draw(
        _ names: [String], areAllMade: Bool = false, in area: Rect, on canvas: inout Canvas
    ) {
        canvas.draw(names.map { [Span($0, .faint)] }, column: 1, in: area)
        for (index, word) in shown.enumerated() {
            let isNewest = index == shown.count - 1
            let isMade = isNewest || areAllMade
            let column = start + index * stride
            canvas.draw(word, isNewest ? .bright : .plain, column: column, in: area)
            let block = isMade ? canvas.glyphs.fullBlock : canvas.glyphs.shade
            let bar = Span(
                String(repeating: block, count: stride - 1), isMade ? .accent : Style(.group(0)))
            canvas.draw([[bar], [bar]], column: column, row: names.count - 2, in: area)
        }
        if isCut { canvas.draw(String(canvas.glyphs.ellipsis), column: start - 2, in: area) }
    }
}
