import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// Turns a step's blocks into lines of styled text at a width.
struct ProseLayout {
    let width: Int
    let glyphs: Glyphs
    /// What is shown for a figure: its computed text, or nil where it cannot be computed.
    let figure: (Figure) -> String?

    /// The blocks one under the other, a blank line between them.
    func lines(_ blocks: [Block]) -> [Line] {
        var lines: [Line] = []
        for (index, block) in blocks.enumerated() {
            let own = self.lines(block)
            guard !own.isEmpty else { continue }
            if index > 0, !lines.isEmpty { lines.append([]) }
            lines += own
        }
        return lines
    }

    private func lines(_ block: Block) -> [Line] {
        switch block {
        case .paragraph(let inlines): wrapped(spans(inlines, .plain), width: width, glyphs: glyphs)
        case .heading(_, let inlines):
            wrapped(spans(inlines, Style(.text, .bold)), width: width, glyphs: glyphs)
        case .list(let start, let items): list(start: start, items: items)
        case .quote(let blocks):
            prefixed(
                narrower(by: 2).lines(blocks), first: "\(glyphs.vertical) ",
                rest: "\(glyphs.vertical) ")
        case .code(_, let lines, _):
            lines.map { [Span("  " + $0, Style(.accent))] }
        case .table(let table):
            TableLayout(
                header: table.header.map { spans($0, Style(.text, .bold)) },
                rows: table.rows.map { $0.map { spans($0, .plain) } },
                alignments: table.alignments, width: width, glyphs: glyphs
            ).lines()
        case .directive: []
        }
    }

    private func narrower(by columns: Int) -> ProseLayout {
        ProseLayout(width: max(1, width - columns), glyphs: glyphs, figure: figure)
    }

    private func list(start: Int?, items: [[Block]]) -> [Line] {
        var lines: [Line] = []
        for (index, item) in items.enumerated() {
            let bullet = start.map { "\($0 + index). " } ?? "\(glyphs.bullet) "
            let indent = columns(of: bullet)
            lines += prefixed(
                narrower(by: indent).lines(item), first: bullet,
                rest: String(repeating: " ", count: indent))
        }
        return lines
    }

    private func prefixed(_ lines: [Line], first: String, rest: String) -> [Line] {
        lines.enumerated().map { index, line in
            [Span(index == 0 ? first : rest, Style(.faint))] + line
        }
    }

    /// A figure whose numbers stay with their units at the end of a line.
    private static func unbroken(_ figure: String) -> String {
        var text = ""
        for character in figure {
            text.append(character == " " && text.last?.isNumber == true ? "\u{A0}" : character)
        }
        return text
    }

    /// Inlines as spans in a base style.
    func spans(_ inlines: [Inline], _ style: Style) -> [Span] {
        inlines.flatMap { inline -> [Span] in
            switch inline {
            case .text(let text, _): [Span(text, style)]
            case .emphasis(let inner): spans(inner, style.with(.underline))
            case .strong(let inner): spans(inner, style.with(.bold))
            case .code(let text, _): [Span(text, Style(.accent, style.attributes))]
            case .figure(let figure):
                [
                    self.figure(figure).map { Span(Self.unbroken($0), Style(.accent, .bold)) }
                        ?? Span("[\(figure.address)?]", Style(.bad, .bold))
                ]
            case .link(let inner, let destination):
                spans(inner, style.with(.underline)) + [Span(" <\(destination)>", Style(.faint))]
            case .lineBreak: [Span("\n", style)]
            }
        }
    }
}
