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

    // MARK: --gpu-memory, --kv-budget

    var room: [String] {
        guard let room = plan.room, let fits else { return [] }
        var rows: [(String, String)] = []
        var title = "In \(room.both) for the cache on each GPU"
        if let memory = plan.memory {
            title = "In \(memory.both) on each GPU"
            if let usable = plan.usable, usable != memory {
                rows.append(("used of it", "\(usable.both) (\(request.utilizationRule))"))
            }
            if let weights = plan.weights, let rule = shape.weights?.rule {
                let share = plan.gpus > 1 ? "\(rule), on \(grouped(plan.gpus)) GPUs" : rule
                rows.append(("weights", "\(weights.both) (\(share))"))
            } else {
                rows.append(("weights", "not known and not subtracted: give --weights SIZE"))
            }
            if let weights = plan.weights, let usable = plan.usable, weights > usable {
                rows.append(("left", "nothing: the weights alone do not fit"))
                return Self.table(title, rows)
            }
            rows.append(("left", room.both))
        }
        let verdict = fits ? "fits" : "does not fit"
        if let engine = request.engine, let own = enginePlan {
            // The rest stands in the engine's own section.
            let cache = "\(own.total.both) as \(engine.title) keeps it, \(verdict)"
            return Self.table(title, rows + [("this cache", cache)])
        }
        rows.append(("this cache", "\(plan.cache.both), \(verdict)"))
        if !plan.besides.isEmpty {
            rows.append(("of it", plan.besides.joined(separator: ", ")))
        }
        if let context = plan.longestContext { rows.append(("longest context", context)) }
        if let requests = plan.fractionOfRequests { rows.append(("most requests", requests)) }
        if let heads = plan.largestSharing { rows.append(("largest g that fits", heads)) }
        rows.append(("widest numbers", plan.widestNumbers))
        if shape.stack.hasWindows {
            let engines = ServingEngine.all.map(\.name).joined(separator: " or ")
            rows.append(
                ("counted here", "what attention needs; --engine \(engines) counts what it keeps"))
        }
        return Self.table(title, rows)
    }

    // MARK: --engine

    /// What an engine keeps, line by line, and the same in the words of its log.
    var engine: [String] {
        guard let engine = request.engine, let own = enginePlan else { return [] }
        let load =
            "\(counted(request.load.batch, "request")) of "
            + "\(counted(request.load.tokens, "token"))"
        let place = plan.gpus > 1 ? ", on each GPU" : ""
        var rows = own.parts.map { ($0.name, "\($0.size.both), \($0.rule)") }
        rows.append(("together", "\(own.total.both) = \(own.total.exact)"))
        if plan.hasRoom {
            let most = own.capacity.mostTokens.map(ServingPlan.Most.number) ?? .unlimited
            rows.append(
                (
                    "longest context",
                    most.text(of: "token") + " at batch \(grouped(request.load.batch))"
                ))
            let requests = own.capacity.requests.map(oneDecimal) ?? "any number"
            rows.append(
                ("most requests", "\(requests) of \(counted(request.load.tokens, "token"))"))
        }
        let spread = plan.gpus > 1 ? engine.onSeveralGPUs.map { [$0] } ?? [] : []
        return Self.table("\(engine.title) keeps for \(load)\(place)", rows)
            + (engineRemarks + spread).flatMap { wrapped($0, first: "  ", indent: "  ") }
            + (engineLog.isEmpty ? [] : [logTitle])
            + engineLog.flatMap { wrapped($0, first: "  ", indent: "    ") }
    }

    /// What the engine's log says; nothing where there is no room for it to start.
    var engineLog: [String] {
        plan.room == nil || plan.hasRoom ? enginePlan?.log ?? [] : []
    }

    /// What stands above it: of a GPU's memory more is taken than is counted here.
    private var logTitle: String {
        if plan.room == nil { return "Given just that, its log says" }
        return plan.memory != nil && request.engine?.usualUtilization != nil
            ? "Its log would say, if nothing else took memory" : "Its log says"
    }

    /// What a reader of the engine's figures should know, another format than the file's included.
    var engineRemarks: [String] {
        var remarks = enginePlan?.remarks ?? []
        if let engine = request.engine, let declared = shape.format, subject.setting == nil,
            declared != load.format, !request.rules.format.hasPrefix("--")
        {
            remarks.append(engine.reason(for: load.format, declared: declared))
        }
        return remarks
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
