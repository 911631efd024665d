import AttentionEngine
import LanguageModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How well a model predicted a text, with one or several ways to keep keys and values, in the
/// forms it is printed in.
struct PerplexityAnswer {
    /// What one way kept, and what came of it.
    struct Row {
        let point: KeptPoint
        let tokens: Int
        let nats: SampleMean
        /// How much more a token cost than with what the first row kept.
        let more: SampleMean
        let layers: Int
        let numbersPerTokenAndLayer: Int
        let bytesPerToken: Int

        var perplexity: Double { exp(nats.mean) }
    }

    let model: String
    let isSweep: Bool
    let threads: Int
    private(set) var rows: [Row] = []
    /// What each token cost with what the first row kept.
    private var first: [Double]?

    init(model: String, isSweep: Bool, threads: Int) {
        self.model = model
        self.isSweep = isSweep
        self.threads = threads
    }

    /// Adds what was predicted, if anything was.
    mutating func add(_ prediction: TextPrediction, _ point: KeptPoint) {
        guard !prediction.nats.isEmpty else { return }
        let first = first ?? prediction.nats
        self.first = first
        let sequence = prediction.sequence
        rows.append(
            Row(
                point: point, tokens: prediction.nats.count, nats: prediction.mean,
                more: prediction.more(than: first), layers: sequence.caches.count,
                numbersPerTokenAndLayer: sequence.numbersPerTokenAndLayer,
                bytesPerToken: sequence.bytesHeld.bytes / sequence.tokens))
    }

    // MARK: Text

    /// One line a measure, or one a point of the curve.
    var lines: String { (isSweep ? table : rows.flatMap(measures)).joined(separator: "\n") }

    private func measures(_ row: Row) -> [String] {
        [
            "kept        \(row.point.words)",
            "perplexity  \(threeDigits(row.perplexity))",
            "nats        \(fixed(row.nats.mean, decimals: 4)) a token"
                + (row.nats.standardError.map { ", standard error \(fixed($0, decimals: 4))" }
                    ?? ""),
            "tokens      \(grouped(row.tokens)) predicted",
            "cache       \(grouped(row.bytesPerToken)) bytes a token: "
                + "\(grouped(row.numbersPerTokenAndLayer)) numbers in each of "
                + counted(row.layers, "layer"),
            "threads     \(threads)",
        ]
    }

    private var table: [String] {
        var table = TextTable(columns: [
            .init(title: "kept", alignment: .left), .init(title: "numbers", alignment: .right),
            .init(title: "bytes", alignment: .right), .init(title: "perplexity", alignment: .right),
            .init(title: "nats more", alignment: .right), .init(title: "error", alignment: .right),
        ])
        for (index, row) in rows.enumerated() {
            table.rows.append(
                [
                    row.point.words, grouped(row.numbersPerTokenAndLayer),
                    grouped(row.bytesPerToken), threeDigits(row.perplexity),
                ]
                    + (index == 0
                        ? ["", ""]
                        : [
                            fixed(row.more.mean, decimals: 4),
                            row.more.standardError.map { fixed($0, decimals: 4) } ?? "",
                        ]))
        }
        return table.lines + [""]
            + wrapped(
                "numbers: of a token in each of \(counted(rows[0].layers, "layer")). bytes: of a "
                    + "token in all of them. nats more: what each of "
                    + "\(counted(rows[0].tokens, "token")) costs more than as built, on average, "
                    + "with the standard error: less than twice that may be chance. g: K/V heads.")
    }

    // MARK: JSON

    var json: JSON {
        let head: [(key: String, value: JSON)] = [("schema", .int(1)), ("model", .string(model))]
        let middle: [(key: String, value: JSON)] =
            isSweep
            ? [("points", .array(rows.map { .object(members($0) + more($0)) }))]
            : rows.flatMap(members)
        return .object(head + middle + [("threads", .int(threads))])
    }

    private func members(_ row: Row) -> [(key: String, value: JSON)] {
        [
            ("kept", .string(row.point.words)), ("perplexity", Self.number(row.perplexity)),
            ("nats_per_token", Self.number(row.nats.mean)),
            ("standard_error", Self.number(row.nats.standardError)), ("tokens", .int(row.tokens)),
            ("numbers_per_token_and_layer", .int(row.numbersPerTokenAndLayer)),
            ("bytes_per_token", .int(row.bytesPerToken)),
        ]
    }

    private func more(_ row: Row) -> [(key: String, value: JSON)] {
        [
            ("nats_more", Self.number(row.more.mean)),
            ("nats_more_standard_error", Self.number(row.more.standardError)),
        ]
    }

    /// A number without separated thousands; null where it is none.
    private static func number(_ value: Double?) -> JSON {
        guard let value, value.isFinite else { return .null }
        return .number(fixed(value, decimals: 6).filter { $0 != "," })
    }
}
