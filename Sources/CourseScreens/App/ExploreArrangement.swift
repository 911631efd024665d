import CourseContent
import TerminalCanvas

/// Where the parts stand while all sliders are free: every g in a table over the whole width, below
/// it side by side what moves and what it makes.
extension StepArrangement {
    /// The table has its place where so many of its rows are seen at once, its header among them;
    /// where not, bars stand in for it.
    private static let leastTable = 8

    func exploring() -> StepLayout {
        (app.size.width >= 116 ? tableAbove() : tableBelow()) ?? withBars.inALesson()
    }

    /// The same with bars of the ends of g in place of the table.
    private var withBars: StepArrangement {
        var arrangement = self
        arrangement.widgets = widgets.filter { $0 != .groups }.map { spec in
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
        let table = pictures(width: body.width).filter(\.isTable)
        let left = pictures(width: leftWidth).filter(\.isSliders)
        let right = pictures(width: rightWidth).filter { !$0.isTable && !$0.isSliders }
        let lines = lines(width: min(body.width, 78), height: body.height)
        // A blank row above the table and one below it.
        let room = body.height - lines.count - 2
        func rows(_ pieces: [Piece], _ bound: (ClosedRange<Int>) -> Int) -> Int {
            pieces.reduce(max(0, pieces.count - 1)) { $0 + bound($1.heights) }
        }
        let least = max(rows(left, \.upperBound), rows(right, \.lowerBound))
        let liked = max(least, rows(right, \.upperBound))
        let whole = rows(table, \.upperBound)
        let most = table.reduce(0) { $0 + (($1.widget as? GroupsView)?.most ?? 0) }
        guard room - least >= min(whole, Self.leastTable) else { return nil }
        // The whole table first; larger bars and larger pictures share what is left.
        let shared = max(room / 2, room - most)
        let below = max(least, min(liked, shared, room - whole))
        guard let rightHeights = heights(right, available: below - (right.count - 1)) else {
            return nil
        }
        let above = table.map { $0.height(within: room - below) }
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

    /// nil where not everything is seen whole beside some rows of the table.
    private func tableBelow() -> StepLayout? {
        let pieces = pictures(width: body.width).map { piece in
            var piece = piece
            let liked = piece.heights.upperBound
            if piece.isTable { piece.heights = min(liked, Self.leastTable)...liked }
            if piece.isSliders { piece.heights = liked...liked }
            return piece
        }
        let layout = stacked(pieces)
        return layout.flowHeight == nil && layout.scrollLimit == 0 ? layout : nil
    }
}

extension StepArrangement.Piece {
    fileprivate var isTable: Bool { part == .widget(.groups) }

    fileprivate var isSliders: Bool {
        if case .widget(.sliders) = part { true } else { false }
    }

    fileprivate func height(within available: Int) -> Int {
        widget?.height(within: available) ?? available
    }
}
