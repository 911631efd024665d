import AttentionEngine
import TerminalCanvas

struct RaceSpec: Hashable, Sendable {
    /// The variants that are shown; a race runs all.
    var variants: [RecallVariant] = RecallVariant.race
    /// Whether the corner that no g reaches is marked.
    var marksCorner = false
}

/// The recall race: numbers cached per token across, accuracy up, a point for each variant. The
/// points climb while a race runs.
struct RaceView: Widget {
    let spec: RaceSpec

    private static let words = 3

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let around = PointPlot.frame - 1 + Self.words
        return 4 + around...12 + around
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let glyphs = canvas.glyphs
        canvas.draw(
            headline(scene.measured.race, glyphs: glyphs),
            at: Point(column: area.column + 1, row: area.row), in: area)
        let plot = PointPlot(
            title: "accuracy", horizontal: "numbers cached for each token",
            points: points(scene.measured.race), across: 128, line: (RecallTask.chance, "chance"),
            columns: area.width - PointPlot.margin - 2,
            rows: area.height - PointPlot.frame + 1 - Self.words)
        for (index, line) in plot.lines.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 1, row: area.row + 1 + index), in: area)
        }
        let limits = wrapped(
            [
                Span(
                    "One layer and one made-up task that needs eight perspectives at once: the "
                        + "mechanism, not what a large model loses.", Style(.faint))
            ], width: area.width - 2, glyphs: glyphs)
        for (index, line) in limits.prefix(2).enumerated() {
            canvas.draw(
                line,
                at: Point(
                    column: area.column + 1, row: area.endRow - min(2, limits.count) + index),
                in: area)
        }
    }

    private func points(_ race: RaceStanding) -> [PointPlot.Point] {
        let shown = race.results.filter { spec.variants.contains($0.variant) }
        let points = shown.map {
            PointPlot.Point(
                x: Double($0.variant.numbersPerToken), y: $0.accuracy,
                label: "\($0.variant.name) \(fixed($0.accuracy, decimals: 2))")
        }
        return spec.marksCorner
            ? points + [PointPlot.Point(x: 16, y: 0.95, mark: "?", label: "the empty corner")]
            : points
    }

    /// Whose results these are, and how far they have come.
    private func headline(_ race: RaceStanding, glyphs: Glyphs) -> [Span] {
        let way = "seed \(race.seed), \(grouped(race.steps)) steps"
        func bar(_ share: Double) -> [Span] { progressBar(share, glyphs: glyphs) }
        switch race.state {
        case .shipped:
            return [Span("Came with the program", Style(.accent, .bold)), Span(": \(way)")]
        case .running(let share, let left):
            let time = left.map { ", \(Int($0.rounded(.up))) s left" } ?? ""
            return [Span("Training here, seed \(race.seed) ")] + bar(share) + [Span(time)]
        case .paused(let share):
            return [Span("Paused, seed \(race.seed) ")] + bar(share)
        case .finished:
            return [Span("Trained on this machine", Style(.accent, .bold)), Span(": \(way)")]
        }
    }
}
