import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// What a race found, as a plot or a table.
extension RaceView {
    private var rows: [RaceRow] { spec.shown(race.rows) }

    // MARK: Plots

    func plot(rows: Int) -> [Line] {
        let isCurves = spec.plot == .curves
        let room = rows - PlotFrame.compactFrame
        let titles =
            isCurves
            ? ["accuracy (up), training steps (across)"]
            : [
                "accuracy (up), numbers cached for each token (across)",
                "accuracy (up), numbers a token (across)",
            ]
        let frame = PlotFrame(
            title: titles.first { $0.count + 4 <= width } ?? titles[titles.count - 1],
            across: isCurves ? Double(race.plan.steps) : 128, line: (RecallTask.chance, "chance"),
            columns: width - 2 - PlotFrame.margin.left - PlotFrame.margin.right,
            // A blank row above, where there is room for one.
            rows: room > 6 ? room - 1 : room, glyphs: glyphs, number: grouped)
        return isCurves
            ? CurvePlot(frame: frame, curves: curves).lines
            : PointPlot(frame: frame, points: points, path: sharing).lines
    }

    private var curves: [CurvePlot.Curve] {
        rows.map { row in
            CurvePlot.Curve(
                // Five decimals are what those who follow are told.
                points: row.curve.map {
                    (Double($0.step), ($0.accuracy * 1e5).rounded() / 1e5)
                },
                mark: mark(row.variant), label: row.label,
                style: Style(.group(Int8(place(row.variant))), .bold))
        }
    }

    private var points: [PointPlot.Point] {
        let current = spec.marksG ? spec.variant(atG: scene) : nil
        var points = rows.map { row in
            let here = row.variant == current ? " \(glyphs.here) here" : ""
            return PointPlot.Point(
                x: Double(row.variant.numbersPerToken), y: row.accuracy, mark: mark(row.variant),
                label: row.label + here, short: row.variant.name + here,
                style: here.isEmpty ? Style(.group(Int8(place(row.variant))), .bold) : .bright)
        }
        if spec.marksCorner {
            points.append(.init(x: 16, y: 0.95, mark: "?", label: "the empty corner"))
        }
        if spec.proposal != nil, let proposal = scene.proposal {
            points.append(
                .init(
                    x: Double(proposal.numbers), y: proposal.accuracy, mark: "+",
                    label: scene.isProposalThere ? "guess" : "yours",
                    style: scene.isPlacing ? .bright.with(.reverse) : .bright))
        }
        return points
    }

    /// The way that g leads from MQA to MHA.
    private var sharing: [(x: Double, y: Double)] {
        rows.compactMap { row in
            guard case .perHead = row.variant.layout else { return nil }
            return (Double(row.variant.numbersPerToken), row.accuracy)
        }
    }

    /// A variant's place among the race's.
    private func place(_ variant: RecallVariant) -> Int {
        RecallVariant.race.firstIndex { $0.id == variant.id } ?? 0
    }

    /// A variant's sign.
    private func mark(_ variant: RecallVariant) -> Character {
        Array(glyphs.isASCII ? "M421L" : "●◆■▲○")[place(variant)]
    }

    // MARK: Tables

    var table: [Line] {
        let cells = spec.isWidened ? compared : measured
        return TableLayout(
            header: cells[0].map { [Span($0, .strong)] },
            rows: cells.dropFirst().map { $0.map { [Span($0)] } },
            alignments: [.left] + Array(repeating: .right, count: cells[0].count - 1),
            width: width - 1, glyphs: glyphs
        ).lines
    }

    private var measured: [[String]] {
        [["variant", "cached", "parameters", "accuracy", "perspectives", "bits"]]
            + rows.map { row in
                [
                    row.variant.name, String(row.variant.numbersPerToken),
                    grouped(row.variant.parameters), fixed(row.accuracy, decimals: 3),
                    row.measured.map { "\($0.perspectives) of \(RecallTask.attributes)" } ?? "-",
                    row.measured.map { fixed($0.bits, decimals: 2) } ?? "-",
                ]
            }
    }

    /// The widened variants beside those of the usual width, trained as they were.
    private var compared: [[String]] {
        func accuracy(_ row: RaceRow?) -> String {
            row.map { fixed($0.accuracy, decimals: 3) } ?? "-"
        }
        let isUnfinished = spec.race(scene).run != nil
        let header = ["variant", "width", "parameters", "accuracy", "widened"]
        return [header + [isUnfinished ? "so far" : "accuracy"]]
            + spec.variants.map { variant in
                [
                    variant.name, String(variant.width), grouped(variant.parameters),
                    accuracy(scene.unwidened?.rows.first { $0.variant == variant }),
                    String(variant.widened.width),
                    accuracy(rows.first { $0.unwidened == variant }),
                ]
            }
    }
}

extension RaceRow {
    /// "MHA 0.72"
    fileprivate var label: String { "\(variant.name) \(fixed(accuracy, decimals: 2))" }
}
