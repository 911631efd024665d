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
        return ["How it is computed"]
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
        for text in plan.dealing { lines += wrapped(text, first: "  ", indent: "  ") }
        if plan.gpus > 1 {
            lines.append("  Together \(plan.allCaches.both).")
            if shape.queryHeads % plan.gpus != 0 {
                lines += wrapped(
                    "Its \(grouped(shape.queryHeads)) query heads do not split evenly over "
                        + "\(gpus) GPUs, which most engines refuse.", first: "  ", indent: "  ")
            }
        }
        return lines
    }

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
        if let context = plan.longestContext { rows.append(("longest context", context)) }
        if let requests = plan.requestsThatFit { rows.append(("most requests", requests)) }
        if let heads = plan.largestSharing { rows.append(("largest g that fits", heads)) }
        rows.append(("widest numbers", plan.widestNumbers))
        if shape.stack.hasWindows {
            rows.append(
                ("counted here", "what attention needs; an engine that reserves more fits less"))
        }
        if shape.indexKeys != nil {
            rows.append(("not counted here", "the index keys of sparse attention"))
        }
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

    // MARK: --compare

    var compared: [String] {
        guard let (verdict, causes) = comparison?.sentences else { return [] }
        return [verdict]
            + (comparison?.causes.isEmpty == true
                ? causes : causes.flatMap { wrapped($0, first: "  ", indent: "    ") })
    }
}
