import AttentionEngine
import CourseSession
import TerminalCanvas

/// The columns of the table of every g: as many as there is room for, the rest is the bar's.
struct GroupsTable {
    let glyphs: Glyphs
    private let figures: GroupFigures
    private let left: [Column]
    private let right: [Column]
    /// Where the columns left of the bar stand, and those right of it.
    private let stops: (left: [TabStop], right: [TabStop])
    private let barStart: Int
    private let barWidth: Int
    /// Cells of a bar for each K/V head; 0 where there are more heads than cells.
    private let perHead: Int
    /// Whether the bar of the present g can be cut into its K/V heads.
    var isCut: Bool { perHead > 0 && !figures.isVeiled && !glyphs.isASCII }
    /// Whether there is room for the times.
    let hasTimes: Bool

    /// The largest share of a row, which its bar fills the room with, or MHA's.
    private let mostShare: Double

    /// A column: its header of two rows, what it says of each row, and its columns of cells.
    private struct Column {
        let header: (String, String)
        let texts: [String]
        let isLeft: Bool
        let width: Int

        init(
            _ first: String, _ second: String = "", of rows: [GroupFigures.Row],
            isLeft: Bool = false, text: (GroupFigures.Row) -> String
        ) {
            header = (first, second)
            texts = rows.map(text)
            self.isLeft = isLeft
            width = ([first, second] + texts).map { columns(of: $0) }.max() ?? 0
        }
    }

    private static let leastBar = 10

    init(_ figures: GroupFigures, width: Int, glyphs: Glyphs) {
        (self.figures, self.glyphs) = (figures, glyphs)
        let (rows, gap) = (figures.rows, width < 90 ? 2 : 3)
        let left = [
            Column("g K/V", "heads", of: rows) { figures.name(of: $0) },
            Column("n/g query", "heads each", of: rows) {
                $0.shape.map { grouped($0.groupSize) } ?? ""
            },
            Column("cache", of: rows) { figures.size(of: $0) },
            Column("of MHA", of: rows, isLeft: true) { figures.share(of: $0) },
        ]
        let remarks = Column("", of: rows, isLeft: true) { $0.remarks.joined(separator: ", ") }
        let users = Column("users", "that fit", of: rows) { figures.users(of: $0) }
        let times = Column(
            "one layer", Self.timing(figures.times).leading(to: "timing 99 %".count), of: rows
        ) { $0.time?.inMilliseconds ?? "" }
        // The pointer before the columns, the mark of rows out of view behind them.
        func room(besides columns: [Column]) -> Int {
            width - 4 - columns.reduce(0) { $0 + $1.width + gap }
        }
        func isRoomy(_ columns: [Column]) -> Bool { room(besides: columns) >= Self.leastBar }
        var right: [Column] = []
        if figures.showsUsers, isRoomy(left + [users]) { right = [users] }
        if remarks.width > 0, isRoomy(left + [remarks] + right) { right.insert(remarks, at: 0) }
        hasTimes = figures.showsTimes && isRoomy(left + right + [times])
        if hasTimes { right.append(times) }
        let rest = max(0, room(besides: left + right))
        let heads = figures.queryHeads
        mostShare = rows.reduce(1) { max($0, $1.share) }
        let isWhole = heads <= rest && mostShare <= 1
        perHead = isWhole ? rest / heads : 0
        barWidth = isWhole ? perHead * heads : rest
        var end = 2
        func stops(of columns: [Column]) -> [TabStop] {
            columns.map { column in
                defer { end += column.width + gap }
                return column.isLeft ? .from(end) : .to(end + column.width)
            }
        }
        let leftStops = [.from(0)] + stops(of: left)
        barStart = end
        end += rest + gap
        self.stops = (leftStops, stops(of: right) + [.from(width - 1)])
        (self.left, self.right) = (left, right)
    }

    private static func timing(_ times: TimesFigures) -> String {
        guard let known = times.known else { return "press r" }
        return known.isRunning ? "timing \(Int(known.share * 100)) %" : "timed"
    }

    // MARK: Lines

    /// Cells left of the bar, the bar, and cells right of it.
    private func line(_ before: [Span], _ bar: [Span], _ behind: [Span]) -> Line {
        Line(
            before + bar + behind, at: stops.left + bar.map { _ in .from(barStart) } + stops.right)
    }

    /// The names of the columns.
    var header: [Line] {
        func line(_ name: (Column) -> String) -> Line {
            func names(_ columns: [Column]) -> [Span] { columns.map { Span(name($0), .faint) } }
            return self.line([.blank(0)] + names(left), [], names(right))
        }
        return [line(\.header.0), line(\.header.1)]
    }

    /// The row of an index in so many rows of cells; mark: that there are more above or below.
    func lines(ofRow index: Int, rows: Int, mark: Character?) -> [Line] {
        let isHere = index == figures.current
        let style: Style = isHere ? .bright : .plain
        func cells(_ columns: [Column]) -> [Span] { columns.map { Span($0.texts[index], style) } }
        let pointer = Span(isHere ? String(glyphs.pointer) : "", .bright)
        let bar = bar(of: figures.rows[index], isHere: isHere)
        let first = line(
            [pointer] + cells(left), bar,
            cells(right) + [Span(mark.map { String($0) } ?? "", .faint)])
        if rows <= 1 { return [first] }
        // Of several rows the last is blank, so that bars stand apart.
        let more = [.blank(barStart)] + bar
        return [first] + Array(repeating: more, count: rows - 2) + [[]]
    }

    private func bar(of row: GroupFigures.Row, isHere: Bool) -> Line {
        if figures.isVeiled { return [] }
        if isHere, perHead > 0, case .heads(let heads) = row.kind {
            let head = String(repeating: glyphs.fullBlock, count: perHead)
            return (0..<heads).map { Span(head, Style(.group(Int8($0 % Ink.groupCount)))) }
        }
        let bar = glyphs.bar(row.share / mostShare, of: barWidth)
        return [Span(bar, isHere ? .accent : .faint)]
    }
}
