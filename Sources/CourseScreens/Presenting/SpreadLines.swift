import AttentionEngine
import CourseSession
import TerminalCanvas

/// The spread of a class's answers as lines.
struct SpreadLines {
    let spread: ClassSpread
    let width: Int
    /// Rows that there are for it; it may take more, or fewer.
    let rows: Int
    let glyphs: Glyphs
    /// Whether the right answer may be seen.
    let showsRight: Bool

    /// How many follow, how many have answered, and how many were right where that may be seen.
    var counts: Line {
        let right = showsRight ? spread.rightWords.map { " " + $0 } ?? "" : ""
        let bar: Line =
            spread.following == 0
            ? []
            : progressBar(
                min(1, Double(spread.answered) / Double(spread.following)), cells: 12,
                glyphs: glyphs
            ).dropLast() + [Span("  ")]
        return bar + [Span(spread.countedWords, .bright), Span(right)]
    }

    /// The bars or the strip.
    var lines: [Line] {
        switch spread.form {
        case .bars(let bars): self.lines(of: bars) + others("gave another answer")
        case .guesses(let guesses, let answer, let tolerance):
            GuessStrip(
                guesses: guesses, answer: showsRight ? answer : nil, kind: answer.kind,
                tolerance: tolerance, width: min(width, 108),
                rows: min(12, max(6, rows - (showsRight ? 9 : 4))),
                glyphs: glyphs
            ).lines + others("typed no number") + causes
        case .written: [[Span("Own words are not shown here: headroom class hands them out.")]]
        }
    }

    private func others(_ what: String) -> [Line] {
        spread.others == 0 ? [] : [[], [Span("\(grouped(spread.others)) \(what).", .faint)]]
    }

    // MARK: Bars

    private func lines(of bars: [ClassSpread.Bar]) -> [Line] {
        let most = max(1, bars.map(\.count).max() ?? 1)
        let room = min(width, 108) - 14
        let texts = bars.map { wrapped($0.text, width: min(width, 108) - 4, glyphs: glyphs) }
        let thickness = texts.reduce(0) { $0 + $1.count + 3 } <= rows ? 2 : 1
        return Array(
            zip(bars, texts).enumerated().map { index, pair -> [Line] in
                let (bar, text) = pair
                let isMarked = showsRight && bar.isRight
                let mark = isMarked ? "\(glyphs.tick) " : "  "
                let style: Style = showsRight ? isMarked ? Style(.good) : .faint : .accent
                let share = Double(bar.count) / Double(most)
                let drawn = bar.count == 0 ? "" : glyphs.bar(share, of: room)
                let percent =
                    spread.answered == 0
                    ? "" : "\(Int((100 * Double(bar.count) / Double(spread.answered)).rounded())) %"
                let figures: Line = [
                    Span("  \(grouped(bar.count))", .bright), Span("  " + percent, .faint),
                ]
                let names = text.enumerated().map { row, line in
                    [
                        Span(row == 0 ? mark : "  ", Style(.good, .bold)),
                        Span(row == 0 ? "\(index + 1) " : "  ", .strong),
                    ]
                        + line.map { Span($0.text, isMarked ? .strong : $0.style) }
                }
                let rows = (0..<thickness).map { row -> Line in
                    [Span("    "), Span(drawn, style)] + (row == 0 ? figures : [])
                }
                return names + rows
            }.joined(separator: [[]]))
    }

    // MARK: Guesses

    private var causes: [Line] {
        guard showsRight, !spread.causes.isEmpty else { return [] }
        return [[]]
            + spread.causes.prefix(3).map { cause, count in
                [Span(grouped(count).leading(to: 3), .bright), Span("  " + cause)]
            }
    }
}
