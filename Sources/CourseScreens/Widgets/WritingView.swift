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
        /// Rows of its bar.
        var thickness = 0
        /// Whether blank rows set ways and parts off.
        var isAiry = false
    }

    private static let forms = [
        Form(text: 8, thickness: 3, isAiry: true), Form(text: 8, thickness: 2, isAiry: true),
        Form(text: 6, thickness: 1, isAiry: true), Form(text: 4, thickness: 1, isAiry: true),
        Form(text: 3, thickness: 1), Form(text: 2, thickness: 1), Form(thickness: 1), Form(),
    ]

    /// Text keeps the rows that it takes when all is written, so that nothing moves meanwhile.
    private func height(_ form: Form) -> Int {
        let ways = figures.rows.count
        return foot.count + (form.isAiry ? 1 : 0)
            + ways * (1 + min(form.text, textRows) + form.thickness + (form.isAiry ? 1 : 0))
    }

    private func form(within available: Int) -> Form {
        Self.forms.first { height($0) <= available } ?? Form()
    }

    var heights: ClosedRange<Int> { height(Form())...height(Self.forms[0]) }
    var comfortable: Int { height(Form(text: 2, thickness: 1)) }
    func height(within available: Int) -> Int { min(available, height(form(within: available))) }

    private var foot: [Line] {
        let caveat = figures.caveat.map {
            wrapped([Span($0, .faint)], width: width, glyphs: glyphs)
        }
        return (caveat ?? []) + [origin(figures.model, width: width, glyphs: glyphs)]
    }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let ways = figures.rows.enumerated().map { index, row in
            [title(row)] + bar(row, index: index, thickness: form.thickness)
                + text(row, rows: min(form.text, textRows))
        }
        let gap: [Line] = form.isAiry ? [[]] : []
        return Array((ways.map { $0 + gap }).joined()) + gap + foot
    }

    private func title(_ row: WritingFigures.Row) -> Line {
        let name = Span(row.name, .strong)
        let loss = row.loss.map { [Span("  "), Span($0, .bright)] } ?? []
        let long: Line =
            [name, Span("  \(row.numbers) a token, a layer", .faint)] + loss
        let middle: Line = [name, Span("  \(row.numbers)", .faint)] + loss
        return [long, middle].first { $0.width <= width }
            ?? ([name] + loss).shortened(to: width, glyphs: glyphs)
    }

    /// The cache as a part of the largest, and its bytes behind it.
    private func bar(_ row: WritingFigures.Row, index: Int, thickness: Int) -> [Line] {
        guard thickness > 0 else { return [] }
        let bytes = row.bytes ?? "? bytes"
        let room = max(4, width - columns(of: bytes) - 2)
        let bar = Span(
            row.share.map { glyphs.bar($0, of: room) } ?? "", Style(.group(Int8(index))))
        let first: Line = [bar, Span((row.share == nil ? "" : " ") + bytes, .accent)]
        return [first.shortened(to: width, glyphs: glyphs)]
            + Array(repeating: [bar], count: thickness - 1)
    }

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
        let most = row.text.count + 1
        let lines = (0...most).lazy.map { all(row.text, without: $0) }.first { $0.count <= rows }
        return (0..<rows).map { index in
            guard let lines, index < lines.count else { return index == 0 ? [edge] : [] }
            return [edge] + lines[index]
        }
    }
}

/// Where a picture's figures come from and how to get the model, in as many words as fit a row.
func origin(_ model: MeasuredModel, width: Int, glyphs: Glyphs) -> Line {
    let texts = model.origins
    let text = texts.first { columns(of: $0) <= width } ?? texts[texts.count - 1]
    return [Span(text, .faint)].shortened(to: width, glyphs: glyphs)
}
