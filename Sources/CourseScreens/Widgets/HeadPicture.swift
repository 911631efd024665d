import CourseContent
import CourseSession
import TerminalCanvas

/// A head that is computed by hand: keys and what asks them as arrows in the plane, and beside them
/// or below a row for each token, from its score to its share, and what is read.
struct HeadPicture: Widget {
    let spec: HeadSpec
    let width: Int
    let scene: Scene

    private static let gap = 2
    /// Fewer rows of a plane above its table show less than a plane beside it.
    private static let leastPlaneAbove = 12
    private static let mostPlane = 34
    /// A narrower plane shows no more than that there are arrows.
    private static let leastPlaneWidth = 18

    private var figures: HeadFigures { HeadFigures(spec, scene) }

    var heights: ClosedRange<Int> {
        let least = HeadTable.rows(tokens: spec.tokens.count, each: 1)
        let most = HeadTable.rows(tokens: spec.tokens.count, each: HeadTable.mostEach)
        return least...Self.mostPlane + 1 + most
    }

    var comfortable: Int { heights.lowerBound + 2 }

    /// Where both parts stand; without a plane where that has no room.
    private func arrangement(_ area: Rect, _ plot: ArrowPlot) -> (plane: Rect?, table: Rect) {
        let count = spec.tokens.count
        let each = (1...HeadTable.mostEach).last { each in
            let plane = area.height - HeadTable.rows(tokens: count, each: each) - 1
            return plane >= max(Self.leastPlaneAbove, area.height * 9 / 20)
        }
        if let each {
            let most = HeadTable.rows(tokens: count, each: each)
            let rows = min(plot.rows(columns: area.width), area.height - most - 1)
            let table = area.rows(rows + 1, count: most)
            return (area.rows(0, count: rows), table)
        }
        let room = area.width - HeadTable.leastWidth(tokens: spec.tokens) - Self.gap
        let columns = min(plot.columns(rows: area.height), room)
        guard columns >= Self.leastPlaneWidth else { return (nil, area) }
        return (
            Rect(column: area.column, row: area.row, width: columns, height: area.height),
            area.inset(left: columns + Self.gap)
        )
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        let figures = figures
        let plot = plot(figures, canvas.glyphs)
        let (plane, table) = arrangement(area, plot)
        if let plane {
            let columns = min(plane.width, plot.columns(rows: plane.height))
            canvas.draw(
                plot.lines(columns: columns, rows: plane.height),
                column: (plane.width - columns) / 2, in: plane)
        }
        HeadTable(figures: figures, detail: spec.detail, area: table, glyphs: canvas.glyphs)
            .draw(on: &canvas)
    }

    /// Keys below, queries on top; those of tokens that are not seen are faint.
    private func plot(_ figures: HeadFigures, _ glyphs: Glyphs) -> ArrowPlot {
        let keys = figures.tokens.enumerated().map { index, token in
            ArrowPlot.Arrow(
                x: token.key[0], y: token.key[1], label: token.word,
                style: index < figures.seen ? HeadTable.keyStyle : .faint)
        }
        let queries = figures.queries.enumerated().map { index, query in
            ArrowPlot.Arrow(
                x: query.numbers[0], y: query.numbers[1], label: query.name,
                sign: index == 0 ? "*" : "+", style: HeadTable.style(ofQuery: index), isThick: true)
        }
        return ArrowPlot(
            arrows: keys.reversed() + queries.reversed(), marks: HeadFigures.queryTips,
            glyphs: glyphs)
    }
}

/// A row, or some, for each token: its score, that scaled, its share of each query, its value.
private struct HeadTable {
    let figures: HeadFigures
    let area: Rect
    let glyphs: Glyphs
    /// Rows of a token.
    private let each: Int
    private let nameEnd: Int
    /// Whether keys stand as numbers, too.
    private let showsKeys: Bool
    private let showsScores: Bool
    private let showsScaled: Bool
    /// Whether the shares of two queries stand below each other.
    private let isStacked: Bool
    /// Whether shares that stand below each other have their query's name before them.
    private let namesQueries: Bool
    private let sharesStart: Int
    private let shareWidth: Int
    private let valueEnd: Int
    /// Where the values times their shares end; nil where these have no room.
    private let mixedEnd: Int?

    static let keyStyle = Style(.group(0))

    /// Each query in an ink of its own; neither is that of keys.
    static func style(ofQuery index: Int) -> Style {
        index == 0 ? .bright : Style(.group(1), .bold)
    }

    /// The rows of a table: a header, the tokens, a blank row where there is room, what is read.
    static func rows(tokens: Int, each: Int) -> Int {
        1 + tokens * each + (each == 1 ? 1 : 3)
    }

    /// Rows of a token at the most: two, and a blank one.
    static let mostEach = 3

    private static let mostName = 12
    private static let (scoreWidth, keyWidth, valueWidth) = (8, 14, 7)
    private static let (mixedWidth, mostBar, queryWidth) = (9, 48, 8)

    /// Columns for names, one share with a short bar, and values.
    static func leastWidth(tokens: [HeadSpec.Token]) -> Int { nameEnd(tokens) + 20 + valueWidth }

    private static func nameEnd(_ tokens: [HeadSpec.Token]) -> Int {
        2 + min(mostName, tokens.reduce(5) { max($0, columns(of: $1.word)) })
    }

    init(figures: HeadFigures, detail: HeadSpec.Detail, area: Rect, glyphs: Glyphs) {
        self.figures = figures
        self.area = area
        self.glyphs = glyphs
        let count = figures.tokens.count
        each = (1...Self.mostEach).last { Self.rows(tokens: count, each: $0) <= area.height } ?? 1
        nameEnd = Self.nameEnd(figures.tokens)
        isStacked = each > 1
        let columns = isStacked ? 1 : figures.queries.count
        var room = area.width - nameEnd - Self.valueWidth - 14 * columns
        func takes(_ width: Int) -> Bool {
            guard room >= width else { return false }
            room -= width
            return true
        }
        namesQueries = isStacked && figures.queries.count == 2 && takes(Self.queryWidth)
        showsScores = detail != .share && columns == 1 && takes(Self.scoreWidth)
        showsScaled = detail == .all && showsScores && takes(Self.scoreWidth)
        let showsMixed = isStacked && takes(Self.mixedWidth)
        showsKeys = room >= 20 && takes(Self.keyWidth)
        sharesStart =
            nameEnd + (showsKeys ? Self.keyWidth : 0)
            + (showsScores ? Self.scoreWidth : 0) + (showsScaled ? Self.scoreWidth : 0) + 2
            + (namesQueries ? Self.queryWidth : 0)
        let rest =
            area.width - sharesStart - Self.valueWidth - (showsMixed ? Self.mixedWidth : 0)
        shareWidth = max(5, min(Self.mostBar + 6, rest / columns))
        valueEnd = sharesStart + shareWidth * columns + Self.valueWidth - 1
        mixedEnd = showsMixed ? valueEnd + Self.mixedWidth : nil
    }

    func draw(on canvas: inout Canvas) {
        canvas.draw(fitted(header), in: area)
        for index in figures.tokens.indices { draw(index, on: &canvas) }
        let start = 1 + figures.tokens.count * each + (each > 1 ? 1 : 0)
        for (row, line) in feet.enumerated() { canvas.draw(line, row: start + row, in: area) }
    }

    /// No text is cut without a mark, however narrow the area.
    private func fitted(_ line: Line) -> Line { line.shortened(to: area.width, glyphs: glyphs) }

    private var header: Line {
        var spans = [Span("  token", .faint)]
        var stops: [TabStop] = [.from(0)]
        func add(_ text: String, _ stop: TabStop) {
            spans.append(Span(text, .faint))
            stops.append(stop)
        }
        if showsKeys { add("key", .to(nameEnd + Self.keyWidth)) }
        if showsScores { add("score", .to(scoreEnd)) }
        if showsScaled { add("scaled", .to(scoreEnd + Self.scoreWidth)) }
        if figures.queries.count == 2, !isStacked {
            add("query", .from(sharesStart))
            add("second", .from(sharesStart + shareWidth))
        } else {
            add("share", .from(sharesStart))
        }
        add("value", .to(valueEnd))
        if let mixedEnd { add("\(glyphs.times) share", .to(mixedEnd)) }
        return Line(spans, at: stops)
    }

    private var scoreEnd: Int { nameEnd + (showsKeys ? Self.keyWidth : 0) + Self.scoreWidth }

    private func draw(_ index: Int, on canvas: inout Canvas) {
        let row = 1 + index * each
        guard isStacked else {
            canvas.draw(fitted(line(index, figures.queries, isFirst: true)), row: row, in: area)
            return
        }
        // Two shares below each other, or one as thick as both where there is a blank row besides.
        let thickness = figures.queries.count == 1 && each == Self.mostEach ? 2 : 1
        for (number, query) in figures.queries.enumerated() {
            let first = row + number * thickness
            let line = line(index, [query], isFirst: number == 0)
            canvas.draw(fitted(line), row: first, in: area)
            if thickness == 2 {
                canvas.draw(
                    [Span(bar(index, query), barStyle(query))], column: sharesStart + 5,
                    row: first + 1, in: area)
            }
        }
    }

    /// A token's row for one query, or for two beside each other.
    private func line(_ index: Int, _ queries: [HeadFigures.Query], isFirst: Bool) -> Line {
        let token = figures.tokens[index]
        let asks = index == figures.seen - 1
        let isSeen = index < figures.seen
        let style: Style = !isSeen ? .faint : asks ? .strong : .plain
        var spans: [Span] = []
        var stops: [TabStop] = []
        func add(_ text: String, _ style: Style, _ stop: TabStop) {
            spans.append(Span(text, style))
            stops.append(stop)
        }
        if isFirst {
            add(asks ? String(glyphs.pointer) : " ", .bright, .from(0))
            let name = [Span(token.word, style)].shortened(to: Self.mostName, glyphs: glyphs)
            for span in name { add(span.text, span.style, .from(2)) }
            if showsKeys {
                let numbers = HeadFigures.text(token.key)
                add(numbers, isSeen ? Self.keyStyle : .faint, .to(nameEnd + Self.keyWidth))
            }
        }
        if let query = queries.first, queries.count == 1, let score = figures.score(index, query) {
            if showsScores { add(HeadFigures.text(score.dotProduct), style, .to(scoreEnd)) }
            if showsScaled {
                add(HeadFigures.text(score.scaled), style, .to(scoreEnd + Self.scoreWidth))
            }
        }
        for (column, query) in queries.enumerated() {
            let start = sharesStart + column * shareWidth
            if namesQueries { add(query.name, barStyle(query), .from(start - Self.queryWidth)) }
            add(shareText(index, query), shareStyle(index, query), .from(start))
            add(bar(index, query), barStyle(query), .from(start + 5))
        }
        if isFirst { add(String(token.value), style, .to(valueEnd)) }
        if let mixedEnd, let query = queries.first, let score = figures.score(index, query) {
            add(HeadFigures.text(score.share * Double(token.value)), .plain, .to(mixedEnd))
        }
        return Line(spans, at: stops)
    }

    private func shareText(_ index: Int, _ query: HeadFigures.Query) -> String {
        if index >= figures.seen { return shareWidth >= 9 ? "not seen" : "-" }
        return figures.score(index, query).map { HeadFigures.text($0.share) } ?? "?"
    }

    private func shareStyle(_ index: Int, _ query: HeadFigures.Query) -> Style {
        index < figures.seen ? .plain : .faint
    }

    private func barStyle(_ query: HeadFigures.Query) -> Style {
        Style(Self.style(ofQuery: query.name == figures.queries[0].name ? 0 : 1).ink)
    }

    private func bar(_ index: Int, _ query: HeadFigures.Query) -> String {
        let room = min(Self.mostBar, shareWidth - 6)
        guard room > 0, let score = figures.score(index, query) else { return "" }
        return glyphs.bar(score.share, of: room)
    }

    /// What is read: below the values times their shares, where these are shown.
    private var feet: [Line] {
        guard isStacked else { return [fitted(onOneRow)] }
        return figures.queries.enumerated().map { index, query in
            let who = figures.queries.count == 1 ? figures.asking : query.name
            let output = Span(figures.outputText(query), Self.style(ofQuery: index))
            guard let mixedEnd else { return fitted([Span("  \(who) reads ", .strong), output]) }
            return Line(
                [Span("  \(who) reads", .strong), Span(", all added", .faint), output],
                at: [.from(0), .from(0), .to(mixedEnd)])
        }
    }

    private var onOneRow: Line {
        let outputs = figures.queries.enumerated().map { index, query in
            Span(figures.outputText(query), Self.style(ofQuery: index))
        }
        if outputs.count == 2 {
            return [
                Span("  query reads ", .strong), outputs[0], Span(", second ", .strong), outputs[1],
            ]
        }
        let short = [Span("  \(figures.asking) reads ", .strong), outputs[0]]
        let long = short + [Span(", the values mixed by these shares", .faint)]
        return long.width <= area.width ? long : short
    }
}
