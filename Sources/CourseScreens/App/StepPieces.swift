import CourseContent
import CourseSession

/// The parts of a step's screen, and how its rows are shared out among them.
extension StepArrangement {
    /// A part to be placed, and the rows it can do with.
    struct Piece {
        let part: StepLayout.Part
        var widget: (any Widget)?
        /// The widget at every g that can be moved to: room is kept for the tallest, so that
        /// nothing below moves with g, least of all its slider. nil for the question.
        var siblings: Siblings?
        let width: Int
        var heights: ClosedRange<Int>

        /// The rows that its widget makes use of where it is given some.
        func height(within available: Int) -> Int {
            // The question has a close form and a roomy one, and nothing in between.
            siblings?.height(within: available)
                ?? (available < heights.upperBound ? heights.lowerBound : heights.upperBound)
        }

        var comfortable: Int { siblings?.comfortable ?? heights.lowerBound }

        var isSliders: Bool {
            if case .widget(.sliders) = part { true } else { false }
        }
    }

    func pictures(width: Int, where isAsked: (WidgetSpec) -> Bool = { _ in true }) -> [Piece] {
        widgets.filter(isAsked).map { picture(of: $0, width: width) }
    }

    func picture(of spec: WidgetSpec, width: Int) -> Piece {
        let widget = spec.widget(width: width, scene: scene, glyphs: app.glyphs)
        let siblings =
            keptRoom.covers(spec) && scenes.count > 1
            ? siblings(of: spec, width: width) : Siblings([widget])
        return Piece(
            part: .widget(spec), widget: widget, siblings: siblings, width: width,
            heights: siblings.heights)
    }

    private func siblings(of spec: WidgetSpec, width: Int) -> Siblings {
        app.siblings.value(of: SiblingsSource(spec: spec, width: width, scenes: scenes)) {
            source in
            Siblings(
                source.scenes.map {
                    source.spec.widget(width: source.width, scene: $0, glyphs: app.glyphs)
                })
        }
    }

    func question(width: Int) -> [Piece] {
        guard app.session.step.question != nil else { return [] }
        func height(isRoomy: Bool) -> Int {
            app.questionPanel(width: width, isRoomy: isRoomy).lines().lines.count
        }
        let least = height(isRoomy: false)
        let most = isRoomy ? height(isRoomy: true) : least
        return [Piece(part: .question, width: width, heights: least...max(least, most))]
    }

    /// Of some rows those for parts themselves: what is left without blank rows between them, and,
    /// where rows are many, without one above the footer, once all are comfortable.
    func room(for pieces: [Piece], of rows: Int, gaps: Int) -> Int {
        let comfortable = pieces.reduce(0) { $0 + $1.comfortable }
        let blank = (isRoomy ? [gaps + 1, gaps] : [gaps]).first { comfortable <= rows - $0 }
        return rows - (blank ?? 0)
    }

    /// Some heights between least and liked that fit, taken row by row from whichever part can
    /// spare most; nil where the least do not fit.
    func heights(_ pieces: [Piece], available: Int) -> [Int]? {
        var heights = pieces.map { piece in
            min(piece.heights.upperBound, max(piece.heights.lowerBound, available))
        }
        // A slider out of view costs more than a row of a picture.
        func spare(_ index: Int) -> Int {
            let rows = heights[index] - pieces[index].heights.lowerBound
            return pieces[index].isSliders ? (rows + 1) / 2 : rows
        }
        for _ in 0..<max(0, heights.reduce(0, +) - available) {
            guard let index = heights.indices.max(by: { spare($0) < spare($1) }), spare(index) > 0
            else { return nil }
            heights[index] -= 1
        }
        heights = zip(pieces, heights).map { $0.height(within: $1) }
        // What some do not make use of, the others may, sliders first.
        var left = available - heights.reduce(0, +)
        for index in pieces.indices.sorted(by: { pieces[$0].isSliders && !pieces[$1].isSliders }) {
            guard pieces[index].widget != nil else { continue }
            let most = min(pieces[index].heights.upperBound, heights[index] + left)
            let height = pieces[index].height(within: most)
            left -= height - heights[index]
            heights[index] = height
        }
        return heights
    }
}

/// The rows that the tallest of some widgets asks for, each answer found once: the same are asked
/// for at every key.
final class Siblings: Sendable {
    private let widgets: [any Widget]
    /// Between the most of what each needs at least and the most of what each likes.
    let heights: ClosedRange<Int>
    private let found = Memo<Int, Int>(8)
    /// Of one source: there is nothing that it depends on.
    private let comfort = Memo<Bool, Int>()

    init(_ widgets: [any Widget]) {
        self.widgets = widgets
        let heights = widgets.map(\.heights)
        let least = heights.map(\.lowerBound).max() ?? 0
        self.heights = least...max(least, heights.map(\.upperBound).max() ?? 0)
    }

    var comfortable: Int {
        comfort.value(of: true) { _ in
            widgets.map(\.comfortable).max() ?? heights.lowerBound
        }
    }

    func height(within available: Int) -> Int {
        found.value(of: available) { available in
            widgets.map { $0.height(within: available) }.max() ?? available
        }
    }
}
