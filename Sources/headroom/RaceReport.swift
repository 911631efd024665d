import AttentionEngine
import TerminalCanvas

/// A finished race in the forms it is printed in.
struct RaceReport {
    let progress: RecallProgress
    /// From the start to the last measurement.
    let seconds: Double
    /// How many threads trained.
    let threads: Int
    /// Whether embeddings were widened to as many parameters as MHA has.
    let isMatched: Bool

    private var rows: [(lane: RecallProgress.Lane, result: RecallMeasurement)] {
        progress.lanes.compactMap { lane in lane.result.map { (lane, $0) } }
    }

    var lines: [String] {
        var table = TextTable(columns: [
            .init(title: "variant", alignment: .left),
            .init(title: "cached", alignment: .right),
            .init(title: "width", alignment: .right),
            .init(title: "parameters", alignment: .right),
            .init(title: "accuracy", alignment: .right),
            .init(title: "perspectives", alignment: .right),
            .init(title: "bits", alignment: .right),
            .init(title: "loss", alignment: .right),
            .init(title: "s", alignment: .right),
        ])
        for (lane, result) in rows {
            table.rows.append([
                lane.variant.name, String(lane.variant.numbersPerToken),
                String(lane.variant.width), grouped(lane.variant.parameters),
                fixed(result.accuracy, decimals: 3), "\(result.perspectives) of 8",
                fixed(result.headDivergenceBits, decimals: 3), fixed(result.loss, decimals: 3),
                fixed(lane.seconds, decimals: 2),
            ])
        }
        let questions = rows.first?.result.questions ?? 0
        let notes = [
            "Seed \(progress.seed), steps: \(grouped(progress.steps)); measured on "
                + "\(grouped(questions)) fresh questions; \(fixed(seconds, decimals: 1)) s in all.",
            "cached: numbers kept for each token. perspectives: attributes that some "
                + "head follows more than the others. bits: how differently two heads look, the "
                + "mean Jensen-Shannon divergence.",
            "One layer and one made-up task that needs eight perspectives at once: it shows the "
                + "mechanism, not what a large model loses.",
        ]
        return table.lines + [""] + plot + [""] + notes.flatMap { wrapped($0) }
    }

    private var plot: [String] {
        let points = rows.map {
            PointPlot.Point(
                x: Double($0.lane.variant.numbersPerToken), y: $0.result.accuracy,
                label: $0.lane.variant.name)
        }
        let frame = PlotFrame(
            title: "accuracy", horizontal: "numbers cached for each token", across: 128,
            line: (RecallTask.chance, "chance"))
        return PointPlot(frame: frame, points: points).lines.map { $0.map(\.text).joined() }
    }

    var json: JSON {
        let objects = rows.map { lane, result in
            JSON.object([
                ("variant", .string(lane.variant.id)),
                ("cache_numbers_per_token", .int(lane.variant.numbersPerToken)),
                ("width", .int(lane.variant.width)),
                ("parameters", .int(lane.variant.parameters)),
                ("accuracy", number(result.accuracy, decimals: 4)),
                ("perspectives", .int(result.perspectives)),
                ("head_divergence_bits", number(result.headDivergenceBits, decimals: 4)),
                ("loss", number(result.loss, decimals: 4)),
                ("seconds", number(lane.seconds, decimals: 3)),
            ])
        }
        let inputs: [(key: String, value: JSON)] = [
            ("steps", .int(progress.steps)), ("seed", .number("\(progress.seed)")),
            ("variants", .array(progress.lanes.map { .string($0.variant.id) })),
            ("match_parameters", .bool(isMatched)), ("threads", .int(threads)),
        ]
        return .object([
            ("schema", .int(1)), ("inputs", .object(inputs)),
            ("questions", .int(rows.first?.result.questions ?? 0)),
            ("seconds", number(seconds, decimals: 3)), ("rows", .array(objects)),
        ])
    }

    private func number(_ value: Double, decimals: Int) -> JSON {
        .number(fixed(value, decimals: decimals).filter { $0 != "," })
    }
}
