import AttentionEngine
import ModelCatalog

/// Which layers of a config keep a window or a chunk.
extension ConfigReader {
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

    mutating func windowed(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
        guard try fields.whole("sliding_window", in: 1...ConfigFields.Limit.tokens) != nil else {
            return nil
        }
        let use = try fields.flag("use_sliding_window")
        if use == false {
            findings.remark("use_sliding_window is false: sliding_window is ignored.")
            return nil
        }
        if let pattern = try windowPattern(layers: layers) { return pattern }
        guard isOpen else { return nil }
        if modelType.hasPrefix("qwen") {
            guard use == true else {
                findings.remark(
                    "use_sliding_window is missing, which \(plainText(modelType)) reads as false.")
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
                rule: "\(plainText(modelType)): one in every \(every) layers keeps all tokens",
                isExplicit: false)
        }
        if !Self.everywhere.contains(modelType) {
            findings.remark("No field says which layers keep the window: all are assumed to.")
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
                        "\(fields.name(key)) is \(value.summary); expected a number or "
                            + "letters L and G")
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
    func chunkedLayers(layers: Int, isOpen: Bool) throws(FileProblem) -> LayerRule? {
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
}
