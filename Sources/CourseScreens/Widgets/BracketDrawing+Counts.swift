import AttentionEngine
import CourseSession
import TerminalCanvas

/// The formula of where the bracket stands, and what both ways cost.
extension BracketDrawing {
    /// In a row; its second term is left out where a row of its own says it.
    private func formula(withRotary: Bool) -> Line {
        [
            Span("scores = ", .faint), Span(figures.formula(times: glyphs.times), .strong),
            Span(withRotary && places.rotaryRows > 0 ? " " + rotaryTerm : "", Self.rotary),
        ]
    }

    var formula: Line { formula(withRotary: true) }

    private var narrowTerm: String { "+ q \(glyphs.times) rotary keys" }

    private var rotaryTerm: String { "+ rotated q \(glyphs.times) rotary keys" }

    /// Empty while nothing is scored.
    private var tokensInWords: String {
        figures.scored == 0 ? "" : counted(figures.scored, "token")
    }

    /// The formula and the counts in as many rows as the latents leave beside them.
    var counts: [Line] {
        let room = places.tokenStart - 5
        let rows = places.latentRows + 1
        let isWide = room >= 34
        let turned: [Line] =
            places.rotaryRows == 0
            ? []
            : [[.blank(isWide ? 9 : 0), Span(isWide ? rotaryTerm : narrowTerm, Self.rotary)]]
        let table = isWide ? wideCounts : narrowCounts(room: room, rows: rows - turned.count)
        let short: Line = [Span(figures.formula(times: glyphs.times), .strong)]
        let head = [isWide ? formula(withRotary: false) : short] + turned
        let gap: [Line] = rows > table.count + head.count ? [[]] : []
        let extent = wrapped("Whole step: \(figures.extent).", .faint, width: room, glyphs: glyphs)
        let isTold =
            isWide && head.count + gap.count + table.count + 1 + extent.count <= rows
        return (head + gap + table + (isTold ? [[]] + extent : []))
            .map { $0.shortened(to: room, glyphs: glyphs) }
    }

    private func style(_ way: BracketFigures.Way) -> Style {
        way.isHere ? .bright : figures.form == nil ? .plain : .faint
    }

    private func text(_ count: Double) -> String {
        count > 0 ? BracketFigures.text(count) : figures.scored > 0 ? "0" : ""
    }

    private var wideCounts: [Line] {
        let stops: [TabStop] = [.from(0), .to(19), .to(33)]
        let header = ["multiplied", tokensInWords, "whole step"]
        return [Line(header.map { Span($0, .faint) }, at: stops)]
            + (figures.ways.isEmpty ? [[Span("?")]] : [])
            + figures.ways.map { way in
                let texts = [way.form.rawValue, text(way.multiplications), text(way.wholeStep)]
                return Line(texts.map { Span($0, style(way)) }, at: stops)
            }
    }

    /// One below the other; those of the whole step where there are rows for them.
    private func narrowCounts(room: Int, rows: Int) -> [Line] {
        guard !figures.ways.isEmpty else { return [[Span("?")]] }
        func row(_ name: String, _ count: Double, _ way: BracketFigures.Way) -> Line {
            Line(
                [Span(name, style(way)), Span(text(count), style(way))],
                at: [.from(0), .to(min(22, room))])
        }
        if figures.scored == 0 {
            return [[Span("whole step:", .faint)]]
                + figures.ways.map { row($0.form.rawValue, $0.wholeStep, $0) }
        }
        let here = figures.ways.map { row($0.form.rawValue, $0.multiplications, $0) }
        if rows < 5 { return here }
        if room >= 22 {
            let names = ["the step", ""]
            return here + zip(names, figures.ways).map { row($0, $1.wholeStep, $1) }
        }
        return rows < 6
            ? here
            : here + [[Span("whole step:", .faint)]]
                + figures.ways.map { row("", $0.wholeStep, $0) }
    }

    /// Both counts as bars, each pair on a scale of its own.
    var bars: [Line] {
        let start = 10
        let widest =
            figures.ways.flatMap { [$0.multiplications, $0.wholeStep] }
            .map { text($0).count }.max() ?? 0
        let room = min(60, places.width - 4 - start - widest)
        func pair(_ title: String, _ count: (BracketFigures.Way) -> Double) -> [Line] {
            let title = [[Span(title, .faint)].shortened(to: places.width - 2, glyphs: glyphs)]
            let most = figures.ways.map(count).max() ?? 0
            let lines = figures.ways.map { way -> Line in
                let text = Span(" " + self.text(count(way)), style(way))
                let name = Span(way.form.rawValue, style(way))
                guard count(way) > 0, room > 0 else {
                    return Line([name, text], at: [.from(0), .from(start - 1)])
                }
                let bar = Span(
                    glyphs.bar(count(way) / most, of: room), way.isHere ? .accent : .faint)
                return Line([name, bar], at: [.from(0), .from(start)]) + [text]
            }
            return title + (lines.isEmpty ? [[Span("?")], []] : lines)
        }
        let here =
            figures.scored == 0
            ? "Multiplications for the tokens scored: none yet"
            : "Multiplications for \(tokensInWords), one head"
        return pair(here, \.multiplications) + [[]]
            + pair("For the whole step: \(figures.extent)", \.wholeStep)
    }
}
