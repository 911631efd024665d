import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A tank for each GPU, filled from below: its part of the weights, then a brick for each user's
/// cache, in the colours of the K/V heads that it holds; what another GPU keeps as well is hatched.
struct TankView: Widget {
    private let figures: TankFigures
    private let width: Int
    private let glyphs: Glyphs

    init(width: Int, scene: Scene, glyphs: Glyphs) {
        figures = TankFigures(scene)
        (self.width, self.glyphs) = (width - 2, glyphs)
    }

    // MARK: The form

    private static let leastRows = 3
    /// The rows of a tank at the most; where tanks are narrow fewer, so that they stay tanks.
    private var mostRows: Int { width < 80 ? 20 : 26 }

    /// Rows below the tanks: their floor, what fills them, how many users fit.
    private var feet: Int { 3 + (figures.latent == nil ? 0 : 1) }
    /// Where there is room: their rim and the heads' numbers, which else stand in the floor; the
    /// users of every g, and blank rows around.
    private static let labels = 2
    private static let table = 4

    var heights: ClosedRange<Int> {
        Self.leastRows + feet...mostRows + feet + Self.labels + Self.table
    }

    private struct Form {
        let rows: Int
        let hasLabels: Bool
        let hasTable: Bool
    }

    private func form(within available: Int) -> Form {
        let room = available - feet
        let hasTable = room >= 8 + Self.table
        let hasLabels = room >= 9
        let extras = (hasTable ? Self.table : 0) + (hasLabels ? Self.labels : 0)
        return Form(
            rows: max(1, min(mostRows, room - extras)), hasLabels: hasLabels,
            hasTable: hasTable)
    }

    func height(within available: Int) -> Int {
        let form = form(within: available)
        return min(
            available,
            form.rows + feet + (form.hasLabels ? Self.labels : 0) + (form.hasTable ? Self.table : 0)
        )
    }

    // MARK: The drawing

    func draw(in area: Rect, on canvas: inout Canvas) {
        let form = form(within: area.height)
        let tanks = tanks(rows: form.rows)
        var column = 1
        for tank in tanks.drawn {
            canvas.draw(lines(of: tank, form), column: column, in: area)
            column += tank.width + 2 + tanks.gap
        }
        if tanks.isCut { canvas.draw(glyphs.dots, .faint, column: column, in: area) }
        let row = form.rows + 1 + (form.hasLabels ? Self.labels : 0)
        canvas.draw(text(form), column: 1, row: row, in: area)
    }

    /// A tank to be drawn: what its bricks are, and the columns inside.
    private struct Tank {
        let filling: TankFigures.Filling?
        let heads: Range<Int>
        let isCopy: Bool
        let label: String
        let width: Int
    }

    /// As many tanks as there is room for, and the blanks between them.
    private func tanks(rows: Int) -> (drawn: [Tank], gap: Int, isCut: Bool) {
        let beside = figures.latent == nil ? 0 : 1
        let count = figures.gpus + beside
        let gap = width >= count * 5 ? 1 : 0
        let inside = max(1, min(max(16, 2 * rows), (width + gap) / count - gap - 2))
        let pitch = inside + 2 + gap
        let isCut = count * pitch - gap > width
        // What is left out is marked behind the last.
        let shown = isCut ? max(1, (width - glyphs.dots.count) / pitch) : count
        var drawn = (0..<max(1, shown - beside)).map {
            tank(on: $0, of: figures.here, width: inside)
        }
        if let latent = figures.latent, shown > 1 {
            drawn.append(tank(on: figures.gpus - 1, of: latent, width: inside))
        }
        return (drawn, gap, isCut)
    }

    private func tank(on gpu: Int, of filling: TankFigures.Filling?, width: Int) -> Tank {
        guard let filling else {
            return Tank(filling: nil, heads: 0..<1, isCopy: false, label: "", width: width)
        }
        let (heads, isCopy) = figures.heads(on: gpu, of: filling)
        let ends = Set([heads.lowerBound, heads.upperBound - 1]).sorted()
        let labels =
            filling.keyValueHeads == nil
            ? ["MLA"]
            : ["kv", ""].map { name in ends.map { "\(name)\($0)" }.joined(separator: "-") }
        let label = labels.first { columns(of: $0) <= width + 2 } ?? ""
        return Tank(filling: filling, heads: heads, isCopy: isCopy, label: label, width: width)
    }

    /// A tank from above: its rows, its floor, and below which heads it holds.
    private func lines(of tank: Tank, _ form: Form) -> [Line] {
        let side = Span(String(glyphs.vertical), .faint)
        let frame = Frame(.light, width: tank.width + 2)
        let floor: Line = [Span(frame.bottom(glyphs), .faint)]
        let contents = contents(of: tank, rows: form.rows)
        let rows = contents.reversed().map { [side] + $0 + [side] }
        let isNamed = !figures.isVeiled || figures.latent != nil
        let name = isNamed ? tank.label : ""
        let label = Span(name, style(tank, column: 0))
        let start = (tank.width + 2 - columns(of: name)) / 2
        guard form.hasLabels else {
            // In the floor, between its corners.
            guard isNamed, start > 0 else { return rows + [floor] }
            let rule = frame.bottom(glyphs)
            return rows + [
                [
                    Span(String(rule.prefix(start)), .faint), label,
                    Span(String(rule.dropFirst(start + columns(of: name))), .faint),
                ]
            ]
        }
        return [[Span(frame.top(glyphs), .faint)]] + rows + [floor] + [[.blank(start), label]]
    }

    /// The colour of a column of a tank, which its heads share evenly.
    private func style(_ tank: Tank, column: Int) -> Style {
        guard tank.filling?.keyValueHeads != nil else { return .accent }
        let head = tank.heads.lowerBound + column * tank.heads.count / max(1, tank.width)
        return Style(.group(Int8(head % Ink.groupCount)))
    }

    /// The rows of a tank from below.
    private func contents(of tank: Tank, rows: Int) -> [Line] {
        let wall = Wall(
            shares: figures.shares(tank.filling), users: users(of: tank.filling),
            width: tank.width, rows: rows)
        return (0..<rows).map { row in
            (0..<tank.width).map { column in
                let cell = wall.cell(row: row, column: column)
                return Span(
                    String(glyph(cell, isCopy: tank.isCopy)),
                    cell == .weights
                        ? .faint : cell == .empty ? .plain : style(tank, column: column))
            }
        }
    }

    /// The users that are drawn: none while they are asked for.
    private func users(of filling: TankFigures.Filling?) -> Int {
        guard !figures.isVeiled, case .number(let users)? = filling?.users else { return 0 }
        return users
    }

    /// What a brick of the first to keep it is made of.
    private var brick: Character { glyphs.isASCII ? "O" : "█" }

    private func glyph(_ cell: Wall.Cell, isCopy: Bool) -> Character {
        switch cell {
        case .empty: " "
        case .weights: glyphs.fullBlock
        case .cache(let isOdd, _) where isCopy: isOdd ? glyphs.lightShade : glyphs.shade
        case .cache(let isOdd, _) where glyphs.isASCII: isOdd ? "o" : brick
        case .cache(_, let end): end == .right ? "▉" : end == .above ? "▇" : brick
        }
    }

    // MARK: The text

    private func text(_ form: Form) -> [Line] {
        let lines = [
            fitting(figures.titles.map { signed($0, .faint) }),
            fitting(figures.caches.map { signed($0) }),
        ]
        let latent = figures.latentCaches.map { [fitting($0.map { signed($0) })] } ?? []
        return form.hasTable ? [[]] + lines + latent + [[]] + table : lines + latent
    }

    /// A text with the sign of what is drawn before what is said of it.
    private func signed(_ told: [TankFigures.Piece], _ style: Style = .plain) -> Line {
        told.flatMap { piece -> Line in
            switch piece.part {
            case .weights: [Span("\(glyphs.fullBlock) ", .faint), Span(piece.text, style)]
            case .caches: [Span("\(brick) ", Style(.group(0))), Span(piece.text, .bright)]
            case .copies:
                [Span("\(glyphs.shade)\(glyphs.lightShade) ", .plain), Span(piece.text, style)]
            case nil: [Span(piece.text, style)]
            }
        }
    }

    private func fitting(_ texts: [Line]) -> Line {
        (texts.first { $0.width <= width } ?? texts.last ?? [])
            .shortened(to: width, glyphs: glyphs)
    }

    /// The users of every g, two rows; of as many as there is room for, around the present one.
    private var table: [Line] {
        let all = figures.rows
        let cells = all.map { (grouped($0.keyValueHeads), figures.users($0.filling)) }
        let cell = 2 + cells.reduce(1) { max($0, columns(of: $1.0), columns(of: $1.1)) }
        let start = 6
        let room = max(1, (width - start) / cell)
        let current = all.firstIndex { $0.keyValueHeads == figures.here?.keyValueHeads } ?? 0
        let first = min(max(0, current - room / 2), max(0, all.count - room))
        let shown = first..<min(all.count, first + room)
        func line(_ name: String, _ text: (Int) -> String) -> Line {
            let stops = shown.indices.map { TabStop.to(start + ($0 - first + 1) * cell) }
            return Line(
                [Span(name, .faint)]
                    + shown.map {
                        Span(text($0), figures.here != nil && $0 == current ? .bright : .plain)
                    },
                at: [.from(0)] + stops)
        }
        return [line("g") { cells[$0].0 }, line("users") { cells[$0].1 }]
    }
}

/// The cells of a tank, filled from below with weights and, row after row from the left, with as
/// many bricks as there are users.
private struct Wall {
    enum Cell: Equatable {
        case empty, weights
        /// Of the cache of every other user, and where its brick ends.
        case cache(isOdd: Bool, End?)
    }

    enum End: Equatable {
        case right, above
    }

    private let weights: Double
    private let user: Double
    private let users: Int
    private let width: Int
    private let rows: Int

    init(shares: (weights: Double, user: Double), users: Int, width: Int, rows: Int) {
        weights = shares.weights
        user = shares.user
        self.users = users
        (self.width, self.rows) = (width, rows)
    }

    /// Whether a user's brick takes whole rows; smaller ones lie side by side.
    private var isTall: Bool { user * Double(rows) >= 1 }

    /// The row, or of small bricks the cell, at which a brick begins.
    private func start(of brick: Int) -> Int {
        let end = weights + Double(brick) * user
        return Int((end * Double(isTall ? rows : rows * width)).rounded())
    }

    func cell(row: Int, column: Int) -> Cell {
        let place = isTall ? row : row * width + column
        if place < start(of: 0) { return .weights }
        guard users > 0, user > 0 else { return .empty }
        let share = (Double(place) + 0.5) / Double(isTall ? rows : rows * width)
        let guess = Int((share - weights) / user)
        // Rounded edges may be a brick off.
        guard
            let brick = (max(0, guess - 1)...max(0, guess + 1)).first(where: {
                start(of: $0) <= place && place < start(of: $0 + 1)
            }), brick < users
        else { return .empty }
        let isLast = place == start(of: brick + 1) - 1
        let cells = start(of: brick + 1) - start(of: brick)
        return .cache(
            isOdd: !brick.isMultiple(of: 2),
            isLast && cells > 1 ? (isTall ? .above : .right) : nil)
    }
}
