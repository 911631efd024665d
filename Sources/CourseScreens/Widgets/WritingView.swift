import CourseContent
import CourseSession
import TerminalCanvas

/// What a real model wrote with its cache kept in some ways: for each the name, what it costs, the
/// cache as a bar, and the text so far.
struct WritingView: TextWidget {
    private let figures: WritingFigures
    private let width: Int
    private let glyphs: Glyphs
    /// Rows that the longest text takes when all is written.
    private var textRows = 1

    init(spec: WritingSpec, width: Int, scene: Scene, glyphs: Glyphs) {
        figures = WritingFigures(spec, scene)
        (self.width, self.glyphs) = (max(8, width - 2), glyphs)
        textRows = figures.rows.reduce(1) { max($0, all($1.whole).count) }
    }

    /// What is drawn of a way where there are some rows.
    private struct Form {
        /// Rows of its text at the most.
        var text = 1
        /// Rows of a bar.
        var thickness = 0
        /// Whether what it loses is a bar, too, and both have names.
        var hasLossBar = false
        /// Whether blank rows set ways and parts off.
        var isAiry = false
        /// Rows of the cache, layer by layer: of one way alone.
        var cacheRows = 0
    }

    private static let forms = [
        Form(text: 8, thickness: 3, hasLossBar: true, isAiry: true),
        Form(text: 8, thickness: 2, hasLossBar: true, isAiry: true),
        Form(text: 8, thickness: 1, hasLossBar: true, isAiry: true),
        Form(text: 6, thickness: 1, isAiry: true), Form(text: 4, thickness: 1, isAiry: true),
        Form(text: 3, thickness: 1), Form(text: 2, thickness: 1), Form(thickness: 1), Form(),
    ]

    /// Of one way alone its cache, before all others.
    private var forms: [Form] {
        guard figures.rows.count == 1 else { return Self.forms }
        let rows = [1, 2, 3].map { (figures.layers + $0 - 1) / $0 }.filter { $0 <= 40 }
        return rows.map { Form(text: 8, thickness: 1, isAiry: true, cacheRows: $0) }
            + Self.forms.dropFirst(2)
    }

    /// Text keeps the rows that it takes when all is written, so that nothing moves meanwhile.
    private func height(_ form: Form) -> Int {
        let bars =
            form.hasLossBar && figures.hasLosses
            ? 2 * form.thickness + form.thickness - 1 : form.thickness
        let way = 1 + min(form.text, textRows) + bars + (form.isAiry ? 1 : 0)
        return foot.count + figures.rows.count * way
            + (form.cacheRows > 0 ? form.cacheRows + 2 : 0)
    }

    private func form(within available: Int) -> Form {
        forms.first { height($0) <= available } ?? Form()
    }

    var heights: ClosedRange<Int> { height(Form())...height(forms[0]) }
    var comfortable: Int { height(Form(text: 2, thickness: 1)) }
    func height(within available: Int) -> Int { min(available, height(form(within: available))) }

    private var foot: [Line] {
        let caveat = figures.caveat.map {
            wrapped([Span($0, .faint)], width: width, glyphs: glyphs)
        }
        let foreign = figures.foreign.map { wrapped([Span($0)], width: width, glyphs: glyphs) }
        let instead = figures.instead.map { wrapped([Span($0)], width: width, glyphs: glyphs) }
        let doing = figures.doing.map {
            [[Span($0, .accent)].shortened(to: width, glyphs: glyphs)]
        }
        return (doing ?? []) + (instead ?? []) + (foreign ?? []) + (caveat ?? [])
            + [origin(figures.origins, width: width, glyphs: glyphs)]
    }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let gap: [Line] = form.isAiry ? [[]] : []
        let ways = figures.rows.enumerated().map { index, row in
            [title(row, saysLoss: !form.hasLossBar)] + bars(row, index: index, form)
                + text(row, rows: min(form.text, textRows)) + gap
        }
        let cache =
            form.cacheRows > 0 ? cache(figures.rows[0], rows: form.cacheRows) + [[]] : []
        return ways.flatMap { $0 } + cache + foot
    }

    // MARK: A way

    private func title(_ row: WritingFigures.Row, saysLoss: Bool) -> Line {
        let name = Span(row.name, .strong)
        let loss =
            saysLoss && figures.hasLosses
            ? row.loss.map { [Span("  "), Span($0, .bright)] } ?? [] : []
        let counted = row.numbers.isEmpty ? "" : "  \(row.numbers) a token, a layer"
        let long: Line = [name, Span(counted, .faint)] + loss
        let middle: Line = [name, Span("  \(row.numbers)", .faint)] + loss
        return [long, middle].first { $0.width <= width }
            ?? ([name] + loss).shortened(to: width, glyphs: glyphs)
    }

    /// Nats at the end of a bar of what is lost.
    private static let mostNats = 2.0
    /// Columns that figures behind bars take.
    private static let behind = 33

    private func bars(_ row: WritingFigures.Row, index: Int, _ form: Form) -> [Line] {
        let style = Style(.group(Int8(index)))
        let hasLossBar = form.hasLossBar && figures.hasLosses
        let memory = bar(
            hasLossBar ? "memory " : "", row.share, row.bytes ?? "? bytes", style,
            rows: form.thickness)
        guard hasLossBar else { return memory }
        let loss = row.nats.map { $0 / Self.mostNats }
        let text = row.loss ?? (row.nats == nil ? "? nats more" : "0 nats, as built")
        let gap = Array(repeating: Line(), count: form.thickness - 1 > 0 ? 1 : 0)
        return memory + gap + bar("loss   ", loss, text, .plain, rows: form.thickness)
            + Array(repeating: Line(), count: max(0, form.thickness - 1 - gap.count))
    }

    /// A bar on a track, which ends where all is, and its figure behind it.
    private func bar(
        _ name: String, _ share: Double?, _ text: String, _ style: Style, rows: Int
    ) -> [Line] {
        guard rows > 0 else { return [] }
        // Bars of all ways are on one scale.
        let longest = figures.rows.reduce(columns(of: text)) {
            max($0, columns(of: $1.bytes ?? ""))
        }
        let behind = max(longest, min(Self.behind, width / 2))
        let room = max(4, width - name.count - behind - 1)
        let filled = share.map { $0 > 0 ? glyphs.bar(min(1, $0), of: room) : "" } ?? ""
        let isMore = (share ?? 0) > 1
        let end = isMore ? String(glyphs.ellipsis) : ""
        let track = String(repeating: glyphs.hollow, count: max(0, room - columns(of: filled)))
        let bar: Line = [
            Span(filled.isEmpty ? "" : String(filled.prefix(room - end.count)) + end, style),
            Span(track, .faint),
        ]
        let first = [Span(name, .faint)] + bar + [Span(" " + text, .accent)]
        return [first.shortened(to: width, glyphs: glyphs)]
            + Array(repeating: [.blank(name.count)] + bar, count: rows - 1)
    }

    /// What is kept: a row for some layers, a cell for each token.
    private func cache(_ row: WritingFigures.Row, rows: Int) -> [Line] {
        let each = (figures.layers + rows - 1) / rows
        let most = row.tokens?.most ?? 0
        let start = 10
        let cell = most > 0 && width - start >= 2 * most ? 2 : 1
        let room = max(1, (width - start) / cell)
        let held = row.tokens?.held ?? 0
        let shown = min(most, room)
        let first = max(0, min(held, most) - shown)
        let layers = each == 1 ? "a layer" : "\(each) layers"
        guard row.tokens != nil else {
            let hidden: Line = [Span("The cache, layer by layer: hidden until you answer.", .faint)]
            return [hidden.shortened(to: width, glyphs: glyphs)]
                + Array(repeating: [], count: rows)
        }
        let title: Line = [
            Span("The cache: a row for \(layers), a column for each token.", .faint)
        ]
        let cells = (0..<shown).map { index -> Span in
            let token = first + index
            let isNewest = token == held - 1
            let sign = token >= held ? glyphs.hollow : isNewest ? glyphs.fullBlock : glyphs.shade
            return Span(
                String(repeating: sign, count: cell),
                token >= held ? .faint : isNewest ? .accent : Style(.group(0)))
        }
        return [title.shortened(to: width, glyphs: glyphs)]
            + (0..<rows).map { row in
                let name =
                    each == 1
                    ? "\(row)"
                    : "\(row * each) to \(min(figures.layers, row * each + each) - 1)"
                return [Span(name.leading(to: start - 2), .faint), .blank(2)] + cells
            }
    }

    // MARK: Text

    /// The beginning and what was written, line ends as marks; without its first words, which a
    /// mark stands for, where these are left out.
    private func all(_ text: String, without left: Int = 0) -> [Line] {
        let written = text.replacing("\n", with: glyphs.isASCII ? " / " : " ¶ ")
        guard left > 0 else {
            return wrapped(
                [Span(figures.beginning, .faint), Span(written)], width: width - 2, glyphs: glyphs)
        }
        let rest = written.split(separator: " ").dropFirst(left - 1).joined(separator: " ")
        return wrapped(
            [Span("\(glyphs.dots) ", .faint), Span(rest)], width: width - 2, glyphs: glyphs)
    }

    /// A text with its end in view.
    private func text(_ row: WritingFigures.Row, rows: Int) -> [Line] {
        let edge = Span(glyphs.isASCII ? "| " : "│ ", .faint)
        func words(_ text: String) -> Int { text.split(separator: " ").count }
        let whole = all(row.text)
        var lines: [Line]? = whole
        if whole.count > rows {
            // As few of the first words as leave room for the rest: more never take more rows.
            var (least, most) = (1, words(row.text) + 4)
            while least < most {
                let middle = (least + most) / 2
                if all(row.text, without: middle).count <= rows {
                    most = middle
                } else {
                    least = middle + 1
                }
            }
            lines = all(row.text, without: least)
            if let some = lines, some.count > rows { lines = nil }
        }
        return (0..<rows).map { index in
            guard let lines, index < lines.count else { return index == 0 ? [edge] : [] }
            return [edge] + lines[index]
        }
    }
}

/// Where a picture's figures come from and how to get the model, in as many words as fit a row.
func origin(_ texts: [String], width: Int, glyphs: Glyphs) -> Line {
    let text = texts.first { columns(of: $0) <= width } ?? texts[texts.count - 1]
    return [Span(text, .faint)].shortened(to: width, glyphs: glyphs)
}
