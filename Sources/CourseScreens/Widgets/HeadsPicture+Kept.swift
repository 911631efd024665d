import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// What is kept of the heads: the latent that they are made from, and keys and values token by
/// token.
extension HeadsPicture {
    // MARK: The latent

    /// The one latent below the row of keys and values that are made from it, and what is kept.
    func draw(
        _ latent: LatentWidths, under arrangement: HeadsArrangement, row: Int, in area: Rect,
        on canvas: inout Canvas
    ) {
        let width = arrangement.width(ofBand: 0)
        let isTied = arrangement.bandCount == 1
        let kept = kept(of: latent)
        let bar = cells(
            latent.latentRank, ofNumbers: 64, atMost: area.width - Self.start - kept.width - 3)
        // Below the middle of the heads, or so far to the left that the words beside it fit.
        let fitting = max(0, area.width - kept.width - bar - 3 - Self.start)
        let start = Self.start + (isTied ? min(max(0, (width - bar) / 2), fitting) : 0)
        if isTied, width > 2 {
            let tie = tie(from: [0, width - 1], stem: (width - 1) / 2)
            canvas.draw(tie, .faint, column: Self.start, row: row, in: area)
        }
        canvas.draw("c", .faint, column: 1, row: row + 1, in: area)
        canvas.draw(glyphs.bar(eighths: bar * 8), .bright, column: start, row: row + 1, in: area)
        let words = Self.start + width + 3
        let note = "rebuilt, not kept"
        let isRoomy = words + note.count + 14 <= area.width
        if isRoomy { canvas.draw(note, .faint, column: words, row: row - 1, in: area) }
        let column = max(isRoomy ? words : 0, start + bar + 3)
        canvas.draw(
            kept.shortened(to: area.width - column, glyphs: glyphs), column: column,
            row: row + 1, in: area)
    }

    /// How many cells so many numbers take, each the same number of them: a latent's bar follows
    /// its own width and not the number of heads.
    private func cells(_ numbers: Int, ofNumbers each: Int, atMost most: Int) -> Int {
        max(1, min((numbers + each / 2) / each, most))
    }

    private func kept(of latent: LatentWidths) -> Line {
        let rotary: Line =
            latent.rotaryDimension == 0
            ? [] : [Span(" + r "), Span(grouped(latent.rotaryDimension), .accent)]
        return [Span("kept: c "), Span(grouped(latent.latentRank), .accent)] + rotary
            + [Span(" numbers a token")]
    }

    /// The same below heads that stand as boxes.
    func drawFramed(
        under arrangement: HeadsArrangement, row: Int, in area: Rect, on canvas: inout Canvas
    ) {
        let places = (0..<arrangement.groups).map {
            arrangement.column(ofGroup: $0) + arrangement.markInset
        }
        let (latent, rotary) = latentColumns(under: arrangement, in: area)
        let parts = [("c", latent)] + (rotary.map { [("r", $0)] } ?? [])
        let stem = (latent.lowerBound + latent.upperBound) / 2
        canvas.draw(
            tie(from: places, stem: stem), .faint, column: Self.start, row: row, in: area)
        let (start, end) = (latent.lowerBound - 1, (rotary ?? latent).upperBound + 1)
        let frame = Frame(
            .heavy, width: end - start,
            dividers: rotary == nil ? [] : [latent.upperBound - start])
        let column = Self.start + start
        canvas.draw(frame, .accent, column: column, row: row + 1, in: area)
        canvas.draw("latent", .faint, column: 1, row: row + 2, in: area)
        for (name, columns) in parts {
            let middle = Self.start + (columns.lowerBound + columns.upperBound) / 2
            canvas.draw(name, .strong, column: middle, row: row + 2, in: area)
        }
    }

    /// The columns inside the frame of the latent's numbers and of the rotary key's, where there is
    /// one, counted from the first head's.
    private func latentColumns(
        under arrangement: HeadsArrangement, in area: Rect
    ) -> (latent: Range<Int>, rotary: Range<Int>?) {
        let widths = scene.shownLatent
        let most = area.width - Self.start - 3
        let rotary = (widths?.rotaryDimension).flatMap { $0 == 0 ? nil : $0 }
            .map { cells($0, ofNumbers: 32, atMost: most / 3) }
        let latent = cells(
            widths?.latentRank ?? 0, ofNumbers: 32, atMost: most - (rotary.map { $0 + 1 } ?? 0))
        let inner = latent + (rotary.map { $0 + 1 } ?? 0)
        let start = max(1, (arrangement.width(ofBand: 0) - inner - 2) / 2 + 1)
        let end = start + latent
        return (start..<end, rotary.map { end + 1..<end + 1 + $0 })
    }

    // MARK: The cache

    /// The keys and values of each token below their head, the newest at the bottom.
    func drawCache(
        under arrangement: HeadsArrangement, in area: Rect, on canvas: inout Canvas
    ) {
        if area.isEmpty { return }
        let columns = keptColumns(under: arrangement, in: area)
        for (row, token) in shownNumbers(
            upTo: scene.setting.tokens, rows: area.height
        ).enumerated() {
            guard let token else {
                canvas.draw(glyphs.dots, .faint, column: 1, row: row, in: area)
                continue
            }
            let isNewest = token == scene.setting.tokens
            let block = isNewest ? glyphs.fullBlock : glyphs.shade
            canvas.draw(
                "\(token)", isNewest ? .bright : .faint, column: 1, row: row, in: area)
            for (columns, style) in columns {
                canvas.draw(
                    String(repeating: block, count: columns.count), style,
                    column: Self.start + columns.lowerBound, row: row, in: area)
            }
        }
    }

    /// The columns in which something is kept, counted from the first head's, and their style.
    private func keptColumns(
        under arrangement: HeadsArrangement, in area: Rect
    ) -> [(Range<Int>, Style)] {
        if scene.shownLatent != nil {
            let (latent, rotary) = latentColumns(under: arrangement, in: area)
            return [(latent, .accent)] + (rotary.map { [($0, .accent)] } ?? [])
        }
        let (middle, width) = (arrangement.markInset, arrangement.headWidth)
        return (0..<arrangement.groups).flatMap { group -> [(Range<Int>, Style)] in
            let start =
                arrangement.column(ofGroup: group) + arrangement.stem * arrangement.stride
            let style = mark(group).style
            return [
                (start + 1..<start + middle, style),
                (start + middle + 1..<start + width - 1, style),
            ]
        }
    }
}
