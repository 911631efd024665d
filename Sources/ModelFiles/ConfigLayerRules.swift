import AttentionEngine
import ModelCatalog

/// What single fields of a config say of its layers.
extension ConfigReader {
    /// What one field says of the layers; nil where it is not in the file.
    func rule(_ field: LayerField, layers: Int) throws(FileProblem) -> LayerRule? {
        var holder = fields
        var key = field.key
        if let point = key.firstIndex(of: ".") {
            guard let inner = try fields.nested(String(key[..<point])) else { return nil }
            holder = inner
            key = String(key[key.index(after: point)...])
        }
        if let flag = field.flag {
            guard try fields.flag(flag) == true else { return nil }
            guard holder.isSet(key) else {
                throw missing([key], "which layers keep what, as \(flag) needs")
            }
        }
        guard holder.isSet(key) else { return nil }
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
        case .windows:
            guard case .array(let items)? = holder.object[key] else { return nil }
            guard layers % items.count == 0 else {
                throw FileProblem(
                    "\(name) has \(grouped(items.count)) items, which do not repeat evenly over "
                        + "\(grouped(layers)) layers")
            }
            kinds = (0..<layers).map { items[$0 % items.count] == .null ? .full : .window }
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

    /// Families whose windows llama.cpp does not read, so that their layers keep every token
    /// (llama.cpp src/models/qwen2.cpp, qwen3.cpp and their moe, load_arch_hparams).
    static let unreadWindows: Set = ["qwen2", "qwen2_moe", "qwen3", "qwen3_moe"]
}
