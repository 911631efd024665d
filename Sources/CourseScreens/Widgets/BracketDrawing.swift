import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The two ways to a score on their places. A cell shows one number of its matrix, the darker the
/// larger.
struct BracketDrawing {
    let figures: BracketFigures
    let places: BracketArrangement
    let glyphs: Glyphs

    static let rotary = Style(.group(2))
    private static let learnt = Style(.group(1))

    func draw(in area: Rect, on canvas: inout Canvas) {
        drawLatents(in: area, on: &canvas)
        drawWeights(in: area, on: &canvas)
        drawKeys(in: area, on: &canvas)
        drawRotaryKeys(in: area, on: &canvas)
        drawQuery(in: area, on: &canvas)
        drawScores(in: area, on: &canvas)
        if places.isRoomy {
            canvas.draw(formula, column: 1, in: area)
            canvas.draw(bars, column: 1, row: places.barRow, in: area)
        } else {
            canvas.draw(counts, column: 1, in: area)
        }
        let caption = wrapped(figures.caption, width: places.width - 2, glyphs: glyphs)
        canvas.draw(caption, column: 1, row: places.captionRow, in: area)
    }

    // MARK: Numbers as cells

    /// A number among others no larger than some.
    private func shade(_ number: Float, most: Float) -> Character {
        let shades = glyphs.shades
        return shades[min(shades.count - 1, Int(abs(number) / max(most, 1e-9) * 4))]
    }

    /// So many cells from a list of numbers, each from the middle of its stretch.
    private func cells(_ count: Int, of numbers: [Float]) -> String {
        let most = numbers.reduce(0) { max($0, abs($1)) }
        return String(
            (0..<count).map { shade(numbers[place($0, of: count, in: numbers.count)], most: most) })
    }

    private func place(_ cell: Int, of cells: Int, in count: Int) -> Int {
        (2 * cell + 1) * count / (2 * cells)
    }

    /// What is not there yet.
    private func hollow(_ count: Int) -> Span {
        Span(String(repeating: glyphs.hollow, count: count), .faint)
    }

    /// The longest of some texts that fits above the tokens.
    private func label(
        _ texts: [String], _ style: Style = .faint, above row: Int, in area: Rect,
        on canvas: inout Canvas
    ) {
        let room = places.width - places.tokenStart
        let text = texts.first { columns(of: $0) <= room } ?? texts.last ?? ""
        canvas.draw(
            [Span(text, style)].shortened(to: room, glyphs: glyphs), column: places.tokenStart,
            row: row - 1, in: area)
    }

    /// Columns of numbers below each other, one for each token, in the style of each row.
    private func drawTokens(
        _ numbers: [[Float]], rows: Int, from row: Int, in area: Rect, on canvas: inout Canvas,
        style: (Int) -> Style
    ) {
        for (token, numbers) in numbers.enumerated() {
            for (line, cell) in cells(rows, of: numbers).enumerated() {
                canvas.draw(
                    String(repeating: cell, count: places.stride - 1), style(line),
                    column: places.tokenStart + token * places.stride, row: row + line, in: area)
            }
        }
    }

    // MARK: What is kept

    private func drawLatents(in area: Rect, on canvas: inout Canvas) {
        let width = grouped(figures.widths.latentRank)
        label(
            ["latents, c = \(width) numbers each: kept", "latents, c = \(width): kept", "latents"],
            above: places.latentRow, in: area, on: &canvas)
        let rows = places.latentRows
        drawTokens(
            figures.scores?.latents ?? [], rows: rows, from: places.latentRow, in: area, on: &canvas
        ) { line in
            guard figures.isCopied else { return Style(.group(0)) }
            return block(atRow: line).map { style(ofKept: $0 % figures.copiedHeads) } ?? .faint
        }
        guard figures.isCopied else { return }
        for line in 0..<rows where line == 0 || block(atRow: line) != block(atRow: line - 1) {
            guard let block = block(atRow: line) else { continue }
            let head = block % figures.copiedHeads
            let name = block < figures.copiedHeads ? "k\(head)" : "v\(head)"
            guard name.count < 3 else { continue }
            canvas.draw(
                name, style(ofKept: head), column: places.tokenStart - name.count - 1,
                row: places.latentRow + line, in: area)
        }
    }

    /// The kept key, or behind the keys value, that a row of a latent shows; nil where it is none.
    private func block(atRow line: Int) -> Int? {
        let rank = figures.widths.latentRank
        let block = place(line, of: places.latentRows, in: rank) / figures.headDimension
        return block < 2 * figures.copiedHeads ? block : nil
    }

    private func style(ofKept head: Int) -> Style { Style(.group(Int8(head % Ink.groupCount))) }

    private func drawRotaryKeys(in area: Rect, on canvas: inout Canvas) {
        guard places.rotaryRows > 0 else { return }
        let width = grouped(figures.widths.rotaryDimension)
        label(
            [
                "rotary keys, r = \(width), one for all heads: kept",
                "rotary keys, r = \(width): kept",
                "rotary keys",
            ], above: places.rotaryRow, in: area, on: &canvas)
        drawTokens(
            figures.scores?.rotaryKeys ?? [], rows: places.rotaryRows, from: places.rotaryRow,
            in: area, on: &canvas
        ) { _ in Self.rotary }
    }

    // MARK: The weights

    private func drawWeights(in area: Rect, on canvas: inout Canvas) {
        let (h, c) = (grouped(figures.headDimension), grouped(figures.widths.latentRank))
        let name = "W: \(h) \(glyphs.times) \(c)"
        let columns = places.weightColumns
        canvas.draw(
            name, .faint, column: max(1, columns.upperBound - name.count),
            row: places.weightRow - 1, in: area)
        drawWeights(ofHead: 0, row: places.weightRow, in: area, on: &canvas)
        guard places.isRoomy else { return }
        // Those of other heads above, from the first's neighbour to the last.
        let step = places.headRows + 1
        let others = min(figures.queryHeads - 1, max(0, (places.latentRows - 1) / step))
        for index in 0...max(0, others) {
            let head = index * (figures.queryHeads - 1) / max(1, others)
            let row = places.weightRow - index * step - (index > 0 ? 1 : 0)
            if index > 0 { drawWeights(ofHead: head, row: row, in: area, on: &canvas) }
            let text = "head \(head)"
            canvas.draw(
                text, index == 0 ? .plain : .faint,
                column: max(1, columns.lowerBound - 1 - text.count), row: row, in: area)
        }
    }

    private func drawWeights(ofHead head: Int, row: Int, in area: Rect, on canvas: inout Canvas) {
        let (rows, count) = (places.headRows, places.weightColumns.count)
        let isFirst = head == 0
        for line in 0..<rows {
            let spans: Line
            if figures.isCopied {
                let key = figures.copiedKey(ofHead: head)
                let ones = copies(of: key, line: line, columns: count)
                spans = [
                    hollow(ones.lowerBound),
                    Span(
                        String(repeating: glyphs.fullBlock, count: ones.count), style(ofKept: key)),
                    hollow(count - ones.upperBound),
                ]
            } else if let scores = figures.scores {
                let numbers = scores.weights(
                    ofHead: head, row: place(line, of: rows, in: figures.headDimension))
                spans = [Span(cells(count, of: numbers), isFirst ? Self.learnt : .faint)]
            } else {
                spans = [hollow(count)]
            }
            canvas.draw(spans, column: places.weightColumns.lowerBound, row: row + line, in: area)
        }
    }

    /// The columns in which a line of cells of W has ones, where W copies a key.
    private func copies(of key: Int, line: Int, columns: Int) -> Range<Int> {
        let (h, c) = (figures.headDimension, figures.widths.latentRank)
        let first = key * h + line * h / places.headRows
        let end = key * h + (line + 1) * h / places.headRows
        let start = min(columns - 1, first * columns / c)
        return start..<min(columns, max(start + 1, end * columns / c))
    }

    // MARK: What is made

    private func drawKeys(in area: Rect, on canvas: inout Canvas) {
        let width = grouped(figures.headDimension)
        let made = figures.made == 0 ? "none made" : "\(figures.made) of \(figures.tokens) made"
        label(
            figures.isAbsorbed
                ? ["no key is made"]
                : [
                    "keys, h = \(width) numbers each: \(made)", "keys, h = \(width): \(made)",
                    "keys",
                ],
            figures.made > 0 ? .plain : .faint, above: places.weightRow, in: area, on: &canvas)
        if figures.isAbsorbed { return }
        let style = figures.isCopied ? self.style(ofKept: 0) : .accent
        drawTokens(
            Array((figures.scores?.keys ?? []).prefix(figures.made)), rows: places.headRows,
            from: places.weightRow, in: area, on: &canvas
        ) { _ in style }
        for token in figures.made..<figures.tokens {
            for line in 0..<places.headRows {
                canvas.draw(
                    [hollow(places.stride - 1)],
                    column: places.tokenStart + token * places.stride,
                    row: places.weightRow + line, in: area)
            }
        }
    }

    private func drawQuery(in area: Rect, on canvas: inout Canvas) {
        guard let scores = figures.scores else { return }
        let (query, weights) = (places.queryColumns, places.weightColumns)
        let row = places.queryRow
        let turned = figures.widths.rotaryDimension
        let name: Line = [
            Span("q: \(grouped(figures.headDimension))", .faint),
            Span(turned == 0 ? "" : " + \(grouped(turned))", Self.rotary),
        ]
        let start = max(1, places.rotaryColumns.upperBound - name.width)
        canvas.draw(name, column: start, row: row - 1, in: area)
        canvas.draw(
            cells(query.count, of: scores.query), .bright, column: query.lowerBound, row: row,
            in: area)
        canvas.draw(
            cells(places.rotaryColumns.count, of: scores.rotaryQuery), Self.rotary,
            column: places.rotaryColumns.lowerBound, row: row, in: area)
        guard figures.isAbsorbed else { return }
        let folded = "q \(glyphs.times) W: \(grouped(figures.widths.latentRank))"
        canvas.draw(
            folded, .plain,
            column: min(
                max(weights.lowerBound, start + name.width + 3),
                places.tokenStart - folded.count - 1),
            row: row - 1, in: area)
        let numbers = scores.foldedQuery
        let most = numbers.reduce(0) { max($0, abs($1)) }
        for (offset, column) in weights.enumerated() {
            let number = numbers[place(offset, of: weights.count, in: numbers.count)]
            let cell =
                number == 0
                ? hollow(1)
                : Span(
                    String(shade(number, most: most)), figures.isCopied ? style(ofKept: 0) : .accent
                )
            canvas.draw([cell], column: column, row: row, in: area)
        }
    }

    private func drawScores(in area: Rect, on canvas: inout Canvas) {
        let agreement = figures.agreement.map { "scores, \($0)" }
        label(
            [agreement, figures.scored > 0 ? "scores, the same both ways" : nil, "scores"]
                .compactMap(\.self), figures.scored > 0 ? .plain : .faint, above: places.queryRow,
            in: area, on: &canvas)
        let room = places.stride - 1
        let found = figures.found
        // As many decimals as all of them have room for.
        let texts = [2, 1, 0].lazy.map { decimals in
            found.map { fixed(Double($0), decimals: decimals) }
        }.first { $0.allSatisfy { $0.count <= room } }
        for token in 0..<figures.tokens {
            let column = places.tokenStart + token * places.stride
            guard token < found.count else {
                canvas.draw([hollow(min(1, room))], column: column, row: places.queryRow, in: area)
                continue
            }
            canvas.draw(
                texts?[token] ?? String(glyphs.ellipsis), .bright, column: column,
                row: places.queryRow, in: area)
        }
    }
}
