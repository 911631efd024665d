/// Labelled points on a frame.
package struct PointPlot {
    /// A point, its sign, and the label beside it.
    package struct Point {
        let x: Double
        let y: Double
        let mark: Character
        let label: String
        let short: String
        let style: Style

        /// A point at its numbers across and up; `short` is what stands for the label where that
        /// finds no room, the label itself where nothing else is said.
        package init(
            x: Double, y: Double, mark: Character = "o", label: String, short: String? = nil,
            style: Style = .plain
        ) {
            self.x = x
            self.y = y
            self.mark = mark
            self.label = label
            self.short = short ?? label
            self.style = style
        }
    }

    private let frame: PlotFrame
    private let points: [Point]
    private let path: [(x: Double, y: Double)]
    private let isStrict: Bool

    /// Points, and others that one way leads through; none where there is no way to show.
    /// - Parameter isStrict: whether a label stands beside its point or nowhere.
    package init(
        frame: PlotFrame, points: [Point], path: [(x: Double, y: Double)] = [],
        isStrict: Bool = false
    ) {
        self.frame = frame
        self.points = points
        self.path = path
        self.isStrict = isStrict
    }

    /// The plot from its title to its axis.
    package var lines: [Line] {
        var grid = frame.grid
        frame.draw(PlotTrack(points: path.sorted { $0.x < $1.x }), sign: ":", .faint, on: &grid)
        // All signs first: labels go around them.
        for point in points {
            grid.put(point.mark, frame.row(point.y), frame.column(point.x), point.style)
        }
        // Beside their point come first; the table alone tells what finds no room.
        let (written, left) = labelled(grid, groups)
        grid = written
        // In another row a figure would be taken for that of a point at its height.
        for group in left where !isStrict {
            _ = grid.write(group.names, nextTo: group.row, group.columns.upperBound, group.style)
        }
        return frame.lines(grid)
    }

    /// A grid with the labels that find room on it, and the points without one. Where labels must
    /// stand beside their points, points without are named together with their neighbours.
    private func labelled(
        _ grid: PlotGrid, _ groups: [Group]
    ) -> (grid: PlotGrid, left: [Group]) {
        var own = grid
        let left = groups.indices.filter { !write(groups[$0], on: &own) }
        for index in left where isStrict {
            // Between points that are named together none without a name may stand.
            let row = groups.indices.filter { groups[$0].row == groups[index].row }.sorted {
                groups[$0].columns.lowerBound < groups[$1].columns.lowerBound
            }
            let place = row.firstIndex(of: index) ?? 0
            let beside = [place - 1, place + 1].filter(row.indices.contains).map { row[$0] }
            for other in beside {
                var joined = groups
                joined[other].take(groups[index])
                joined.remove(at: index)
                var tried = grid
                let more = joined.filter { !write($0, on: &tried) }
                if bare(more) < bare(left.map { groups[$0] }) { return labelled(grid, joined) }
            }
        }
        return (own, left.map { groups[$0] })
    }

    private func bare(_ groups: [Group]) -> Int { groups.reduce(0) { $0 + $1.points.count } }

    /// Points of a row that stand so near each other that no label has room between them.
    private struct Group {
        var points: [Point]
        let row: Int
        var columns: ClosedRange<Int>

        /// From left to right.
        var names: String { joined(\.short) }
        var labels: String { joined(\.label) }

        private func joined(_ text: (Point) -> String) -> String {
            points.sorted { $0.x < $1.x }.map(text).joined(separator: ", ")
        }
        var style: Style { points[points.count - 1].style }

        /// Takes the points of another of its row.
        mutating func take(_ other: Group) {
            points += other.points
            columns =
                min(
                    columns.lowerBound, other.columns.lowerBound)...max(
                    columns.upperBound, other.columns.upperBound)
        }
    }

    private var groups: [Group] {
        points.reduce(into: []) { groups, point in
            let (row, column) = (frame.row(point.y), frame.column(point.x))
            let near = groups.firstIndex { group in
                group.row == row
                    && (group.columns.lowerBound - 2...group.columns.upperBound + 2)
                        .contains(column)
            }
            let group = Group(points: [point], row: row, columns: column...column)
            if let near { groups[near].take(group) } else { groups.append(group) }
        }
    }

    /// Writes the labels of points that stand together, each beside its own, or else the names of
    /// all beside them; false where neither has room.
    private func write(_ group: Group, on grid: inout PlotGrid) -> Bool {
        var own = grid
        let isOwn = group.points.allSatisfy { point in
            let column = frame.column(point.x)
            return [point.label, point.short].contains {
                own.write($0, beside: group.row, column...column, point.style)
            }
        }
        if isOwn {
            grid = own
            return true
        }
        return group.points.count > 1
            && [group.labels, group.names].contains {
                grid.write($0, beside: group.row, group.columns, group.style)
            }
    }
}
