import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// What is open above the step.
enum Overlay: Hashable, Sendable {
    case contents(selected: Int)
    case models(query: String, selected: Int)
    case help(scroll: Int)
    case why(scroll: Int)
    case setting
    /// A value being typed for a slider, with what was wrong with the last try.
    case entry(Parameter, text: String, problem: String?)
    /// The GPUs, with what is typed for the chosen slider, where something is.
    case gpus(row: Int, typed: TypedLine?)
    /// Another tool's figure being typed, with what was said to the last one.
    case comparison(text: String, answer: [String])
    case blank
    case note(NoteEditor)
    case notes(selected: Int)
    case search(query: String, selected: Int)
    case summary(scroll: Int)
}

extension Overlay {
    var isContents: Bool { if case .contents = self { true } else { false } }
}

/// A value being typed, with what was wrong with the last try.
struct TypedLine: Hashable, Sendable {
    var text = ""
    var problem: String?
}

/// An overlay as a titled list of lines; a list to choose from has a selected one.
struct OverlayPage {
    let title: String
    let lines: [Line]
    var selected: Int?
    var scroll = 0
    /// Shown above the lines and not scrolled.
    var heading: [Line] = []
    /// Where the cursor stands in the heading.
    var cursor: Point?
    /// Shown below the lines, a blank row between, and not scrolled.
    var footing: [Line] = []

    static func area(of size: Size) -> Rect {
        Rect(column: 1, row: 2, width: size.width - 2, height: size.height - 3)
    }

    /// Rows for lines inside an overlay's area.
    func rows(in area: Rect) -> Int {
        max(1, area.height - 2 - heading.count - (footing.isEmpty ? 0 : footing.count + 1))
    }

    /// The first line in view.
    func first(in area: Rect) -> Int {
        let rows = rows(in: area)
        let limit = max(0, lines.count - rows)
        guard let selected else { return min(max(0, scroll), limit) }
        return min(max(0, selected - rows / 2), limit)
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.fill(area)
        canvas.draw(
            title, at: Point(column: area.column, row: area.row), style: Style(.title, .bold),
            in: area)
        for (index, line) in heading.enumerated() {
            canvas.draw(line, at: Point(column: area.column, row: area.row + 1 + index), in: area)
        }
        if let cursor {
            canvas.cursor = Point(
                column: area.column + cursor.column, row: area.row + 1 + cursor.row)
        }
        let rows = rows(in: area)
        let first = first(in: area)
        let top = area.row + 2 + heading.count
        let glyphs = canvas.glyphs
        for (offset, index) in (first..<min(lines.count, first + rows)).enumerated() {
            let row = top + offset
            if index == selected {
                canvas.draw(
                    String(glyphs.pointer), at: Point(column: area.column, row: row),
                    style: Style(.accent, .bold), in: area)
            }
            canvas.draw(
                lines[index], at: Point(column: area.column + 2, row: row),
                in: area.inset(right: 2))
            if index == selected {
                canvas.mark(
                    Rect(column: area.column + 2, row: row, width: area.width - 4, height: 1), .bold
                )
            }
        }
        let end = min(area.endRow - footing.count, top + lines.count + 1)
        for (index, line) in footing.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 2, row: end + index),
                in: area.inset(right: 2))
        }
        let edge = area.endColumn - 1
        if first > 0 {
            canvas.draw(
                String(glyphs.less), at: Point(column: edge, row: top), style: Style(.accent),
                in: area)
        }
        if first + rows < lines.count {
            canvas.draw(
                String(glyphs.more), at: Point(column: edge, row: top + rows - 1),
                style: Style(.accent), in: area)
        }
    }
}
