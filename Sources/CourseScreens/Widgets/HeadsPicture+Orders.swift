import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The heads in the order of repeat beside that of tile, each as the K/V head that it reads.
extension HeadsPicture {
    /// One order of heads or both, and how far they differ; heads as boxes where there is room.
    func orders(isFramed: Bool) -> [Line] {
        func order(_ name: String, _ keyValueHead: (Int) -> Int) -> [Line] {
            isFramed
                ? framed(name, keyValueHead: keyValueHead)
                : heads(name, keyValueHead: keyValueHead)
        }
        let differing: Line = [
            Span(grouped(shape.headsReadingOthersUnderTile), .bright),
            Span(" of \(grouped(shape.queryHeads)) query heads "),
            Span("read another K/V head under tile"),
        ]
        let tile =
            order("tile") { shape.tiledKeyValueHead(ofQueryHead: $0) }
            + (isFramed ? [[]] : []) + [differing]
        guard spec.mapping == .both else { return tile }
        return order("repeat") { shape.keyValueHead(ofQueryHead: $0) } + [[]] + tile
    }

    /// Whether all query heads stand as boxes in one row.
    var canOrdersBeFramed: Bool {
        shape.queryHeads <= 99 && 10 + 6 * shape.queryHeads <= width
    }

    /// Query heads as boxes, and below each the K/V head that it reads.
    private func framed(_ name: String, keyValueHead: (Int) -> Int) -> [Line] {
        let frame = Frame(.light, width: 5)
        var lines = [Line](repeating: [.blank(8)], count: 5)
        lines[1] = [Span(name.padded(to: 8), .strong)]
        lines[4] = [Span("reads".padded(to: 8), .faint)]
        for head in 0..<shape.queryHeads {
            let (mark, style) = mark(keyValueHead(head))
            let upright = String(glyphs.vertical)
            let pieces: [Line] = [
                [Span(frame.top(glyphs), .faint)],
                [Span(upright, .faint), Span("q\(head)".padded(to: 3)), Span(upright, .faint)],
                [Span(frame.bottom(glyphs), .faint)],
                [.blank(2), Span(upright, .faint), .blank(2)],
                [.blank(1), Span(mark, style), Span("\(keyValueHead(head))".padded(to: 3))],
            ]
            for row in lines.indices { lines[row] += pieces[row] + [.blank(1)] }
        }
        return lines
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
