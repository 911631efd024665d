/// Curves that grow from left to right, each with its sign and label at its end: in braille dots,
/// or, where there is only ASCII, in its sign.
package struct CurvePlot {
    /// A curve, its sign, and the label at its end.
    package struct Curve {
        let points: [(x: Double, y: Double)]
        let mark: Character
        let label: String
        let style: Style

        /// A curve through points from left to right.
        package init(
            points: [(x: Double, y: Double)], mark: Character, label: String, style: Style = .plain
        ) {
            self.points = points
            self.mark = mark
            self.label = label
            self.style = style
        }
    }

    private let frame: PlotFrame
    private let curves: [Curve]

    /// Curves on a frame, the last above the others.
    package init(frame: PlotFrame, curves: [Curve]) {
        self.frame = frame
        self.curves = curves
    }

    /// The plot from its title to its axis.
    package var lines: [Line] {
        var grid = frame.grid
        for curve in curves {
            frame.draw(PlotTrack(points: curve.points), sign: curve.mark, curve.style, on: &grid)
        }
        let ends = curves.compactMap { curve in
            curve.points.last.map {
                (curve: curve, y: $0.y, row: frame.row($0.y), column: frame.column($0.x))
            }
        }
        // Labels stand in one column, each in a row of its own. Signs stay at their height, so a
        // label that is not beside its own brings it along.
        let column = (ends.map(\.column).max() ?? 0) + 2
        let sorted = ends.sorted { $0.y > $1.y }
        let labelled = zip(sorted, labelRows(sorted.map(\.row)))
        // Where signs meet, the one is seen whose label stands beside it.
        func putSigns(where isMeant: (Bool) -> Bool) {
            for (end, row) in labelled where isMeant(row == end.row) {
                grid.put(end.curve.mark, end.row, end.column, end.curve.style)
            }
        }
        putSigns { !$0 }
        putSigns { $0 }
        for (end, row) in labelled
        where grid.cells.indices.contains(row) {
            let isBeside =
                row == end.row && grid.cells[row][end.column].character == end.curve.mark
            let label = end.curve.label + (isBeside ? "" : " \(end.curve.mark)")
            grid.put(label, row, column, end.curve.style)
        }
        return frame.lines(grid)
    }

    /// A row for each label, from above, given the rows of their ends in that order: moved up or
    /// down from where they crowd, whichever moves them less.
    private func labelRows(_ ends: [Int]) -> [Int] {
        var up: [Int] = []
        for (index, end) in ends.enumerated().reversed() {
            up.insert(max(min(end, (up.first ?? frame.rows + 1) - 1), index), at: 0)
        }
        var down: [Int] = []
        for (index, end) in ends.enumerated() {
            let below = ends.count - 1 - index
            down.append(min(max(end, (down.last ?? -1) + 1), frame.rows - below))
        }
        func moved(_ rows: [Int]) -> Int {
            zip(rows, ends).reduce(0) { $0 + abs($1.0 - $1.1) }
        }
        return moved(down) < moved(up) ? down : up
    }
}
