import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// Where the parts of a step's screen stand.
///
/// From 100 columns prose and question stand left, pictures right; below, one above the other, and
/// prose scrolls in what is left of it. Where even the least heights do not fit, everything is
/// one column that scrolls as a whole.
package struct StepLayout {
    enum Part: Hashable {
        case question
        case widget(WidgetSpec)
    }

    struct Section {
        let part: Part
        /// In the canvas, or in the scrolled column where `flowHeight` is set.
        let area: Rect
    }

    let size: Size
    /// The prose, step title first.
    package let lines: [Line]
    /// The cells that prose takes; in the scrolled column where `flowHeight` is set.
    package let prose: Rect
    let sections: [Section]
    /// The height of the whole column where it scrolls as one.
    package let flowHeight: Int?

    /// Rows of prose that stay in view where the rest leaves no more.
    static let leastProse = 4

    /// The area between the header and the footer on a screen of a size in cells.
    package static func body(of size: Size) -> Rect {
        Rect(column: 1, row: 2, width: size.width - 2, height: size.height - 3)
    }

    /// The area between the header and the footer of this screen.
    package var body: Rect { Self.body(of: size) }

    /// Rows by which the least heights are too many; 0 where only prose scrolls.
    var overflow: Int { flowHeight.map { max(1, $0 - body.height) } ?? 0 }

    /// How far the content can be scrolled.
    var scrollLimit: Int {
        flowHeight.map { max(0, $0 - body.height) } ?? max(0, lines.count - prose.height)
    }

    /// Rows that one page of scrolling moves.
    var page: Int { max(1, (flowHeight == nil ? prose.height : body.height) - 1) }
}

/// What a layout is made from.
struct StepContent {
    let widgets: [WidgetSpec]
    let hasQuestion: Bool
    /// Tables break in a narrow column.
    let hasTable: Bool
    /// The widest prose, and everything in one column; nil where the size alone decides.
    let mostColumns: Int?
    let scene: Scene
    let glyphs: Glyphs
    /// The step's title and its prose at a width.
    let prose: (Int) -> (title: [Line], body: [Line])
    /// The question's lines at a width.
    let question: (Int) -> [Line]
}

extension StepLayout {
    init(size: Size, content: StepContent) {
        self =
            (size.width >= 100 && content.mostColumns == nil && !content.widgets.isEmpty
                && !content.hasTable
                ? Self.sideBySide(size: size, content: content) : nil)
            ?? Self.stacked(size: size, content: content)
    }

    /// Title and prose, a blank line between them where the height allows.
    private static func lines(_ content: StepContent, width: Int, height: Int) -> [Line] {
        let (title, body) = content.prose(width)
        return title + (title.count + body.count < height ? [[]] : []) + body
    }

    /// A part to be placed, and the rows it can do with.
    private struct Piece {
        let part: Part
        let width: Int
        let heights: ClosedRange<Int>
        /// The rows it makes use of where it is given some.
        let fitted: (Int) -> Int
    }

    private static func widgets(_ content: StepContent, width: Int) -> [Piece] {
        content.widgets.map { spec in
            let widget = spec.widget(width: width, scene: content.scene, glyphs: content.glyphs)
            return Piece(
                part: .widget(spec), width: width, heights: widget.heights,
                fitted: widget.height)
        }
    }

    private static func question(_ content: StepContent, width: Int) -> [Piece] {
        guard content.hasQuestion else { return [] }
        let height = content.question(width).count
        return [
            Piece(part: .question, width: width, heights: height...height, fitted: { $0 })
        ]
    }

    /// Some heights between least and liked that fit, taken row by row from whichever part can
    /// spare most; nil where the least do not fit.
    private static func heights(_ pieces: [Piece], available: Int) -> [Int]? {
        var heights = pieces.map(\.heights.upperBound)
        func spare(_ index: Int) -> Int { heights[index] - pieces[index].heights.lowerBound }
        for _ in 0..<max(0, heights.reduce(0, +) - available) {
            guard let index = heights.indices.max(by: { spare($0) < spare($1) }), spare(index) > 0
            else { return nil }
            heights[index] -= 1
        }
        return zip(pieces, heights).map { $0.fitted($1) }
    }

    /// Parts one under the other from a row on, a blank row before each as long as there are rows
    /// to spare.
    private static func sections(
        _ pieces: [Piece], heights: [Int], column: Int, row: Int, spare: Int, leadingGap: Bool
    ) -> [Section] {
        var row = row
        var spare = spare
        var sections: [Section] = []
        for (index, (piece, height)) in zip(pieces, heights).enumerated() {
            if spare > 0, leadingGap || index > 0 {
                row += 1
                spare -= 1
            }
            sections.append(
                Section(
                    part: piece.part,
                    area: Rect(column: column, row: row, width: piece.width, height: height)))
            row += height
        }
        return sections
    }

    private static func stacked(size: Size, content: StepContent) -> StepLayout {
        let body = body(of: size)
        let proseWidth = min(body.width, content.mostColumns ?? 78)
        let pieces = question(content, width: proseWidth) + widgets(content, width: body.width)
        let least = pieces.reduce(0) { $0 + $1.heights.lowerBound + 1 }
        let lines = lines(content, width: proseWidth, height: body.height - least)
        let leastProse = min(lines.count, Self.leastProse)
        // Parts shrink before prose has to scroll.
        guard
            let heights = heights(pieces, available: body.height - lines.count)
                ?? heights(pieces, available: body.height - leastProse)
                .map({ _ in pieces.map(\.heights.lowerBound) })
        else { return flow(size: size, lines: lines, pieces: pieces) }
        let used = heights.reduce(0, +)
        let proseHeight = min(lines.count, body.height - used)
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(
                column: body.column, row: body.row, width: proseWidth, height: proseHeight),
            sections: sections(
                pieces, heights: heights, column: body.column, row: body.row + proseHeight,
                spare: body.height - proseHeight - used, leadingGap: true),
            flowHeight: nil)
    }

    private static func flow(size: Size, lines: [Line], pieces: [Piece]) -> StepLayout {
        let heights = pieces.map(\.heights.upperBound)
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(column: 0, row: 0, width: body(of: size).width, height: lines.count),
            sections: sections(
                pieces, heights: heights, column: 0, row: lines.count, spare: pieces.count,
                leadingGap: true),
            flowHeight: lines.count + pieces.count + heights.reduce(0, +))
    }

    private static func sideBySide(size: Size, content: StepContent) -> StepLayout? {
        let body = body(of: size)
        let leftWidth = min(64, max(42, body.width * 2 / 5))
        let right = widgets(content, width: body.width - leftWidth - 3)
        guard let heights = heights(right, available: body.height) else { return nil }
        let asked = question(content, width: leftWidth)
        let askedHeight = asked.first.map { $0.heights.lowerBound + 1 } ?? 0
        let lines = lines(content, width: leftWidth, height: body.height - askedHeight)
        let proseHeight = min(lines.count, body.height - askedHeight)
        guard proseHeight >= min(lines.count, leastProse) else { return nil }
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(
                column: body.column, row: body.row, width: leftWidth, height: proseHeight),
            sections: sections(
                asked, heights: asked.map(\.heights.lowerBound), column: body.column,
                row: body.row + proseHeight, spare: 1, leadingGap: true)
                + sections(
                    right, heights: heights, column: body.column + leftWidth + 3, row: body.row,
                    spare: body.height - heights.reduce(0, +), leadingGap: false),
            flowHeight: nil)
    }
}
