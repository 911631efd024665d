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
    /// Its numbers in some rows at the most, and in as few and as many as it can do with.
    var tableHeights: ClosedRange<Int> { get }
    func table(rows: Int) -> [Line]
    func plot(rows: Int) -> [Line]
}

extension MeasuredPlot {
    var heights: ClosedRange<Int> {
        let around = above.count + below.count
        if isTable {
            let heights = tableHeights
            return heights.lowerBound + around...heights.upperBound + around + 2
        }
        let frame = PlotFrame.compactFrame + around
        return leastRows + frame...32 + frame + (above.isEmpty ? 1 : 2)
    }

    func lines(height: Int) -> [Line] {
        let rows = height - above.count - below.count
        let body = isTable ? table(rows: rows) : plot(rows: rows)
        // Blank rows where there is room: what is said below comes first.
        let gaps = (0..<2).map { body.count + $0 < rows ? [Line()] : [] }
        return above + (above.isEmpty ? [] : gaps[1]) + body + gaps[0] + below
    }

    func frame(
        rows: Int, title: String, across: Double, line: (y: Double, label: String),
        marks: [String], pointer: (x: Double, mark: Character)? = nil
    ) -> PlotFrame {
        let room = rows - PlotFrame.compactFrame
        return PlotFrame(
            title: title, across: across, line: line,
            columns: width - 2 - PlotFrame.margin.left - PlotFrame.margin.right,
            rows: room > 8 && !above.isEmpty ? room - 1 : room, glyphs: glyphs, marks: marks,
            pointer: pointer, number: grouped)
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
        faint([figures.conditions])
            + origin(figures.origins, width: width - 2, glyphs: glyphs)
    }

    fileprivate func plot(rows: Int) -> [Line] {
        let strips = DiversityStrips(figures, columns: width - 2, rows: rows, glyphs: glyphs)
        return strips?.lines ?? curves(rows: rows)
    }

    private func curves(rows: Int) -> [Line] {
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

    /// Of every layer, or, where there is no room for that, of some ten at the least.
    fileprivate var tableHeights: ClosedRange<Int> {
        let least = table(
            ofEvery: figures.layersPerRow(rows: Self.fewestLayers), blocks: mostBlocks)
        return least.count...max(least.count, table(ofEvery: 1, blocks: 1).count)
    }

    private static let fewestLayers = 10
    /// Columns of a table's rows, and those that part it from the next.
    private static let (blockWidth, blockGap) = (31, 5)

    /// As many tables as stand side by side.
    private var mostBlocks: Int {
        max(1, (width - 1 + Self.blockGap) / (Self.blockWidth + Self.blockGap))
    }

    /// Of as many layers as there is room for, in as few tables.
    fileprivate func table(rows: Int) -> [Line] {
        let last = figures.layersPerRow(rows: Self.fewestLayers)
        let tables = (1...last).lazy.flatMap { step in
            (1...mostBlocks).lazy.map { table(ofEvery: step, blocks: $0) }
        }
        return tables.first { $0.count <= rows } ?? table(ofEvery: last, blocks: mostBlocks)
    }

    private func table(ofEvery step: Int, blocks: Int) -> [Line] {
        let cells = figures.cells(ofEvery: step)
        let count = (cells.count + blocks - 1) / blocks
        let gap = String(repeating: " ", count: Self.blockGap - 2)
        let header = (0..<blocks).flatMap { block in
            DiversityFigures.header.enumerated().map { index, name in
                [Span((block > 0 && index == 0 ? gap : "") + name, .strong)]
            }
        }
        let rows = (0..<count).map { row -> [Line] in
            (0..<blocks).flatMap { block -> [Line] in
                let index = row + block * count
                if index >= cells.count { return [[], [], []] }
                return cells[index].enumerated().map { [Span($1, $0 == 0 ? .plain : .accent)] }
            }
        }
        return TableLayout(
            header: header, rows: rows, alignments: header.map { _ in .right }, width: width - 1,
            glyphs: glyphs
        ).lines + faint([figures.tableNote(ofEvery: step)].compactMap(\.self))
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

    /// Where the learner's own proposal would stand: its loss is not known, so that it has a place
    /// on the axis alone.
    fileprivate var above: [Line] {
        guard let proposal = figures.proposal, let last = proposal.words.last else { return [] }
        let words = proposal.words.first { columns(of: $0) + 2 <= width - 2 } ?? last
        return wrapped(
            [Span("\(pointer(proposal.memory).mark) ", .bright), Span(words)], width: width - 2,
            glyphs: glyphs)
    }

    private func pointer(_ memory: Double) -> (x: Double, mark: Character) {
        let isBeyond = memory > figures.most
        let marks: (Character, Character) = glyphs.isASCII ? ("^", ">") : ("▲", "▸")
        return (memory, isBeyond ? marks.1 : marks.0)
    }

    /// Those of 8 and 4 bits stand in rows of their own.
    fileprivate let leastRows = 8

    /// What must be said beside these points, at any size.
    fileprivate var below: [Line] {
        faint(
            [isTable ? LossFigures.columns : nil, figures.brackets, figures.conditions]
                .compactMap(\.self))
            + origin(figures.origins, width: width - 2, glyphs: glyphs)
    }

    fileprivate func plot(rows: Int) -> [Line] {
        let unit = figures.isInBits ? "bits" : "numbers"
        let titles = [
            "nats more a token (up, 0 is best), \(unit) of a token in a layer (across)",
            "nats more (up, 0 is best), \(unit) (across)",
        ]
        let frame = frame(
            rows: rows, title: titles.first { $0.count + 4 <= width } ?? titles[1],
            across: figures.most, line: (1, ""), marks: ["0.0", "0.5", "1.0", "1.5", "2.0"],
            pointer: figures.proposal.map { pointer($0.memory) })
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
        let points = shown.map { row in
            let isBelow = row.nats > Self.mostNats
            let nats = fixed(max(0, row.nats), decimals: 2)
            return PointPlot.Point(
                x: row.memory, y: 1 - row.nats / Self.mostNats, mark: mark(row.form),
                label: isBelow ? "\(row.name): \(nats), below" : "\(row.short) \(nats)",
                short: row.short, style: row.isBracketed ? Self.dim : style(row.form))
        }
        let path = shown.compactMap { row -> (x: Double, y: Double)? in
            switch row.form {
            case .built, .best: (row.memory, 1 - row.nats / Self.mostNats)
            default: nil
            }
        }
        return PointPlot(frame: frame, points: points, path: path, isStrict: true).lines
    }

    /// Of what is not the learner's own beside what is: nothing else may cover it.
    private static let dim = Style(.faint, .italic)

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

    fileprivate var tableHeights: ClosedRange<Int> {
        let count = table(rows: 0).count
        return count...count
    }

    fileprivate func table(rows: Int) -> [Line] {
        TableLayout(
            header: LossFigures.header.map { [Span($0, .strong)] },
            rows: figures.rows.map { row in
                let name = width < Self.leastWidthOfNames ? row.short : row.cells[0]
                let style = row.isBracketed ? Self.dim : .accent
                return [[Span(name)]] + row.cells.dropFirst().map { [Span($0, style)] }
            },
            alignments: [.left] + Array(repeating: .right, count: LossFigures.header.count - 1),
            width: width - 1, glyphs: glyphs
        ).lines
    }
}
