import CourseContent
import CourseSession
import TerminalCanvas

/// What a real model wrote with its cache kept in some ways: for each the name, what it costs, the
/// cache as a bar, and the text so far.
struct WritingView: TextWidget {
    private let figures: WritingFigures
    private let width: Int
    private let glyphs: Glyphs
    /// Whether no text is cut, whatever rows that takes.
    private let isUnfolded: Bool
    /// Rows that each way's text takes when all is written.
    private var textRows: [Int] = []
    /// What is said below all ways.
    private var foot: [Line] = []

    init(spec: WritingSpec, width: Int, scene: Scene, glyphs: Glyphs) {
        figures = WritingFigures(spec, scene)
        (self.width, self.glyphs) = (max(8, width - 2), glyphs)
        isUnfolded = scene.showsTable
        textRows = figures.rows.map { max(1, all($0.whole).count) }
        foot = notes
    }

    /// What is drawn of a way where there are some rows.
    private struct Form {
        /// Rows of its text at the most.
        var text = 1
        /// Rows of a bar.
        var thickness = 0
        /// Whether what it loses is a bar, too, and both have names.
        var hasLossBar = false
        /// Whether blank rows set ways and parts off, and its text off from bars with names.
        var isAiry = false
        /// Rows of the cache, layer by layer: of one way alone.
        var cacheRows = 0
    }

    private static let forms = [
        Form(text: 8, thickness: 2, hasLossBar: true, isAiry: true),
        Form(text: 8, thickness: 1, hasLossBar: true, isAiry: true),
        Form(text: 6, thickness: 1, isAiry: true), Form(text: 4, thickness: 1, isAiry: true),
        Form(text: 3, thickness: 1), Form(text: 2, thickness: 1), Form(thickness: 1), Form(),
    ]

    /// Of one way alone its cache, before all others; unfolded, those with all of the text.
    private var forms: [Form] {
        let rows = [1, 2, 3].map { (figures.layers + $0 - 1) / $0 }.filter { $0 <= 40 }
        let forms =
            figures.rows.count == 1
            ? rows.map { Form(text: 8, thickness: 1, isAiry: true, cacheRows: $0) }
                + Self.forms.dropFirst() : Self.forms
        guard isUnfolded else { return forms }
        return forms.map { form in
            var form = form
            form.text = longest
            return form
        }
    }

    /// Rows of the longest text.
    private var longest: Int { textRows.max() ?? 1 }

    /// Text keeps the rows that it takes when all is written, so that nothing moves meanwhile.
    private func height(_ form: Form) -> Int {
        let bars =
            hasLossBar(form)
            ? 2 * form.thickness + form.thickness - 1 + (form.isAiry ? 1 : 0) : form.thickness
        let way = 1 + bars + (form.isAiry ? 1 : 0)
        return foot.count
            + textRows.reduce(0) { $0 + way + min(form.text, $1) }
            + (form.cacheRows > 0 ? form.cacheRows + 2 : 0)
    }

    private func hasLossBar(_ form: Form) -> Bool { form.hasLossBar && figures.hasLosses }

    private func form(within available: Int) -> Form {
        let forms = forms
        return forms.first { height($0) <= available } ?? forms[forms.count - 1]
    }

    var heights: ClosedRange<Int> {
        let heights = forms.map(height)
        return heights[heights.count - 1]...heights[0]
    }
    var comfortable: Int {
        max(heights.lowerBound, height(Form(text: 2, thickness: 1)))
    }

    /// Whether a text that may be seen does not stand there whole.
    func isCut(height: Int) -> Bool {
        let rows = form(within: height).text
        return figures.rows.contains { row in
            row.missing == nil && !row.isHidden && all(row.text).count > rows
        }
    }
    func height(within available: Int) -> Int { min(available, height(form(within: available))) }

    private var notes: [Line] {
        let told = [figures.kept, figures.instead, figures.foreign].compactMap(\.self).map {
            Span($0)
        }
        let caveat = figures.caveat.map { [Span($0, .faint)] } ?? []
        let conditions =
            figures.conditions.isEmpty
            ? [] : origin(figures.conditions, width: width, glyphs: glyphs)
        // In place of where it was written, so that nothing moves while it goes on.
        let last =
            figures.doing.map { [[Span($0, .accent)].shortened(to: width, glyphs: glyphs)] }
            ?? origin(figures.origins, width: width, glyphs: glyphs)
        return (told + caveat).flatMap { wrapped([$0], width: width, glyphs: glyphs) }
            + conditions + last
    }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let gap: [Line] = form.isAiry ? [[]] : []
        let ways = figures.rows.enumerated().map { index, row in
            [title(row, form)] + bars(row, index: index, form) + (hasLossBar(form) ? gap : [])
                + text(row, rows: min(form.text, textRows[index])) + gap
        }
        let cache =
            form.cacheRows > 0 ? cache(figures.rows[0], rows: form.cacheRows) + [[]] : []
        return ways.flatMap { $0 } + cache + foot
    }

    // MARK: A way

    /// A way's name, what it keeps, and what no bar says of it: the most of it that has room.
    private func title(_ row: WritingFigures.Row, _ form: Form) -> Line {
        let loss =
            figures.hasLosses && !hasLossBar(form)
            ? row.loss ?? (row.nats == 0 ? WritingFigures.noLoss : "") : ""
        let held = form.thickness == 0 ? row.held ?? Self.hidden : ""
        let numbers =
            row.numbers.isEmpty
            ? [""]
            : Self.places.flatMap { place in
                [[row.numbers, row.format, place], [row.numbers, place]].map { parts in
                    parts.filter { !$0.isEmpty }.joined(separator: " ")
                }
            }
        func line(_ numbers: String, _ held: String) -> Line {
            [Span(row.name, .strong)]
                + [(numbers, Style.faint), (held, .accent), (loss, .bright)].flatMap {
                    text, style in
                    text.isEmpty ? [] : [Span("  "), Span(text, style)]
                }
        }
        let factors = held.isEmpty ? "" : row.factors
        let lines =
            numbers.map { line($0, held + factors) } + [line("", held + factors)]
            + numbers.suffix(1).map { line($0, held) } + [line("", held)]
        return lines.first { $0.width <= width }
            ?? lines[lines.count - 1].shortened(to: width, glyphs: glyphs)
    }

    private static let places = ["a token, a layer", ""]
    private static let hidden = "? bytes"

    /// Nats at the end of a bar of what is lost.
    private static let mostNats = 2.0
    /// How much that is, behind its figure.
    private static let lossScale = " (full: 2)"
    /// Columns that figures behind bars take.
    private static let behind = 33

    private func bars(_ row: WritingFigures.Row, index: Int, _ form: Form) -> [Line] {
        let style = Style(.group(Int8(index)))
        let hasLossBar = hasLossBar(form)
        let memory = bar(
            hasLossBar ? "memory " : "", row.share, row.bytes ?? Self.hidden, style,
            rows: form.thickness)
        guard hasLossBar else { return memory }
        let loss = row.nats.map { $0 / Self.mostNats }
        let text =
            (row.loss ?? (row.nats == nil ? "? nats more" : WritingFigures.noLoss)) + Self.lossScale
        let gap = Array(repeating: Line(), count: form.thickness - 1 > 0 ? 1 : 0)
        return memory + gap + bar("loss   ", loss, text, .plain, rows: form.thickness)
            + Array(repeating: Line(), count: max(0, form.thickness - 1 - gap.count))
    }

    /// A bar on a track, which ends where all is, and its figure behind it.
    private func bar(
        _ name: String, _ share: Double?, _ text: String, _ style: Style, rows: Int
    ) -> [Line] {
        guard rows > 0 else { return [] }
        // Bars of all ways are on one scale, wherever sliders stand.
        let longest = max(columns(of: text), columns(of: figures.longestBytes))
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

    /// The beginning and what was written, line ends as marks.
    private func characters(_ text: String) -> [Character] {
        Array(figures.beginning + text.replacing("\n", with: glyphs.isASCII ? " / " : " ¶ "))
    }

    /// Some of them, those of the beginning faint.
    private func spans(_ characters: ArraySlice<Character>) -> [Span] {
        let (start, end) = (characters.startIndex, characters.endIndex)
        let middle = min(max(figures.beginning.count, start), end)
        return [
            Span(String(characters[start..<middle]), .faint),
            Span(String(characters[middle..<end])),
        ]
    }

    private func lines(_ spans: [Span]) -> [Line] {
        wrapped(spans, width: width - 2, glyphs: glyphs)
    }

    private func all(_ text: String) -> [Line] { lines(spans(characters(text)[...])) }

    /// A text in some rows: of one that is longer how it begins and how it ends.
    private func text(_ row: WritingFigures.Row, rows: Int) -> [Line] {
        let lines =
            row.missing.map { missing($0, .accent, rows: rows) }
            ?? (row.isHidden
                ? missing(WritingFigures.hiddenWords, .faint, rows: rows)
                : written(row.text, rows: rows))
        return (0..<rows).map { index in
            let edge = Span(glyphs.isASCII ? "| " : "│ ", .faint)
            return index < lines.count ? [edge] + lines[index] : index == 0 ? [edge] : []
        }
    }

    private func written(_ text: String, rows: Int) -> [Line] {
        let characters = characters(text)
        let whole = lines(spans(characters[...]))
        if whole.count <= rows { return whole }
        let ends = characters.indices.filter { characters[$0] == " " }
        let room = rows > 1 ? (rows / 2) * (width - 2) : width / 2 - 2
        let head = characters[..<(ends.last { $0 <= room } ?? 0)]
        let dots = Span(head.isEmpty ? "\(glyphs.dots) " : " \(glyphs.dots) ", .faint)
        func without(_ left: Int) -> [Line] {
            lines(spans(head) + [dots] + spans(characters[left...]))
        }
        // As little of the middle as leaves room for the rest: more never takes more rows.
        var (least, most) = (head.count, characters.count)
        while least < most {
            let middle = (least + most) / 2
            (least, most) =
                without(middle).count <= rows ? (least, middle) : (middle + 1, most)
        }
        // From a word on, where one begins near there.
        let word = (least..<min(least + 20, characters.count)).first { characters[$0 - 1] == " " }
        return without(word ?? least)
    }

    /// The beginning, as much of it as has room, and that nothing was written behind it.
    private func missing(_ words: String, _ style: Style, rows: Int) -> [Line] {
        let end = [Span(" \(glyphs.dots) ", .faint), Span(words, style)]
        func with(_ count: Int) -> [Line] {
            lines([Span(String(figures.beginning.prefix(count)), .faint)] + end)
        }
        var (least, most) = (0, figures.beginning.count)
        while least < most {
            let middle = (least + most + 1) / 2
            (least, most) = with(middle).count <= rows ? (middle, most) : (least, middle - 1)
        }
        return with(least)
    }
}

/// Where a picture's figures come from and how to get the model, in as many words as fit a row, or
/// else in the fewest.
func origin(_ texts: [String], width: Int, glyphs: Glyphs) -> [Line] {
    let text = texts.first { columns(of: $0) <= width } ?? texts[texts.count - 1]
    return wrapped([Span(text, .faint)], width: width, glyphs: glyphs)
}
