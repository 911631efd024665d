import AttentionEngine
import ModelCatalog

extension GGUFReader {
    /// All layers of the model, each with what it keeps.
    mutating func stack(layers: Int, heads: Heads) throws(FileProblem) -> LayerStack {
        let keepsState = [
            "shortconv.l_cache", "ssm.conv_kernel", "ssm.state_size", "kda.head_dim",
        ].contains { fields.object[$0] != nil }
        var kinds = heads.keyValueHeads.map { count -> LayerCache.Kind in
            count > 0 ? .full : keepsState ? .linear : .none
        }
        var rule = kinds.contains(.full) && Set(kinds).count > 1 ? "attention.head_count_kv" : nil
        if let linear = try linearLayers(layers: layers) {
            for index in 0..<layers where linear.layers[index] { kinds[index] = .linear }
            rule = linear.rule
        }
        var limit = 0
        if let limited = try limitedLayers(layers: layers) {
            limit = limited.tokens
            for index in 0..<layers where limited.layers[index] && kinds[index] == .full {
                kinds[index] = limited.kind
            }
            findings.note(limited.kind == .window ? .window : .chunk, limit, limited.limitRule)
            rule = limited.rule
        }
        if let shared = try fields.whole("attention.shared_kv_layers", in: 0...layers - 1),
            shared > 0
        {
            for index in layers - shared..<layers where kinds[index] != .none {
                kinds[index] = .shared
            }
            findings.note(.sharedLayers, shared, fields.name("attention.shared_kv_layers"))
        }
        if let rule {
            findings.note(.layerKinds, kindsText(kinds), rule)
        } else if family?.layers == .stated {
            throw FileProblem(
                "has no list in \(fields.name("attention.head_count_kv")), which says which layers "
                    + "of \(plainText(architecture)) keep what")
        } else if family == nil {
            findings.remark(
                "The architecture '\(shortened(plainText(architecture)))' is not known: assumed to "
                    + "have full attention in all layers.")
        }
        return LayerStack(
            kinds.enumerated().map { index, kind in
                let count = heads.keyValueHeads[index]
                return switch kind {
                case .full: .full(heads.entry(count, false))
                case .window: .window(heads.entry(count, true), tokens: limit)
                case .chunked: .chunked(heads.entry(count, true), tokens: limit)
                case .linear: .linear
                case .shared: .shared
                case .none: .none
                }
            })
    }

    private func linearLayers(
        layers: Int
    ) throws(FileProblem) -> (layers: [Bool], rule: String)? {
        let key = "full_attention_interval"
        let own = try fields.whole(key, in: 1...ConfigFields.Limit.layers)
        var usual: Int?
        if case .oneIn(let every, _, else: .linear)? = family?.layers { usual = every }
        guard let every = own ?? usual else { return nil }
        return (
            (0..<layers).map { ($0 + 1) % every != 0 },
            own == nil
                ? "\(plainText(architecture)): one in every \(every) layers attends"
                : "\(fields.name(key)) \(every)"
        )
    }

    /// Why the model has no cache that grows; nil where it may have one.
    var cachelessReason: String? { modelFamilyWithoutCache(architecture) }

    /// Keys of an architecture that is not known which seem to change what layers keep, and which
    /// nothing here has read.
    func refuseUnread() throws(FileProblem) {
        guard case .object(let members) = fields.object else { return }
        let read: Set = [
            "attention.sliding_window", "attention.sliding_window_pattern",
            "attention.shared_kv_layers", "attention.key_length_swa", "attention.value_length_swa",
        ]
        // Lists of heads say which layers keep a state.
        var lists = false
        if case .array? = members["attention.head_count_kv"] { lists = true }
        let states = ["ssm.", "shortconv.", "kda.", "wkv."]
        for key in members.keys.sorted()
        where !read.contains(key) && fields.holds(key) && LayerField.isDecisive(key)
            && !(lists && states.contains { key.utf8.starts(with: $0.utf8) })
        {
            throw FileProblem(
                "\(fields.name(plainText(key))) changes what layers keep, and for an architecture "
                    + "that is not known it is not understood")
        }
    }

    // MARK: Windows

    /// Layers that keep a window or a chunk.
    private struct LimitedLayers {
        let kind: LayerCache.Kind
        let tokens: Int
        let layers: [Bool]
        let rule: String
        let limitRule: String
    }

    private mutating func limitedLayers(layers: Int) throws(FileProblem) -> LimitedLayers? {
        let key = "attention.sliding_window"
        let window = try fields.whole(key, in: 0...ConfigFields.Limit.tokens)
        if case .oneIn(let every, _, else: .chunked)? = family?.layers {
            // Its files have no key for the chunk; a window of 0 says that there is none.
            return window == 0
                ? nil : chunks(of: window ?? 8192, isTold: window != nil, layers, every)
        }
        guard let window, window > 0 else { return nil }
        let pattern = try windowPattern(layers: layers)
        guard let pattern else {
            throw FileProblem(
                "\(fields.name(key)) is \(grouped(window)), but nothing says which layers keep it; "
                    + "looked for \(fields.name("attention.sliding_window_pattern"))")
        }
        return LimitedLayers(
            kind: .window, tokens: window, layers: pattern.layers, rule: pattern.rule,
            limitRule: fields.name(key))
    }

    private func chunks(
        of tokens: Int, isTold: Bool, _ layers: Int, _ every: Int
    ) -> LimitedLayers {
        LimitedLayers(
            kind: .chunked, tokens: tokens, layers: (0..<layers).map { ($0 + 1) % every != 0 },
            rule: "llama4: one in every \(every) layers keeps all tokens",
            limitRule: isTold ? fields.name("attention.sliding_window") : "llama4: 8,192 tokens")
    }

    private mutating func windowPattern(
        layers: Int
    ) throws(FileProblem) -> (layers: [Bool], rule: String)? {
        let key = "attention.sliding_window_pattern"
        var convention: (every: Int, isFirst: Bool)?
        if case .oneIn(let every, let isFirst, else: .window)? = family?.layers {
            convention = (every, isFirst)
        }
        if case .array(let items)? = fields.object[key] {
            guard items.count >= layers else {
                throw FileProblem(
                    "\(fields.name(key)) has \(items.count) items; expected one for each of "
                        + "the \(layers) layers")
            }
            var windows: [Bool] = []
            for (index, item) in items.prefix(layers).enumerated() {
                if case .bool(let flag) = item {
                    windows.append(flag)
                } else {
                    let name = "\(fields.name(key))[\(index)]"
                    windows.append(try ConfigFields.whole(item, name, in: 0...1) == 1)
                }
            }
            return (windows, fields.name(key))
        }
        let own = try fields.whole(key, in: 0...ConfigFields.Limit.layers)
        if let every = own ?? convention?.every {
            // 0 is llama.cpp's way to say that all layers keep the window.
            let full = convention?.isFirst == true ? 0 : every - 1
            return (
                (0..<layers).map { every == 0 || $0 % every != full },
                own == nil
                    ? "\(plainText(architecture)): one in every \(every) layers keeps all tokens"
                    : "\(fields.name(key)) \(every)"
            )
        }
        guard family?.layers == .windows else { return nil }
        findings.remark("No key says which layers keep the window: all are assumed to.")
        return (Array(repeating: true, count: layers), "attention.sliding_window in all layers")
    }
}
