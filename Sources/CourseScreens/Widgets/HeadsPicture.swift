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
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    private var shape: AttentionShape { scene.shownShape }

    /// The most query heads that are always drawn whole.
    private static let mostHeads = 256
    /// Where the groups of heads begin, behind the names of their rows.
    private static let start = 5

    var heights: ClosedRange<Int> {
        guard spec.mapping == .repeat else { return orders.count...orders.count }
        let tight = HeadsArrangement(shape: shape, width: width - Self.start, density: .tight)
        let least = tight.rows + 1 + latentRows
        let liked = arrangement(height: .max).rows + 2 + latentRows
        // No model has more heads; of such a number the first are enough, and the words say so.
        let isBeyondModels = shape.queryHeads > Self.mostHeads
        return min(least, liked, isBeyondModels ? 8 : .max)...max(least, liked)
    }

    func height(within available: Int) -> Int {
        guard spec.mapping == .repeat else { return available }
        let heads = arrangement(height: available - 1 - latentRows)
        return min(available, heads.rows + 2 + latentRows)
    }

    private func arrangement(height: Int) -> HeadsArrangement {
        .best(shape: shape, width: width - Self.start, height: height)
    }

    /// The ties to the latent and the latent, below the row that is made from it.
    private var latentRows: Int { scene.shownLatent == nil ? 0 : 2 }

    func draw(in area: Rect, on canvas: inout Canvas) {
        guard spec.mapping == .repeat else { return canvas.draw(orders, column: 1, in: area) }
        let latent = area.height > 4 ? scene.shownLatent : nil
        let hasWords = area.height > 2
        let rows = area.height - (hasWords ? 1 : 0) - (latent == nil ? 0 : 2)
        let arrangement = arrangement(height: rows)
        var row = 0
        var head = 0
        for band in arrangement.bands {
            guard row == 0 || row + arrangement.bandRows <= rows else { break }
            canvas.draw("q", .faint, column: 1, row: row, in: area)
            canvas.draw("kv", .faint, column: 1, row: row + arrangement.bandRows - 1, in: area)
            for column in band {
                canvas.draw(
                    lines(ofGroup: head, in: arrangement), column: Self.start + column, row: row,
                    in: area.rows(0, count: rows))
                head += 1
            }
            row += arrangement.bandRows + arrangement.gapRows
        }
        if let latent {
            draw(latent, under: arrangement, row: row - arrangement.gapRows, in: area, on: &canvas)
        }
        if hasWords {
            let words =
                latent == nil
                ? summary(drawn: head)
                : [
                    Span(grouped(shape.queryHeads), .bright),
                    Span(" query heads, their K and V made again from one latent"),
                ]
            canvas.draw(words, column: 1, row: area.height - 1, in: area)
        }
    }

    /// The mark of a K/V head and the query heads that read it, and its style.
    private func mark(_ keyValueHead: Int) -> (String, Style) {
        let marks = glyphs.groupMarks
        return (
            String(marks[keyValueHead % marks.count]),
            Style(.group(Int8(keyValueHead % Ink.groupCount)))
        )
    }

    /// Query heads, the lines that tie them, and their K/V head below.
    private func lines(ofGroup head: Int, in arrangement: HeadsArrangement) -> [Line] {
        let (mark, style) = mark(head)
        let (size, perRow) = (arrangement.groupSize, arrangement.perRow)
        let queries = stride(from: 0, to: size, by: perRow).map { first -> Line in
            [Span(String(repeating: mark, count: min(perRow, size - first)), style)]
        }
        let ties: [Line] =
            arrangement.hasConnectors ? [[Span(connector(width: perRow), .faint)]] : []
        return queries + ties + [[.blank((perRow - 1) / 2), Span(mark, style.with(.bold))]]
    }

    private func connector(width: Int) -> String {
        if width == 1 { return String(glyphs.vertical) }
        let stem = (width - 1) / 2
        var line = Array(repeating: glyphs.horizontal, count: width)
        line[0] = glyphs.bottomLeft
        line[width - 1] = glyphs.bottomRight
        line[stem] = stem == 0 ? glyphs.teeRight : glyphs.teeDown
        return String(line)
    }

    /// The one latent below the row of keys and values that are made from it, and what is kept.
    private func draw(
        _ latent: LatentWidths, under arrangement: HeadsArrangement, row: Int, in area: Rect,
        on canvas: inout Canvas
    ) {
        let width = (arrangement.bands[0].last ?? 0) + arrangement.perRow
        let isTied = arrangement.bands.count == 1
        let bar = min(max(3, width / 3), 12)
        let start = Self.start + (isTied ? max(0, (width - bar) / 2) : 0)
        if isTied, width > 2 {
            canvas.draw(connector(width: width), .faint, column: Self.start, row: row, in: area)
        }
        canvas.draw("c", .faint, column: 1, row: row + 1, in: area)
        canvas.draw(glyphs.bar(eighths: bar * 8), .bright, column: start, row: row + 1, in: area)
        let words = Self.start + width + 3
        let note = "made again, not kept"
        let isRoomy = words + note.count + 14 <= area.width
        if isRoomy { canvas.draw(note, .faint, column: words, row: row - 1, in: area) }
        let kept = [
            Span("kept: c "), Span(grouped(latent.latentRank), .accent),
            Span(" + r "), Span(grouped(latent.rotaryDimension), .accent), Span(" numbers a token"),
        ]
        canvas.draw(kept, column: isRoomy ? words : start + bar + 3, row: row + 1, in: area)
    }

    /// "32 query heads, 8 K/V heads, 4 query heads each: q0-q3 > kv0, q4-q7 > kv1 ..."
    private func summary(drawn: Int) -> Line {
        func count(_ count: Int, _ noun: String) -> Line {
            [Span(grouped(count), .bright), Span(" \(noun)\(count == 1 ? "" : "s")")]
        }
        let size = shape.groupSize
        let keyValueHeads = count(shape.keyValueHeads, "K/V head")
        let each = count(size, "query head") + [Span(" each")]
        guard drawn == shape.keyValueHeads else {
            return [Span(grouped(drawn), .bright), Span(" of ")] + keyValueHeads
                + [Span(" drawn, ")] + each
        }
        let spans =
            count(shape.queryHeads, "query head") + [Span(" on ")] + keyValueHeads + [Span(", ")]
            + each
        let dots = glyphs.dots
        var room = width - 2 - spans.width
        var examples = ""
        for group in 0..<shape.keyValueHeads {
            let first = group * size
            let range = size == 1 ? "q\(first)" : "q\(first)-q\(first + size - 1)"
            let next = "\(group == 0 ? ": " : ", ")\(range) \(glyphs.rightArrow) kv\(group)"
            room -= columns(of: next)
            let isLast = group == shape.keyValueHeads - 1
            guard room >= (isLast ? 0 : columns(of: dots) + 1) else {
                if group > 0 { examples += " " + dots }
                break
            }
            examples += next
        }
        return spans + [Span(examples, .faint)]
    }

    // MARK: Repeat against tile

    /// One order of heads or both, and how far they differ.
    private var orders: [Line] {
        let tile =
            heads("tile") { shape.tiledKeyValueHead(ofQueryHead: $0) }
            + [
                [
                    Span(grouped(shape.headsReadingOthersUnderTile), .bright),
                    Span(" of \(grouped(shape.queryHeads)) query heads "),
                    Span("read another K/V head under tile"),
                ]
            ]
        guard spec.mapping == .both else { return tile }
        return heads("repeat") { shape.keyValueHead(ofQueryHead: $0) } + [[]] + tile
    }

    /// All query heads in an order, behind its name.
    private func heads(_ name: String, keyValueHead: (Int) -> Int) -> [Line] {
        let perRow = max(1, (width - 10) / 2)
        return stride(from: 0, to: shape.queryHeads, by: perRow).map { first in
            let heads = first..<min(first + perRow, shape.queryHeads)
            let label = [Span(first == 0 ? name : "", .strong), .blank(0)]
            return Line(label, at: [.from(0), .from(8)])
                + heads.flatMap { head in
                    let (mark, style) = mark(keyValueHead(head))
                    return [Span(mark, style), .blank(1)]
                }
        }
    }
}
