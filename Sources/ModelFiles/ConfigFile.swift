import AttentionEngine
import ModelCatalog

/// A model's `config.json`, as Hugging Face's libraries write it, or its `params.json`, as Mistral
/// and Meta do, read into a shape. The order in which fields count is that of the engine most used
/// to serve models (vLLM).
package enum ConfigFile {
    /// Reads the shape; `name` is what the model is called where the file does not say, `beside`
    /// what an `hf_quant_config.json` in the same folder holds.
    ///
    /// Throws what is missing or not understood, naming the field: nothing is guessed, and a
    /// fallback is said in the shape's remarks.
    package static func shape(
        of config: JSONValue, beside: JSONValue? = nil, name: String
    ) throws(FileProblem) -> ModelShape {
        guard case .object = config else {
            throw FileProblem("is \(config.summary); expected an object of fields")
        }
        var findings = Findings()
        let root = ConfigFields(object: config, path: "")
        let fields = try textModel(root).withoutQuotes(&findings)
        var reader = ConfigReader(
            root: root, fields: fields, beside: beside, findings: findings,
            modelType: try modelType(root, fields))
        return try reader.shape(name: name)
    }

    /// Reads the shape from a file's bytes; comments and trailing commas, which JSON does not have,
    /// are a remark, and the words that Python writes for numbers without end are read.
    package static func shape(
        reading file: FileBytes, beside: JSONValue? = nil, name: String
    ) throws(FileProblem) -> ModelShape {
        if file.count >= 4, try file.read(0..<4) == Array("GGUF".utf8) {
            throw FileProblem(
                "is a GGUF file, and a config.json was expected; GGUF is read by its path alone: "
                    + "'headroom memory FILE.gguf'")
        }
        let (config, remarks) = try JSONValue.tolerant(file)
        return try remarks.reduce(shape(of: config, beside: beside, name: name)) {
            $0.with(remark: $1)
        }
    }

    /// The fields of the text model, which files of models that also see or hear nest.
    private static func textModel(_ root: ConfigFields) throws(FileProblem) -> ConfigFields {
        var fields = root
        for _ in 0..<4 {
            var inner: ConfigFields?
            for key in ["text_config", "llm_config", "language_config", "thinker_config"] {
                if inner == nil { inner = try fields.nested(key) }
            }
            // One without fields says nothing, and hides the model around it.
            guard let inner, inner.object != .object([:]) else { break }
            fields = inner
        }
        return fields
    }

    /// The family's name, "gemma3_text"; nil where the file does not say.
    private static func modelType(
        _ root: ConfigFields, _ fields: ConfigFields
    ) throws(FileProblem) -> String? {
        for holder in [fields, root] {
            if let name = try holder.text("model_type") { return name }
        }
        return fields.object["dim"] != nil && fields.object["n_layers"] != nil
            ? "params.json" : nil
    }
}

/// Reads one file, keeping what it finds.
struct ConfigReader {
    let root: ConfigFields
    let fields: ConfigFields
    /// What `hf_quant_config.json` beside the file holds.
    let beside: JSONValue?
    var findings: Findings
    /// The family's name, "gemma3_text"; empty where the file does not say.
    let modelType: String
    /// What is known of the family; nil where nothing is.
    let family: ModelFamily?
    /// The fields that are not in the file and were taken from the family's class.
    var defaulted: [String] = []
    /// What sparse attention keeps beside; nil where it keeps nothing, or that is not known.
    var indexKeys: IndexKeys?

    init(
        root: ConfigFields, fields: ConfigFields, beside: JSONValue?, findings: Findings,
        modelType: String?
    ) {
        self.root = root
        self.fields = fields
        self.beside = beside
        self.findings = findings
        self.modelType = modelType ?? ""
        family = modelType.flatMap(ModelFamily.type)
    }

    mutating func shape(name: String) throws(FileProblem) -> ModelShape {
        try refuseUnknownCaches()
        let layers = try layerCount()
        let queryHeads = try required(
            ["num_attention_heads", "n_head", "n_heads", "num_heads"], "the query heads",
            in: 1...ConfigFields.Limit.heads)
        findings.note(.queryHeads, queryHeads.number, queryHeads.rule)
        let hidden = try first(
            ["hidden_size", "n_embd", "n_embed", "d_model", "dim"],
            in: 1...ConfigFields.Limit.width,
            orDefault: false)
        let heads = try heads(layers: layers, queryHeads: queryHeads, hidden: hidden)
        let stack = try stack(layers: layers, heads: heads)
        let states = states(stack)
        let format = try numberFormat()
        let context = try contextLimit()
        try tellUnread()
        return ModelShape(
            name: try modelName() ?? name, queryHeads: queryHeads.number,
            headDimension: heads.comparableWidth, hiddenSize: hidden?.number, stack: stack,
            maximumTokens: context, format: format, weights: nil, resolved: findings.values,
            remarks: remarks, unknownFamily: unknownFamily, indexKeys: indexKeys,
            states: states, hasUnreadWindows: Self.unreadWindows.contains(modelType))
    }

    /// The family's name as the file gives it, where nothing is known of it.
    private var unknownFamily: String? {
        family == nil && !modelType.isEmpty ? plainText(modelType, atMost: 40) : nil
    }

    private var remarks: [String] {
        var remarks = findings.remarks
        if let unknownFamily {
            remarks.insert(
                "The rules of model_type '\(unknownFamily)' are not known: computed from its "
                    + "fields as for other models.", at: 0)
        } else if family == nil {
            remarks.append("No model_type: computed from its fields alone.")
        }
        if !defaulted.isEmpty {
            remarks.append(
                "Not in the file, so the default of \(plainText(modelType))'s class: "
                    + wordList(defaulted) + ".")
        }
        return remarks
    }

    // MARK: What is refused

    /// Families and fields that change what is cached in a way that is not understood here.
    private func refuseUnknownCaches() throws(FileProblem) {
        for holder in [fields, root] {
            guard let family = try holder.text("model_type"),
                let reason = modelFamilyWithoutCache(family)
            else { continue }
            throw FileProblem("model_type is \(family), which \(reason)")
        }
        for holder in [fields, root] where try holder.flag("is_encoder_decoder") == true {
            throw FileProblem(
                "is_encoder_decoder is true; only models with a decoder alone are supported")
        }
        var refused = LayerField.refused.filter(fields.holds)
        // MPT's and DBRX's own object.
        if let nested = try fields.nested("attn_config"), case .object(let members) = nested.object
        {
            refused += members.keys.filter { nested.holds($0) && LayerField.isDecisive($0) }
                .map { "attn_config.\(plainText($0))" }
        }
        if let key = refused.min() {
            throw FileProblem(
                "\(fields.name(key)) changes what layers keep in a way that is not understood")
        }
    }

    /// The most fields that a config has; the largest real one has some 200.
    private static let mostFields = 4000

    /// Fields which seem to change what layers keep, and which nothing here has read: refused where
    /// the family is not known, and said where it is one whose layers all keep the same.
    private mutating func tellUnread() throws(FileProblem) {
        guard case .object(let all) = fields.object else { return }
        guard all.count <= Self.mostFields else {
            throw FileProblem(
                "has \(grouped(all.count)) fields, and \(grouped(Self.mostFields)) is the limit")
        }
        if let family {
            guard [.full, .windows].contains(family.layers) else { return }
            var own = Set(family.fields.flatMap { [$0.key] + ($0.flag.map { [$0] } ?? []) })
            if family.fields.contains(where: { fields.holds($0.key) }) {
                own.insert("attention_chunk_size")
            }
            let foreign = all.keys.filter {
                !own.contains($0) && fields.holds($0)
                    && LayerField.isDecisive($0, LayerField.foreignWords)
            }
            if let key = foreign.min() {
                findings.remark(
                    "\(fields.name(plainText(key))) is not read: in this family every layer is "
                        + "taken to keep the same.")
            }
            return
        }
        var read = Set(LayerField.common.map(\.key))
        read.formUnion(["sliding_window", "use_sliding_window", "num_kv_shared_layers"])
        let hasWindows = try fields.flag("use_sliding_window") != false
        if !hasWindows || !fields.holds("sliding_window") { read.insert("max_window_layers") }
        if fields.holds("attention_layers") { read.insert("window_size") }
        // A name for each layer says it all, but for how wide the heads are.
        let isNamed = ["layer_types", "layers_block_type"].contains(where: fields.holds)
        if isNamed { read.insert("attention_chunk_size") }
        let words = isNamed ? LayerField.widthWords : LayerField.decisiveWords
        let decisive = all.keys.filter {
            !read.contains($0) && fields.holds($0) && LayerField.isDecisive($0, words)
        }
        if let key = decisive.min() {
            let known = modelType.isEmpty ? "no model_type" : "an unknown model_type"
            throw FileProblem(
                "\(fields.name(plainText(key))) changes what layers keep, and with \(known) it is "
                    + "not understood")
        }
    }

    // MARK: Layers, formats and contexts

    private mutating func layerCount() throws(FileProblem) -> Int {
        let keys = ["num_hidden_layers", "n_layer", "num_layers", "n_layers"]
        let range = 1...ConfigFields.Limit.layers
        var layers = try first(keys, in: range)
        if layers == nil {
            // Nemotron-H counts by its list.
            for key in ["layers_block_type", "layer_types"] {
                guard layers == nil, let items = try fields.list(key), !items.isEmpty else {
                    continue
                }
                layers = Sourced(
                    number: min(items.count, range.upperBound),
                    rule: "the items of \(fields.name(key))")
            }
            if layers == nil, let text = try fields.text("hybrid_override_pattern"), !text.isEmpty {
                layers = Sourced(
                    number: min(text.count, range.upperBound),
                    rule: "the letters of \(fields.name("hybrid_override_pattern"))")
            }
        }
        guard let layers else { throw missing(keys, "the number of layers") }
        if let family, family.cachesPerLayer > 1, fields.object["num_hidden_layers"] == nil {
            let caches = layers.number * family.cachesPerLayer
            findings.note(.layers, caches, "\(layers.rule) x \(family.cachesPerLayer) blocks")
            findings.remark(
                "Its \(grouped(layers.number)) layers have \(family.cachesPerLayer) blocks of "
                    + "attention each, with a cache each: counted as \(grouped(caches)) layers.")
            return caches
        }
        findings.note(.layers, layers.number, layers.rule)
        return layers.number
    }

    /// The longest context: the smallest of the fields that limit it.
    private mutating func contextLimit() throws(FileProblem) -> Int? {
        var limits: [Sourced] = []
        for key in [
            "max_position_embeddings", "n_positions", "max_seq_len", "seq_length",
            "model_max_length",
        ] {
            do throws(FileProblem) {
                if let value = try fields.whole(key, in: 1...ConfigFields.Limit.tokens) {
                    limits.append(Sourced(number: value, rule: fields.name(key)))
                }
            } catch {
                // Tokenizers write 1e30 for none; the size of a cache does not hang on it.
                findings.remark("\(error.description): no limit is taken from it.")
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

    /// The first of several fields that is there, or what the family's class takes for one that is
    /// not there, not even as null; others that say something else are remarked on.
    mutating func first(
        _ keys: [String], in range: ClosedRange<Int>, orDefault: Bool = true
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
        for key in keys where orDefault && found == nil && fields.object[key] == nil {
            // The whole model stands at the root with these, or is none.
            if fields.path.isEmpty, Self.ofEveryModel.contains(key) { continue }
            guard let value = family?.defaults[key], range.contains(value) else { continue }
            defaulted.append("\(key) \(grouped(value))")
            found = Sourced(number: value, rule: "\(key), default of the class")
        }
        return found
    }

    private static let ofEveryModel: Set = [
        "num_hidden_layers", "hidden_size", "num_attention_heads",
    ]

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

    /// A nested text model leaves out what its class takes anyway: where that is not known, what is
    /// missing cannot be computed from other fields.
    func refuseDivision(
        _ keys: [String], _ what: String, as default: String
    ) throws(FileProblem) {
        guard !fields.path.isEmpty, family?.defaults[`default`] != 0 else { return }
        throw FileProblem(
            "has no field for \(what) (\(wordList(keys.map(fields.name)))), and the default of "
                + (modelType.isEmpty
                    ? "its class is not known without model_type"
                    : "'\(plainText(modelType, atMost: 40))' is not known"))
    }
}
