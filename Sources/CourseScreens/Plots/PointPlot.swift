import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Labelled points, the vertical axis from 0 to 1.
package struct PointPlot {
    /// A point, its sign, and the label beside it.
    package struct Point {
        let x: Double
        let y: Double
        let mark: Character
        let label: String
        /// What stands for the label where that finds no room.
        let short: String
        let style: Style

        /// A point at its numbers across and up; `short` is the label where nothing else is said.
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

    let frame: PlotFrame
    let points: [Point]
    /// Points that one way leads through, by numbers across; none where there is no way to show.
    let path: [(x: Double, y: Double)]
    /// A height worth comparing with.
    let line: (y: Double, label: String)

    /// A plot whose horizontal axis ends at `across`, of some cells between the axes' ends.
    package init(
        title: String, horizontal: String, points: [Point], across: Double,
        line: (y: Double, label: String), columns: Int = 64, rows: Int = 20,
        glyphs: Glyphs = .ascii
    ) {
        frame = PlotFrame(
            title: title, horizontal: horizontal, across: across, columns: columns, rows: rows,
            glyphs: glyphs)
        self.points = points
        path = []
        self.line = line
    }

    init(
        frame: PlotFrame, points: [Point], path: [(x: Double, y: Double)],
        line: (y: Double, label: String)
    ) {
        self.path = path
        self.frame = frame
        self.points = points
        self.line = line
    }

    /// The plot in plain characters.
    package var text: [String] { lines.map { $0.map(\.text).joined() } }

    var lines: [Line] {
        var grid = frame.grid(markedAt: line.y)
        frame.draw(
            PlotTrack(points: path.sorted { $0.x < $1.x }), sign: ":", Style(.faint), on: &grid)
        // All signs first: labels go around them.
        for point in points {
            grid.put(point.mark, frame.row(point.y), frame.column(point.x), point.style)
        }
        // Beside their point come first; the table alone tells what finds no room.
        let left = points.filter { point in
            let (row, column) = (frame.row(point.y), frame.column(point.x))
            return !grid.write(point.label, beside: row, column, point.style)
                && !grid.write(point.short, beside: row, column, point.style)
        }
        for point in left {
            let (row, column) = (frame.row(point.y), frame.column(point.x))
            for label in [point.label, point.short]
            where grid.write(label, nextTo: row, column, point.style) { break }
        }
        _ = grid.write(line.label, beside: frame.row(line.y), frame.columns, Style(.faint))
        return frame.lines(grid)
    }
}
