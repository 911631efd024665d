import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A question of eight parts as a layer of the race sees it: each head's attention over the eight
/// items, what each part asks about, which heads follow it, and whether the answer is right.
struct PerspectivesView: TextWidget {
    let spec: PerspectivesSpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    private var isInNumbers: Bool { scene.showsTable || glyphs.isASCII }
    /// The cells that one item's share takes, between a cell for brackets on each side.
    private var inner: Int { width >= 82 ? 4 : width >= 66 ? 2 : 1 }
    /// The columns between the cells and what stands behind them.
    private var cellGap: Int { width < 56 ? 1 : 2 }
    /// Whether there is room for words behind the cells.
    private var isWide: Bool { width - (10 + RecallTask.items * (inner + 2) + 2) > 32 }

    var heights: ClosedRange<Int> {
        let rows = lines(height: 0).count
        return rows...rows + 2 + (isInNumbers ? 0 : 3 * RecallTask.attributes)
    }

    func height(within available: Int) -> Int { min(available, lines(height: available).count) }

    func lines(height: Int) -> [Line] {
        let look = spec.status(scene)
        let above = wrapped(headline(look), width: width - 2, glyphs: glyphs)
        let below = wrapped(legend(look), .faint, width: width - 2, glyphs: glyphs)
        let rows = look.heads.indices.map { row($0, of: look) }
        let around = above.count + below.count + 1
        let gap: [Line] = height >= around + rows.count + 2 ? [[]] : []
        // Cells that are high enough to be squares stand apart.
        let room = isInNumbers ? 0 : height - around - 2
        let form = Self.forms.first { form in
            rows.count * form.thickness + (form.isParted ? rows.count - 1 : 0) <= room
        }
        let thickness = form?.thickness ?? 1
        let thick = rows.map { row -> [Line] in
            let again: Line = [.blank(10)] + row.cells
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

    /// What the columns, shades and brackets mean, in fewer words where the width asks for it.
    private func legend(_ look: LayerStatus) -> String {
        let unit = inner == 1 ? "tenths" : "percent"
        let cells = isInNumbers ? "numbers: attention in \(unit)." : "filled: where a head looks."
        let brackets = look.found == nil ? "" : " [ ]: what its part asks about."
        let roomy = "Columns: items; " + cells + brackets
        return roomy.count <= width - 2
            ? roomy : cells.prefix(1).uppercased() + cells.dropFirst() + brackets
    }

    private func headline(_ look: LayerStatus) -> Line {
        let name = Span(spec.variant.name, .bright)
        let accuracy = Span(fixed(look.accuracy, decimals: 2), .bright)
        let step = grouped(look.step)
        guard let found = look.found else {
            let chance = Span(" (chance \(fixed(RecallTask.chance, decimals: 2)))")
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
        let heads = look.followed == nil ? "head      " : "head part "
        let items = (0..<RecallTask.items).map { " " + String($0).leading(to: inner) + " " }
        let parts = isWide ? "part asks    followed by answer" : "part item heads"
        return [Span(heads + items.joined(), .faint), .blank(cellGap), Span(parts, .faint)]
    }

    /// A head's attention, and beside it a part and its answer; the attention alone once more.
    private func row(_ row: Int, of look: LayerStatus) -> (line: Line, cells: Line) {
        let head = look.heads[row]
        let part = look.followed?[head]
        let letter = part.map(PerspectivesSpec.letter) ?? " "
        let cells = look.attention[head].enumerated().flatMap { item, share in
            cell(share, isAsked: part.map { look.targets[$0] == item } ?? false)
        }
        let name = Span("\(head)".leading(to: 4) + "   \(letter)  ")
        return ([name] + cells + [.blank(cellGap)] + answer(row, of: look), cells)
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

    /// What a part asks about, the heads that follow it, and whether it is answered rightly.
    private func answer(_ part: Int, of look: LayerStatus) -> Line {
        let isRight = look.answers[part] == look.right[part]
        let (sign, word) = isRight ? (glyphs.tick, " right") : (glyphs.wrong, " wrong")
        let item = isWide ? "item \(look.targets[part])  " : " \(look.targets[part])   "
        let room = isWide ? 12 : cellGap + 5
        let heads = ([Span(look.followers(of: part))] as Line)
            .shortened(to: room - 1, glyphs: glyphs)
        return [Span(" \(PerspectivesSpec.letter(of: part))   " + item)] + heads + [
            .blank(room - heads.width),
            Span("\(sign)" + (isWide ? word : ""), Style(isRight ? .good : .bad, .bold)),
        ]
    }
}
