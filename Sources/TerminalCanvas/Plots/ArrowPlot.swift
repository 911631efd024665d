/// Arrows from one point of a plane, each with a label at its tip: in braille dots, or, where there
/// is only ASCII, in its sign.
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
    private let marks: [(x: Double, y: Double)]
    private let glyphs: Glyphs

    /// Arrows, the last above the others, and faint dots below them, where there is room for such.
    /// All of both have room, whichever arrows are drawn.
    package init(arrows: [Arrow], marks: [(x: Double, y: Double)], glyphs: Glyphs) {
        self.arrows = arrows
        self.marks = marks
        self.glyphs = glyphs
    }

    /// The columns that so many rows can make use of.
    package func columns(rows: Int) -> Int {
        Int(2 * Double(max(1, rows - 2)) * extent.width / extent.height) + 2 * margin + 1
    }

    /// The rows that so many columns can make use of.
    package func rows(columns: Int) -> Int {
        Int(Double(max(1, columns - 2 * margin)) / 2 * extent.height / extent.width) + 3
    }

    private var extent: Extent { Extent(arrows.map { ($0.x, $0.y) } + marks) }

    /// Room for labels left and right.
    private var margin: Int { 1 + arrows.reduce(0) { max($0, width(of: $1.label)) } }

    private func width(of label: String) -> Int { TerminalCanvas.columns(of: label) }

    /// The plot in some cells.
    package func lines(columns: Int, rows: Int) -> [Line] {
        let plane = Plane(
            columns: columns, rows: rows, margin: margin, extent: extent, glyphs: glyphs)
        var grid = PlotGrid(columns: columns, rows: rows)
        for mark in marks where plane.hasMarks {
            put(plane.dot(mark), ".", .faint, plane, on: &grid)
        }
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
        let isFlat = abs(tip.x - start.x) > abs(tip.y - start.y)
        let beside = isFlat ? (x: 0.0, y: 1.0) : (x: 1.0, y: 0.0)
        for offset in isThick ? [0.0, 1.0] : [0.0] {
            let shift = (x: beside.x * offset, y: beside.y * offset)
            line(
                from: (start.x + shift.x, start.y + shift.y),
                to: (tip.x + shift.x, tip.y + shift.y), arrow, plane, on: &grid)
        }
        for end in plane.head(of: arrow) where !glyphs.isASCII {
            line(from: end, to: tip, arrow, plane, on: &grid)
        }
    }

    private func line(
        from: Plane.Dot, to: Plane.Dot, _ arrow: Arrow, _ plane: Plane, on grid: inout PlotGrid
    ) {
        let steps = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up)))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            let dot = (from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)
            put(dot, arrow.sign, arrow.style, plane, on: &grid)
        }
    }

    private func put(
        _ dot: Plane.Dot, _ sign: Character, _ style: Style, _ plane: Plane,
        on grid: inout PlotGrid
    ) {
        let (x, y) = (Int(dot.x.rounded()), Int(dot.y.rounded()))
        let (row, column) = plane.cell(dot)
        guard x >= 0, y >= 0, grid.cells.indices.contains(row),
            grid.cells[row].indices.contains(column)
        else { return }
        let old = grid.cells[row][column].character
        let drawn =
            glyphs.isASCII ? sign : Braille.adding(dotColumn: x % 2, dotRow: y % 4, to: old)
        grid.put(drawn, row, column, style)
    }
}

/// The least upright rectangle that holds some places and the one where arrows begin.
private struct Extent {
    private(set) var low = (x: 0.0, y: 0.0)
    private(set) var high = (x: 0.0, y: 0.0)

    init(_ places: [(x: Double, y: Double)]) {
        for place in places {
            low = (min(low.x, place.x), min(low.y, place.y))
            high = (max(high.x, place.x), max(high.y, place.y))
        }
    }

    var width: Double { max(0.1, high.x - low.x) }
    var height: Double { max(0.1, high.y - low.y) }
    var middle: (x: Double, y: Double) { ((low.x + high.x) / 2, (low.y + high.y) / 2) }
}

/// Where the numbers of arrows are in cells and their dots.
private struct Plane {
    typealias Dot = (x: Double, y: Double)

    /// Dots to a cell, across and down.
    let density: (columns: Int, rows: Int)
    /// Where arrows begin.
    let centre: Dot
    /// Dots for a length of 1, across and up; a cell is twice as high as wide.
    private let scale: Dot

    init(columns: Int, rows: Int, margin: Int, extent: Extent, glyphs: Glyphs) {
        density = glyphs.isASCII ? (1, 1) : (2, 4)
        let (across, up) = (max(1, columns - 2 * margin), max(1, rows - 2))
        let cells = min(Double(across) / extent.width, 2 * Double(up) / extent.height)
        scale = (cells * Double(density.columns), cells * Double(density.rows) / 2)
        centre = (
            Double(columns * density.columns - 1) / 2 - extent.middle.x * scale.x,
            Double(rows * density.rows - 1) / 2 + extent.middle.y * scale.y
        )
    }

    /// Single dots are seen only where there are many.
    var hasMarks: Bool { scale.x >= 9 }

    func dot(_ place: (x: Double, y: Double)) -> Dot {
        (centre.x + place.x * scale.x, centre.y - place.y * scale.y)
    }

    func tip(of arrow: ArrowPlot.Arrow) -> Dot { dot((arrow.x, arrow.y)) }

    func cell(_ dot: Dot) -> (row: Int, column: Int) {
        (Int(dot.y.rounded()) / density.rows, Int(dot.x.rounded()) / density.columns)
    }

    /// Where lines begin that fill an arrow's head: places across its direction, a little way back
    /// from the tip.
    func head(of arrow: ArrowPlot.Arrow) -> [Dot] {
        let tip = tip(of: arrow)
        let (x, y) = (tip.x - centre.x, tip.y - centre.y)
        let length = (x * x + y * y).squareRoot()
        guard length >= 8 else { return [] }
        let back = min(max(3, length / 6), 9) / length
        return stride(from: -0.45, through: 0.45, by: 0.15).map { aside in
            (tip.x - back * (x - aside * y), tip.y - back * (y + aside * x))
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
        let others = [
            (0, left), (0, right), (0, right + 2), (0, left - 2), (beyond, right + 2),
            (beyond, left - 2), (2 * beyond, middle), (-beyond, middle),
        ]
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
