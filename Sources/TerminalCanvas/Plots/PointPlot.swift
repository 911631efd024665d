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

    /// Points, and others that one way leads through; none where there is no way to show.
    package init(frame: PlotFrame, points: [Point], path: [(x: Double, y: Double)] = []) {
        self.frame = frame
        self.points = points
        self.path = path
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
        let left = points.filter { point in
            ![point.label, point.short].contains {
                grid.write($0, beside: frame.row(point.y), frame.column(point.x), point.style)
            }
        }
        for point in left {
            _ = [point.label, point.short].contains {
                grid.write($0, nextTo: frame.row(point.y), frame.column(point.x), point.style)
            }
        }
        return frame.lines(grid)
    }
}
