import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// One decode step against g: what is stored, what is moved, what is multiplied, and the time it
/// takes on this machine; the setting's g also with keys and values written out again.
struct TimesView: Widget {
    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let count = TimesFigures(scene).keyValueHeads.count
        let written = scene.setting.shape.groupSize > 1 ? 1 : 0
        return 2 + min(count, 3) + written...3 + count + written
    }

    /// As many of the legal g as there is room for: the setting's own, the ends, and the others
    /// from MQA up, where times differ least from one to the next.
    private func chosen(_ figures: TimesFigures, at own: Int, room: Int) -> [Int] {
        let legal = figures.keyValueHeads
        var dropped: Set<Int> = []
        let spare = legal.indices.dropFirst().dropLast().reversed()
            .filter { legal[$0] != own }
        // Every other one goes first, so that the rest still tells the way from end to end.
        let order =
            spare.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            + spare.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        for index in order where legal.count - dropped.count > room { dropped.insert(index) }
        return legal.indices.filter { !dropped.contains($0) }.map { legal[$0] }
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let figures = TimesFigures(scene)
        let shape = scene.setting.shape
        guard figures.canBeTimed else {
            canvas.draw(
                "Numbers of 4 and 2 bytes can be timed, no others.",
                at: Point(column: area.column + 1, row: area.row), in: area)
            return
        }
        canvas.draw(
            headline(figures, glyphs: canvas.glyphs),
            at: Point(column: area.column + 1, row: area.row), in: area)
        let written = shape.groupSize > 1 ? 1 : 0
        let room = area.height - 2 - written
        let chosen = chosen(figures, at: shape.keyValueHeads, room: room)
        let rows = chosen.compactMap(figures.step).flatMap { step -> [Row] in
            let isHere = step.shape.keyValueHeads == shape.keyValueHeads
            let ways: [DecodeWay] = isHere && written > 0 ? [.shared, .repeated] : [.shared]
            return ways.map {
                Row(
                    step: step, way: $0, time: figures.time(step, $0),
                    isHere: isHere && $0 == .shared)
            }
        }
        draw(rows, in: area.inset(top: 1), on: &canvas)
    }

    private struct Row {
        let step: DecodeStep
        let way: DecodeWay
        let time: Duration?
        let isHere: Bool
    }

    private func headline(_ figures: TimesFigures, glyphs: Glyphs) -> [Span] {
        guard let times = figures.known else {
            return [
                Span("Not timed \(figures.origin.place) yet", Style(.accent, .bold)),
                Span(": r runs one layer's step for every g"),
            ]
        }
        if times.isRunning {
            return [Span("Timing one layer's step ")] + progressBar(times.share, glyphs: glyphs)
        }
        let threads = counted(times.threads, "thread")
        if let date = figures.origin.dateBefore {
            return [
                Span("Timed on \(date)", Style(.accent, .bold)),
                Span(", \(threads): r times again"),
            ]
        }
        return [
            Span(
                times.isWhole ? "Timed \(figures.origin.machine)" : "Stopped early",
                Style(.accent, .bold)),
            Span(": one layer, one token, \(threads)"),
        ]
    }

    /// Where columns end (of right-aligned ones) or start.
    private enum Column {
        static let heads = 3
        static let each = 8
        static let stored = 17
        static let moved = 25
        static let multiplied = 38
        static let time = 47
        static let bar = 49
    }

    private func draw(_ rows: [Row], in area: Rect, on canvas: inout Canvas) {
        func put(_ text: String, endingAt end: Int, _ row: Int, _ style: Style) {
            canvas.draw(
                text, at: Point(column: area.column + end - columns(of: text), row: row),
                style: style, in: area)
        }
        let faint = Style(.faint)
        for (text, end) in [
            ("g", Column.heads), ("each", Column.each), ("stored", Column.stored),
            ("moved", Column.moved), ("multiplied", Column.multiplied), ("time", Column.time),
        ] { put(text, endingAt: end, area.row, faint) }
        let longest = rows.compactMap { $0.time?.seconds }.max() ?? 0
        let barWidth = max(0, area.width - Column.bar - 3)
        for (index, row) in rows.enumerated() {
            let y = area.row + 1 + index
            let style = row.isHere ? Style(.accent, .bold) : .plain
            let shape = row.step.shape
            if row.way == .shared {
                put(grouped(shape.keyValueHeads), endingAt: Column.heads, y, style)
                put(grouped(shape.groupSize), endingAt: Column.each, y, style)
                put(row.step.cacheSize.decimal, endingAt: Column.stored, y, style)
            } else {
                canvas.draw(
                    "written out again", at: Point(column: area.column + 1, row: y),
                    style: faint, in: area)
            }
            put(row.step.bytesMoved(row.way).decimal, endingAt: Column.moved, y, style)
            put(row.step.work, endingAt: Column.multiplied, y, style)
            guard let time = row.time else {
                put("?", endingAt: Column.time, y, faint)
                continue
            }
            put(time.inMilliseconds, endingAt: Column.time, y, style)
            let eighths = max(1, Int((time.seconds / longest * Double(barWidth * 8)).rounded()))
            let end = canvas.draw(
                canvas.glyphs.bar(eighths: eighths),
                at: Point(column: area.column + Column.bar, row: y),
                style: Style(row.isHere ? .accent : .faint), in: area)
            if row.isHere {
                canvas.draw(
                    String(canvas.glyphs.here), at: Point(column: end + 1, row: y),
                    style: Style(.accent), in: area)
            }
        }
    }
}

/// A bar of twenty cells and the percentage beside it.
func progressBar(_ share: Double, cells: Int = 20, glyphs: Glyphs) -> [Span] {
    let done = Int((share * Double(cells)).rounded())
    return [
        Span(String(repeating: glyphs.progressDone, count: done), Style(.accent)),
        Span(String(repeating: glyphs.progressLeft, count: cells - done), Style(.faint)),
        Span(" \(Int(share * 100)) %", Style(.accent, .bold)),
    ]
}
