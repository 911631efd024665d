import CourseContent
import TerminalCanvas

/// Where the parts stand of a step that has every g in a table.
///
/// While all sliders are free it takes the whole width, and below it stand side by side what moves
/// and what it makes. Where too few of its rows would be seen the memory view stands in for it,
/// exploring with its bars.
extension StepArrangement {
    /// The rows from which on the table has a place, its header's among them.
    private static let leastTable = 8

    /// The usual places, the table where there are rows for it, or no memory view to stand in.
    func withTableWhereRoomy() -> StepLayout {
        let layout = usual()
        let isStoodIn = widgets.contains { if case .memory = $0 { true } else { false } }
        guard isStoodIn, let table = layout.table else { return layout }
        let least = min(table.widget?.heights.upperBound ?? 0, Self.leastTable)
        return layout.flowHeight == nil && table.area.height >= least
            ? layout : withoutTable.usual()
    }

    func exploring() -> StepLayout {
        (app.size.width >= 116 ? tableAbove() : tableBelow()) ?? withoutTable.withBars.usual()
    }

    private var withoutTable: StepArrangement {
        var arrangement = self
        arrangement.widgets.removeAll(where: \.isTable)
        return arrangement
    }

    private var withBars: StepArrangement {
        var arrangement = self
        arrangement.widgets = widgets.map { spec in
            guard case .memory(var memory) = spec else { return spec }
            memory.showsBars = true
            return .memory(memory)
        }
        return arrangement
    }

    /// nil where that leaves too few rows for the table.
    private func tableAbove() -> StepLayout? {
        let gap = 4
        // Sliders with the labels of all their ends, as long as the words beside them are whole.
        let leftWidth = max((body.width - gap) / 2, min(67, body.width - gap - 52))
        let rightWidth = body.width - gap - leftWidth
        let table = pictures(width: body.width, where: \.isTable)
        let left = pictures(width: leftWidth, where: \.isSliders)
        let right = pictures(width: rightWidth) { !$0.isTable && !$0.isSliders }
        let lines = lines(width: min(body.width, 72), height: body.height)
        // A blank row above the table and one below it.
        let room = body.height - lines.count - 2
        func rows(_ pieces: [Piece], _ bound: (ClosedRange<Int>) -> Int) -> Int {
            pieces.reduce(max(0, pieces.count - 1)) { $0 + bound($1.heights) }
        }
        let least = max(rows(left, \.upperBound), rows(right, \.lowerBound))
        let whole = rows(table, \.upperBound)
        guard room - least >= min(whole, Self.leastTable) else { return nil }
        // No more than three fifths, whatever g is, so that it stays in place while g moves.
        let above = table.map {
            $0.height(within: min(room - least, max(whole, room * 3 / 5)))
        }
        let below = room - above.reduce(0, +)
        guard let rightHeights = heights(right, available: below - (right.count - 1)) else {
            return nil
        }
        let top = body.row + lines.count + 1
        let bottom = top + above.reduce(0, +)
        return StepLayout(
            body: body, lines: lines,
            prose: Rect(
                column: body.column, row: body.row, width: body.width, height: lines.count),
            sections: sections(table, heights: above, column: body.column, row: top, spare: 0)
                + sections(
                    left, heights: left.map(\.heights.upperBound), column: body.column,
                    row: bottom, spare: 1)
                + sections(
                    right, heights: rightHeights, column: body.column + leftWidth + gap,
                    row: bottom, spare: right.count))
    }

    /// nil where not everything is seen whole beside some rows of the table. Where rows are few, no
    /// more is made than tells so.
    private func tableBelow() -> StepLayout? {
        var pieces: [WidgetSpec: Piece] = [:]
        var least = Self.leastTable
        for spec in widgets.filter({ !$0.isTable }) + widgets.filter(\.isTable) {
            guard least < body.height else { return nil }
            var piece = picture(of: spec, width: body.width)
            let liked = piece.heights.upperBound
            if spec.isTable { piece.heights = min(liked, Self.leastTable)...liked }
            if spec.isSliders { piece.heights = liked...liked }
            if !spec.isTable { least += piece.heights.lowerBound }
            pieces[spec] = piece
        }
        let layout = stacked(widgets.compactMap { pieces[$0] })
        return layout.flowHeight == nil && layout.scrollLimit == 0 ? layout : nil
    }
}

extension StepLayout {
    /// The table of every g, where it is shown.
    var table: Section? { sections.first { $0.part.widget?.isTable == true } }
}

extension WidgetSpec {
    var isTable: Bool { if case .groups = self { true } else { false } }
    fileprivate var isSliders: Bool { if case .sliders = self { true } else { false } }
}

extension StepLayout.Part {
    fileprivate var widget: WidgetSpec? { if case .widget(let spec) = self { spec } else { nil } }
}
