import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The recall race as points, curves or a table; what is shown moves while it runs.
struct RaceView: Widget {
    let spec: RaceSpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let around = around(width: width, scene: scene, glyphs: glyphs).reduce(0) { $0 + $1.count }
        guard !showsTable(scene) else {
            let rows = table(width: width, scene: scene, glyphs: glyphs).count + around
            return rows...rows + 1
        }
        return 4 + PlotFrame.compactFrame + around...20 + PlotFrame.compactFrame + around
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let glyphs = canvas.glyphs
        let around = around(width: area.width, scene: scene, glyphs: glyphs)
        let rows = area.height - around[0].count - around[1].count
        let body =
            showsTable(scene)
            ? table(width: area.width, scene: scene, glyphs: glyphs)
            : plot(width: area.width, rows: rows, scene: scene, glyphs: glyphs)
        let gap: [Line] = body.count < rows ? [[]] : []
        let lines =
            showsTable(scene)
            ? around[0] + gap + body + around[1] : gap + around[0] + body + around[1]
        for (row, line) in lines.enumerated() {
            canvas.draw(line, at: Point(column: area.column + 1, row: area.row + row), in: area)
        }
    }

    private func showsTable(_ scene: Scene) -> Bool { scene.showsTable || spec.plot == .table }

    // MARK: Words

    /// The lines above the plot or table, and those below.
    private func around(width: Int, scene: Scene, glyphs: Glyphs) -> [[Line]] {
        let race = spec.race(scene)
        let width = width - 2
        var above = RaceHeadline(
            race: race, place: spec.origin(scene).place,
            machine: spec.origin(scene).machine
        ).lines(width: width, glyphs: glyphs)
        let yours = spec.proposal == .place || scene.proposal != nil ? aboutProposal(scene) : []
        if spec.marksG {
            above += wrapped(spec.atG(scene).map(Span.init), width: width, glyphs: glyphs)
        }
        if spec.proposal != nil, !yours.isEmpty {
            // A row of its own only where the headline has no room.
            if above.count == 1, above[0].width + yours.width + 2 <= width {
                above[0] += [Span(". ")] + yours
            } else {
                above += wrapped(yours, width: width, glyphs: glyphs)
            }
        }
        var below: [Line] = []
        if showsTable(scene) {
            let key =
                spec.isWidened
                ? "widened: to the width that has nearly as many parameters as MHA, "
                    + "\(widenedParameters)." + missing(scene)
                : "cached: numbers for each token; perspectives: parts that some head follows; "
                    + "bits: how differently heads look."
            below += wrapped([Span(key, Style(.faint))], width: width, glyphs: glyphs)
        }
        let limits =
            "One layer and one made-up task that needs eight perspectives at once: the mechanism, "
            + "not what a large model loses."
        below += wrapped([Span(limits, Style(.faint))], width: width, glyphs: glyphs)
        return [above, below]
    }

    /// Why the results of the usual width are not shown, where they are not.
    private func missing(_ scene: Scene) -> String {
        scene.unwidened == nil
            ? " -: the race before had another seed or length (\(scene.usualRace.results.plan.inWords))."
            : ""
    }

    /// "36,704 to 36,992"
    private var widenedParameters: String {
        let counts = spec.variants.map(\.widened.parameters)
        return "\(grouped(counts.min() ?? 0)) to \(grouped(counts.max() ?? 0))"
    }

    private func aboutProposal(_ scene: Scene) -> [Span] {
        guard let proposal = scene.proposal else {
            return [
                Span(
                    scene.isProposalThere
                        ? "No guess is placed yet." : "Yours is not placed yet.",
                    Style(.faint))
            ]
        }
        return [
            Span(scene.isProposalThere ? "Guess: " : "Yours: ", Style(.accent, .bold)),
            Span("\(proposal.numbers)", Style(.accent)), Span(" numbers, accuracy "),
            Span(fixed(proposal.accuracy, decimals: 2), Style(.accent)),
        ]
    }

    // MARK: Plots

    private func plot(width: Int, rows: Int, scene: Scene, glyphs: Glyphs) -> [Line] {
        let isCurves = spec.plot == .curves
        let plan = spec.race(scene).plan
        let frame = PlotFrame(
            title: isCurves
                ? "accuracy (up), training steps (across)"
                : "accuracy (up), numbers cached for each token (across)",
            horizontal: nil, across: isCurves ? Double(plan.steps) : 128,
            columns: width - 2 - PlotFrame.margin.left - PlotFrame.margin.right,
            // A blank row above, where there is room for one.
            rows: rows - PlotFrame.compactFrame - (rows - PlotFrame.compactFrame > 6 ? 1 : 0),
            glyphs: glyphs)
        let shown = spec.shown(spec.race(scene).rows)
        let line = (RecallTask.chance, "chance")
        if isCurves {
            return CurvePlot(
                frame: frame, curves: shown.map { $0.curve(glyphs) }, line: line
            ).lines
        }
        return PointPlot(
            frame: frame, points: points(shown, scene, glyphs), path: sharing(shown), line: line
        ).lines
    }

    /// The way that g leads from MQA to MHA.
    private func sharing(_ shown: [RaceRow]) -> [(x: Double, y: Double)] {
        shown.compactMap { row in
            guard case .perHead = row.variant.layout else { return nil }
            return (Double(row.variant.numbersPerToken), row.accuracy)
        }
    }

    private func points(
        _ shown: [RaceRow], _ scene: Scene, _ glyphs: Glyphs
    ) -> [PointPlot.Point] {
        let current = spec.marksG ? spec.variant(atG: scene) : nil
        var points = shown.map { row in
            PointPlot.Point(
                x: Double(row.variant.numbersPerToken), y: row.accuracy,
                mark: row.variant.mark(glyphs),
                label: row.label + (row.variant == current ? " \(glyphs.here) here" : ""),
                short: row.variant.name + (row.variant == current ? " \(glyphs.here) here" : ""),
                style: Style(.accent, row.variant == current ? [.bold] : []))
        }
        if spec.marksCorner {
            points.append(
                PointPlot.Point(x: 16, y: 0.95, mark: "?", label: "the empty corner"))
        }
        if spec.proposal != nil, let proposal = scene.proposal {
            points.append(
                PointPlot.Point(
                    x: Double(proposal.numbers), y: proposal.accuracy, mark: "+",
                    label: scene.isProposalThere ? "guess" : "yours",
                    style: Style(.accent, scene.isPlacing ? [.bold, .reverse] : .bold)))
        }
        return points
    }

    private func control(_ scene: Scene) -> RaceTable.Control {
        RaceTable.Control(
            variants: spec.variants, rows: scene.unwidened?.rows ?? [],
            isUnfinished: spec.race(scene).run != nil)
    }

    private func table(width: Int, scene: Scene, glyphs: Glyphs) -> [Line] {
        let rows = spec.shown(spec.race(scene).rows)
        return RaceTable(
            rows: rows, control: spec.isWidened ? control(scene) : nil,
            width: width - 1, glyphs: glyphs
        ).lines
    }
}

extension RaceRow {
    /// "MHA 0.72"
    fileprivate var label: String { "\(variant.name) \(fixed(accuracy, decimals: 2))" }

    fileprivate func curve(_ glyphs: Glyphs) -> CurvePlot.Curve {
        CurvePlot.Curve(
            points: curve.map { (Double($0.step), $0.accuracy) }, mark: variant.mark(glyphs),
            label: label, style: Style(.group(variant.ink), .bold))
    }
}

extension RecallVariant {
    /// Its place among the race's variants.
    private var place: Int { Self.race.firstIndex { $0.id == id } ?? 0 }

    fileprivate var ink: Int { place }

    /// Its sign in plots.
    fileprivate func mark(_ glyphs: Glyphs) -> Character {
        let marks: [Character] =
            glyphs.isASCII ? ["M", "4", "2", "1", "L"] : ["●", "◆", "■", "▲", "○"]
        return marks[place]
    }
}
