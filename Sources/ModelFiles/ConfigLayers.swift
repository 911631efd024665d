import AttentionEngine
import ModelCatalog

extension ConfigReader {
    /// All layers of the model, each with what it keeps.
    mutating func stack(layers: Int, heads: ConfigHeads) throws(FileProblem) -> LayerStack {
        var caches = try blockConfigs(layers: layers, heads: heads)
        if caches == nil {
            let kinds = try kinds(layers: layers)
            caches = try layerCaches(kinds, heads: heads)
            try noteIndexKeys(layers: layers)
        }
        var all = caches ?? []
        if let shared = try first(["num_kv_shared_layers"], in: 0...layers - 1), shared.number > 0 {
            findings.note(.sharedLayers, shared.number, shared.rule)
            for index in layers - shared.number..<layers where all[index].entry != nil {
                all[index] = .shared
            }
        }
        return LayerStack(all)
    }

    /// What layers of these kinds keep.
    private mutating func layerCaches(
        _ kinds: [LayerCache.Kind], heads: ConfigHeads
    ) throws(FileProblem) -> [LayerCache] {
        var window = 0
        if kinds.contains(.window) {
            if let listed = try listedWindow() {
                window = listed
            } else {
                window = try limit(windowKeys, .window, "the window that some layers keep")
            }
        }
        let chunk =
            kinds.contains(.chunked)
            ? try limit(["attention_chunk_size"], .chunk, "the chunk that some layers keep") : 0
        return kinds.enumerated().map { index, kind in
            switch kind {
            case .full: .full(heads.entry(ofLayer: index, kind))
            case .window: .window(heads.entry(ofLayer: index, kind), tokens: window)
            case .chunked: .chunked(heads.entry(ofLayer: index, kind), tokens: chunk)
            case .linear: .linear
            case .shared: .shared
            case .none: .none
            }
        }
    }

    /// The window of a list for the layers; nil where there is no list.
    private mutating func listedWindow() throws(FileProblem) -> Int? {
        for key in windowKeys {
            guard case .array(let items)? = fields.object[key] else { continue }
            let windows = items.filter { $0 != .null }
            guard let first = windows.first, windows.allSatisfy({ $0 == first }) else {
                throw FileProblem(
                    "\(fields.name(key)) has windows of several sizes, which is not understood")
            }
            let window = try ConfigFields.whole(
                first, fields.name(key), in: 1...ConfigFields.Limit.tokens)
            findings.note(.window, window, fields.name(key))
            return window
        }
        return nil
    }

    /// GPT-Neo's local layers name their window otherwise, and MiMo's and Mistral's files.
    private var windowKeys: [String] {
        ["sliding_window", "sliding_window_size"]
            + (fields.object["_sliding_window"] == nil ? [] : ["_sliding_window"])
            + (fields.object["attention_layers"] == nil ? [] : ["window_size"])
    }

    private mutating func limit(
        _ keys: [String], _ field: ResolvedValue.Field, _ what: String
    ) throws(FileProblem) -> Int {
        let found = try required(keys, what, in: 1...ConfigFields.Limit.tokens)
        findings.note(field, found.number, found.rule)
        return found.number
    }

    // MARK: Kinds

    /// The kinds of all layers as one rule gives them.
    struct LayerRule {
        var kinds: [LayerCache.Kind]
        let rule: String
    }

    /// The kind of each layer: by the first field that says it, else by the family's rule.
    private mutating func kinds(layers: Int) throws(FileProblem) -> [LayerCache.Kind] {
        let mayKeepWindows = try mayKeepWindows()
        var said: LayerRule?
        for field in LayerField.common + (family?.fields ?? []) {
            guard let first = said else {
                said = try rule(field, layers: layers)
                continue
            }
            // Where one says it all, the others need not be whole.
            if let other = try? rule(field, layers: layers), other.kinds != first.kinds {
                findings.remark("\(other.rule) says other kinds of layers; \(first.rule) is used.")
            }
        }
        let isSaid = said != nil
        if said == nil { said = try familyRule(layers, mayKeepWindows) }
        guard var rule = said else { return Array(repeating: .full, count: layers) }
        if !mayKeepWindows, rule.kinds.contains(.window) {
            rule.kinds = rule.kinds.map { $0 == .window ? .full : $0 }
            findings.remark(
                "\(rule.rule) names layers with a window, but there is none: they keep every token."
            )
        }
        if fields.object["attention_chunk_size"] == .null {
            rule.kinds = rule.kinds.map { $0 == .chunked ? .full : $0 }
        }
        // Gemma 4 makes its last layer a full one, whatever the list says.
        if family?.defaults["global_head_dim"] != nil, rule.kinds.last == .window {
            rule.kinds[layers - 1] = .full
        }
        if isSaid || Set(rule.kinds) != [.full] {
            findings.note(.layerKinds, kindsText(rule.kinds), rule.rule)
        }
        return rule.kinds
    }

    /// What the family's layers keep where no field says it; nil for every token in all.
    private mutating func familyRule(
        _ layers: Int, _ mayKeepWindows: Bool
    ) throws(FileProblem) -> LayerRule? {
        let name = plainText(modelType, atMost: 40)
        let window = windowKeys.first { fields.isSet($0) }
        guard let family else {
            guard mayKeepWindows, let window else { return nil }
            throw FileProblem(
                "\(fields.name(window)) is \(fields.object[window]?.summary ?? ""), but no field "
                    + "says which layers keep that window, and "
                    + (name.isEmpty ? "there is no model_type" : "model_type '\(name)' is unknown"))
        }
        switch family.layers {
        case .full:
            if try fields.flag("use_sliding_window") == true, mayKeepWindows {
                if let field = family.fields.first {
                    throw missing([field.key], "which layers keep the window")
                }
                throw FileProblem(
                    "\(fields.name("use_sliding_window")) is true, but no field that is understood "
                        + "says which layers of \(name) keep the window")
            }
            if mayKeepWindows, let window {
                findings.remark("\(fields.name(window)) means nothing to \(name): ignored.")
            }
            return nil
        case .stated:
            throw missing(
                ["layer_types"] + family.fields.map(\.key), "which layers of \(name) keep what")
        case .windows, .oneIn(_, _, else: .window):
            let hasDefault = windowKeys.contains { family.defaults[$0] != nil }
            guard mayKeepWindows, window != nil || hasDefault else { return nil }
        case .oneIn: break
        }
        guard case .oneIn(let every, let isFirst, let other) = family.layers else {
            return LayerRule(
                kinds: Array(repeating: .window, count: layers),
                rule: "sliding_window in all layers")
        }
        return LayerRule(
            kinds: (0..<layers).map { $0 % every == (isFirst ? 0 : every - 1) ? .full : other },
            rule: "\(name): one in every \(every) layers "
                + (other == .linear ? "attends" : "keeps all tokens"))
    }

    /// Whether a layer may keep a window; what switches that off is said.
    private mutating func mayKeepWindows() throws(FileProblem) -> Bool {
        let keys = windowKeys.filter { fields.object[$0] != nil }
        let empty = keys.filter { key in
            guard case .int(let tokens)? = fields.object[key] else { return !fields.isSet(key) }
            return tokens == 0 || tokens == -1
        }
        for key in empty where fields.isSet(key) {
            findings.remark(
                "\(fields.name(key)) is \(fields.object[key]?.summary ?? ""): no layer keeps a window."
            )
        }
        guard keys.isEmpty || empty.count < keys.count else { return false }
        switch try fields.flag("use_sliding_window") {
        case true?: return true
        case false?:
            if !keys.isEmpty {
                findings.remark("use_sliding_window is false: sliding_window is ignored.")
            }
            return false
        case nil:
            guard family?.defaults["use_sliding_window"] == 0 else { return true }
            if !keys.isEmpty {
                findings.remark(
                    "use_sliding_window is missing, which \(plainText(modelType)) reads as false.")
            }
            return false
        }
    }

    // MARK: Index keys

    /// What sparse attention keeps beside, to choose which tokens it looks at. Where its width is
    /// not known, it is not counted, and that is said.
    private mutating func noteIndexKeys(layers: Int) throws(FileProblem) {
        let sparse = try fields.nested("sparse_attention_config")
        let isSparse =
            fields.holds("index_topk") || fields.holds("indexer_types")
            || family?.defaults["index_head_dim"] != nil || sparse != nil
        guard isSparse, family != nil else { return }
        var own = layers
        if let types = try fields.list("indexer_types") {
            own = min(layers, types.count { $0 == .string("full") })
        } else if let flags = try sparse?.list("sparse_attention_freq") {
            own = min(layers, flags.count { $0 == .int(1) })
        }
        let place = "in \(grouped(own)) of \(grouped(layers)) layers"
        guard let width = try first(["index_head_dim"], in: 1...ConfigFields.Limit.width) else {
            findings.remark(
                "Its sparse attention keeps index keys beside, \(place): they are not counted.")
            return
        }
        indexKeys = IndexKeys(inBytes: own, width: width.number)
        findings.remark(
            "Its sparse attention keeps index keys beside, \(place): "
                + "\(grouped(IndexKeys.bytesWithScales(width.number))) bytes each, a byte for each of "
                + "\(grouped(width.number)) numbers and their scales, as SGLang writes them.")
    }
}

/// "12 full, 12 window".
func kindsText(_ kinds: [LayerCache.Kind]) -> String {
    LayerCache.Kind.allCases.compactMap { kind in
        let count = kinds.count { $0 == kind }
        return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }.joined(separator: ", ")
}
