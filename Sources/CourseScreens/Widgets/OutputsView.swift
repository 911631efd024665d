import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The outputs with g K/V heads beside those of MHA, of MQA and of the tile mapping, computed on
/// the same numbers: the largest differences.
struct OutputsView: TextWidget {
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var heights: ClosedRange<Int> { 5...6 }

    func lines(height: Int) -> [Line] {
        guard let sharing = scene.sharing else { return [] }
        let shape = scene.setting.shape
        let outputs = " of outputs with \(counted(shape.keyValueHeads, "K/V head")), "
        let headline = [
            Span("largest difference", .strong),
            Span(outputs + "\(shape.groupSize) each", .faint),
        ]
        let rows = [
            ("to MHA", sharing.fromMultiHead), ("to MQA", sharing.fromMultiQuery),
            ("to tile order", sharing.fromTile),
        ].map { name, difference -> Line in
            let isSame = sharing.isSame(difference)
            let style = isSame ? Style(.good, .bold) : .plain
            // One scale for every g, so that a bar shrinks where outputs come nearer: two
            // outputs differ by twice the largest at the most.
            let share = min(1, Double(difference / (2 * sharing.largestOfMultiHead)))
            return [
                Span(name.padded(to: 14)),
                Span(sharing.text(of: difference).leading(to: 8), style), Span("  "),
                isSame
                    ? Span("\(glyphs.tick) the same numbers", style)
                    : Span(glyphs.bar(share, of: width - 27), .accent),
            ]
        }
        return [headline] + rows + (height > 5 ? [[]] : []) + [[Span(sharing.scale, .faint)]]
    }
}
