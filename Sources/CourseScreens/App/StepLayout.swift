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
        /// What draws it; nil for the question.
        let widget: (any Widget)?
        /// In the canvas, or in the scrolled column where `flowHeight` is set.
        let area: Rect
    }

    /// The area between the header and the footer.
    let body: Rect
    /// The prose, step title first.
    package let lines: [Line]
    /// The cells that prose takes; in the scrolled column where `flowHeight` is set.
    package let prose: Rect
    let sections: [Section]
    /// The height of the whole column where it scrolls as one.
    package var flowHeight: Int?

    /// Rows by which the least heights are too many; 0 where only prose scrolls.
    var overflow: Int { flowHeight.map { max(1, $0 - body.height) } ?? 0 }

    /// How far the content can be scrolled.
    package var scrollLimit: Int {
        flowHeight.map { max(0, $0 - body.height) } ?? max(0, lines.count - prose.height)
    }

    /// Rows that one page of scrolling moves.
    var page: Int { max(1, (flowHeight == nil ? prose.height : body.height) - 1) }

    /// The sliders, where there are any.
    var sliders: (spec: SlidersSpec, area: Rect)? {
        for section in sections {
            if case .widget(.sliders(let spec)) = section.part {
                return (spec, section.area)
            }
        }
        return nil
    }

    /// Whether no slider is out of view: one that is costs more than one that moves.
    fileprivate var hasAllSliders: Bool {
        sliders.map { $0.area.height >= $0.spec.sliders.count } ?? true
    }
}

extension CourseApp {
    /// The layout of the step, derived from all that it shows; the last one is kept. Free while
    /// nothing has changed, and cheap where what has is not on the step.
    package var stepLayout: StepLayout { settled.value(of: edition) { _ in derivedLayout } }

    private var derivedLayout: StepLayout {
        let source = LayoutSource(
            size: size, isPresenting: session.isPresenting, step: session.step,
            prose: ProseSource(session), scene: scene, record: session.record,
            answering: answering, isHintShown: session.isHintShown,
            earlierAnswer: session.earlierAnswer)
        return layouts.value(of: source) { _ in
            let roomy = layout(of: shownWidgets, from: source)
            return session.isPresenting && roomy.scrollLimit > 0
                ? layout(of: session.step.widgets, from: source) : roomy
        }
    }

    /// The layout that keeps room for every g, so that nothing moves with g; with less of that
    /// where it would have to scroll, would leave out the table of every g, or a slider of those
    /// that are all free.
    private func layout(of widgets: [WidgetSpec], from source: LayoutSource) -> StepLayout {
        // In one column sliders have no row of their own while all are free.
        let isFree = session.isExploring && size.width < StepArrangement.leastWidthOfTwoColumns
        let scenes =
            isFree
            ? [source.scene]
            : scenesAcross.value(of: session.sourceAcrossKeyValueHeads(source.scene)) { _ in
                session.acrossKeyValueHeads(source.scene)
            }
        func layout(keepingRoomFor kept: KeptRoom) -> StepLayout {
            StepArrangement(
                app: self, widgets: widgets, scene: source.scene, scenes: scenes, keptRoom: kept
            ) { width, isRoomy in
                var prose = source.prose
                (prose.width, prose.isRoomy) = (width, isRoomy)
                return written.value(of: prose) {
                    proseLines(width: $0.width, isRoomy: $0.isRoomy)
                }
            }.layout()
        }
        if scenes.count == 1 { return layout(keepingRoomFor: .all) }
        let hasTable = widgets.contains(where: \.isTable)
        func isWhole(_ layout: StepLayout) -> Bool {
            layout.flowHeight == nil && (layout.table != nil || !hasTable)
        }
        let room = keptRooms.value(
            of: KeptRoomSource(source, widgets: widgets, isExploring: session.isExploring, scenes)
        ) { _ in
            let most = layout(keepingRoomFor: .all)
            if isWhole(most) { return .all }
            if session.isExploring {
                let isKept =
                    most.flowHeight == nil && most.hasAllSliders
                    && layout(keepingRoomFor: .none).table == nil
                return isKept ? .all : .none
            }
            let choices: [(KeptRoom, StepLayout)] =
                [(.all, most)] + [.heads, .none].map { ($0, layout(keepingRoomFor: $0)) }
            let chosen =
                choices.first { isWhole($0.1) } ?? choices.first { $0.1.flowHeight == nil }
            return chosen?.0 ?? .all
        }
        return layout(keepingRoomFor: room)
    }
}

/// For which parts the room is kept that they take at any g.
enum KeptRoom {
    case all, heads, none

    func covers(_ spec: WidgetSpec) -> Bool {
        switch (self, spec) {
        case (.all, .heads), (.all, .memory), (.all, .times), (.heads, .heads): true
        default: false
        }
    }
}

/// Finds places for the parts of an app's step.
struct StepArrangement {
    let app: CourseApp
    var widgets: [WidgetSpec]
    let scene: Scene
    /// The same at every g that can be moved to.
    let scenes: [Scene]
    let keptRoom: KeptRoom
    /// The step's title and its prose at a width, in the roomy form or in the close one.
    let prose: (Int, Bool) -> WrittenProse

    /// From how many columns on pictures stand beside the prose.
    static let leastWidthOfTwoColumns = 100

    /// Rows from which on tables and questions may take more than they need.
    private static let roomyHeight = 25
    var isRoomy: Bool { body.height >= Self.roomyHeight }

    /// The longest lines that are read with ease; where rows are few, longer ones are the lesser
    /// evil.
    private static let widestProse = 72

    /// The columns below which a column more of prose is worth less than one free beside the mark
    /// that there is more.
    private static let proseBesideMark = 78

    /// Rows of prose that stay in view where the rest leaves no more.
    private static let leastProse = 4

    var body: Rect { app.body }

    func layout() -> StepLayout {
        app.session.isExploring ? exploring() : withTableWhereRoomy()
    }

    /// The usual places of the parts.
    func usual() -> StepLayout {
        // Tables break in a narrow column.
        let hasTable = app.session.step.prose.contains {
            if case .table = $0 { true } else { false }
        }
        let isWide = app.size.width >= Self.leastWidthOfTwoColumns && !app.session.isPresenting
        return (isWide && !widgets.isEmpty && !hasTable ? sideBySide() : nil)
            ?? stacked(pictures(width: body.width))
    }

    /// Title and prose, a blank line between them where the height allows.
    func lines(width: Int, height: Int) -> [Line] {
        if isRoomy {
            let (title, body) = prose(width, true)
            if title.count + body.count < height { return title + [[]] + body }
        }
        let (title, body) = prose(width, false)
        return title + (title.count + body.count < height ? [[]] : []) + body
    }

    /// Parts one under the other from a row on, a blank row before each as long as there are rows
    /// to spare.
    func sections(
        _ pieces: [Piece], heights: [Int], column: Int, row: Int, spare: Int
    ) -> [StepLayout.Section] {
        var row = row
        return zip(pieces, heights).enumerated().map { index, placed in
            let (piece, height) = placed
            if index < spare { row += 1 }
            defer { row += height }
            let area = Rect(column: column, row: row, width: piece.width, height: height)
            return StepLayout.Section(part: piece.part, widget: piece.widget, area: area)
        }
    }

    func stacked(_ pictures: [Piece]) -> StepLayout {
        let columns =
            app.session.isPresenting
            ? CourseApp.presentedColumns : isRoomy ? Self.widestProse : 78
        let width = min(body.width, columns)
        let pieces = question(width: width) + pictures
        let least = pieces.map(\.heights.lowerBound)
        let leastHeight = least.reduce(0, +)
        // The mark that there is more stands apart from words that fill the width.
        let lines = lines(
            width: body.width < Self.proseBesideMark ? width - 1 : width,
            height: body.height - leastHeight - pieces.count)
        guard leastHeight <= body.height - min(lines.count, Self.leastProse) else {
            return flow(lines, pieces)
        }
        // Parts shrink before prose has to scroll.
        let room = room(for: pieces, of: body.height - lines.count, gaps: pieces.count)
        let heights = heights(pieces, available: room) ?? least
        let used = heights.reduce(0, +)
        let proseHeight = min(lines.count, body.height - used)
        return StepLayout(
            body: body, lines: lines,
            prose: Rect(column: body.column, row: body.row, width: width, height: proseHeight),
            sections: sections(
                pieces, heights: heights, column: body.column, row: body.row + proseHeight,
                spare: body.height - proseHeight - used))
    }

    private func flow(_ lines: [Line], _ unordered: [Piece]) -> StepLayout {
        // What moves the pictures is worth more than a picture in view.
        let sliders = unordered.filter(\.isSliders)
        let pieces =
            unordered.filter { $0.widget == nil } + sliders
            + unordered.filter { $0.widget != nil && !$0.isSliders }
        // Where everything scrolls, no picture is larger than what is seen of it at once, beside
        // the sliders that move it.
        let beside = sliders.reduce(0) { $0 + $1.heights.lowerBound + 1 }
        let heights = pieces.map { piece in
            let room = body.height - (piece.isSliders || piece.widget == nil ? 0 : beside)
            let most = min(piece.heights.upperBound, max(piece.heights.lowerBound, room))
            return piece.height(within: most)
        }
        return StepLayout(
            body: body, lines: lines,
            prose: Rect(column: 0, row: 0, width: body.width, height: lines.count),
            sections: sections(
                pieces, heights: heights, column: 0, row: lines.count, spare: pieces.count),
            flowHeight: lines.count + pieces.count + heights.reduce(0, +))
    }

    private func sideBySide() -> StepLayout? {
        let width = min(64, max(42, body.width * 2 / 5))
        let right = pictures(width: body.width - width - 3)
        let room = room(for: right, of: body.height, gaps: right.count - 1)
        guard let heights = heights(right, available: room) else { return nil }
        let asked = question(width: width)
        func left(_ heights: [Int]) -> Int { body.height - heights.reduce(0) { $0 + $1 + 1 } }
        // The question takes more than it needs where prose has no need of it.
        var askedHeights = asked.map(\.heights.upperBound)
        var lines = lines(width: width, height: left(askedHeights))
        if lines.count > left(askedHeights) {
            askedHeights = asked.map(\.heights.lowerBound)
            lines = self.lines(width: width, height: left(askedHeights))
        }
        let height = left(askedHeights)
        let proseHeight = min(lines.count, height)
        guard proseHeight >= min(lines.count, Self.leastProse) else { return nil }
        return StepLayout(
            body: body, lines: lines,
            prose: Rect(column: body.column, row: body.row, width: width, height: proseHeight),
            sections: sections(
                asked, heights: askedHeights, column: body.column, row: body.row + proseHeight,
                spare: 1)
                // The rule under the title is the blank row before the first.
                + sections(
                    right, heights: heights, column: body.column + width + 3, row: body.row - 1,
                    spare: body.height - heights.reduce(0, +) + 1))
    }
}
