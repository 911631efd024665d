/// Arrows from one point of a plane, each with a label at its tip: in braille dots, or, where there is
/// only ASCII, in its sign.
package struct ArrowPlot {
    /// An arrow, and the label at its tip.
    package struct Arrow {
        let x: Double
        let y: Double
        let label: String
        let sign: Character
        let style: Style
        let isThick: Bool

        /// An arrow to a place, across and up from where all begin; a thick one is two dots wide.
        package init(
            x: Double, y: Double, label: String, sign: Character = ".", style: Style = .plain,
            isThick: Bool = false
        ) {
            self.x = x
            self.y = y
            self.label = label
            self.sign = sign
            self.style = style
            self.isThick = isThick
        }
    }

    private let arrows: [Arrow]
    private let reach: Double
    private let glyphs: Glyphs

    /// Arrows, the last above the others. `reach` is the length that is to have room in every
    /// direction.
    package init(arrows: [Arrow], reach: Double, glyphs: Glyphs) {
        self.arrows = arrows
        self.reach = reach
        self.glyphs = glyphs
    }

    /// The columns that so many rows can make use of.
    package func columns(rows: Int) -> Int { 2 * (2 * (rows / 2 - 1) + labelWidth + 1) + 1 }

    /// The rows that so many columns can make use of.
    package func rows(columns: Int) -> Int { max(0, columns / 2 - labelWidth - 1) + 3 }

    private var labelWidth: Int { arrows.reduce(0) { max($0, width(of: $1.label)) } }

    private func width(of label: String) -> Int { TerminalCanvas.columns(of: label) }

    /// The plot in some cells.
    package func lines(columns: Int, rows: Int) -> [Line] {
        let plane = Plane(
            columns: columns, rows: rows, margin: labelWidth + 1, reach: reach, glyphs: glyphs)
        var grid = PlotGrid(columns: columns, rows: rows)
        for arrow in arrows { draw(arrow, in: plane, on: &grid) }
        var places = LabelPlaces(grid: grid)
        // The arrows on top have their labels first.
        for arrow in arrows.reversed() {
            guard let place = places.place(for: arrow, tip: plane.cell(plane.tip(of: arrow)))
            else { continue }
            grid.put(arrow.label, place.row, place.column, arrow.style)
        }
        return grid.lines
    }

    private func draw(_ arrow: Arrow, in plane: Plane, on grid: inout PlotGrid) {
        let tip = plane.tip(of: arrow)
        let start = plane.centre
        let isThick = arrow.isThick && !glyphs.isASCII
        // The second line beside the first, across its direction.
        let beside = abs(tip.x - start.x) > abs(tip.y - start.y) ? (x: 0.0, y: 1.0) : (x: 1.0, y: 0.0)
        for offset in isThick ? [0.0, 1.0] : [0.0] {
            let shift = (x: beside.x * offset, y: beside.y * offset)
            line(
                from: (start.x + shift.x, start.y + shift.y),
                to: (tip.x + shift.x, tip.y + shift.y), arrow, plane, on: &grid)
        }
        for barb in plane.barbs(of: arrow) where !glyphs.isASCII {
            line(from: tip, to: barb, arrow, plane, on: &grid)
        }
    }

    private func line(
        from: Plane.Dot, to: Plane.Dot, _ arrow: Arrow, _ plane: Plane, on grid: inout PlotGrid
    ) {
        let steps = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up)))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            let x = Int((from.x + (to.x - from.x) * part).rounded())
            let y = Int((from.y + (to.y - from.y) * part).rounded())
            let (row, column) = (y / plane.density.rows, x / plane.density.columns)
            guard x >= 0, y >= 0, grid.cells.indices.contains(row),
                grid.cells[row].indices.contains(column)
            else { continue }
            let old = grid.cells[row][column].character
            let sign =
                glyphs.isASCII
                ? arrow.sign : Braille.adding(dotColumn: x % 2, dotRow: y % 4, to: old)
            grid.put(sign, row, column, arrow.style)
        }
    }
}

/// Where the numbers of arrows are in cells and their dots.
private struct Plane {
    typealias Dot = (x: Double, y: Double)

    /// Dots to a cell, across and down.
    let density: (columns: Int, rows: Int)
    let centre: Dot
    /// Dots for a length of 1, across and up; a cell is twice as high as wide.
    private let scale: Dot

    init(columns: Int, rows: Int, margin: Int, reach: Double, glyphs: Glyphs) {
        density = glyphs.isASCII ? (1, 1) : (2, 4)
        centre = (
            (Double(columns * density.columns) - 1) / 2, (Double(rows * density.rows) - 1) / 2
        )
        let across = max(1, Double(columns / 2 - margin))
        let up = max(0.5, Double(rows) / 2 - 1.5)
        let cells = min(across, 2 * up) / reach
        scale = (cells * Double(density.columns), cells * Double(density.rows) / 2)
    }

    func tip(of arrow: ArrowPlot.Arrow) -> Dot {
        (centre.x + arrow.x * scale.x, centre.y - arrow.y * scale.y)
    }

    func cell(_ dot: Dot) -> (row: Int, column: Int) {
        (Int(dot.y.rounded()) / density.rows, Int(dot.x.rounded()) / density.columns)
    }

    /// The ends of the two short lines at a tip, a twelfth of the circle left and right of the way
    /// back.
    func barbs(of arrow: ArrowPlot.Arrow) -> [Dot] {
        let tip = tip(of: arrow)
        let (x, y) = (tip.x - centre.x, tip.y - centre.y)
        let length = (x * x + y * y).squareRoot()
        guard length >= 8 else { return [] }
        let part = min(6, length / 4) / length
        return [0.5, -0.5].map { sine in
            let cosine = 0.866
            return (
                tip.x - part * (cosine * x - sine * y), tip.y - part * (sine * x + cosine * y)
            )
        }
    }
}

/// Which cells labels may still take.
private struct LabelPlaces {
    private let grid: PlotGrid
    private var taken: [(row: Int, columns: Range<Int>)] = []

    init(grid: PlotGrid) { self.grid = grid }

    /// Where an arrow's label stands: beyond its tip where that is free, else near it, at the worst
    /// on another arrow, but never on another label; nil where there is no such place.
    mutating func place(
        for arrow: ArrowPlot.Arrow, tip: (row: Int, column: Int)
    ) -> (row: Int, column: Int)? {
        let width = columns(of: arrow.label)
        let right = tip.column + 1
        let left = tip.column - width
        let middle = tip.column - width / 2
        let side = arrow.x < 0 ? left : right
        let beyond = arrow.y < 0 ? 1 : -1
        let isFlat = abs(arrow.x) > abs(arrow.y)
        let near = [(0, side), (beyond, side), (-beyond, side)]
        let far = [(beyond, middle), (beyond, left), (beyond, right)]
        let others = [(0, left), (0, right), (2 * beyond, middle), (-beyond, middle)]
        let places = ((isFlat ? near + far : far + near) + others)
            .map { (row: tip.row + $0.0, column: $0.1) }
            .filter { place in
                grid.cells.indices.contains(place.row) && place.column >= 0
                    && place.column + width <= grid.cells[place.row].count
                    && !taken.contains {
                        $0.row == place.row && $0.columns.lowerBound <= place.column + width
                            && $0.columns.upperBound >= place.column
                    }
            }
        let free = places.first { place in
            (place.column..<place.column + width).allSatisfy {
                grid.cells[place.row][$0].isSpace
            }
        }
        guard let place = free ?? places.first else { return nil }
        taken.append((place.row, place.column..<place.column + width))
        return place
    }
}
