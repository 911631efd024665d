import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Every legal g, a row each: what its cache takes, its share of MHA as a bar, how many users fit,
/// and the time measured. The bar of the present g is cut into its K/V heads, in their colours.
struct GroupsView: Widget {
    private let figures: GroupFigures
    private let table: GroupsTable
    private let notes: [Line]

    init(spec: GroupsSpec, width: Int, scene: Scene, glyphs: Glyphs) {
        figures = GroupFigures(spec, scene)
        table = GroupsTable(figures, width: width, glyphs: glyphs)
        let texts = [
            spec.showsUsers ? figures.aboutUsers : nil,
            spec.showsTimes ? Self.aboutTimes(figures, inColumn: table.hasTimes) : nil,
            table.isCut ? "Colours: the K/V heads of your g." : nil,
        ]
        notes = texts.compactMap(\.self).flatMap {
            wrapped([Span($0, .faint)], width: width - 1, glyphs: glyphs)
        }
    }

    private static let headerRows = 2
    /// As many rows of g are seen at once before anything is said below them.
    private static let leastRows = 6

    var heights: ClosedRange<Int> { min(4, liked)...liked }

    private var liked: Int { Self.headerRows + figures.rows.count + notes.count }
    /// The most rows of a bar.
    private static let mostBars = 3

    func height(within available: Int) -> Int {
        let arranged = arranged(in: available)
        return Self.headerRows + arranged.visible.count * arranged.pitch
            + (arranged.hasNotes ? notes.count : 0)
    }

    /// What is in view where there are so many rows: which g, how many rows each takes, and whether
    /// the notes stand below.
    private func arranged(in height: Int) -> (visible: Range<Int>, pitch: Int, hasNotes: Bool) {
        let (count, room) = (figures.rows.count, height - Self.headerRows)
        // Rather every g than the notes; rather the notes where some g is out of view with or
        // without them.
        let hasNotes = room - notes.count >= (room >= count ? count : min(count, Self.leastRows))
        let rows = max(1, hasNotes ? room - notes.count : room)
        guard rows < count else {
            return (0..<count, min(rows / count, Self.mostBars), hasNotes)
        }
        let first = min(max(0, figures.current - rows / 2), count - rows)
        return (first..<first + rows, 1, hasNotes)
    }

    /// From the edge, as sliders and prose stand.
    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.draw(lines(height: area.height), in: area)
    }

    private func lines(height: Int) -> [Line] {
        let (visible, pitch, hasNotes) = arranged(in: height)
        let rows = visible.flatMap { index in
            let isCut =
                index == visible.lowerBound && index > 0
                ? table.glyphs.less
                : index == visible.upperBound - 1 && index < figures.rows.count - 1
                    ? table.glyphs.more : nil
            return table.lines(ofRow: index, rows: pitch, mark: isCut)
        }
        return table.header + rows + (hasNotes ? notes : [])
    }

    /// The g of the row at a point of the area; nil where there is none.
    func keyValueHeads(at point: Point, in area: Rect) -> Int? {
        let (visible, pitch, _) = arranged(in: area.height)
        let row = point.row - area.row - Self.headerRows
        guard area.contains(point), row >= 0, row / pitch < visible.count,
            case .heads(let count) = figures.rows[visible.lowerBound + row / pitch].kind
        else { return nil }
        return count
    }

    /// Of times in a column how they were found; where there is none the present g's own.
    private static func aboutTimes(_ figures: GroupFigures, inColumn: Bool) -> String {
        let times = figures.times
        guard times.canBeTimed else { return "Only 4- and 2-byte numbers can be timed." }
        guard let known = times.known else {
            return "Press r to time one layer for every g."
        }
        if known.isRunning, !inColumn { return "Timing: \(Int(known.share * 100)) %." }
        let when = times.origin.dateBefore.map { "on \($0)" } ?? times.origin.machine
        let time = figures.rows[figures.current].time
        let own = inColumn ? nil : time.map { " of a step \($0.inMilliseconds)" }
        return "Time\(own ?? ""): \(figures.timedLayer), one token, "
            + "\(counted(known.threads, "thread")), \(when)."
    }
}
