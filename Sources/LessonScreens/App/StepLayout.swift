import AttentionEngine
import TerminalCanvas

/// Where the parts of a step's screen stand.
///
/// From 100 columns prose and question stand left, pictures right; below, one above the other, and
/// prose scrolls in what is left of it. Where even the least heights do not fit, everything is
/// one column that scrolls as a whole.
struct StepLayout {
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
    let lines: [Line]
    let prose: Rect
    let sections: [Section]
    /// The height of the whole column where it scrolls as one.
    let flowHeight: Int?

    /// Rows of prose that stay in view where the rest leaves no more.
    static let leastProse = 4

    static func body(of size: Size) -> Rect {
        Rect(column: 1, row: 2, width: size.width - 2, height: size.height - 3)
    }

    var body: Rect { Self.body(of: size) }

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
            (size.width >= 100 && !content.widgets.isEmpty
                ? Self.sideBySide(size: size, content: content) : nil)
            ?? Self.stacked(size: size, content: content)
    }

    /// Title and prose, a blank line between them where the height allows.
    private static func lines(_ content: StepContent, width: Int, height: Int) -> [Line] {
        let (title, body) = content.prose(width)
        return title + (title.count + body.count < height ? [[]] : []) + body
    }

    /// Some heights between least and liked that fit, taken away from the last first.
    private static func heights(
        _ wanted: [ClosedRange<Int>], available: Int
    ) -> [Int]? {
        var heights = wanted.map(\.upperBound)
        var excess = heights.reduce(0, +) - available
        for index in heights.indices.reversed() where excess > 0 {
            let taken = min(excess, heights[index] - wanted[index].lowerBound)
            heights[index] -= taken
            excess -= taken
        }
        return excess > 0 ? nil : heights
    }

    private static func parts(_ content: StepContent, width: Int) -> [(Part, ClosedRange<Int>)] {
        content.widgets.map {
            (
                .widget($0),
                $0.widget.heights(width: width, scene: content.scene, glyphs: content.glyphs)
            )
        }
    }

    private static func question(_ content: StepContent, width: Int) -> [(Part, ClosedRange<Int>)] {
        guard content.hasQuestion else { return [] }
        let height = content.question(width).count
        return [(.question, height...height)]
    }

    private static func stacked(size: Size, content: StepContent) -> StepLayout {
        let body = body(of: size)
        let proseWidth = min(body.width, 78)
        let parts = question(content, width: proseWidth) + parts(content, width: body.width)
        let least = parts.reduce(0) { $0 + $1.1.lowerBound + 1 }
        let lines = lines(content, width: proseWidth, height: body.height - least)
        let leastProse = min(lines.count, Self.leastProse)
        guard var heights = heights(parts.map(\.1), available: body.height - leastProse) else {
            return flow(size: size, lines: lines, parts: parts)
        }
        // Prose takes what it needs before gaps do; gaps go between parts from the top.
        var proseHeight = min(lines.count, body.height - heights.reduce(0, +))
        if proseHeight < lines.count,
            let lower = Self.heights(parts.map(\.1), available: body.height - lines.count)
        {
            heights = lower
            proseHeight = lines.count
        } else if proseHeight < lines.count {
            heights = parts.map(\.1.lowerBound)
            proseHeight = min(lines.count, body.height - heights.reduce(0, +))
        }
        var spare = body.height - proseHeight - heights.reduce(0, +)
        var row = body.row + proseHeight
        var sections: [Section] = []
        for (part, height) in zip(parts.map(\.0), heights) {
            if spare > 0 {
                row += 1
                spare -= 1
            }
            sections.append(
                Section(
                    part: part,
                    area: Rect(
                        column: body.column, row: row,
                        width: part == .question ? proseWidth : body.width, height: height)))
            row += height
        }
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(
                column: body.column, row: body.row, width: proseWidth, height: proseHeight),
            sections: sections, flowHeight: nil)
    }

    private static func flow(
        size: Size, lines: [Line], parts: [(Part, ClosedRange<Int>)]
    ) -> StepLayout {
        let body = body(of: size)
        var row = lines.count
        var sections: [Section] = []
        for (part, heights) in parts {
            row += 1
            sections.append(
                Section(
                    part: part,
                    area: Rect(
                        column: 0, row: row, width: body.width, height: heights.upperBound)))
            row += heights.upperBound
        }
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(column: 0, row: 0, width: body.width, height: lines.count),
            sections: sections, flowHeight: row)
    }

    private static func sideBySide(size: Size, content: StepContent) -> StepLayout? {
        let body = body(of: size)
        let leftWidth = min(64, max(42, body.width * 2 / 5))
        let rightWidth = body.width - leftWidth - 3
        let right = parts(content, width: rightWidth)
        guard let heights = heights(right.map(\.1), available: body.height) else { return nil }
        let questionHeight = question(content, width: leftWidth).first?.1.lowerBound ?? 0
        let gap = questionHeight > 0 ? 1 : 0
        let lines = lines(content, width: leftWidth, height: body.height - questionHeight - gap)
        let proseHeight = min(lines.count, body.height - questionHeight - gap)
        guard proseHeight >= min(lines.count, leastProse) else { return nil }
        var sections: [Section] = []
        if questionHeight > 0 {
            sections.append(
                Section(
                    part: .question,
                    area: Rect(
                        column: body.column, row: body.row + proseHeight + gap, width: leftWidth,
                        height: questionHeight)))
        }
        var row = body.row
        var spare = body.height - heights.reduce(0, +)
        for (index, height) in heights.enumerated() {
            sections.append(
                Section(
                    part: right[index].0,
                    area: Rect(
                        column: body.column + leftWidth + 3, row: row, width: rightWidth,
                        height: height)))
            let gap = min(spare, 1)
            spare -= gap
            row += height + gap
        }
        return StepLayout(
            size: size, lines: lines,
            prose: Rect(
                column: body.column, row: body.row, width: leftWidth, height: proseHeight),
            sections: sections, flowHeight: nil)
    }
}
