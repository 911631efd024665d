import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A question of eight parts as a layer of the race sees it: each head's attention over the eight
/// items, what each part asks about, which heads follow it, and whether the answer is right.
struct PerspectivesView: Widget {
    let spec: PerspectivesSpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let words = words(width: width, scene: scene, glyphs: glyphs)
        // A head a row, below the names of the columns.
        let rows = words.above.count + 1 + RecallTask.queryHeads + words.below.count
        return rows...rows + 2
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let glyphs = canvas.glyphs
        let words = words(width: area.width, scene: scene, glyphs: glyphs)
        let body = body(of: spec.status(scene), width: area.width, scene: scene, glyphs: glyphs)
        let gap: [Line] =
            area.height >= words.above.count + body.count + words.below.count + 2 ? [[]] : []
        let lines = words.above + gap + body + gap + words.below
        for (row, line) in lines.enumerated() {
            canvas.draw(line, at: Point(column: area.column + 1, row: area.row + row), in: area)
        }
    }

    // MARK: Words

    private func words(
        width: Int, scene: Scene, glyphs: Glyphs
    ) -> (above: [Line], below: [Line]) {
        let status = spec.status(scene)
        let width = width - 2
        let above = wrapped(headline(status, scene), width: width, glyphs: glyphs)
        return (
            above,
            wrapped(
                [Span(legend(status, width, scene, glyphs), Style(.faint))],
                width: width, glyphs: glyphs)
        )
    }

    /// What the columns, shades and brackets mean, in fewer words where the width asks for it.
    private func legend(
        _ status: LayerStatus, _ width: Int, _ scene: Scene, _ glyphs: Glyphs
    ) -> String {
        let unit = inner(width + 2) == 1 ? "tenths" : "percent"
        let cells =
            scene.showsTable || glyphs.isASCII
            ? "numbers: attention in \(unit)." : "dark: where a head looks."
        let brackets = status.found == nil ? "" : " [ ]: what its part asks about."
        let roomy = "Columns: items; " + cells + brackets
        return roomy.count <= width
            ? roomy : cells.prefix(1).uppercased() + cells.dropFirst() + brackets
    }

    private func headline(_ status: LayerStatus, _ scene: Scene) -> [Span] {
        var spans = [Span(spec.variant.name, Style(.accent, .bold))]
        let figure = Style(.accent, .bold)
        guard let found = status.found else {
            let accuracy = [
                Span(fixed(status.accuracy, decimals: 2), figure),
                Span(" (chance \(fixed(RecallTask.chance, decimals: 2)))"),
            ]
            return status.step == 0
                ? spans + [Span(" before training: accuracy ")] + accuracy
                    + [Span(", heads look everywhere")]
                : spans
                    + [
                        Span(" in training, step \(grouped(status.step)) of "),
                        Span("\(grouped(status.steps)): accuracy "),
                    ] + accuracy
        }
        spans += [
            Span(
                " trained \(spec.origin(scene).place), "
                    + "seed \(status.seed), \(grouped(status.step)) steps: accuracy "),
            Span(fixed(status.accuracy, decimals: 2), figure), Span(", "),
            Span("\(found.perspectives) of \(RecallTask.attributes) perspectives", figure),
            Span(", heads differ by "), Span(fixed(found.bits, decimals: 2), figure),
            Span(" bits"),
        ]
        return spans
    }

    // MARK: The picture

    /// The cells that one item's share takes, between a cell for brackets on each side.
    private func inner(_ width: Int) -> Int { width >= 66 ? 2 : 1 }

    private func body(of look: LayerStatus, width: Int, scene: Scene, glyphs: Glyphs) -> [Line] {
        let inner = inner(width)
        let heads = look.heads
        let left = 10 + 8 * (inner + 2) + 2
        let isWide = width - left > 32
        let items = (0..<RecallTask.items).map {
            " " + String($0).leading(to: inner) + " "
        }.joined()
        let header = Style(.faint)
        let title: Line = [
            Span((look.followed != nil ? "head part " : "head      ") + items + "  ", header),
            Span(
                isWide
                    ? "part asks    followed by answer" : "part item heads", header),
        ]
        return [title]
            + heads.indices.map { row in
                let head = heads[row]
                let part = look.followed.map { PerspectivesSpec.letter(of: $0[head]) } ?? " "
                var line: Line = [Span("\(head)".leading(to: 4) + "   \(part)  ")]
                for item in 0..<RecallTask.items {
                    let isAsked = look.followed.map { look.targets[$0[head]] == item } ?? false
                    line += cell(
                        look.attention[head][item], isAsked: isAsked, inner: inner,
                        asNumber: scene.showsTable || glyphs.isASCII, glyphs: glyphs)
                }
                return line + [Span("  ")] + answer(row, of: look, isWide: isWide, glyphs: glyphs)
            }
    }

    /// A head's attention to an item: a shade, or its percent where there is room, else its tenths.
    private func cell(
        _ share: Double, isAsked: Bool, inner: Int, asNumber: Bool, glyphs: Glyphs
    ) -> [Span] {
        let text: String
        if asNumber {
            let number = Int((share * (inner == 1 ? 10 : 100)).rounded())
            let most = inner == 1 ? 9 : 99
            text = number == 0 ? "." : String(min(number, most))
        } else {
            let shades: [(Double, Character)] = [
                (0.05, "·"), (0.25, "░"), (0.5, "▒"), (0.75, "▓"), (.infinity, "█"),
            ]
            let shade = shades.first { share < $0.0 }?.1 ?? "█"
            text = shade == "·" ? "·" : String(repeating: shade, count: inner)
        }
        let bracket = Style(.text, .bold)
        return [
            Span(isAsked ? "[" : " ", bracket),
            Span(text.leading(to: inner), share < 0.05 ? Style(.faint) : Style(.accent)),
            Span(isAsked ? "]" : " ", bracket),
        ]
    }

    /// What a part asks about, the heads that follow it, and whether it is answered rightly.
    private func answer(_ part: Int, of look: LayerStatus, isWide: Bool, glyphs: Glyphs) -> [Span] {
        let isRight = look.answers[part] == look.right[part]
        let sign = isRight ? glyphs.tick : glyphs.wrong
        let verdict = Style(isRight ? .good : .bad, .bold)
        let item = "\(look.targets[part])"
        let heads = look.followers(of: part)
        guard isWide else {
            return [
                Span(" \(PerspectivesSpec.letter(of: part))    \(item)   " + heads.padded(to: 8)),
                Span(String(sign), verdict),
            ]
        }
        return [
            Span(" \(PerspectivesSpec.letter(of: part))   item \(item)  " + heads.padded(to: 12)),
            Span("\(sign) \(isRight ? "right" : "wrong")", verdict),
        ]
    }
}
