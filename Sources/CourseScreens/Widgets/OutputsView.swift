import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The outputs with g K/V heads beside those of MHA and of MQA, computed on the same numbers: the
/// largest differences.
struct OutputsView: TextWidget, ThickWidget {
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var mostThickness: Int { 3 }

    func rows(thickness: Int) -> Int { thickness == 1 ? 5 : 3 + 2 * (thickness + 1) }

    func lines(height: Int) -> [Line] {
        let thickness = thickness(within: height)
        guard let sharing = scene.sharing else { return [] }
        let shape = scene.setting.shape
        let heads = "\(counted(shape.keyValueHeads, "K/V head")), \(shape.groupSize) each"
        let headlines: [Line] = [" of outputs with ", ": "].map {
            [Span("largest difference", .strong), Span($0 + heads, .faint)]
        }
        let headline = headlines.first { $0.width <= width - 2 } ?? headlines[1]
        let scale: Line = [Span(sharing.scale, .faint)]
        let rows = [
            ("to MHA", sharing.fromMultiHead), ("to MQA", sharing.fromMultiQuery),
        ].map { name, difference -> [Line] in
            let isSame = sharing.isSame(difference)
            let style = isSame ? Style(.good, .bold) : .plain
            // One scale for every g, so that a bar shrinks where outputs come nearer: two
            // outputs differ by twice the largest at the most.
            let share = min(1, Double(difference / (2 * sharing.largestOfMultiHead)))
            let bar = Span(glyphs.bar(share, of: width - 27), .accent)
            let row = [
                Span(name.padded(to: 14)),
                Span(sharing.text(of: difference).leading(to: 8), style), Span("  "),
                isSame ? Span("\(glyphs.tick) the same numbers", style) : bar,
            ]
            let more: Line = isSame ? [] : [.blank(24), bar]
            return (thickness == 1 ? [] : [[]]) + [row]
                + Array(repeating: more, count: thickness - 1)
        }
        // What the picture leaves out matters more than its scale.
        let last =
            WidgetSpec.outputs.leftOut(of: scene.setting).map { [Span($0, .faint)] } ?? scale
        return [headline] + rows.flatMap(\.self) + (height > 4 ? [[]] : [])
            + [last.shortened(to: width - 2, glyphs: glyphs)]
    }
}
