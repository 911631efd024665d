import CourseContent
import CourseSession
import TerminalCanvas

/// A sentence as it is written, a row for each step: the keys and values that the step makes, and
/// those that it finds kept; below, how many were made so far without a cache and with one.
struct CachePicture: Widget {
    let spec: CacheSpec
    let scene: Scene

    private var figures: CacheFigures { CacheFigures(spec, scene) }

    // The legend and both counts below the steps; with room a blank row there, too, and the tokens
    // above.
    private static let foot = 3
    private static let others = 2 + foot
    private static let leastSteps = 3

    var heights: ClosedRange<Int> {
        let steps = spec.words.count
        return min(steps, Self.leastSteps) + Self.foot...steps * 2 + Self.others
    }

    var comfortable: Int { spec.words.count + Self.others }

    func height(within available: Int) -> Int {
        min(available, spec.words.count * thickness(within: available) + Self.others)
    }

    /// The rows of a step.
    private func thickness(within available: Int) -> Int {
        spec.words.count * 2 + Self.others <= available ? 2 : 1
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        let thickness = thickness(within: area.height)
        let isRoomy = area.height >= spec.words.count + Self.others
        let around = isRoomy ? Self.others : Self.foot
        let rows = max(1, (area.height - around) / thickness)
        let triangle = Triangle(
            figures: figures, all: spec.words, rows: rows, thickness: thickness,
            width: area.width, isRoomy: isRoomy)
        triangle.draw(in: area, on: &canvas)
        let foot: [Line] =
            [legend(width: area.width - 1, glyphs: canvas.glyphs)]
            + counts(width: area.width - 2, glyphs: canvas.glyphs)
        let end = min(rows, spec.words.count) * thickness + around
        canvas.draw(foot, column: 1, row: min(end, area.height) - foot.count, in: area)
    }

    /// What the two kinds of cells stand for, in fewer words where the width asks for it.
    private func legend(width: Int, glyphs: Glyphs) -> Line {
        let made = Span(String(repeating: glyphs.fullBlock, count: 2), .accent)
        let kept = Span(String(repeating: glyphs.shade, count: 2), Style(.group(0)))
        let roomy: Line = [
            made, Span(" a key and a value made   "), kept, Span(" kept, only read"),
        ]
        return roomy.width <= width ? roomy : [made, Span(" made   "), kept, Span(" kept")]
    }

    /// The keys and values made so far, both ways.
    private func counts(width: Int, glyphs: Glyphs) -> [Line] {
        let most = figures.made(isKept: false) ?? 1
        return figures.ways.map { way in
            let style: Style = way.isHere ? .bright : .faint
            let name = Span(way.name, style)
            let text = Span(" " + CacheFigures.text(way.keys), style)
            let start = 16
            let room = min(48, width - start - columns(of: text.text))
            guard let keys = way.keys, room >= 4 else {
                return Line([name, text], at: [.from(0), .from(start)])
            }
            let bar = glyphs.bar(Double(keys) / Double(most), of: room)
            return Line(
                [name, Span(bar, way.isHere ? .accent : .faint), text],
                at: [.from(0), .from(start), .from(start + columns(of: bar))])
        }
    }
}

/// The steps of a sentence one under the other, each as long as what its query reads; of both only
/// the last that there is room for.
private struct Triangle {
    let figures: CacheFigures
    /// The steps in view, each the place of its token.
    private let steps: Range<Int>
    /// The tokens in view.
    private let tokens: Range<Int>
    private let thickness: Int
    /// From one token to the next.
    private let stride: Int
    /// Whether tokens are written above their columns.
    private let areNamed: Bool
    /// The row of the first step.
    private let top: Int
    /// Where the first one begins, behind the names of the steps.
    private let start: Int

    init(
        figures: CacheFigures, all words: [String], rows: Int, thickness: Int, width: Int,
        isRoomy: Bool
    ) {
        self.figures = figures
        self.thickness = thickness
        let longest = words.reduce(2) { max($0, columns(of: $1)) }
        start = min(longest, 14) + 4
        let room = width - start - 8
        // All of them unnamed rather than some with their names.
        let narrow = words.count * 3 <= room ? 3 : 2
        let hasNames = (longest + 1) * words.count <= room || narrow * words.count > room
        let roomy = hasNames ? min(9, room / max(1, words.count)) : narrow
        stride = hasNames ? max(longest + 1, roomy) : narrow
        areNamed = hasNames && isRoomy
        top = isRoomy ? 1 : 0
        let count = figures.words.count
        tokens = max(0, count - max(1, room / stride))..<count
        // A step before them would be an empty row.
        steps = max(tokens.lowerBound, count - rows)..<count
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        let glyphs = canvas.glyphs
        let newest = figures.words.count - 1
        for (column, token) in zip(0..., tokens) where areNamed {
            canvas.draw(
                figures.words[token], token == newest ? .bright : .plain,
                column: start + column * stride, in: area)
        }
        for (line, step) in zip(0..., steps) {
            let row = line * thickness + top
            if tokens.lowerBound > 0 {
                canvas.draw(String(glyphs.ellipsis), .faint, column: start - 2, row: row, in: area)
            }
            if line == 0, step > 0 {
                canvas.draw(String(glyphs.ellipsis), .faint, column: 1, row: row, in: area)
                continue
            }
            let name: Line = [Span(figures.words[step], step == newest ? .bright : .faint)]
            canvas.draw(
                name.shortened(to: start - 4, glyphs: glyphs), column: 1, row: row, in: area)
            let made = figures.made(at: step + 1, isKept: figures.isKept)
            for (column, token) in zip(0..., tokens) where token <= step {
                let isMade = token > step - made
                let cell = Span(
                    String(repeating: isMade ? glyphs.fullBlock : glyphs.shade, count: stride - 1),
                    isMade ? .accent : Style(.group(0)))
                canvas.draw(
                    Array(repeating: [cell], count: thickness), column: start + column * stride,
                    row: row, in: area)
            }
            if step == newest {
                canvas.draw(
                    "\(glyphs.left) query", .bright, column: start + tokens.count * stride,
                    row: row, in: area)
            }
        }
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

    /// - Parameter count: How many of the words there are so far; columns have room for all that
    ///   will be.
    init(
        _ words: [String], count: Int, start: Int, leastWidth: Int, thickness: Int, width: Int
    ) {
        self.start = start
        self.thickness = thickness
        // Thick bars are wide ones, too, where there is room, so that they stay bars.
        let roomy = thickness == 1 ? 0 : min(12, (width - start) / max(1, words.count) - 1)
        stride = words.reduce(max(leastWidth, roomy)) { max($0, columns(of: $1)) } + 1
        let present = words.prefix(count)
        shown = present.suffix(max(1, (width - start) / stride))
        isCut = shown.count < present.count
    }

    /// Draws rows with names: tokens in the first, bars of keys and values in the last two, solid
    /// for those that are made in this step.
    func draw(_ names: [String], in area: Rect, on canvas: inout Canvas) {
        let gap = thickness == 1 ? 0 : 1
        let keys = names.count - 2
        let values = keys + thickness + gap
        for (row, name) in zip(Array(0..<keys) + [keys, values], names) {
            canvas.draw(name, .faint, column: 1, row: row, in: area)
        }
        for (index, word) in shown.enumerated() {
            let isNewest = index == shown.count - 1
            let column = start + index * stride
            canvas.draw(word, isNewest ? .bright : .plain, column: column, in: area)
            let block = isNewest ? canvas.glyphs.fullBlock : canvas.glyphs.shade
            let bar = Span(
                String(repeating: block, count: stride - 1), isNewest ? .accent : Style(.group(0)))
            let bars = Array(repeating: [bar], count: thickness)
            canvas.draw(bars, column: column, row: keys, in: area)
            canvas.draw(bars, column: column, row: values, in: area)
        }
        if isCut { canvas.draw(String(canvas.glyphs.ellipsis), column: start - 2, in: area) }
    }
}
