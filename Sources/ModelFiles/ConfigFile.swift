import AttentionEngine
import ModelCatalog

/// A model's `config.json`, as Hugging Face's libraries write it, read into a shape. The order in
/// which fields count is that of the engine most used to serve models (vLLM).
package enum ConfigFile {
    /// Reads the shape; `name` is what the model is called where the file does not say.
    ///
    /// Throws what is missing or not understood, naming the field: nothing is guessed, and a
    /// fallback is said in the shape's remarks.
    package static func shape(of config: JSONValue, name: String) throws(FileProblem) -> ModelShape
    {
        guard case .object = config else {
            throw FileProblem("is \(config.summary); expected an object of fields")
        }
        let root = ConfigFields(object: config, path: "")
        var reader = ConfigReader(root: root, fields: try textModel(root))
        return try reader.shape(name: name)
    }

    /// The fields of the text model, which files of models that also see or hear nest.
    private static func textModel(_ root: ConfigFields) throws(FileProblem) -> ConfigFields {
        var fields = root
        for _ in 0..<4 {
            var inner: ConfigFields?
            for key in ["text_config", "llm_config", "language_config", "thinker_config"] {
                if inner == nil { inner = try fields.nested(key) }
            }
            guard let inner else { break }
            fields = inner
        }
        return fields
    }
}

/// Reads one file, keeping what it finds.
struct ConfigReader {
    let root: ConfigFields
    let fields: ConfigFields
    var findings = Findings()
    /// The family, "gemma3_text"; empty where the file does not say.
    var modelType = ""

    init(root: ConfigFields, fields: ConfigFields) {
        self.root = root
        self.fields = fields
    }

    mutating func shape(name: String) throws(FileProblem) -> ModelShape {
        for holder in [root, fields] {
            if let text = try holder.text("model_type") { modelType = text }
        }
        try refuseUnknownCaches()
        let layers = try layerCount()
        let queryHeads = try required(
            ["num_attention_heads", "n_head", "n_heads", "num_heads"], "the query heads",
            in: 1...ConfigFields.Limit.heads)
        findings.note(.queryHeads, queryHeads.number, queryHeads.rule)
        let hidden = try first(
            ["hidden_size", "n_embd", "d_model"], in: 1...ConfigFields.Limit.width)
        let heads = try heads(layers: layers, queryHeads: queryHeads, hidden: hidden)
        let stack = try stack(layers: layers, heads: heads)
        let format = try numberFormat()
        let context = try contextLimit()
        return ModelShape(
            name: try modelName() ?? name, queryHeads: queryHeads.number,
            headDimension: heads.comparableWidth, hiddenSize: hidden?.number, stack: stack,
            maximumTokens: context, format: format, weights: nil, resolved: findings.values,
            remarks: findings.remarks)
    }

    /// Fields that change what is cached in a way that is not understood here.
    private func refuseUnknownCaches() throws(FileProblem) {
        for holder in [fields, root] {
            guard let family = try holder.text("model_type"),
                let reason = modelFamilyWithoutCache(family)
            else { continue }
            throw FileProblem(
                "model_type is \(family), which \(reason): it has no key/value cache that grows")
        }
        for holder in [fields, root] where try holder.flag("is_encoder_decoder") == true {
            throw FileProblem(
                "is_encoder_decoder is true; only models with a decoder alone are supported")
        }
        for key in [
            "linear_attn_config", "compress_ratios", "cross_attention_layers", "block_types",
            "_block_types",
        ] {
            guard let value = fields.object[key], value != .null, value != .array([]) else {
                continue
            }
            throw FileProblem(
                "\(fields.name(key)) changes what layers keep in a way that is not understood")
        }
    }

    private mutating func layerCount() throws(FileProblem) -> Int {
        let layers = try required(
            ["num_hidden_layers", "n_layer", "num_layers", "n_layers"], "the number of layers",
            in: 1...ConfigFields.Limit.layers)
        findings.note(.layers, layers.number, layers.rule)
        if modelType.hasPrefix("longcat") {
            findings.remark("A layer may hold two attention blocks: twice the figure.")
        }
        return layers.number
    }

    /// The format of the numbers; nil, and said, where no field gives one.
    private mutating func numberFormat() throws(FileProblem) -> CacheFormat? {
        for holder in fields.path.isEmpty ? [fields] : [fields, root] {
            for key in ["torch_dtype", "dtype"] {
                guard let text = try holder.text(key) else { continue }
                let name = text.hasPrefix("torch.") ? String(text.dropFirst(6)) : text
                let formats: [String: CacheFormat] = [
                    "float32": .f32, "float": .f32, "float16": .f16, "half": .f16,
                    "bfloat16": .bf16, "float8_e4m3fn": .fp8, "float8_e5m2": .fp8,
                ]
                guard let format = formats[name] else {
                    throw FileProblem(
                        "\(holder.name(key)) is \(JSONValue.string(plainText(text)).summary); "
                            + "expected float32, float16, bfloat16 or a float8")
                }
                findings.note(.format, format.rawValue, holder.name(key))
                return format
            }
        }
        findings.remark("No torch_dtype or dtype: 2 bytes per number is the default of --kv-dtype.")
        return nil
    }

    /// The longest context: the smallest of the fields that limit it.
    private mutating func contextLimit() throws(FileProblem) -> Int? {
        var limits: [Sourced] = []
        for key in [
            "max_position_embeddings", "n_positions", "max_seq_len", "seq_length",
            "model_max_length",
        ] {
            if let value = try fields.whole(key, in: 1...ConfigFields.Limit.tokens) {
                limits.append(Sourced(number: value, rule: fields.name(key)))
            }
        }
        guard let least = limits.min(by: { $0.number < $1.number }) else { return nil }
        let others = limits.filter { $0.number != least.number }
        findings.note(
            .maximumTokens, least.number,
            least.rule + (others.isEmpty ? "" : ", the smallest of \(limits.count) fields"))
        for other in others {
            findings.remark(
                "\(other.rule) says \(grouped(other.number)), \(least.rule) "
                    + "\(grouped(least.number)): the smaller is used.")
        }
        return least.number
    }

    private func modelName() throws(FileProblem) -> String? {
        guard let path = try root.text("_name_or_path") else { return nil }
        let last = path.split(separator: "/").last.map { plainText(String($0)) }
        return last?.isEmpty == false ? last : nil
    }

    // MARK: Fields with several names

    /// The first of several fields that is there; others that say something else are remarked on.
    mutating func first(
        _ keys: [String], in range: ClosedRange<Int>
    ) throws(FileProblem) -> Sourced? {
        var found: Sourced?
        for key in keys {
            guard let value = try fields.whole(key, in: range) else { continue }
            if let found, found.number != value {
                findings.remark(
                    "\(fields.name(key)) says \(grouped(value)), \(found.rule) "
                        + "\(grouped(found.number)): the latter is used.")
            }
            found = found ?? Sourced(number: value, rule: fields.name(key))
        }
        return found
    }

    mutating func required(
        _ keys: [String], _ what: String, in range: ClosedRange<Int>
    ) throws(FileProblem) -> Sourced {
        guard let found = try first(keys, in: range) else { throw missing(keys, what) }
        return found
    }

    func missing(_ keys: [String], _ what: String) -> FileProblem {
        FileProblem(
            "has no field for \(what); looked for \(wordList(keys.map(fields.name)))")
    }
}
