import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Which query head reads which K/V head: every query head a cell in its group's mark and ink,
/// tied to its K/V head.
///
/// Groups that do not fit side by side shrink, then wrap group by group; a group wider than the
/// area wraps inside itself. The words beneath say the same.
struct HeadsPicture: Widget {
    let spec: HeadsSpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let shape = scene.shownShape
        if spec.mapping != .repeat {
            let rows = rowsOfTile(width: width, shape: shape)
            return rows...rows
        }
        let latent = latentRows(scene)
        let least =
            HeadsArrangement(shape: shape, width: width - 5, density: .tight).rows + 1 + latent
        let liked =
            HeadsArrangement.best(shape: shape, width: width - 5, height: .max).rows + 2 + latent
        // No model has more heads; of such a number the first are enough, and the words say so.
        let isBeyondModels = shape.queryHeads > Self.mostHeads
        return min(least, liked, isBeyondModels ? 8 : .max)...max(least, liked)
    }

    /// The most query heads that are always drawn whole.
    private static let mostHeads = 256

    func height(within available: Int, width: Int, scene: Scene, glyphs: Glyphs) -> Int {
        guard spec.mapping == .repeat else { return available }
        let latent = latentRows(scene)
        let rows = HeadsArrangement.best(
            shape: scene.shownShape, width: width - 5, height: available - 1 - latent
        ).rows
        return min(available, rows + 2 + latent)
    }

    /// The ties to the latent and the latent, below the row that is made from it.
    private func latentRows(_ scene: Scene) -> Int { scene.shownLatent == nil ? 0 : 2 }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        if spec.mapping == .repeat {
            let latent = area.height > 4 ? scene.shownLatent : nil
            drawGroups(in: area, on: &canvas, shape: scene.shownShape, latent: latent)
        } else {
            drawTile(in: area, on: &canvas, shape: scene.shownShape)
        }
    }

    /// The style and mark of a K/V head and the query heads that read it.
    private func mark(_ keyValueHead: Int, glyphs: Glyphs) -> (Character, Style) {
        let marks = glyphs.groupMarks
        return (
            marks[keyValueHead % marks.count], Style(.group(keyValueHead % Ink.groupCount))
        )
    }

    private func drawGroups(
        in area: Rect, on canvas: inout Canvas, shape: AttentionShape, latent: LatentWidths?
    ) {
        // The words, and the latent above them.
        let words = wordRows(shape: shape, height: area.height) + (latent == nil ? 0 : 2)
        let inner = area.inset(left: 5)
        let arrangement = HeadsArrangement.best(
            shape: shape, width: inner.width, height: area.height - words)
        let glyphs = canvas.glyphs
        var row = area.row
        var head = 0
        for (index, band) in arrangement.bands.enumerated() {
            guard index == 0 || row + band.rows <= area.endRow - words else { break }
            canvas.draw(
                "q", at: Point(column: area.column + 1, row: row), style: Style(.faint), in: area)
            canvas.draw(
                "kv", at: Point(column: area.column + 1, row: row + band.rows - 1),
                style: Style(.faint), in: area)
            for group in band.groups {
                draw(
                    group: head, band: band, at: inner.column + group, row: row,
                    arrangement: arrangement, on: &canvas,
                    in: inner.rows(0, count: area.height - words))
                head += 1
            }
            row += band.rows + arrangement.gapRows
        }
        if let latent {
            let band = arrangement.bands[0]
            let width = (band.groups.last ?? 0) + arrangement.perRow
            draw(
                latent,
                under: Rect(
                    column: inner.column, row: row - arrangement.gapRows, width: width, height: 2),
                isTied: arrangement.bands.count == 1, on: &canvas, in: area)
        }
        if words > 0 {
            let line =
                latent == nil
                ? summary(shape: shape, drawn: head, width: area.width - 2, glyphs: glyphs)
                : [
                    Span(grouped(shape.queryHeads), Style(.accent, .bold)),
                    Span(" query heads, their K and V made again from one latent"),
                ]
            canvas.draw(
                line, at: Point(column: area.column + 1, row: area.endRow - 1), in: area)
        }
    }

    /// The one latent below the row of keys and values that are made from it, and what is kept.
    private func draw(
        _ latent: LatentWidths, under place: Rect, isTied: Bool, on canvas: inout Canvas,
        in area: Rect
    ) {
        let glyphs = canvas.glyphs
        let faint = Style(.faint)
        let bar = min(max(3, place.width / 3), 12)
        let start = isTied ? place.column + max(0, (place.width - bar) / 2) : place.column
        if isTied, place.width > 2 {
            canvas.draw(
                connector(width: place.width, stem: (place.width - 1) / 2, glyphs: glyphs),
                at: Point(column: place.column, row: place.row), style: faint, in: area)
        }
        canvas.draw(
            "c", at: Point(column: area.column + 1, row: place.row + 1), style: faint, in: area)
        canvas.draw(
            glyphs.bar(eighths: bar * 8), at: Point(column: start, row: place.row + 1),
            style: Style(.accent, .bold), in: area)
        let words = place.endColumn + 3
        let note = "made again, not kept"
        let isRoomy = words + columns(of: note) + 14 <= area.endColumn
        if isRoomy {
            canvas.draw(
                note, at: Point(column: words, row: place.row - 1), style: faint, in: area)
        }
        canvas.draw(
            [
                Span("kept: c "), Span(grouped(latent.latentRank), Style(.accent)),
                Span(" + r "), Span(grouped(latent.rotaryDimension), Style(.accent)),
                Span(" numbers a token"),
            ], at: Point(column: isRoomy ? words : start + bar + 3, row: place.row + 1), in: area)
    }

    private func wordRows(shape: AttentionShape, height: Int) -> Int { height > 2 ? 1 : 0 }

    private func draw(
        group: Int, band: HeadsArrangement.Band, at column: Int, row: Int,
        arrangement: HeadsArrangement, on canvas: inout Canvas, in area: Rect
    ) {
        let glyphs = canvas.glyphs
        let (mark, style) = mark(group, glyphs: glyphs)
        let size = arrangement.groupSize
        for index in 0..<size {
            canvas.draw(
                String(mark),
                at: Point(
                    column: column + index % arrangement.perRow,
                    row: row + index / arrangement.perRow), style: style, in: area)
        }
        let queryRows = (size + arrangement.perRow - 1) / arrangement.perRow
        let width = min(size, arrangement.perRow)
        let stem = (width - 1) / 2
        if arrangement.hasConnectors {
            canvas.draw(
                connector(width: width, stem: stem, glyphs: glyphs),
                at: Point(column: column, row: row + queryRows), style: Style(.faint), in: area)
        }
        canvas.draw(
            String(mark), at: Point(column: column + stem, row: row + band.rows - 1),
            style: style.with(.bold), in: area)
    }

    private func connector(width: Int, stem: Int, glyphs: Glyphs) -> String {
        if width == 1 { return String(glyphs.vertical) }
        var line = Array(repeating: glyphs.horizontal, count: width)
        line[0] = glyphs.bottomLeft
        line[width - 1] = glyphs.bottomRight
        line[stem] = stem == 0 ? glyphs.teeRight : glyphs.teeDown
        return String(line)
    }

    /// "32 query heads, 8 K/V heads, 4 query heads each: q0-q3 > kv0, q4-q7 > kv1 ..."
    private func summary(
        shape: AttentionShape, drawn: Int, width: Int, glyphs: Glyphs
    ) -> [Span] {
        let size = shape.groupSize
        let figures = Style(.accent, .bold)
        func count(_ count: Int, _ noun: String) -> [Span] {
            [Span(grouped(count), figures), Span(" \(noun)\(count == 1 ? "" : "s")")]
        }
        var spans =
            count(shape.queryHeads, "query head") + [Span(" on ")]
            + count(shape.keyValueHeads, "K/V head") + [Span(", ")]
            + count(size, "query head") + [Span(" each")]
        guard drawn == shape.keyValueHeads else {
            return [Span(grouped(drawn), figures), Span(" of ")]
                + count(shape.keyValueHeads, "K/V head") + [Span(" drawn, ")]
                + count(size, "query head") + [Span(" each")]
        }
        let used = spans.reduce(0) { $0 + columns(of: $1.text) }
        let arrow = glyphs.rightArrow
        let dots = glyphs.dots
        var examples = ""
        for group in 0..<shape.keyValueHeads {
            let first = group * size
            let range = size == 1 ? "q\(first)" : "q\(first)-q\(first + size - 1)"
            let next = "\(group == 0 ? ": " : ", ")\(range) \(arrow) kv\(group)"
            let isLast = group == shape.keyValueHeads - 1
            let room = width - used - columns(of: examples) - columns(of: next)
            guard room >= (isLast ? 0 : columns(of: dots) + 1) else {
                if group > 0 { examples += " " + dots }
                break
            }
            examples += next
        }
        spans.append(Span(examples, Style(.faint)))
        return spans
    }

    // MARK: Repeat against tile

    /// Heads per row, and the rows all of them take: a label, the cells and their K/V numbers.
    private func rowsOfTile(width: Int, shape: AttentionShape) -> Int {
        let perRow = max(1, (width - 10) / 2)
        let bands = (shape.queryHeads + perRow - 1) / perRow
        return (spec.mapping == .both ? 2 * bands + 1 : bands) + 1
    }

    private func drawTile(in area: Rect, on canvas: inout Canvas, shape: AttentionShape) {
        let perRow = max(1, (area.width - 10) / 2)
        let bands = (shape.queryHeads + perRow - 1) / perRow
        var row = area.row
        let isBoth = spec.mapping == .both
        if isBoth {
            drawHeads("repeat", from: row, perRow: perRow, in: area, on: &canvas, shape: shape) {
                shape.keyValueHead(ofQueryHead: $0)
            }
            row += bands + 1
        }
        drawHeads("tile", from: row, perRow: perRow, in: area, on: &canvas, shape: shape) {
            shape.tiledKeyValueHead(ofQueryHead: $0)
        }
        row += bands
        canvas.draw(
            [
                Span(grouped(shape.headsReadingOthersUnderTile), Style(.accent, .bold)),
                Span(
                    " of \(grouped(shape.queryHeads)) query heads read another K/V head under tile"),
            ], at: Point(column: area.column + 1, row: row), in: area)
    }

    private func drawHeads(
        _ label: String, from row: Int, perRow: Int, in area: Rect, on canvas: inout Canvas,
        shape: AttentionShape, keyValueHead: (Int) -> Int
    ) {
        canvas.draw(
            label, at: Point(column: area.column + 1, row: row), style: Style(.text, .bold),
            in: area)
        for head in 0..<shape.queryHeads {
            let (mark, style) = mark(keyValueHead(head), glyphs: canvas.glyphs)
            canvas.draw(
                String(mark),
                at: Point(
                    column: area.column + 9 + head % perRow * 2, row: row + head / perRow),
                style: style, in: area)
        }
    }
}
