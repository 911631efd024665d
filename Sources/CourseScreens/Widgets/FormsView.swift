import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Latent attention's two forms side by side: what is held, what is made for a step, what is
/// multiplied, the time it takes here, and how far the outputs differ.
struct FormsView: TextWidget {
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var heights: ClosedRange<Int> { 7...13 }

    func height(within available: Int) -> Int { available < 13 ? min(available, 8) : 13 }

    func lines(height: Int) -> [Line] {
        guard let figures = FormsFigures(scene) else {
            return [[Span("This needs the widths of latent attention, c and r.")]]
        }
        func row(_ spans: Span...) -> Line {
            Line(spans, at: [.from(0), .from(16), .from(37)])
        }
        func row(_ name: String, _ expanded: String?, _ absorbed: String?) -> Line {
            row(Span(name, .faint), Span(expanded ?? "?", .accent), Span(absorbed ?? "?", .accent))
        }
        let rows = [
            row(.blank(0), Span("expanded", .strong), Span("absorbed", .strong)),
            row("kept", figures.kept.both, "the same"),
            row(
                "made for it", figures.made(.expanded, in: .decimal) + ", 32-bit",
                figures.made(.absorbed, in: .decimal) + ", 32-bit"),
            row("multiplied", figures.work(.expanded), figures.work(.absorbed)),
            row("time " + figures.origin.place, figures.time(.expanded), figures.time(.absorbed)),
            row(Span("outputs", .faint), .blank(0)) + difference(figures.known),
        ]
        let rule: Line = [
            Span(String(repeating: glyphs.horizontal, count: max(0, min(62, width - 2))), .faint)
        ]
        return [headline(figures)] + (height > 7 ? [[]] : [])
            + Array(rows.map { [$0] }.joined(separator: height > 8 ? [rule] : []))
    }

    private func headline(_ figures: FormsFigures) -> Line {
        guard let forms = figures.known else {
            let start = Span("Not run \(figures.origin.place) yet", .bright)
            return roomiest(
                [start, Span(": press r to compute one layer both ways")],
                [start, Span(": press r")])
        }
        if forms.isRunning {
            return [Span("Computing both ")] + progressBar(figures.share, glyphs: glyphs)
        }
        if let date = figures.origin.dateBefore {
            let start = Span("Run on \(date)", .bright)
            return roomiest([start, Span(", plain code: r runs it again")], [start])
        }
        let start = Span(
            figures.isFinished ? "Computed \(figures.origin.machine)" : "Stopped early", .bright)
        return roomiest(
            [start, Span(": one layer, plain code, 1 thread")], [start, Span(": 1 thread")])
    }

    /// The first that fits, or the last.
    private func roomiest(_ roomy: Line, _ tight: Line) -> Line {
        roomy.width <= width - 2 ? roomy : tight
    }

    private func difference(_ forms: FormsStatus?) -> Line {
        guard let forms, forms.heads > 0 else { return [Span("?", .faint)] }
        let isSame = forms.areOutputsSame
        let words = isSame ? "\(glyphs.tick) equal up to rounding: " : "largest difference: "
        let figure = scientific(Double(forms.largestDifference))
        let found = Span(words + figure, Style(isSame ? .good : .bad, .bold))
        let scale = Span(", they reach \(threeDigits(Double(forms.largestOutput)))", .faint)
        return [found] + (16 + found.text.count + scale.text.count <= width - 2 ? [scale] : [])
    }
}
