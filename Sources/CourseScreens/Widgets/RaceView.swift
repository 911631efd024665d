import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The recall race as points, curves or a table; what is shown moves while it runs.
struct RaceView: TextWidget {
    let spec: RaceSpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    var race: RaceStatus { spec.race(scene) }
    /// The most rows between the ends of a plot's upright axis.
    private static let mostRows = 36
    private var isTable: Bool { scene.showsTable || spec.plot == .table }

    var heights: ClosedRange<Int> {
        let around = above.count + below.count
        guard !isTable else {
            let rows = table.count + around
            return rows...rows + 2
        }
        return 4 + PlotFrame.compactFrame + around...Self.mostRows + PlotFrame.compactFrame + around
    }

    func lines(height: Int) -> [Line] {
        let (above, below) = (above, below)
        let rows = height - above.count - below.count
        let body = isTable ? table : plot(rows: rows)
        // Blank rows where there is room: what is said below comes first.
        let gaps = (0..<2).map { body.count + $0 < rows ? [Line()] : [] }
        return (isTable ? above + gaps[1] : gaps[1] + above) + body + gaps[0] + below
    }

    // MARK: Words

    private func wrap(_ spans: [Span]) -> [Line] {
        wrapped(spans, width: width - 2, glyphs: glyphs)
    }

    private var above: [Line] {
        var above = headline
        if spec.marksG { above += wrap(spec.atG(scene).map(Span.init)) }
        guard spec.proposal == .place || spec.proposal != nil && scene.proposal != nil else {
            return above
        }
        // A row of its own only where the headline has no room.
        if above.count == 1, above[0].width + proposal.width + 2 <= width - 2 {
            above[0] += [Span(". ")] + proposal
        } else {
            above += wrap(proposal)
        }
        return above
    }

    /// Whose results these are, and how far they have come.
    private var headline: [Line] {
        let race = race
        guard let run = race.run else {
            let origin =
                race.results.date.map { "Trained \(spec.origin(scene).machine), \($0)" }
                ?? "Trained beforehand"
            return wrap([Span(origin, .bright), Span(", " + race.plan.inWords)])
        }
        let words = [
            Span(run.isPaused ? "Paused" : "Training \(spec.origin(scene).place)", .bright),
            Span(", seed \(race.plan.seed), \(grouped(race.plan.steps)) steps "),
        ]
        let left = run.isPaused ? nil : run.secondsLeft.map { ", \(Int($0.rounded(.up))) s left" }
        let cells = max(0, min(20, width - words.width - 20))
        return [words + progressBar(run.share, cells: cells, glyphs: glyphs) + [Span(left ?? "")]]
    }

    private var proposal: Line {
        let isThere = scene.isProposalThere
        guard let proposal = scene.proposal else {
            return [Span(isThere ? "No guess is placed yet." : "Yours is not placed yet.", .faint)]
        }
        return [
            Span(isThere ? "Guess: " : "Yours: ", .bright),
            Span("\(proposal.numbers)", .accent), Span(" numbers, accuracy "),
            Span(fixed(proposal.accuracy, decimals: 2), .accent),
        ]
    }

    private var below: [Line] {
        let key =
            spec.isWidened
            ? "widened: so wide that parameters are nearly MHA's: \(widenedParameters)."
                + missing
            : "cached: numbers for each token; perspectives: parts that some head follows; "
                + "bits: how differently heads look."
        let limits =
            "One layer and one made-up task: the mechanism, not what a large model loses."
        return (isTable ? [key, limits] : [limits]).flatMap { wrap([Span($0, .faint)]) }
    }

    /// Why the results of the usual width are not shown, where they are not.
    private var missing: String {
        scene.unwidened == nil
            ? " -: the other race had another seed or length (\(scene.usualRace.results.plan.inWords))."
            : ""
    }

    /// "36,704 to 36,992"
    private var widenedParameters: String {
        let counts = spec.variants.map(\.widened.parameters)
        return "\(grouped(counts.min() ?? 0)) to \(grouped(counts.max() ?? 0))"
    }
}
