import AttentionEngine
import ModelCatalog

extension MemoryAnswer {
    var json: JSON {
        var members: [(key: String, value: JSON)] = [
            ("inputs", .object(inputs)), ("variants", .object(variantObjects)),
            ("kv_dtype", .string(load.format.rawValue)),
            ("resolved", .array(shape.resolved.map(Self.object))),
            ("needed_bytes", .int(needed.bytes)), ("index_bytes", .int(sizes.indexKeys.bytes)),

            ("state_bytes", plan.kept.uncountedStates > 0 ? .null : .int(sizes.states.bytes)),
            ("total_bytes", .int(sizes.total.bytes)),
            (
                "per_gpu",
                .object([
                    ("gpus", .int(plan.gpus)),
                    ("kv_heads", Self.heads(of: plan.share)), ("copies", .int(plan.copies)),
                    ("bytes", .int(plan.cache.bytes)), ("total_bytes", .int(plan.allCaches.bytes)),
                ])
            ), ("fits", fitsObject), ("engine", engineObject),
            ("schema", .int(1)), ("model", .string(shape.name)),
            ("unknown_family", shape.unknownFamily.map(JSON.string) ?? .null),
            ("layers", layerKinds), ("remarks", .array(remarkTexts.map(JSON.string))),
        ]
        if let derivation {
            members.append(
                (
                    "derivation",
                    .array(
                        derivation.lines.map { line in
                            .object([
                                ("name", .string(line.name)), ("value", .string(line.value)),
                                ("rule", .string(line.rule)),
                            ])
                        })
                ))
        }
        if let comparison {
            members.append(
                (
                    "compare",
                    .object([
                        ("stated_bytes", .int(Int(comparison.stated.bytes.rounded()))),
                        ("factor", Self.number(comparison.factor)),
                        ("agrees", .bool(comparison.agrees)),
                        (
                            "agrees_with",
                            comparison.agreeing.map { .string($0.member) } ?? .null
                        ),
                        ("causes", .array(comparison.causes.map(JSON.string))),
                    ])
                ))
        }
        return .object(members)
    }

    private var remarkTexts: [String] {
        shape.remarks + (subject.model.map { $0.remarks + $0.doubts.map(\.text) } ?? [])
    }

    /// Six significant digits.
    private static func number(_ value: Double) -> JSON {
        .number(fixed(value, decimals: decimals(of: value)).filter { $0 != "," })
    }

    /// The same, rounded down, so that it reaches no whole number that does not fit.
    private static func atMost(_ value: Double) -> JSON {
        var scale = 1.0
        for _ in 0..<decimals(of: value) { scale *= 10 }
        return number((value * scale).rounded(.down) / scale)
    }

    private static func decimals(of value: Double) -> Int {
        value >= 1000 ? 1 : value >= 1 ? 4 : 8
    }

    // MARK: Inputs

    private var inputs: [(key: String, value: JSON)] {
        let setting =
            (try? shape.setting(tokens: load.tokens, batch: load.batch)).flatMap(\.self)
            ?? subject.setting
        let heads = shape.stack.entries.count == 1
        var inputs: [(key: String, value: JSON)] = [
            ("layers", .int(shape.stack.layers)), ("batch", .int(load.batch)),
            ("query_heads", .int(shape.queryHeads)),
            (
                "kv_heads",
                heads
                    ? .int(
                        subject.setting?.keyValueHeads ?? shape.keyValueHeads ?? shape.queryHeads)
                    : .null
            ), ("head_dim", heads ? shape.headDimension.map(JSON.int) ?? .null : .null),
            ("tokens", .int(load.tokens)), ("bytes_per_number", bytesPerNumber),
        ]
        if shape.stack.growingLayers < shape.stack.layers {
            inputs.append(("growing_layers", .int(shape.stack.growingLayers)))
        }
        if let latent = shape.latent {
            inputs += [
                ("latent", .int(latent.latentRank)), ("rotary", .int(latent.rotaryDimension)),
            ]
        }
        if let windowed = setting?.windowed {
            inputs.append(("window_layers", .int(windowed.layers)))
            inputs.append(("window", .int(windowed.window)))
        } else if shape.stack.hasWindows || shape.stack.entries.count > 1 {
            inputs.append(("layer_runs", .array(shape.stack.groups.compactMap(Self.object))))
        }
        return inputs
    }

    private var bytesPerNumber: JSON {
        if let block = load.format.blockBytes { return .number("\(Double(block) / 32)") }
        return load.format.numberWidth.map { .number($0.bytesText) } ?? .null
    }

    private static func object(_ run: LayerRun) -> JSON? {
        guard let entry = run.cache.entry else { return nil }
        var members: [(key: String, value: JSON)] = [("layers", .int(run.layers))]
        members += entryMembers(entry)
        if let limit = run.cache.limit { members.append(("window", .int(limit))) }
        return .object(members)
    }

    private static func entryMembers(_ entry: TokenEntry) -> [(key: String, value: JSON)] {
        switch entry {
        case .heads(let count, let keyWidth, let valueWidth):
            [("kv_heads", .int(count)), ("head_dim", .int(keyWidth))]
                + (keyWidth == valueWidth ? [] : [("value_dim", .int(valueWidth))])
        case .latent(let widths):
            [("latent", .int(widths.latentRank)), ("rotary", .int(widths.rotaryDimension))]
        }
    }

    private var layerKinds: JSON {
        guard shape.stack.layers <= 10_000 else { return .null }
        return .array(
            shape.stack.runs.flatMap { run in
                Array(repeating: .string(run.cache.kind.rawValue), count: run.layers)
            })
    }

    // MARK: Results

    private var variantObjects: [(key: String, value: JSON)] {
        variants.compactMap { variant, stack in
            guard let size = try? stack.needed(load),
                let one = try? stack.needed(CacheLoad(tokens: 1, format: load.format))
            else { return nil }
            var members: [(key: String, value: JSON)] = []
            if let entry = stack.entries.first, stack.entries.count == 1 {
                // A head's width stands among the inputs.
                members += Self.entryMembers(entry).filter { !$0.key.hasSuffix("_dim") }
            }
            members += [("bytes_per_token", .int(one.bytes)), ("bytes", .int(size.bytes))]
            return (variant.rawValue, .object(members))
        }
    }

    private var fitsObject: JSON {
        guard let room = plan.room else { return .null }
        func value(_ most: ServingPlan.Most?) -> JSON {
            if case .number(let number)? = most { .int(number) } else { .null }
        }
        // As the text has them: the engine's where one was named.
        let isAlone = request.engine == nil
        let own = roomyEnginePlan?.capacity
        let requests = own.map(\.requests) ?? plan.requests
        return .object([
            ("memory_bytes", plan.memory.map { .int($0.bytes) } ?? .null),
            ("utilization", Self.number(plan.utilization)),
            ("weights_bytes", plan.weights.map { .int($0.bytes) } ?? .null),
            ("free_bytes", .int(room.bytes)), ("fits", .bool(fits ?? false)),
            (
                "max_tokens",
                own.map { $0.mostTokens.map(JSON.int) ?? .null } ?? value(plan.mostTokens)
            ),
            (
                "max_batch",
                own.map { $0.requests.map { .int(Int(min($0, 0x1p50))) } ?? .null }
                    ?? value(plan.mostRequests)
            ), ("requests", requests.map(Self.atMost) ?? .null),
            ("max_kv_heads", isAlone ? plan.mostKeyValueHeads.map(JSON.int) ?? .null : .null),
            (
                "widest_kv_dtype",
                isAlone ? plan.widestFormat.map { .string($0.rawValue) } ?? .null : .null
            ),
        ])
    }

    private var engineObject: JSON {
        guard let engine = request.engine, let own = enginePlan else { return .null }
        let parts = own.parts.map { part in
            JSON.object([
                ("name", .string(part.name)), ("bytes", .int(part.size.bytes)),
                ("rule", .string(part.rule)),
            ])
        }
        return .object([
            ("name", .string(engine.name)),
            (
                "options",
                .object(
                    request.settings.values.sorted { $0.key < $1.key }.map {
                        ($0.key.replacing("-", with: "_"), .int($0.value))
                    })
            ),
            ("bytes", .int(own.total.bytes)), ("parts", .array(parts)),
            ("cache_tokens", own.capacity.cacheTokens.map(JSON.int) ?? .null),
            ("max_tokens", own.capacity.mostTokens.map(JSON.int) ?? .null),
            ("requests", own.capacity.requests.map(Self.atMost) ?? .null),
            ("log", .array(engineLog.map(JSON.string))),
            ("remarks", .array(engineRemarks.map(JSON.string))), ("source", .string(engine.source)),
        ])
    }

    private static func heads(of stack: LayerStack) -> JSON {
        guard stack.entries.count == 1, let heads = stack.entries[0].keyValueHeads else {
            return .null
        }
        return .int(heads)
    }

    private static func object(_ value: ResolvedValue) -> JSON {
        let json: JSON =
            switch value.value {
            case .number(let number): .int(number)
            case .text(let text): .string(text)
            }
        return .object([
            ("field", .string(value.field.rawValue)), ("value", json),
            ("rule", .string(value.rule)),
        ])
    }
}
