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
        let window =
            kinds.contains(.window)
            ? try limit(windowKeys, .window, "the window that some layers keep") : 0
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

    /// GPT-Neo's local layers name their window otherwise, and MiMo's.
    private var windowKeys: [String] {
        ["sliding_window", "sliding_window_size"]
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
        if !mayKeepWindows { rule.kinds = rule.kinds.map { $0 == .window ? .full : $0 } }
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
                throw missing(["max_window_layers"], "which layers keep the window")
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

    // MARK: Fields

    /// What one field says of the layers; nil where it is not in the file.
    private func rule(_ field: LayerField, layers: Int) throws(FileProblem) -> LayerRule? {
        var holder = fields
        var key = field.key
        if let point = key.firstIndex(of: ".") {
            guard let inner = try fields.nested(String(key[..<point])) else { return nil }
            holder = inner
            key = String(key[key.index(after: point)...])
        }
        guard holder.isSet(key) else { return nil }
        if let flag = field.flag, try fields.flag(flag) != true { return nil }
        let name = holder.name(key)
        let kinds: [LayerCache.Kind]
        switch field.form {
        case .names:
            kinds = try layerList(holder, key, layers) { item, name throws(FileProblem) in
                guard case .string(let text) = item, let kind = LayerField.names[text] else {
                    throw FileProblem(
                        "\(name) is \(item.summary); expected "
                            + wordList(LayerField.names.keys.sorted()))
                }
                return kind
            }
        case .flags(let one, let zero):
            kinds = try layerList(holder, key, layers) { item, name throws(FileProblem) in
                try ConfigFields.whole(item, name, in: 0...1) == 1 ? one : zero
            }
        case .numbers(let first, let own, let other):
            var list = Array(repeating: other, count: layers)
            for (index, item) in (try holder.list(key) ?? []).enumerated() {
                let range = first...first + layers - 1
                list[try ConfigFields.whole(item, "\(name)[\(index)]", in: range) - first] = own
            }
            kinds = list
        case .letters(let letters):
            let text = try holder.text(key) ?? ""
            let list = text.compactMap { letters[$0] }
            guard list.count == text.count, list.count == layers else {
                throw FileProblem(
                    "\(name) is \(JSONValue.string(plainText(text)).summary); expected "
                        + "\(grouped(layers)) letters of \(wordList(Self.spelled(letters)))")
            }
            kinds = list
        case .period(let place, let other):
            return try period(holder, key, place, other, layers)
        case .windowPattern:
            guard case .string(let text)? = holder.object[key] else {
                return try period(holder, key, .last, .window, layers)
            }
            let letters = Array(text)
            guard !letters.isEmpty, letters.count <= layers,
                letters.allSatisfy({ $0 == "L" || $0 == "G" })
            else {
                throw FileProblem(
                    "\(name) is \(JSONValue.string(text).summary); expected a number or letters L "
                        + "and G")
            }
            return LayerRule(
                kinds: (0..<layers).map { letters[$0 % letters.count] == "G" ? .full : .window },
                rule: "\(name) \(text)")
        case .first(let other):
            // It counts only where windows are switched on.
            guard try fields.flag("use_sliding_window") == true else { return nil }
            let first = try holder.whole(key, in: 0...ConfigFields.Limit.layers) ?? 0
            return LayerRule(
                kinds: (0..<layers).map { $0 < first ? .full : other }, rule: "\(name) \(first)")
        }
        return LayerRule(kinds: kinds, rule: name)
    }

    private func period(
        _ holder: ConfigFields, _ key: String, _ place: LayerField.Place,
        _ other: LayerCache.Kind, _ layers: Int
    ) throws(FileProblem) -> LayerRule? {
        let most = other == .window ? ConfigFields.Limit.layers : layers
        guard let every = try holder.whole(key, in: 1...most) else { return nil }
        var rule = "\(holder.name(key)) \(every)"
        var full = every - 1
        switch place {
        case .first: full = 0
        case .middle: full = every / 2
        case .last, .lastOrRest: break
        case .field(let offset):
            guard let own = try holder.whole(offset, in: 0...every - 1) else {
                throw missing([offset], "which layers attend, as \(key) needs")
            }
            full = own
            rule += ", \(offset) \(own)"
        }
        let rest = if case .lastOrRest = place { layers / every * every } else { layers }
        return LayerRule(
            kinds: (0..<layers).map { $0 % every == full || $0 >= rest ? .full : other },
            rule: rule)
    }

    /// A list with an item for each layer; those behind them that predict further tokens are left
    /// out.
    private func layerList(
        _ holder: ConfigFields, _ key: String, _ layers: Int,
        _ kind: (JSONValue, String) throws(FileProblem) -> LayerCache.Kind
    ) throws(FileProblem) -> [LayerCache.Kind] {
        var items = try holder.list(key) ?? []
        let extra = try fields.whole("num_nextn_predict_layers", in: 0...ConfigFields.Limit.layers)
        if items.count == layers + (extra ?? 0) { items = Array(items.prefix(layers)) }
        guard items.count == layers else {
            throw FileProblem(
                "\(holder.name(key)) has \(grouped(items.count)) items; expected one for each of "
                    + "the \(grouped(layers)) layers")
        }
        var kinds: [LayerCache.Kind] = []
        for (index, item) in items.enumerated() {
            kinds.append(try kind(item, "\(holder.name(key))[\(index)]"))
        }
        return kinds
    }

    private static func spelled(_ letters: [Character: LayerCache.Kind]) -> [String] {
        letters.keys.sorted().map(String.init)
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
        let keys = IndexKeys(inBytes: own, width: width.number)
        indexKeys = keys
        findings.remark(
            "Its sparse attention keeps index keys beside, \(place): "
                + "\(grouped(keys.bytesPerToken)) bytes each, a byte for each of "
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
