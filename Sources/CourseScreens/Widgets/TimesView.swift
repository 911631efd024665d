import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// One decode step against g: what is stored, what is moved, what is multiplied, and the time it
/// takes on this machine; the setting's g also with keys and values written out again. With room
/// for all of them, what is moved and the time stand as bars below each other, each on its own
/// scale.
struct TimesView: TextWidget {
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    private var figures: TimesFigures { TimesFigures(scene) }
    private var shape: AttentionShape { scene.setting.shape }
    /// Whether there is something to write out again.
    private var isShared: Bool { shape.groupSize > 1 }

    var heights: ClosedRange<Int> {
        let count = figures.keyValueHeads.count
        return rowsAround + min(count, 3)...max(rowsAround + count + 1, thickHeight)
    }

    private var rowCount: Int { figures.keyValueHeads.count + (isShared ? 1 : 0) }
    /// The rows of all but the legal g.
    private var rowsAround: Int { headerRows + (isShared ? 1 : 0) }
    private var headerRows: Int { 2 + leftOut.count }
    /// The rows where each step has two bars of its own, and where they stand apart besides.
    private var roomyHeight: Int { headerRows + 3 * rowCount }
    private var partedHeight: Int { headerRows + 4 * rowCount }
    /// The rows where bars are two rows high besides.
    private var thickHeight: Int { headerRows + 6 * rowCount }

    func height(within available: Int) -> Int {
        let count = figures.keyValueHeads.count + rowsAround
        return [thickHeight, partedHeight, roomyHeight].first { $0 <= available }
            ?? min(available, count + 1)
    }

    private var leftOut: [Line] {
        figures.leftOut.map { wrapped(" " + $0, .faint, width: width - 1, glyphs: glyphs) } ?? []
    }

    /// As many of the legal g as there is room for: the setting's own, the ends, and the others
    /// from MQA up, where times differ least from one to the next.
    private func chosen(room: Int) -> [Int] {
        let legal = figures.keyValueHeads
        let spare = legal.dropFirst().dropLast().reversed().filter { $0 != shape.keyValueHeads }
        // Every other one goes first, so that the rest still tells the way from end to end.
        let order = [0, 1].flatMap { stride(from: $0, to: spare.count, by: 2).map { spare[$0] } }
        let dropped = order.prefix(max(0, legal.count - room))
        return legal.filter { !dropped.contains($0) }
    }

    /// Whether legal g between it and the one above are not among the chosen.
    private func isBehindGap(_ keyValueHeads: Int, of chosen: [Int]) -> Bool {
        let above = chosen.last { $0 > keyValueHeads }
        return above != figures.keyValueHeads.last { $0 > keyValueHeads }
    }

    /// From the edge: three digits of g need the column that others leave free.
    func draw(in area: Rect, on canvas: inout Canvas) {
        canvas.draw(lines(height: area.height), in: area)
    }

    func lines(height: Int) -> [Line] {
        let figures = figures
        guard figures.canBeTimed else {
            return [[Span(" Only 4- and 2-byte numbers can be timed.")]]
        }
        let isRoomy = height >= roomyHeight
        let chosen = chosen(room: height - rowsAround)
        let rows = chosen.flatMap { keyValueHeads -> [Row] in
            guard let step = figures.step(keyValueHeads) else { return [] }
            let isHere = step.shape.keyValueHeads == shape.keyValueHeads
            let ways: [DecodeWay] = isHere && isShared ? [.shared, .repeated] : [.shared]
            return ways.map {
                Row(
                    step: step, way: $0, time: figures.time(step, $0), isHere: isHere,
                    isBehindGap: $0 == .shared && isBehindGap(keyValueHeads, of: chosen))
            }
        }
        let names = ["g", "each", "stored", "moved", "multiplied", "time"]
        let longest = rows.compactMap { $0.time?.seconds }.max() ?? 0
        let most = rows.map(\.moved).max() ?? 0
        let columns = Line([.blank(0)] + names.map { Span($0, .faint) }, at: Self.stops)
        return [[.blank(1)] + headline(figures)] + leftOut + [columns]
            + rows.flatMap { row -> [Line] in
                guard isRoomy else { return [line(row, longest: longest)] }
                let moved = Int((row.moved / most * Double(width - 12)).rounded())
                let shade = String(repeating: glyphs.shade, count: max(1, moved))
                let time = row.time.map { glyphs.bar($0.seconds / longest, of: width - 12) }
                let style: Style = row.isHere && row.way == .shared ? .accent : .faint
                let isThick = height >= thickHeight
                func bar(_ name: String, _ bar: String, isThick: Bool) -> [Line] {
                    let line: Line = [Span("   " + name.padded(to: 7), .faint), Span(bar, style)]
                    return [line] + (isThick ? [[.blank(10), Span(bar, style)]] : [])
                }
                return (height >= partedHeight ? [[]] : []) + [line(row, longest: nil)]
                    + bar("moved", shade, isThick: isThick)
                    + bar("time", time ?? "?", isThick: isThick && time != nil)
                    + (isThick && time == nil ? [[]] : [])
            }
    }

    private struct Row {
        let step: DecodeStep
        let way: DecodeWay
        let time: Duration?
        let isHere: Bool
        /// Whether there are steps above it that are not shown.
        let isBehindGap: Bool

        /// Bytes.
        var moved: Double { Double(step.bytesMoved(way).bytes) }
    }

    private static let stops: [TabStop] = [
        .from(0), .to(3), .to(8), .to(17), .to(25), .to(38), .to(47), .from(49),
    ]

    /// The figures of a row, and their bar where the longest time is given.
    private func line(_ row: Row, longest: Double?) -> Line {
        let (step, shape) = (row.step, row.step.shape)
        let isHere = row.isHere && row.way == .shared
        let style: Style = isHere ? .bright : .plain
        let stored =
            row.way == .shared
            ? [grouped(shape.keyValueHeads), grouped(shape.groupSize), step.cacheSize.decimal]
                .map { Span($0, style) }
            : [Span(" written out again", .faint), .blank(0), .blank(0)]
        // Where something is left out, g has no more than two digits.
        let gap = Span(row.isBehindGap ? String(glyphs.ellipsis) : "", .faint)
        let work = [Span(step.bytesMoved(row.way).decimal, style), Span(step.work, style)]
        guard let time = row.time else {
            return Line([gap] + stored + work + [Span("?", .faint)], at: Self.stops)
        }
        let bar = longest.map { glyphs.bar(time.seconds / $0, of: width - 52) } ?? ""
        let times = [Span(time.inMilliseconds, style), Span(bar, isHere ? .accent : .faint)]
        return Line([gap] + stored + work + times, at: Self.stops)
            + (isHere ? [.blank(1), Span("\(glyphs.here)", .accent)] : [])
    }

    private func headline(_ figures: TimesFigures) -> Line {
        guard let times = figures.known else {
            let start = Span("Not timed \(figures.origin.place) yet", .bright)
            let roomy: Line = [start, Span(": press r to time every g")]
            return roomy.width < width ? roomy : [start, Span(": press r")]
        }
        if times.isRunning {
            return [Span("Timing one layer's step ")] + progressBar(times.share, glyphs: glyphs)
        }
        let threads = counted(times.threads, "thread")
        if let date = figures.origin.dateBefore {
            return [Span("Timed on \(date)", .bright), Span(", \(threads): r times again")]
        }
        let start = Span(
            times.isWhole ? "Timed \(figures.origin.machine)" : "Stopped early", .bright)
        let rest = ": one layer, one token, \(threads)"
        let spread = times.spreadText.map { "; \($0)" } ?? ""
        let roomy: Line = [start, Span(rest + spread)]
        return roomy.width < width
            ? roomy : ([start, Span(rest)] as Line).shortened(to: width - 1, glyphs: glyphs)
    }
}
