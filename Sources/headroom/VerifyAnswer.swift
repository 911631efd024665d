import AttentionEngine
import Foundation

/// A checked attention in the forms it is printed in.
struct VerifyAnswer {
    let report: AttentionVerification

    init(_ report: AttentionVerification) { self.report = report }

    private var shape: AttentionShape { report.shape }

    var lines: [String] { wrapped(verdict) + [""] + reasons + facts + unseen + unsearched }

    // MARK: Text

    private var verdict: String {
        if report.isMatch { return "Matches: every number of out is right." }
        guard let first = report.explanations.first else {
            let name = report.isSearchWhole ? "usual mistake" : "mistake that was tried"
            return "Does not match, and no \(name) gives this out."
        }
        if first.count == 1 { return "Does not match: \(first[0].name)." }
        return "Does not match. \(first.count == 2 ? "Two" : "Three") mistakes together: "
            + first.map(\.name).joined(separator: "; ") + "."
    }

    /// What the mistakes are, or what is known where they are not; then an empty line.
    private var reasons: [String] {
        if report.isMatch { return [] }
        guard let first = report.explanations.first else { return hints + [""] }
        var lines = first.flatMap { wrapped($0.explanation(report)) + [""] }
        let others = report.explanations.dropFirst()
        if !others.isEmpty {
            let names = others.map { $0.map(\.name).joined(separator: " with ") }
            lines +=
                wrapped(
                    "The same out comes from: \(names.joined(separator: "; ")). With these sizes or "
                        + "numbers they cannot be told apart.") + [""]
        }
        return lines
    }

    private var hints: [String] {
        var hints: [String] = []
        let right = report.rightHeads
        if right.isEmpty {
            hints.append("Every head has wrong numbers.")
        } else if right.count < shape.queryHeads {
            let wrong = (0..<shape.queryHeads).filter { !right.contains($0) }
            hints.append(
                "Right in all their numbers: query heads \(runs(right)). Wrong: \(runs(wrong)).")
        }
        if let query = report.firstWrongQuery, report.queryTokens > 1 {
            hints.append(
                query == 0
                    ? "The very first query is wrong already."
                    : "The first wrong query is \(query); those before it are right in all heads.")
        }
        if report.format.isSixteenBits {
            hints.append(
                "Save the same q, k and v that out was computed from, rounded as they were.")
        }
        return hints.flatMap { wrapped($0) }
    }

    private var facts: [String] {
        let each =
            shape.groupSize == 1 ? "1 query head each" : "\(shape.groupSize) query heads each"
        let heads =
            count(shape.queryHeads, "query head") + " on \(grouped(shape.keyValueHeads)) K/V, "
        var rows = [
            ("attention", "\(attention): \(heads)\(each)"),
            (
                "sizes",
                "batch \(grouped(report.batch)), \(count(report.queryTokens, "query", "queries")) on "
                    + "\(count(report.tokens, "key")), width \(grouped(shape.headDimension)), "
                    + (report.causal ? "causal mask" : "no mask")
            ),
        ]
        if !report.isMatch {
            rows.append(
                ("wrong", "\(grouped(report.wrongNumbers)) of \(count(report.numbers, "number"))"))
        }
        rows += [
            ("error", "at most \(short(report.worst.error)), at \(place)"),
            (
                "",
                "out \(String(format: "%.7g", report.worst.output)), expected "
                    + String(format: "%.7g", report.worst.expected)
            ),
            (
                "allowed",
                "\(short(report.tolerance)), and the rounding of out "
                    + (report.format.isSixteenBits ? "and of weights " : "")
                    + "to \(report.format.rawValue)"
            ),
        ]
        if report.explanations.first?.contains(where: \.isRounding) == true {
            rows.append(("", "the softmax's scores were rounded too, which is not allowed"))
        }
        return rows.map { name, text in
            "  " + name + String(repeating: " ", count: 11 - name.count) + text
        }
    }

    /// What a file that matches does not prove.
    private var unseen: [String] {
        if report.unseen.isEmpty { return [] }
        let names = report.unseen.map { $0.unseenName(report) }
        return [""]
            + wrapped(
                "This file cannot show, since out would be the same: "
                    + names.joined(separator: "; ") + ".")
    }

    /// That mistakes were left out.
    private var unsearched: [String] {
        if report.isSearchWhole { return [] }
        return [""]
            + wrapped(
                "The search for mistakes was cut short: a file of a few hundred "
                    + "tokens is searched in full.")
    }

    private var attention: String {
        shape.groupSize == 1 ? "MHA" : shape.keyValueHeads == 1 ? "MQA" : "GQA"
    }

    private var place: String {
        let worst = report.worst
        return (report.batch > 1 ? "batch \(worst.batch), " : "")
            + "head \(worst.head), query \(worst.query), coordinate \(worst.coordinate)"
    }

    private func short(_ value: Double) -> String { String(format: "%.3g", value) }

    private func count(_ count: Int, _ name: String, _ several: String? = nil) -> String {
        count == 1 ? "1 \(name)" : "\(grouped(count)) \(several ?? name + "s")"
    }

    /// "0-3, 8, 10-11", and not all of it where it is long.
    private func runs(_ heads: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for head in heads {
            if let last = runs.last, last.upperBound == head - 1 {
                runs[runs.count - 1] = last.lowerBound...head
            } else {
                runs.append(head...head)
            }
        }
        let texts = runs.prefix(12).map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
        return texts.joined(separator: ", ") + (runs.count > 12 ? " ..." : "")
    }

    // MARK: JSON

    var json: JSON {
        let worst = report.worst
        return .object([
            ("matches", Self.bool(report.isMatch)),
            ("attention", .string(attention)),
            ("query_heads", .int(shape.queryHeads)),
            ("kv_heads", .int(shape.keyValueHeads)),
            ("head_dim", .int(shape.headDimension)),
            ("batch", .int(report.batch)),
            ("query_tokens", .int(report.queryTokens)),
            ("tokens", .int(report.tokens)),
            ("causal", Self.bool(report.causal)),
            ("dtype", .string(report.format.rawValue)),
            ("tolerance", .number("\(report.tolerance)")),
            ("numbers", .int(report.numbers)),
            ("wrong_numbers", .int(report.wrongNumbers)),
            (
                "largest_error",
                .object([
                    ("error", .number("\(worst.error)")), ("batch", .int(worst.batch)),
                    ("head", .int(worst.head)), ("query", .int(worst.query)),
                    ("coordinate", .int(worst.coordinate)), ("out", .number("\(worst.output)")),
                    ("expected", .number("\(worst.expected)")),
                ])
            ),
            (
                "explanations",
                .array(report.explanations.map { .array($0.map { .string($0.id) }) })
            ),
            ("cannot_show", .array(report.unseen.map { .string($0.id) })),
            ("search_complete", Self.bool(report.isSearchWhole)),
        ])
    }

    private static func bool(_ value: Bool) -> JSON { .number(value ? "true" : "false") }
}
