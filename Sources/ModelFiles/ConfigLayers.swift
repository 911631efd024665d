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
            findings.remark("\(other.rule) says other kinds of layers; \(rule.rule) is used.")
        }
        return rule.kinds
    }

    /// The kinds of all layers as one rule gives them.
    struct LayerRule {
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
                        "\(fields.name(key))[\(index)] is \(item.summary); expected "
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
        for key in ["full_attn_idxs", "attn_layer_indices"] {
            guard let items = try fields.list(key) else { continue }
            var kinds = Array(repeating: LayerCache.Kind.linear, count: layers)
            for (index, item) in items.enumerated() {
                let name = fields.name("\(key)[\(index)]")
                kinds[try ConfigFields.whole(item, name, in: 0...layers - 1)] = .full
            }
            return LayerRule(kinds: kinds, rule: fields.name(key))
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
                "\(fields.name(key)) is \(JSONValue.string(plainText(text)).summary); expected "
                    + "\(grouped(layers)) letters of M, *, - and E")
        }
        return LayerRule(kinds: kinds, rule: fields.name(key))
    }

    private func withoutWindows(_ kinds: [LayerCache.Kind]) -> [LayerCache.Kind] {
        kinds.map { $0 == .window ? .full : $0 }
    }

    /// Families that leave the interval out where it is the usual one.
    private static let intervals: [String: Int] = ["qwen3_next": 4]

    /// Every so many layers is full and the others keep a fixed state.
    private func interval(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
        if let every = try fields.whole("full_attention_interval", in: 1...layers) {
            return LayerRule(
                kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .linear },
                rule: "\(fields.name("full_attention_interval")) \(every)")
        }
        guard let period = try fields.whole("attn_layer_period", in: 1...layers) else {
            guard let every = Self.intervals[modelType] else { return nil }
            return LayerRule(
                kinds: (0..<layers).map { ($0 + 1) % every == 0 ? .full : .linear },
                rule: "\(plainText(modelType)): one in every \(every) layers attends",
                isExplicit: false)
        }
        guard let offset = try fields.whole("attn_layer_offset", in: 0...period - 1) else {
            guard isOpen else { return nil }
            throw missing(["attn_layer_offset"], "which layers attend, as attn_layer_period needs")
        }
        return LayerRule(
            kinds: (0..<layers).map { $0 % period == offset ? .full : .linear },
            rule: "\(fields.name("attn_layer_period")) \(period), attn_layer_offset \(offset)")
    }
}

/// "12 full, 12 window".
func kindsText(_ kinds: [LayerCache.Kind]) -> String {
    LayerCache.Kind.allCases.compactMap { kind in
        let count = kinds.count { $0 == kind }
        return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }.joined(separator: ", ")
}
