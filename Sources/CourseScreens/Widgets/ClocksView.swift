import CourseContent
import CourseSession
import TerminalCanvas

/// Two bars on one axis of time, what is read and what is computed; where there is room, below them
/// the same for every g, so that one sees where a smaller one stops helping.
struct ClocksView: TextWidget {
    private let figures: ClockFigures
    private let width: Int
    private let glyphs: Glyphs
    private let notes: [Line]
    private let isKnown: Bool
    private let showsGroups: Bool

    init(spec: ClocksSpec, width: Int, scene: Scene, glyphs: Glyphs) {
        showsGroups = spec.showsGroups
        figures = ClockFigures(scene)
        (self.width, self.glyphs) = (width - 2, glyphs)
        isKnown = figures.times != nil
        notes = wrapped(
            [Span(figures.notes.joined(separator: " "), .faint)], width: width - 2, glyphs: glyphs)
    }

    // MARK: The form

    /// What is drawn where there are some rows.
    private struct Form {
        /// The rows of a bar.
        var thickness = 1
        var hasAxis = false
        /// Whether blank rows set the parts off.
        var isAiry = false
        /// The rows from one g to the next, of more than one the last blank; none where they are
        /// not shown.
        var pitch = 0
        var hasNotes = false
    }

    private var forms: [Form] {
        showsGroups ? Self.allForms : Self.allForms.filter { $0.pitch == 0 }
    }

    private static let allForms = [
        Form(thickness: 3, hasAxis: true, isAiry: true, pitch: 3, hasNotes: true),
        Form(thickness: 3, hasAxis: true, isAiry: true, pitch: 2, hasNotes: true),
        Form(thickness: 3, hasAxis: true, isAiry: true, pitch: 1, hasNotes: true),
        Form(thickness: 2, hasAxis: true, isAiry: true, pitch: 1, hasNotes: true),
        Form(thickness: 2, hasAxis: true, isAiry: true, pitch: 1),
        Form(thickness: 2, hasAxis: true, pitch: 1),
        Form(thickness: 1, hasAxis: true, pitch: 1),
        Form(thickness: 3, hasAxis: true, isAiry: true, hasNotes: true),
        Form(thickness: 2, hasAxis: true, isAiry: true),
        Form(thickness: 2, hasAxis: true), Form(hasAxis: true), Form(),
    ]

    private func height(_ form: Form) -> Int {
        4 + 2 * form.thickness - 1 + (form.hasAxis ? 1 : 0) + (form.isAiry ? 4 : 0)
            + (form.pitch > 0 ? figures.rows.count * form.pitch + (form.pitch > 1 ? 1 : 2) : 0)
            + (form.hasNotes ? notes.count + 1 : 0)
    }

    private func form(within available: Int) -> Form {
        forms.first { height($0) <= available } ?? Form()
    }

    var heights: ClosedRange<Int> { height(Form())...height(forms[0]) }
    func height(within available: Int) -> Int { min(available, height(form(within: available))) }

    // MARK: The drawing

    /// Where bars begin, behind their names, and the columns behind them that say how long they
    /// are.
    private static let start = 9
    private static let behind = 10

    private var barWidth: Int { max(4, min(96, width - Self.start - Self.behind)) }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let times = figures.times
        let gap: [Line] = form.isAiry ? [[]] : []
        let read = bar(
            "read", [(times?.weights, .faint), (times?.caches, .accent)], times?.reading,
            isLonger: times?.waitsForMemory == true, rows: form.thickness, end: figures.axisEnd)
        let computed = bar(
            "compute", [(times?.computing, .plain)], times?.computing,
            isLonger: times?.waitsForMemory == false, rows: form.thickness, end: figures.axisEnd)
        // Bars whose axis is not drawn still have an end.
        let ended =
            form.hasAxis || !isKnown
            ? [] : figures.titles.prefix(1).map { "\($0); scale to \(figures.axisLabel)" }
        return [[Span(fitting(ended + figures.titles), .strong)]]
            + (form.hasAxis ? [isKnown ? axis : []] : [])
            + gap
            + read + [legend] + gap + computed
            + (form.isAiry ? [work] : []) + gap
            + [verdict] + (form.pitch > 0 ? [[]] + rows(pitch: form.pitch) : [])
            + (form.hasNotes ? [[]] + notes : [])
    }

    /// The first of some texts that fits, the last one shortened where none does.
    private func fitting(_ texts: [String], in room: Int? = nil) -> String {
        let room = room ?? width
        let text = texts.first { columns(of: glyphs.printable($0)) <= room } ?? texts.last ?? ""
        return Line([Span(text)]).shortened(to: room, glyphs: glyphs).map(\.text).joined()
    }

    /// The axis of time from end to end.
    private var axis: Line {
        let rule = String(repeating: glyphs.horizontal, count: barWidth - 2)
        let axis = "0" + String(glyphs.teeRight) + rule + String(glyphs.teeLeft)
        return [.blank(Self.start - 1), Span("\(axis) \(figures.axisLabel)", .faint)]
    }

    /// A bar of parts, a cut between them, and how long it is.
    private func bar(
        _ name: String, _ parts: [(seconds: Double?, style: Style)], _ whole: Double?,
        isLonger: Bool, rows: Int, end: Double
    ) -> [Line] {
        let style: Style = isLonger ? .bright : .plain
        let filled = filled(parts, end: end)
        let figure = Span(" " + ClockFigures.text(whole), style)
        let first = Line([Span(name, style)] + [.blank(Self.start - name.count)])
        return (0..<rows).map { row in
            row == (rows - 1) / 2
                ? first + filled + [figure] : [.blank(Self.start)] + filled
        }
    }

    /// Cells of parts that follow each other on an axis that ends at some seconds.
    private func filled(
        _ parts: [(seconds: Double?, style: Style)], end axisEnd: Double
    ) -> Line {
        let parts = parts.compactMap { part in part.seconds.map { ($0, part.style) } }
            .filter { $0.0 > 0 }
        guard isKnown, let last = parts.last else { return [] }
        let scale = Double(barWidth) / axisEnd
        var line: Line = []
        var end = 0.0
        for (seconds, style) in parts.dropLast() {
            let start = Int((end * scale).rounded())
            end += seconds
            let cells = Int((end * scale).rounded()) - start
            // A cell is cut at its right edge.
            let cut = glyphs.isASCII ? "|" : "▉"
            if cells > 0 {
                line.append(
                    Span(String(repeating: glyphs.fullBlock, count: cells - 1) + cut, style))
            }
        }
        let room = (end + last.0) * scale - Double(line.width)
        line.append(Span(glyphs.bar(eighths: max(1, Int((room * 8).rounded()))), last.1))
        return line
    }

    /// What the parts of the upper bar are, from the left.
    private var legend: Line {
        let parts = figures.parts
        func line(_ text: (String, String, String) -> String, _ gap: Int) -> Line {
            zip(parts, parts.count == 2 ? [.faint, .accent] : [Style.accent]).enumerated()
                .flatMap { index, part -> Line in
                    [
                        .blank(index == 0 ? Self.start : gap),
                        Span(glyphs.isASCII ? "#" : "■", part.1),
                        Span(" " + text(part.0.name, part.0.size, part.0.time), .faint),
                    ]
                }
        }
        let lines = [
            line({ "\($0) \($1), \($2)" }, 3), line({ "\($0) \($2)" }, 2),
            line({ "\($0) \($2)" }, 1),
        ]
        return lines.first { $0.width <= width }
            ?? lines[2].shortened(to: width, glyphs: glyphs)
    }

    /// What the lower bar is.
    private var work: Line {
        let room = width - Self.start
        return [.blank(Self.start), Span(fitting([figures.operations], in: room), .faint)]
    }

    private var verdict: Line { [Span(fitting(figures.verdicts), isKnown ? .bright : .faint)] }

    // MARK: Every g

    /// Where the bars of every g end: on the axis above, or behind it where that leaves out those
    /// that take many times as long.
    private var rowsEnd: Double {
        figures.rows.compactMap(\.times?.whole).reduce(figures.axisEnd, max)
    }

    private var hasOwnScale: Bool { isKnown && rowsEnd > figures.axisEnd }

    private func rows(pitch: Int) -> [Line] {
        let rows = figures.rows.map { lines(of: $0, thickness: max(1, pitch - 1)) }
        let scale = hasOwnScale ? ", to a scale of their own" : ""
        return [[Span(fitting(["the same with every g\(scale)", "every g\(scale)"]), .faint)]]
            + rows.joined(separator: pitch > 1 ? [[]] : [])
    }

    private func lines(of row: ClockFigures.Row, thickness: Int) -> [Line] {
        let text = figures.text(of: row)
        let style: Style = row.isHere ? .bright : .plain
        let name = Line(
            [Span(row.isHere ? String(glyphs.pointer) : "", .bright), Span(row.name, style)],
            at: [.from(0), .to(Self.start - 2)])
        let times = row.times
        let isMemory = times?.waitsForMemory != false
        let parts: [(seconds: Double?, style: Style)] =
            isMemory
            ? [(times?.weights, .faint), (times?.caches, .accent)] : [(times?.computing, .plain)]
        let bar = filled(parts, end: rowsEnd)
        let line = name + [.blank(Self.start - name.width)] + bar + [Span(" " + text.time, style)]
        let reason = Span(" \(text.waitsFor)", .faint)
        let isSaid = !isMemory && line.width + columns(of: reason.text) <= width
        return [isSaid ? line + [reason] : line]
            + Array(repeating: [.blank(Self.start)] + bar, count: thickness - 1)
    }
}
