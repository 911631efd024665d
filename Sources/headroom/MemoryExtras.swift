import AttentionEngine
import ModelCatalog

/// The sections of the text that options ask for.
extension MemoryAnswer {
    // MARK: --explain

    var explanation: [String] {
        guard let derivation else { return [] }
        let width = derivation.lines.map(\.value.count).max() ?? 0
        let hasHeadings = derivation.lines.contains { $0.kind == .heading }
        let margin = hasHeadings ? "    " : "  "
        let column = margin.count + 21 + width
        return ["How it comes about"]
            + derivation.lines.flatMap { line in
                if line.kind == .heading {
                    let rule = line.rule.isEmpty ? "" : ": \(line.rule)"
                    return wrapped(line.name + rule, first: "  ", indent: "    ")
                }
                let sign =
                    switch line.kind {
                    case .first, .heading: " "
                    case .factor: "x"
                    case .result: "="
                    }
                let name = line.name + String(repeating: " ", count: 17 - line.name.count)
                let value = String(repeating: " ", count: width - line.value.count) + line.value
                let start = "\(margin)\(name)\(sign) \(value)"
                return line.rule.isEmpty
                    ? [start]
                    : wrapped(
                        line.rule, first: start + "  ",
                        indent: String(repeating: " ", count: column))
            }
    }

    // MARK: --gpus

    var spread: [String] {
        guard request.isSpread else { return [] }
        let gpus = grouped(plan.gpus)
        let every = "Each of \(gpus) GPUs holds  \(plan.cache.both) = \(plan.cache.exact)"
        var lines = [plan.gpus == 1 ? "The one GPU holds  \(plan.cache.both)" : every]
        for (entry, share) in zip(shape.stack.entries, plan.share.entries) where plan.gpus > 1 {
            let copies = entry.copies(gpus: plan.gpus)
            let text: String
            if case .heads(let count, _, _) = entry, let own = share.keyValueHeads {
                text =
                    copies == 1
                    ? "\(grouped(own)) of \(grouped(count)) K/V heads on each."
                    : "\(grouped(own)) of \(grouped(count)) K/V heads on each: every head is kept "
                        + "\(times(copies))."
            } else {
                text =
                    "The latent whole on each: MLA has no heads to split, so it is kept "
                    + "\(times(plan.gpus))."
            }
            lines += wrapped(text, first: "  ", indent: "  ")
        }
        if plan.gpus > 1 {
            lines.append("  Together \(plan.allCaches.both).")
            if shape.queryHeads % plan.gpus != 0 {
                lines += wrapped(
                    "Its \(grouped(shape.queryHeads)) query heads do not share out evenly over "
                        + "\(gpus) GPUs, which most engines refuse.", first: "  ", indent: "  ")
            }
        }
        return lines
    }

    private func times(_ count: Int) -> String { count == 2 ? "twice" : "\(grouped(count)) times" }

    // MARK: --gpu-memory

    var room: [String] {
        guard let memory = plan.memory, let room = plan.room, let fits = plan.fits else {
            return []
        }
        var rows: [(String, String)] = []
        if let weights = plan.weights, let rule = shape.weights?.rule {
            let share = plan.gpus > 1 ? "\(rule), on \(grouped(plan.gpus)) GPUs" : rule
            rows.append(("weights", "\(weights.both)  (\(share))"))
        } else {
            rows.append(("weights", "not known and not subtracted: give --weights SIZE"))
        }
        if let weights = plan.weights, weights > memory {
            rows.append(("left", "nothing: the weights alone do not fit"))
            return Self.table("In \(memory.both) on each GPU", rows)
        }
        rows.append(("left", room.both))
        rows.append(
            ("this cache", fits ? "\(plan.cache.both), fits" : "\(plan.cache.both), does not fit"))
        rows += [
            (
                "longest context",
                text(plan.mostTokens, "token") + " at batch \(grouped(load.batch))" + beyondLimit
            ),
            (
                "most requests",
                text(plan.mostRequests, "request") + " of \(grouped(load.tokens)) tokens"
            ),
        ]
        if let heads = plan.mostKeyValueHeads {
            let way = heads == shape.queryHeads ? ", MHA" : heads == 1 ? ", MQA" : ""
            rows.append(
                (
                    "largest g that fits",
                    heads == 0 ? "none" : "\(grouped(heads)) of \(grouped(shape.queryHeads))\(way)"
                ))
        }
        rows.append(
            (
                "widest numbers",
                plan.widestFormat.map { format in
                    format.numberWidth == nil
                        ? "\(format.rawValue) (\(format.bytesText))"
                        : "\(format.rawValue) (\(format.bytesText) bytes)"
                } ?? "none fits"
            ))
        return Self.table("In \(memory.both) on each GPU", rows)
    }

    private static func table(_ title: String, _ rows: [(String, String)]) -> [String] {
        [title]
            + rows.flatMap { name, value in
                wrapped(
                    value, first: "  " + name + String(repeating: " ", count: 21 - name.count),
                    indent: String(repeating: " ", count: 23))
            }
    }

    private var beyondLimit: String {
        guard let limit = shape.maximumTokens, let most = plan.mostTokens else { return "" }
        if case .number(let number) = most, number <= limit { return "" }
        return "; the model's ends at \(grouped(limit))"
    }

    private func text(_ most: ServingPlan.Most?, _ thing: String) -> String {
        switch most {
        case .unlimited?: "any number of \(thing)s"
        case .number(0)?, nil: "not one \(thing)"
        case .number(1)?: "1 \(thing)"
        case .number(let number)?: "\(grouped(number)) \(thing)s"
        }
    }

    // MARK: --compare

    var compared: [String] {
        guard let comparison, let stated = request.stated else { return [] }
        let theirs = ByteCount(Int(stated.bytes.rounded())).both
        if comparison.agrees {
            return ["The other figure, \(theirs), is the same."]
        }
        let factor = comparison.factor
        let off =
            factor > 1
            ? "\(brief(factor)) times ours" : "\(brief(1 / factor)) times less than ours"
        var lines = ["The other figure, \(theirs), is \(off)."]
        guard !comparison.causes.isEmpty else {
            return lines + ["No common mistake gives that factor."]
        }
        for (index, cause) in comparison.causes.enumerated() {
            let start = index == 0 ? "It " : "Or it "
            let nearly = comparison.isApproximate ? ", nearly" : ""
            lines += wrapped("\(start)\(cause)\(nearly).", first: "  ", indent: "    ")
        }
        return lines
    }
}
