import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// What a plot of a real model has around it: a headline, what must be said, where it is from.
private protocol MeasuredPlot: TextWidget {
    var width: Int { get }
    var glyphs: Glyphs { get }
    var isTable: Bool { get }
    var above: [Line] { get }
    var below: [Line] { get }
    /// Rows between the ends of its axis at the least.
    var leastRows: Int { get }
    var table: [Line] { get }
    func plot(rows: Int) -> [Line]
}

extension MeasuredPlot {
    var heights: ClosedRange<Int> {
        let around = above.count + below.count
        if isTable { return table.count + around...table.count + around + 1 }
        let frame = PlotFrame.compactFrame + around
        return leastRows + frame...32 + frame + 1
    }

    func lines(height: Int) -> [Line] {
        let rows = height - above.count - below.count
        let body = isTable ? table : plot(rows: rows)
        let gap: [Line] = body.count < rows ? [[]] : []
        return above + gap + body + below
    }

    func frame(
        rows: Int, title: String, across: Double, line: (y: Double, label: String),
        marks: [String]
    ) -> PlotFrame {
        let room = rows - PlotFrame.compactFrame
        return PlotFrame(
            title: title, across: across, line: line,
            columns: width - 2 - PlotFrame.margin.left - PlotFrame.margin.right,
            // A blank row above, where there is room for one.
            rows: room > 8 ? room - 1 : room, glyphs: glyphs, marks: marks, number: grouped)
    }

    func faint(_ texts: [String]) -> [Line] {
        texts.flatMap { wrapped([Span($0, .faint)], width: width - 2, glyphs: glyphs) }
    }
}

/// How different the heads of a real model look, layer by layer: a curve of pairs that share a K/V
/// head, and one of pairs that do not.
struct DiversityView: MeasuredPlot {
    let width: Int
    let glyphs: Glyphs
    let isTable: Bool
    private let figures: DiversityFigures

    init(width: Int, scene: Scene, glyphs: Glyphs) {
        (self.width, self.glyphs) = (width, glyphs)
        isTable = scene.showsTable
        figures = DiversityFigures(scene)
    }

    fileprivate var above: [Line] {
        wrapped([Span(figures.summary)], width: width - 2, glyphs: glyphs)
    }

    fileprivate let leastRows = 4

    fileprivate var below: [Line] {
        faint((isTable ? [figures.tableNote].compactMap(\.self) : []) + [figures.conditions]) + [
            origin(figures.origins, width: width - 2, glyphs: glyphs)
        ]
    }

    fileprivate func plot(rows: Int) -> [Line] {
        func curve(_ values: [Double]?, _ mark: Character, _ name: String, _ group: Int8)
            -> [CurvePlot.Curve]
        {
            guard let values else { return [] }
            return [
                CurvePlot.Curve(
                    points: values.enumerated().map { (Double($0.offset), $0.element) },
                    mark: mark, label: name, style: Style(.group(group), .bold))
            ]
        }
        // Quarters of it are whole layers.
        let last = Double(max(4, (figures.layers + 3) / 4 * 4))
        let frame = frame(
            rows: rows, title: "difference of two heads (up), layer (across)", across: last,
            line: (0, "the same"), marks: ["1.00", "0.75", "0.50", "0.25", "0.00"])
        return CurvePlot(
            frame: frame,
            curves: curve(figures.apart, glyphs.isASCII ? "o" : "○", "do not share", 1)
                + curve(figures.sharing, glyphs.isASCII ? "*" : "●", "share", 0)
        ).lines
    }

    fileprivate var table: [Line] {
        TableLayout(
            header: DiversityFigures.header.map { [Span($0, .strong)] },
            rows: figures.cells.map { row in
                row.enumerated().map { [Span($1, $0 == 0 ? .plain : .accent)] }
            },
            alignments: [.right, .right, .right], width: width - 1, glyphs: glyphs
        ).lines
    }
}

/// What each way to keep a real model's cache costs, against what it keeps: the plot of the race
/// with language in place of the made-up task.
struct LossesView: MeasuredPlot {
    let width: Int
    let glyphs: Glyphs
    let isTable: Bool
    private let figures: LossFigures

    /// Columns from which on a table has room for its ways' names in full.
    private static let leastWidthOfNames = 72
    /// Nats at the lower end of the axis.
    private static let mostNats = 2.0

    init(width: Int, scene: Scene, glyphs: Glyphs) {
        (self.width, self.glyphs) = (width, glyphs)
        isTable = scene.showsTable
        figures = LossFigures(scene)
    }

    fileprivate var above: [Line] {
        figures.proposal.map { wrapped([Span($0.words)], width: width - 2, glyphs: glyphs) } ?? []
    }

    /// Those of 8 and 4 bits stand in rows of their own where there is room for eight.
    fileprivate var leastRows: Int { above.count + below.count <= 4 ? 8 : 4 }

    /// What must be said beside these points, at any size.
    fileprivate var below: [Line] {
        faint(isTable ? [LossFigures.columns, figures.conditions] : [figures.conditions]) + [
            origin(figures.origins, width: width - 2, glyphs: glyphs)
        ]
    }

    fileprivate func plot(rows: Int) -> [Line] {
        let unit = figures.isInBits ? "bits" : "numbers"
        let titles = [
            "nats more a token (up, 0 is best), \(unit) of a token in a layer (across)",
            "nats more (up, 0 is best), \(unit) (across)",
        ]
        let frame = frame(
            rows: rows, title: titles.first { $0.count + 4 <= width } ?? titles[1],
            across: figures.most, line: (1, ""), marks: ["0.0", "0.5", "1.0", "1.5", "2.0"])
        func isOfBits(_ row: LossFigures.Row) -> Bool {
            if case .bits = row.form { true } else { false }
        }
        // Copies keep more than the axis has.
        let all = figures.rows.filter { row in
            if case .weighted = row.form { return false }
            return row.memory <= figures.most
        }
        // As built last, above those that stand at the same place; what stands where numbers do not
        // tell which it is has its label first.
        let others = all.dropFirst()
        let shown = others.filter(isOfBits) + others.filter { !isOfBits($0) } + all.prefix(1)
        var points = shown.map { row in
            let isBelow = row.nats > Self.mostNats
            let nats = fixed(max(0, row.nats), decimals: 2)
            return PointPlot.Point(
                x: row.memory, y: 1 - row.nats / Self.mostNats, mark: mark(row.form),
                label: isBelow ? "\(row.name): \(nats), below" : "\(row.short) \(nats)",
                short: row.short, style: style(row.form))
        }
        if let proposal = figures.proposal, proposal.memory <= figures.most {
            points.append(
                .init(
                    x: proposal.memory, y: 0, mark: "+", label: "yours: loss unknown",
                    short: "yours", style: .bright))
        }
        let path = shown.compactMap { row -> (x: Double, y: Double)? in
            switch row.form {
            case .built, .best: (row.memory, 1 - row.nats / Self.mostNats)
            default: nil
            }
        }
        return PointPlot(frame: frame, points: points, path: path).lines
    }

    private func mark(_ form: MeasuredModel.Form) -> Character {
        switch form {
        case .built, .copies: glyphs.isASCII ? "G" : "●"
        case .mean, .best: glyphs.isASCII ? "1" : "■"
        case .latent, .weighted: glyphs.isASCII ? "L" : "○"
        case .bits: glyphs.isASCII ? "B" : "◆"
        }
    }

    private func style(_ form: MeasuredModel.Form) -> Style {
        let group: Int8 =
            switch form {
            case .built, .copies: 0
            case .mean, .best: 3
            case .latent, .weighted: 4
            case .bits: 1
            }
        return Style(.group(group), .bold)
    }

    fileprivate var table: [Line] {
        TableLayout(
            header: LossFigures.header.map { [Span($0, .strong)] },
            rows: figures.rows.map { row in
                let name = width < Self.leastWidthOfNames ? row.short : row.cells[0]
                return [[Span(name)]] + row.cells.dropFirst().map { [Span($0, .accent)] }
            },
            alignments: [.left] + Array(repeating: .right, count: LossFigures.header.count - 1),
            width: width - 1, glyphs: glyphs
        ).lines
    }
}
