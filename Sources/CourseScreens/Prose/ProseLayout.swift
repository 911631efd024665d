import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// Turns a step's blocks into lines of styled text at a width.
struct ProseLayout {
    let width: Int
    /// Whether there are rows to spare, for lines between the rows of a table.
    var isRoomy = false
    let glyphs: Glyphs
    /// What is shown for a figure: its computed text, or nil where it cannot be computed.
    let figure: (Figure) -> String?

    /// The blocks one under the other, a blank line between them.
    func lines(_ blocks: [Block]) -> [Line] {
        Array(blocks.map(lines).filter { !$0.isEmpty }.joined(separator: [[]]))
    }

    /// The blocks of a list's item: a list right below its text has no line of air above it.
    private func itemLines(_ blocks: [Block]) -> [Line] {
        var all: [Line] = []
        for block in blocks {
            let own = lines(block)
            if !all.isEmpty, !own.isEmpty, !block.isList { all.append([]) }
            all += own
        }
        return all
    }

    private func lines(_ block: Block) -> [Line] {
        switch block {
        case .paragraph(let inlines, _):
            wrapped(spans(inlines, .plain), width: width, glyphs: glyphs)
        case .heading(_, let inlines):
            wrapped(spans(inlines, .strong), width: width, glyphs: glyphs)
        case .list(let start, let items):
            items.enumerated().flatMap { index, item in
                behind(start.map { "\($0 + index). " } ?? "\(glyphs.bullet) ") {
                    $0.itemLines(item)
                }
            }
        case .quote(let blocks):
            behind("\(glyphs.vertical) ", rest: "\(glyphs.vertical) ") { $0.lines(blocks) }
        case .code(_, let lines, _): lines.map { [Span("  " + $0, .accent)] }
        case .table(let table): self.table(table).lines
        case .directive: []
        }
    }

    /// A table in its columns.
    func table(_ table: Table) -> TableLayout {
        TableLayout(
            header: table.header.map { spans($0, .strong) },
            rows: table.rows.map { $0.map { spans($0, .plain) } },
            alignments: table.alignments.map { alignment in
                switch alignment {
                case .left: .left
                case .right: .right
                case .centre: .centre
                }
            }, width: width, isRuled: isRoomy, glyphs: glyphs)
    }

    /// Lines behind a mark, which stands on the first of them; on the others blanks do, or what is
    /// given.
    private func behind(
        _ mark: String, rest: String? = nil, _ lines: (ProseLayout) -> [Line]
    ) -> [Line] {
        let indent = columns(of: mark)
        let inner = ProseLayout(
            width: max(1, width - indent), isRoomy: isRoomy, glyphs: glyphs, figure: figure)
        let rest = rest ?? String(repeating: " ", count: indent)
        return lines(inner).enumerated().map { index, line in
            [Span(index == 0 ? mark : rest, .faint)] + line
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
            case .code(let text, _): [Span(text, .accent.with(style.attributes))]
            case .figure(let figure):
                [
                    self.figure(figure).map { Span(Self.unbroken($0), .bright) }
                        ?? Span("[\(figure.address)?]", Style(.bad, .bold))
                ]
            case .link(let inner, let destination):
                spans(inner, style.with(.underline))
                    + (Inline.isOfTheWeb(destination) ? [Span(" <\(destination)>", .faint)] : [])
            case .lineBreak: [Span("\n", style)]
            }
        }
    }
}
