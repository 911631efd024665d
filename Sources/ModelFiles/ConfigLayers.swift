import AttentionEngine
import ModelCatalog

extension ConfigReader {
    /// All layers of the model, each with what it keeps.
    mutating func stack(layers: Int, heads: ConfigHeads) throws(FileProblem) -> LayerStack {
        var caches = try blockConfigs(layers: layers, heads: heads)
        if caches == nil {
            let kinds = try kinds(layers: layers)
            caches = try layerCaches(kinds, heads: heads)
        }
        var all = caches ?? []
        if let shared = try fields.whole("num_kv_shared_layers", in: 0...layers - 1), shared > 0 {
            findings.note(.sharedLayers, shared, fields.name("num_kv_shared_layers"))
            for index in layers - shared..<layers where all[index].entry != nil {
                all[index] = .shared
            }
        }
        return LayerStack(all)
    }

    /// What layers of these kinds keep.
    private mutating func layerCaches(
        _ kinds: [LayerCache.Kind], heads: ConfigHeads
    ) throws(FileProblem) -> [LayerCache] {
        let window =
            kinds.contains(.window)
            ? try limit(windowKeys, .window, "the window that some layers keep") : 0
        let chunk =
            kinds.contains(.chunked)
            ? try limit(["attention_chunk_size"], .chunk, "the chunk that some layers keep") : 0
        return kinds.enumerated().map { index, kind in
            var entry = heads.entry
            if let own = heads.perLayer?[index] { entry = entry.with(keyValueHeads: own) }
            return switch kind {
            case .full: .full(heads.fullEntry ?? entry)
            case .window: .window(entry, tokens: window)
            case .chunked: .chunked(entry, tokens: chunk)
            case .linear: .linear
            case .shared: .shared
            case .none: .none
            }
        }
    }

    /// GPT-Neo's local layers name their window otherwise.
    private var windowKeys: [String] {
        fields.object["attention_layers"] == nil
            ? ["sliding_window"] : ["sliding_window", "window_size"]
    }

    private mutating func limit(
        _ keys: [String], _ field: ResolvedValue.Field, _ what: String
    ) throws(FileProblem) -> Int {
        let found = try required(keys, what, in: 1...ConfigFields.Limit.tokens)
        findings.note(field, found.number, found.rule)
        return found.number
    }

    // MARK: Kinds

    /// The kind of each layer, by the first rule that applies.
    private mutating func kinds(layers: Int) throws(FileProblem) -> [LayerCache.Kind] {
        let listed = try listed(layers: layers)
        // Where a list says it all, the other fields need not.
        let isOpen = listed == nil
        let rules = [
            listed, try interval(layers: layers, isOpen: isOpen),
            try windowed(layers: layers, isOpen: isOpen),
            try chunkedLayers(layers: layers, isOpen: isOpen),
        ].compactMap(\.self)
        guard let rule = rules.first else {
            return Array(repeating: .full, count: layers)
        }
        findings.note(.layerKinds, kindsText(rule.kinds), rule.rule)
        for other in rules.dropFirst() where other.isExplicit && other.kinds != rule.kinds {
            findings.remark("\(other.rule) says other kinds of layers; \(rule.rule) counts.")
        }
        return rule.kinds
    }

    /// The kinds of all layers as one rule gives them.
    private struct LayerRule {
        let kinds: [LayerCache.Kind]
        let rule: String
        /// Whether a field says it, and not a family's convention.
        var isExplicit = true
    }

    /// The names that lists of layers use.
    private static let names: [String: LayerCache.Kind] = [
        "full_attention": .full, "attention": .full, "global": .full, "hybrid": .full,
        "sliding_attention": .window, "local": .window, "chunked_attention": .chunked,
        "linear_attention": .linear, "mamba": .linear, "mamba2": .linear, "conv": .linear,
        "recurrent": .linear,
    ]

    /// A field with an item for each layer.
    private func listed(layers: Int) throws(FileProblem) -> LayerRule? {
        for key in ["layer_types", "layers_block_type", "attention_layers"] {
            guard let items = try fields.layerList(key, layers: layers) else { continue }
            var kinds: [LayerCache.Kind] = []
            for (index, item) in items.enumerated() {
                guard case .string(let name) = item, let kind = Self.names[name] else {
                    throw FileProblem(
                        "\(fields.name(key))[\(index)] is \(item.summary); looked for "
                            + wordList(Self.names.keys.sorted()))
                }
                kinds.append(kind)
            }
            if try fields.flag("use_sliding_window") == false { kinds = withoutWindows(kinds) }
            return LayerRule(kinds: kinds, rule: fields.name(key))
        }
        if let items = try fields.layerList("attn_type_list", layers: layers) {
            var kinds: [LayerCache.Kind] = []
            for (index, item) in items.enumerated() {
                let name = fields.name("attn_type_list[\(index)]")
                kinds.append(try ConfigFields.whole(item, name, in: 0...1) == 1 ? .full : .linear)
            }
            return LayerRule(kinds: kinds, rule: fields.name("attn_type_list"))
        }
        if let items = try fields.list("full_attn_idxs") {
            var kinds = Array(repeating: LayerCache.Kind.linear, count: layers)
            for (index, item) in items.enumerated() {
                let name = fields.name("full_attn_idxs[\(index)]")
                kinds[try ConfigFields.whole(item, name, in: 0...layers - 1)] = .full
            }
            return LayerRule(kinds: kinds, rule: fields.name("full_attn_idxs"))
        }
        return try spelled(layers: layers)
    }

    /// Nemotron-H spells its layers with a letter each.
    private func spelled(layers: Int) throws(FileProblem) -> LayerRule? {
        let key = "hybrid_override_pattern"
        guard let text = try fields.text(key) else { return nil }
        let letters: [Character: LayerCache.Kind] = [
            "*": .full, "M": .linear, "-": .none, "E": .none,
        ]
        let kinds = text.compactMap { letters[$0] }
        guard kinds.count == text.count, kinds.count == layers else {
            throw FileProblem(
                "\(fields.name(key)) is \(JSONValue.string(plainText(text)).summary); "
                    + "\(grouped(layers)) letters of M, *, - and E were looked for")
        }
        return LayerRule(kinds: kinds, rule: fields.name(key))
    }

    /// Every so many layers is full and the others keep a fixed state.
    private func interval(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
        if let every = try fields.whole("full_attention_interval", in: 1...layers) {
            return LayerRule(
                kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .linear },
                rule: "\(fields.name("full_attention_interval")) \(every)")
        }
        guard let period = try fields.whole("attn_layer_period", in: 1...layers) else { return nil }
        guard let offset = try fields.whole("attn_layer_offset", in: 0...period - 1) else {
            guard isOpen else { return nil }
            throw missing(["attn_layer_offset"], "which layers attend, as attn_layer_period needs")
        }
        return LayerRule(
            kinds: (0..<layers).map { $0 % period == offset ? .full : .linear },
            rule: "\(fields.name("attn_layer_period")) \(period), attn_layer_offset \(offset)")
    }

    // MARK: Windows and chunks

    /// How families place the layers that keep every token where no field says it: the last of
    /// every so many.
    private static let conventions: [String: Int] = [
        "gemma2": 2, "gpt_oss": 2, "gemma3": 6, "gemma3_text": 6, "gemma4": 6, "gemma4_text": 6,
        "gemma3n": 5, "gemma3n_text": 5, "cohere2": 4, "olmo3": 4, "exaone4": 4,
    ]
    /// Families whose every layer keeps the window.
    private static let everywhere: Set<String> = [
        "mistral", "mixtral", "phi3", "phimoe", "starcoder2",
    ]

    private mutating func windowed(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
        guard try fields.whole("sliding_window", in: 1...ConfigFields.Limit.tokens) != nil else {
            return nil
        }
        let use = try fields.flag("use_sliding_window")
        if use == false {
            findings.remark("use_sliding_window is false: sliding_window does not count.")
            return nil
        }
        if let pattern = try windowPattern(layers: layers) { return pattern }
        guard isOpen else { return nil }
        if modelType.hasPrefix("qwen") {
            guard use == true else {
                findings.remark(
                    "use_sliding_window is missing, which \(plainText(modelType)) takes for false.")
                return nil
            }
            guard
                let first = try fields.whole("max_window_layers", in: 0...ConfigFields.Limit.layers)
            else { throw missing(["max_window_layers"], "which layers keep the window") }
            return LayerRule(
                kinds: (0..<layers).map { $0 < first ? .full : .window },
                rule: "\(fields.name("max_window_layers")) \(first)")
        }
        if let every = Self.conventions[modelType] {
            return LayerRule(
                kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .window },
                rule: "\(plainText(modelType)): every \(every) layers one keeps all tokens",
                isExplicit: false)
        }
        if !Self.everywhere.contains(modelType) {
            findings.remark("No field says which layers keep the window: taken for all.")
        }
        return LayerRule(
            kinds: Array(repeating: .window, count: layers),
            rule: "sliding_window in all layers", isExplicit: false)
    }

    /// A period, or letters that repeat: L for a window, G for every token.
    private func windowPattern(layers: Int) throws(FileProblem) -> LayerRule? {
        for key in ["sliding_window_pattern", "_sliding_window_pattern"] {
            guard let value = fields.object[key], value != .null else { continue }
            if case .string(let text) = value {
                let letters = Array(text)
                guard !letters.isEmpty, letters.count <= layers,
                    letters.allSatisfy({ $0 == "L" || $0 == "G" })
                else {
                    throw FileProblem(
                        "\(fields.name(key)) is \(value.summary); a number or letters L and G "
                            + "were looked for")
                }
                return LayerRule(
                    kinds: (0..<layers).map {
                        letters[$0 % letters.count] == "G" ? .full : .window
                    },
                    rule: "\(fields.name(key)) \(text)")
            }
            let every = try ConfigFields.whole(
                value, fields.name(key), in: 1...ConfigFields.Limit.layers)
            return LayerRule(
                kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .window },
                rule: "\(fields.name(key)) \(every)")
        }
        return nil
    }

    /// Llama 4: layers with rotary positions attend within chunks, the others to everything.
    private func chunkedLayers(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
        guard try fields.whole("attention_chunk_size", in: 1...ConfigFields.Limit.tokens) != nil
        else { return nil }
        if let items = try fields.list("no_rope_layers"), !items.isEmpty {
            let flags = try fields.layerList("no_rope_layers", layers: layers) ?? []
            var kinds: [LayerCache.Kind] = []
            for (index, item) in flags.enumerated() {
                let name = fields.name("no_rope_layers[\(index)]")
                kinds.append(try ConfigFields.whole(item, name, in: 0...1) == 1 ? .chunked : .full)
            }
            return LayerRule(kinds: kinds, rule: fields.name("no_rope_layers"))
        }
        guard let every = try fields.whole("no_rope_layer_interval", in: 1...layers) else {
            guard isOpen else { return nil }
            throw missing(
                ["layer_types", "no_rope_layers", "no_rope_layer_interval"],
                "which layers keep a chunk")
        }
        return LayerRule(
            kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .chunked },
            rule: "\(fields.name("no_rope_layer_interval")) \(every)")
    }

    private func withoutWindows(_ kinds: [LayerCache.Kind]) -> [LayerCache.Kind] {
        kinds.map { $0 == .window ? .full : $0 }
    }

    // MARK: Blocks of a searched architecture

    /// Nemotron's searched models say of each block what became of its attention.
    private mutating func blockConfigs(
        layers: Int, heads: ConfigHeads
    ) throws(FileProblem) -> [LayerCache]? {
        guard let blocks = try fields.layerList("block_configs", layers: layers) else {
            return nil
        }
        var caches: [LayerCache] = []
        for (index, block) in blocks.enumerated() {
            let path = fields.name("block_configs[\(index)].")
            guard
                let attention = try ConfigFields(object: block, path: path).nested("attention")
            else { throw FileProblem("\(path)attention is missing; an object was looked for") }
            let isGone = try attention.flag("no_op") ?? false
            let isReplaced = try attention.flag("replace_with_linear") ?? false
            if isGone || isReplaced {
                caches.append(.none)
                continue
            }
            for key in ["window_length", "sparsify"] {
                if let value = attention.object[key], value != .null {
                    throw FileProblem(
                        "\(attention.name(key)) is \(value.summary), which is not understood")
                }
            }
            var entry = heads.entry
            if let group = try attention.whole("n_heads_in_group", in: 1...ConfigFields.Limit.heads)
            {
                guard heads.queryHeads.number % group == 0 else {
                    throw FileProblem(
                        "\(attention.name("n_heads_in_group")) is \(group), which does not divide "
                            + "the \(heads.queryHeads.number) query heads")
                }
                entry = entry.with(keyValueHeads: heads.queryHeads.number / group)
            }
            caches.append(.full(entry))
        }
        findings.note(
            .layerKinds, kindsText(caches.map(\.kind)), fields.name("block_configs"))
        // The blocks' own numbers stand in for the field that such files leave out.
        if let index = findings.values.firstIndex(where: { $0.field == .keyValueHeads }) {
            findings.values[index] = ResolvedValue(
                .keyValueHeads, .text(runText(caches.map { $0.entry?.keyValueHeads ?? 0 })),
                "query heads / block_configs n_heads_in_group")
            findings.remarks.removeAll { $0.hasPrefix("No field for K/V heads") }
        }
        return caches
    }
}

/// "12 full, 12 window".
func kindsText(_ kinds: [LayerCache.Kind]) -> String {
    LayerCache.Kind.allCases.compactMap { kind in
        let count = kinds.count { $0 == kind }
        return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }.joined(separator: ", ")
}
