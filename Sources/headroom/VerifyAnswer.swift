import AttentionEngine
import Foundation

/// A checked attention in the forms it is printed in.
struct VerifyAnswer {
    let report: AttentionVerification

    init(_ report: AttentionVerification) { self.report = report }

    private var sizes: AttentionSizes { report.sizes }
    private var isLatent: Bool { sizes.latent != nil }

    var lines: [String] {
        wrapped(verdict) + [""] + reasons + facts + remarks + unseen + unsearched
    }

    // MARK: Text

    private var verdict: String {
        switch report.verdict {
        case .matches:
            return isOutOtherwise
                ? "Matches: out is right as \(report.layoutOfOutputs); transpose it before saving, "
                    + "to \(report.layout)."
                : report.otherSizes.map(matchesAmongTwo)
                    ?? "Matches: every number of out is right."
        case .tooSmall:
            return "Too small to tell: zeros would be right, too."
        case .differs: break
        }
        guard let first = report.explanations.first else {
            let name = report.isSearchWhole ? "usual mistake" : "mistake that was tried"
            return "Does not match, and no \(name) gives this out."
        }
        if report.wrongNumbers == 0 {
            return "Does not match, though each number of out is allowed: \(names(first))."
        }
        let names = names(first)
        if report.isByChance {
            return "Does not match. It may be that \(names); few numbers tell, and other causes "
                + "give the same: save one of more tokens."
        }
        if report.explanations.count > 1 {
            let others = report.explanations.dropFirst().prefix(5).map(self.names)
            let more = report.explanations.count - 1 - others.count
            return "Does not match. One of these gives this out: "
                + ([names] + others).joined(separator: "; or ")
                + (more > 0 ? "; or \(more) more." : ".")
        }
        if first.count == 1 { return "Does not match: \(names)." }
        return "Does not match. \(first.count == 2 ? "Two" : "Three") mistakes together: \(names)."
    }

    private func names(_ mistakes: [AttentionMistake]) -> String {
        mistakes.map(\.name).joined(separator: "; ")
    }

    /// That out is right where the tensors are so many heads of so many tokens, which they need not
    /// be.
    private func matchesAmongTwo(_ other: AttentionSizes) -> String {
        func text(_ sizes: AttentionSizes) -> String {
            "\(count(sizes.queryHeads, "head")) of \(count(sizes.queryTokens, "token"))"
        }
        return "Matches as \(text(sizes)): every number of out is right. The shapes may also be "
            + "\(text(other)): if that is meant, say --heads \(other.queryHeads)."
    }

    /// Whether out lies otherwise than q.
    private var isOutOtherwise: Bool { report.layout != report.layoutOfOutputs }

    /// What the mistakes are, or what is known where they are not; then an empty line.
    private var reasons: [String] {
        switch report.verdict {
        case .matches: return []
        case .tooSmall:
            return wrapped(
                "Every number of out should be smaller than the error that is allowed. "
                    + smallnessAdvice) + [""]
        case .differs: break
        }
        guard let first = report.explanations.first else { return hints + [""] }
        var advice: [String] = []
        // Of equally good causes each has its advice.
        let told = report.isByChance ? first : report.explanations.prefix(3).flatMap { $0 }
        for mistake in told where !advice.contains(mistake.advice) {
            advice.append(mistake.advice)
        }
        var lines = advice.flatMap { wrapped($0) + [""] }
        if report.explanations.count > 1 {
            lines +=
                wrapped("With these sizes or numbers no number tells the causes apart.") + [""]
        }
        return lines
    }

    private var smallnessAdvice: String {
        switch report.smallness {
        case .zeros, nil: "All values are 0: save an attention over others."
        case .tolerance: "Check it with a smaller --tolerance than \(short(report.tolerance))."
        case .format:
            "\(report.format.rawValue) does not tell such small numbers apart: save larger values, "
                + "or all in F32."
        case .scores:
            "Scores are so large that rounding them in 16 bits moves all weights: save smaller "
                + "q and k, or all in F32."
        }
    }

    private var hints: [String] {
        var hints: [String] = []
        let right = report.rightHeads
        let hasHeads = report.form != .latentWhole
        if let first = report.firstWrong, !first.output.isFinite {
            hints.append("out holds \(text(first.output)) at \(place(first)).")
        }
        if hasHeads, right.isEmpty {
            hints.append("Every head has wrong numbers.")
        } else if hasHeads, right.count < sizes.queryHeads {
            let wrong = (0..<sizes.queryHeads).filter { !right.contains($0) }
            hints.append(
                "Right in all their numbers: query heads \(runs(right)). Wrong: \(runs(wrong)). "
                    + "Look at how heads are indexed.")
        }
        if let query = report.firstWrongQuery, sizes.queryTokens > 1 {
            let word = report.isDecoding ? "step" : "query"
            hints.append(
                query == 0
                    ? "The very first \(word) is wrong already."
                    : "The first wrong \(word) is \(query); those before it are right in all heads. "
                        + "Look at what that one sees.")
        }
        if report.format != .float32, report.format != .float64 {
            hints.append(
                "Save the same inputs that out was computed from, rounded as they were.")
        }
        return hints.flatMap { wrapped($0) }
    }

    private var facts: [String] {
        let each =
            sizes.groupSize == 1 ? "1 query head each" : "\(sizes.groupSize) query heads each"
        let heads =
            count(sizes.queryHeads, "query head") + " on \(grouped(sizes.keyValueHeads)) K/V, "
        let mask =
            report.isDecoding ? "a step each" : report.causal ? "causal mask" : "no mask"
        var rows = [
            (
                "attention",
                isLatent
                    ? "MLA\(report.form == .latentWhole ? ", the whole layer" : ""): "
                        + count(sizes.queryHeads, "head") + ", " + latentWidths
                    : "\(attention): \(heads)\(each)"
            ),
            (
                "sizes",
                "batch \(grouped(sizes.batch)), \(count(sizes.queryTokens, "query", "queries")) on "
                    + "\(count(sizes.tokens, "key")), \(widths), \(mask)"
            ),
        ]
        if report.isOtherLayout || report.layout != usualLayout {
            rows.append(
                (
                    "read as",
                    isOutOtherwise
                        ? "\(report.layout), out \(report.layoutOfOutputs)" : report.layout
                ))
        }
        if report.wrongNumbers > 0 {
            rows.append(
                ("wrong", "\(grouped(report.wrongNumbers)) of \(count(report.numbers, "number"))"))
        }
        if let first = report.firstWrong {
            rows += [("first", place(first)), ("", values(first))]
        }
        if let worst = report.worst {
            rows += [("error", "at most \(short(worst.error)), at \(place(worst))")]
            if worst != report.firstWrong { rows.append(("", values(worst))) }
        }
        let isNarrow = report.format != .float32 && report.format != .float64
        rows.append(
            (
                "allowed",
                "\(short(report.tolerance)) of the values' size, and rounding "
                    + (isNarrow
                        ? "to \(report.format.rawValue), inside too"
                        : "to \(report.format.rawValue)")
            ))
        if report.explanations.first?.contains(where: \.isRounding) == true {
            rows.append(("", "the softmax's scores were rounded too, which is not allowed"))
        }
        return rows.map { name, text in
            "  " + name + String(repeating: " ", count: 11 - name.count) + text
        }
    }

    private var usualLayout: String {
        switch report.form {
        case .latentWhole: sizes.batch > 1 ? "[b, t, d]" : report.layout
        default:
            report.layout.hasPrefix("[b") ? "[b, n, t, h]" : "[n, t, h]"
        }
    }

    private var widths: String {
        sizes.keyWidth == sizes.valueWidth
            ? "width \(grouped(sizes.keyWidth))"
            : "widths \(grouped(sizes.keyWidth)) and \(grouped(sizes.valueWidth))"
    }

    private var latentWidths: String {
        guard let latent = sizes.latent else { return "" }
        return "h \(latent.nope), r \(latent.rope), v \(sizes.valueWidth), c \(latent.latent)"
    }

    private var remarks: [String] {
        report.remarks.isEmpty ? [] : [""] + report.remarks.flatMap { wrapped($0) }
    }

    /// What a file that matches does not prove.
    private var unseen: [String] {
        if report.unseen.isEmpty { return [] }
        let names = report.unseen.map(unseenName)
        return [""]
            + wrapped(
                "This file cannot show, since out would be the same: "
                    + names.joined(separator: "; ") + ".")
    }

    private func unseenName(_ mistake: AttentionMistake) -> String {
        switch mistake.id {
        case "heads-tiled" where sizes.keyValueHeads == 1:
            "whether heads are repeated or tiled (g = 1, there is only one)"
        case "heads-tiled" where sizes.groupSize == 1:
            "whether heads are repeated or tiled (g = n, nothing is repeated)"
        case "mask-missing" where sizes.queryTokens == 1,
            "mask-unwanted" where sizes.queryTokens == 1:
            "whether there is a causal mask (one query, the last, sees all)"
        case "mask-at-top-left" where sizes.queryTokens == sizes.tokens:
            "in which corner the mask is (both lengths are the same)"
        default: "whether \(mistake.name)"
        }
    }

    /// That mistakes were left out.
    private var unsearched: [String] {
        if report.isSearchWhole { return [] }
        return [""]
            + wrapped(
                "The search for mistakes was cut short: of fewer heads, fewer tokens or narrower "
                    + "heads it tries more of them together.")
    }

    private var attention: String {
        isLatent
            ? "MLA" : sizes.groupSize == 1 ? "MHA" : sizes.keyValueHeads == 1 ? "MQA" : "GQA"
    }

    private func place(_ difference: AttentionVerification.Difference) -> String {
        (sizes.batch > 1 ? "batch \(difference.batch), " : "")
            + (report.form == .latentWhole ? "" : "head \(difference.head), ")
            + "\(report.isDecoding ? "step" : "query") \(difference.query), "
            + "coordinate \(difference.coordinate)"
    }

    private func values(_ difference: AttentionVerification.Difference) -> String {
        "out \(text(difference.output)), expected " + text(difference.expected)
    }

    private func text(_ value: Double) -> String {
        value.isNaN ? "NaN" : String(format: "%.7g", value)
    }

    private func short(_ value: Double) -> String {
        value.isNaN ? "NaN" : String(format: "%.3g", value)
    }

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
        var members: [(key: String, value: JSON)] = [
            ("matches", .bool(report.isMatch)), ("verdict", .string(report.verdict.rawValue)),
            ("form", .string(report.form.rawValue)), ("layout", .string(report.layout)),
            ("out_layout", .string(report.layoutOfOutputs)), ("attention", .string(attention)),
            ("query_heads", .int(sizes.queryHeads)), ("kv_heads", .int(sizes.keyValueHeads)),
            ("head_dim", .int(sizes.keyWidth)), ("value_dim", .int(sizes.valueWidth)),
        ]
        if let latent = sizes.latent {
            members += [
                ("nope_dim", .int(latent.nope)), ("rope_dim", .int(latent.rope)),
                ("latent_dim", .int(latent.latent)),
            ]
        }
        members += [
            ("batch", .int(sizes.batch)), ("query_tokens", .int(sizes.queryTokens)),
            ("tokens", .int(sizes.tokens)), ("causal", .bool(report.causal)),
            ("dtype", .string(report.format.rawValue)),
            ("tolerance", .number("\(report.tolerance)")), ("numbers", .int(report.numbers)),
            ("wrong_numbers", .int(report.wrongNumbers)),
            ("largest_error", differenceJSON(report.worst)),
            ("first_wrong", differenceJSON(report.firstWrong)),
            (
                "explanations",
                .array(report.explanations.map { .array($0.map { .string($0.id) }) })
            ),
            ("certain", .bool(report.isCertain)),
            ("remarks", .array(report.remarks.map { .string($0) })),
            ("cannot_show", .array(report.unseen.map { .string($0.id) })),
            ("search_complete", .bool(report.isSearchWhole)),
        ]
        return .object(members)
    }

    private func differenceJSON(_ difference: AttentionVerification.Difference?) -> JSON {
        guard let difference else { return .null }
        func number(_ value: Double) -> JSON { value.isFinite ? .number("\(value)") : .null }
        return .object([
            ("error", number(difference.error)), ("batch", .int(difference.batch)),
            ("head", .int(difference.head)), ("query", .int(difference.query)),
            ("coordinate", .int(difference.coordinate)), ("out", number(difference.output)),
            ("expected", number(difference.expected)),
        ])
    }
}
