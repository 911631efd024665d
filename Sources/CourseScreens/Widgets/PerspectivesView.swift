import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A question of eight parts as a layer of the race sees it: a row for each head with the part that
/// it follows, its attention over the eight items, what its part asks about, and whether that is
/// answered rightly; below, the parts that no head follows.
struct PerspectivesView: TextWidget {
    let spec: PerspectivesSpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    private var isInNumbers: Bool { scene.showsTable || glyphs.isASCII }
    /// What stands behind the cells, for the part that a head follows: the names of its columns and
    /// where each begins.
    private struct Answers {
        let names: [String]
        let starts: [Int]
        let width: Int
        /// The columns before the cells: a head, and the part that it follows.
        var before = 13

        static let wide = Answers(names: ["asks about", "answer"], starts: [2, 14], width: 21)
        static let narrow = Answers(names: ["#", ""], starts: [1, 3], width: 4, before: 9)

        var isWide: Bool { width > Self.narrow.width }
    }

    /// The cells that one item's share takes, between a cell for brackets on each side, and what
    /// stands behind them: words before wide cells.
    private var columns: (inner: Int, answers: Answers) {
        let forms: [(inner: Int, answers: Answers)] = [
            (4, .wide), (3, .wide), (2, .wide), (2, .narrow),
        ]
        return forms.first { width - 2 >= Self.cellsEnd($0.inner, $0.answers) + $0.answers.width }
            ?? (1, .narrow)
    }

    /// Where what stands behind the cells begins.
    private static func cellsEnd(_ inner: Int, _ answers: Answers) -> Int {
        answers.before + RecallTask.items * (inner + 2)
    }

    private var inner: Int { columns.inner }

    var heights: ClosedRange<Int> {
        let rows = lines(height: 0).count
        return rows...rows + 2 + (isInNumbers ? 0 : 3 * RecallTask.attributes)
    }

    func height(within available: Int) -> Int { min(available, lines(height: available).count) }

    func lines(height: Int) -> [Line] {
        let look = spec.status(scene)
        let above = wrapped(headline(look), width: width - 2, glyphs: glyphs)
        let below = wrapped(legend(look), width: width - 2, glyphs: glyphs)
        let rows = look.attention.indices.map { row($0, of: look) }
        let around = above.count + below.count + 1
        let gap: [Line] = height >= around + rows.count + 2 ? [[]] : []
        // Cells that are high enough to be squares stand apart.
        let room = isInNumbers ? 0 : height - around - 2
        let form = Self.forms.first { form in
            form.thickness <= inner + 1
                && rows.count * form.thickness + (form.isParted ? rows.count - 1 : 0)
                    <= room
        }
        let thickness = form?.thickness ?? 1
        let thick = rows.map { row -> [Line] in
            let again: Line = [.blank(columns.answers.before)] + row.cells
            return [row.line] + Array(repeating: again, count: thickness - 1)
        }
        let body = thick.joined(separator: form?.isParted == true ? [[]] : [])
        return above + gap + [title(look)] + body + gap + below
    }

    /// The rows of a cell and whether cells stand apart, from roomy to less so.
    private static let forms = [
        (thickness: 3, isParted: true), (thickness: 2, isParted: true),
        (thickness: 2, isParted: false),
    ]

    // MARK: Words

    /// What the columns, shades and brackets mean, in fewer words where the width asks for it, and
    /// which parts no row is about.
    private func legend(_ look: LayerStatus) -> Line {
        let unit = inner == 1 ? "tenths" : "percent"
        let cells = isInNumbers ? "numbers: attention in \(unit)." : "filled: where a head looks."
        let brackets = look.found == nil ? "" : " [ ]: what its part asks about."
        let roomy = "Columns: items; " + cells + brackets
        let text =
            roomy.count <= width - 2
            ? roomy : cells.prefix(1).uppercased() + cells.dropFirst() + brackets
        return [Span(text, .faint)] + (columns.answers.isWide ? unfollowed(look) : [])
    }

    /// The parts that no head follows by name, or how many where they are most of them.
    private func unfollowed(_ look: LayerStatus) -> Line {
        let parts = look.unfollowed
        guard !parts.isEmpty else { return [] }
        guard parts.count <= 3 else {
            let right = parts.filter(look.isRight).count
            return [Span(" No head follows \(parts.count) parts: \(right) right.", .faint)]
        }
        return parts.flatMap { part -> Line in
            [Span(part == parts[0] ? " No head follows " : ", ", .faint)]
                + [Span(PerspectivesSpec.name(of: part) + " "), sign(part, of: look)]
        }
    }

    /// Whether a part is answered rightly.
    private func sign(_ part: Int, of look: LayerStatus) -> Span {
        let isRight = look.isRight(part)
        return Span(
            String(isRight ? glyphs.tick : glyphs.wrong), Style(isRight ? .good : .bad, .bold))
    }

    private func headline(_ look: LayerStatus) -> Line {
        let name = Span(spec.variant.name, .bright)
        let accuracy = Span(fixed(look.accuracy, decimals: 2), .bright)
        let step = grouped(look.step)
        guard let found = look.found else {
            let chance = Span(" (by guessing \(fixed(RecallTask.chance, decimals: 2)))")
            return look.step == 0
                ? [
                    name, Span(" before training: accuracy "), accuracy, chance,
                    Span(", heads look everywhere"),
                ]
                : [
                    name, Span(" in training, step \(step) of \(grouped(look.steps)): accuracy "),
                    accuracy, chance,
                ]
        }
        let place = spec.origin(scene).place
        return [
            name, Span(" trained \(place), seed \(look.seed), \(step) steps: accuracy "), accuracy,
            Span(", "),
            Span("\(found.perspectives) of \(RecallTask.attributes) perspectives", .bright),
            Span(", heads differ by "), Span(fixed(found.bits, decimals: 2), .bright),
            Span(" bits"),
        ]
    }

    // MARK: The picture

    private func title(_ look: LayerStatus) -> Line {
        let (inner, answers) = columns
        let follows = answers.isWide ? "head follows" : "head part"
        let heads = (look.followed == nil ? "head" : follows).padded(to: answers.before)
        let items = (0..<RecallTask.items).map { " " + String($0).leading(to: inner) + " " }
        let names = look.followed == nil ? [] : answers.names.map { [Span($0, .faint)] }
        return behind([Span(heads + items.joined(), .faint)], names)
    }

    /// A line of cells, and what stands behind them in columns.
    private func behind(_ cells: Line, _ answers: [Line]) -> Line {
        let end = Self.cellsEnd(inner, columns.answers)
        return zip(answers, columns.answers.starts).reduce(cells) { line, column in
            line + [.blank(end + column.1 - line.width)] + column.0
        }
    }

    /// A head, its part, its attention and what becomes of that part; the attention alone once
    /// more.
    private func row(_ head: Int, of look: LayerStatus) -> (line: Line, cells: Line) {
        let part = look.followed?[head]
        let name = part.map(PerspectivesSpec.name) ?? ""
        let cells = look.attention[head].enumerated().flatMap { item, share in
            cell(share, isAsked: part.map { look.targets[$0] == item } ?? false)
        }
        let answers = columns.answers
        let start = "\(head)".leading(to: answers.isWide ? 4 : 1) + " " + name
        let answer = part.map { part -> [Line] in
            let word = answers.isWide ? look.isRight(part) ? " right" : " wrong" : ""
            return [
                [Span((answers.isWide ? "item " : "") + String(look.targets[part]))],
                [
                    sign(part, of: look),
                    Span(word, Style(look.isRight(part) ? .good : .bad, .bold)),
                ],
            ]
        }
        return (behind([Span(start.padded(to: answers.before))] + cells, answer ?? []), cells)
    }

    /// A head's attention to an item: a shade, or its percent where there is room, else its tenths.
    private func cell(_ share: Double, isAsked: Bool) -> Line {
        let text: String
        if isInNumbers {
            let (whole, most) = inner == 1 ? (10, 9) : (100, 99)
            let number = Int((share * Double(whole)).rounded())
            text = number == 0 ? "." : String(min(number, most))
        } else {
            let shades: [(end: Double, sign: Character)] = [
                (0.25, "░"), (0.5, "▒"), (0.75, "▓"), (.infinity, "█"),
            ]
            let shade = shades.first { share < $0.end }?.sign ?? "█"
            text = share < 0.05 ? "·" : String(repeating: shade, count: inner)
        }
        return [
            Span(isAsked ? "[" : " ", .strong),
            Span(text.leading(to: inner), share < 0.05 ? .faint : .accent),
            Span(isAsked ? "]" : " ", .strong),
        ]
    }
}
