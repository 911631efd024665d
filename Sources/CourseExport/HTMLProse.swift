import CourseContent
import Lessons
import TerminalCanvas

/// Writes blocks and words as HTML that is well-formed XML too, with the figures computed.
struct HTMLProse {
    /// What is shown for a figure: its computed text, or nil where it cannot be computed.
    let figure: (Figure) -> String?
    /// Where in the document a link leads; nil of one that leads to no place in it.
    let target: (String) -> String?

    /// Blocks one below the other.
    func text(_ blocks: [Block]) -> String { blocks.map(text).joined(separator: "\n") }

    private func text(_ block: Block) -> String {
        switch block {
        case .paragraph(let inlines, _): return "<p>\(text(inlines))</p>"
        case .heading(_, let inlines): return "<h4>\(text(inlines))</h4>"
        case .list(let start, let items):
            let rows = items.map { "<li>\(item($0))</li>" }.joined(separator: "\n")
            guard let start else { return "<ul>\n\(rows)\n</ul>" }
            return "<ol start=\"\(start)\">\n\(rows)\n</ol>"
        case .quote(let blocks): return "<blockquote>\n\(text(blocks))\n</blockquote>"
        case .code(_, let lines, let words):
            let code = "<pre class=\"code\">\(lines.joined(separator: "\n").escapedForMarkup)</pre>"
            guard let words else { return code }
            return "<figure>\(code)<figcaption>\(words.escapedForMarkup)</figcaption></figure>"
        case .table(let table):
            return Self.table(
                header: table.header.map(text), rows: table.rows.map { $0.map(text) },
                alignments: table.alignments)
        case .directive: return ""
        }
    }

    /// An item's blocks; a text that stands first, or alone, needs no paragraph of its own.
    private func item(_ blocks: [Block]) -> String {
        guard case .paragraph(let inlines, _)? = blocks.first else { return text(blocks) }
        return ([text(inlines)] + blocks.dropFirst().map(text)).joined(separator: "\n")
    }

    /// A table of cells that are HTML already; an empty header takes no row.
    static func table(
        header: [String], rows: [[String]], alignments: [Table.Alignment]
    ) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            let cells = zip(cells, alignments).map { cell, alignment in
                switch alignment {
                case .left: "<\(tag)>\(cell)</\(tag)>"
                case .right: "<\(tag) class=\"right\">\(cell)</\(tag)>"
                case .centre: "<\(tag) class=\"centre\">\(cell)</\(tag)>"
                }
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let head =
            header.allSatisfy(\.isEmpty) ? "" : "<thead>\(row(header, "th"))</thead>\n"
        let body = rows.map { row($0, "td") }.joined(separator: "\n")
        return "<table>\n\(head)<tbody>\n\(body)\n</tbody>\n</table>"
    }

    /// The pieces one behind the other.
    func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text, _): return text.escapedForMarkup
        case .emphasis(let inner): return "<em>\(text(inner))</em>"
        case .strong(let inner): return "<strong>\(text(inner))</strong>"
        case .code(let text, _): return "<code>\(text.escapedForMarkup)</code>"
        case .figure(let figure):
            return "<b>\((self.figure(figure) ?? "[\(figure.address)?]").escapedForMarkup)</b>"
        case .link(let inner, let destination):
            guard let address = address(of: destination) else { return text(inner) }
            return "<a href=\"\(address.escapedForMarkup)\">\(text(inner))</a>"
        case .lineBreak: return "<br/>"
        }
    }

    /// An address that a page may name: of a place in it, or of the web. Others could run
    /// something.
    private func address(of destination: String) -> String? {
        if let place = target(destination) { return "#" + place }
        let schemes = ["https://", "http://", "mailto:"]
        return schemes.contains(where: destination.lowercased().hasPrefix) ? destination : nil
    }
}
