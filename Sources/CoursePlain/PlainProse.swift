import CourseContent
import CourseSession
import Lessons

/// A step's blocks as running text, without what its open question hides.
struct PlainProse {
    private let writer: PlainWriter

    init(_ session: Session) {
        let (step, text) = (session.step, session.figureText)
        writer = PlainWriter { step.figures[$0].flatMap(text) }
    }

    func passages(_ blocks: [Block]) -> [Passage] { blocks.flatMap(passages) }

    func text(_ inlines: [Inline]) -> String { writer.text(inlines) }

    func text(_ words: Words) -> String { writer.text(words.inlines) }

    private func passages(_ block: Block) -> [Passage] {
        switch block {
        case .paragraph(let inlines), .heading(_, let inlines): return [.paragraph(text(inlines))]
        case .list(let start, let items):
            return items.enumerated().flatMap { index, item in
                let inner = passages(item)
                let mark = start.map { "\($0 + index). " } ?? "- "
                return inner.enumerated().map { line, passage in
                    guard passage.kind == .paragraph else { return passage }
                    return .row(passage.text, mark: line == 0 ? mark : "  ")
                }
            }
        case .quote(let blocks):
            return passages(blocks).map { passage in
                passage.kind == .paragraph
                    ? .paragraph("Quote: \(passage.text)") : passage
            }
        case .code(_, _, let words?): return [.paragraph("Drawing: " + ended(words))]
        case .code(_, let lines, nil): return lines.map(Passage.code)
        case .table(let table):
            return Passage.table(
                header: table.header.map(text), rows: table.rows.map { $0.map(text) })
        case .directive: return []
        }
    }
}
