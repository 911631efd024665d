/// A line of styled text.
package typealias Line = [Span]

/// Breaks styled text into lines at spaces.
///
/// A no-break space holds two words together and is then a space. Words longer than the width are
/// cut. A newline in the text breaks the line. Cost: O(text).
package func wrapped(_ spans: [Span], width: Int, glyphs: Glyphs) -> [Line] {
    var flow = Flow(width: max(1, width))
    for span in spans { flow.take(glyphs.spelled(span.text), span.style) }
    return flow.finished()
}

/// Breaks text of one style into lines at spaces, as spans are broken.
package func wrapped(
    _ text: String, _ style: Style = .plain, width: Int, glyphs: Glyphs
) -> [Line] {
    wrapped([Span(text, style)], width: width, glyphs: glyphs)
}

/// Breaks styled text into lines behind a mark, such as a list's bullet, which stands on the first
/// of them and leaves its columns blank, in its style, on the others. The width is that of both.
package func wrapped(
    _ spans: [Span], behind mark: Span, width: Int, glyphs: Glyphs
) -> [Line] {
    let indent = columns(of: glyphs.spelled(mark.text))
    return wrapped(spans, width: width - indent, glyphs: glyphs).enumerated().map {
        [$0 == 0 ? mark : Span(String(repeating: " ", count: indent), mark.style)] + $1
    }
}

/// Collects words into lines. A word may be made of spans of several styles, so it is only placed
/// when a space ends it.
private struct Flow {
    let width: Int
    private var lines: [Line] = []
    private var line: Line = []
    private var lineWidth = 0
    private var word: Line = []
    private var wordWidth = 0
    private var space: Style?

    init(width: Int) { self.width = width }

    /// Takes a text apart at its spaces and at the ends of its lines.
    mutating func take(_ text: String, _ style: Style) {
        // Where each scalar is a character, their ends are not looked for, which takes long.
        let scalars = text.unicodeScalars
        if scalars.allSatisfy({ isDrawnAlone($0) || $0 == "\n" }) {
            take(scalars, style, word: { String($0) }, scalar: { $0 })
        } else {
            take(
                text, style, word: { String($0.map { $0.isOnly("\u{A0}") ? " " : $0 }) },
                scalar: { $0.isOnly(" ") ? " " : $0.isOnly("\n") ? "\n" : nil })
        }
    }

    /// Takes a text apart at those of its elements that are a space or a line's end and no more.
    private mutating func take<Text: Collection>(
        _ text: Text, _ style: Style, word: (Text.SubSequence) -> String,
        scalar: (Text.Element) -> Unicode.Scalar?
    ) {
        var start = text.startIndex
        for index in text.indices {
            let scalar = scalar(text[index])
            guard scalar == " " || scalar == "\n" else { continue }
            add(word(text[start..<index]), style)
            scalar == "\n" ? breakLine() : addSpace(style)
            start = text.index(after: index)
        }
        add(word(text[start...]), style)
    }

    private mutating func add(_ text: String, _ style: Style) {
        guard !text.isEmpty else { return }
        word.append(Span(text, style))
        wordWidth += columns(of: text)
    }

    private mutating func addSpace(_ style: Style) {
        placeWord()
        if lineWidth > 0 { space = style }
    }

    private mutating func breakLine() {
        placeWord()
        lines.append(line)
        line = []
        lineWidth = 0
        space = nil
    }

    mutating func finished() -> [Line] {
        breakLine()
        return lines
    }

    private mutating func placeWord() {
        guard wordWidth > 0 else { return }
        let gap = space == nil ? 0 : 1
        if lineWidth > 0, lineWidth + gap + wordWidth > width {
            lines.append(line)
            line = []
            lineWidth = 0
        } else if let space {
            append(" ", space)
            lineWidth += 1
        }
        space = nil
        if wordWidth > width {
            cutWord()
        } else {
            for span in word { append(span.text, span.style) }
            lineWidth += wordWidth
        }
        word = []
        wordWidth = 0
    }

    private mutating func cutWord() {
        for span in word {
            for character in span.text {
                let own = max(0, columns(of: character))
                if lineWidth + own > width, lineWidth > 0 {
                    lines.append(line)
                    line = []
                    lineWidth = 0
                }
                append(String(character), span.style)
                lineWidth += own
            }
        }
    }

    private mutating func append(_ text: String, _ style: Style) {
        if let last = line.last, last.style == style {
            line[line.count - 1].text += text
        } else {
            line.append(Span(text, style))
        }
    }
}

extension Line {
    /// Its columns.
    package var width: Int { reduce(0) { $0 + columns(of: $1.text) } }

    /// The line, or where it is wider than some columns as much of it as leaves room for a mark
    /// that there was more. Cost: O(text).
    package func shortened(to columns: Int, glyphs: Glyphs) -> Line {
        var room = columns
        var fits = true
        for span in self {
            room -= span.text.reduce(0) { $0 + glyphs.width(of: $1) }
            if room < 0 {
                fits = false
                break
            }
        }
        if fits { return self }
        var line: Line = []
        room = columns - 1
        for span in self {
            let part = span.text.prefix { character in
                room -= glyphs.width(of: character)
                return room >= 0
            }
            line.append(Span(String(part), span.style))
            if room < 0 { break }
        }
        return line + [Span(String(glyphs.ellipsis), .faint)]
    }
}

/// Cells as text, those of one style together.
package func spans(of cells: ArraySlice<Cell>) -> Line {
    var spans: Line = []
    var utf8: [UInt8] = []
    for (index, cell) in zip(cells.indices, cells) {
        cell.append(to: &utf8)
        let next = index + 1
        guard next == cells.endIndex || cells[next].style != cell.style else { continue }
        spans.append(Span(String(decoding: utf8, as: UTF8.self), cell.style))
        utf8.removeAll(keepingCapacity: true)
    }
    return spans
}

extension String {
    /// Spaces behind, up to a width in columns.
    package func padded(to width: Int) -> String {
        self + String(spaces: width - columns(of: self))
    }

    /// Spaces before, up to a width in columns.
    package func leading(to width: Int) -> String {
        String(spaces: width - columns(of: self)) + self
    }
}
