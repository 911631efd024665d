import AttentionEngine
import ModelCatalog

/// A model's shape from the header of a GGUF file. What the header leaves to the program that runs
/// it is taken from llama.cpp's conventions, and said.
package enum GGUFModel {
    /// Reads the shape; `name` is what the model is called where the file does not say, `others`
    /// are the headers of the other parts where the file is the first of several, `named` is how
    /// many there are by the file's name.
    ///
    /// Throws what is missing or not understood, naming the key.
    package static func shape(
        of header: GGUFHeader, others: [GGUFHeader] = [], named: Int? = nil, name: String
    ) throws(FileProblem) -> ModelShape {
        let fields = ConfigFields(object: .object(header.metadata), path: "")
        if let part = try fields.whole("split.no", in: 0...1 << 16), part > 0 {
            throw FileProblem(
                "is part \(part + 1) of a split model (split.no); the shape is in part 1")
        }
        guard let architecture = try fields.text("general.architecture") else {
            throw FileProblem("has no model; looked for general.architecture")
        }
        // Bytes, and not characters: the last of a name may take the point into its own.
        let start = Array((architecture + ".").utf8)
        let ofArchitecture = header.metadata.compactMap { key, value in
            key.utf8.starts(with: start)
                ? (String(Substring(key.utf8.dropFirst(start.count))), value) : nil
        }
        if let passed = header.passedOver.filter({ $0.utf8.starts(with: start) }).min() {
            throw FileProblem(
                "\(plainText(passed)) is longer than a model's: a list of no more than "
                    + "\(grouped(GGUFHeader.longestList)) numbers, or a text of "
                    + "\(grouped(GGUFHeader.longestText)) bytes, is read there")
        }
        var reader = GGUFReader(
            fields: ConfigFields(
                object: .object(Dictionary(uniqueKeysWithValues: ofArchitecture)),
                path: plainText(architecture) + "."),
            architecture: architecture)
        let own = try fields.text("general.name").map { plainText($0) }
        let parts = try fields.whole("split.count", in: 0...1 << 16) ?? 1
        let isAsNamed = named == nil || named == parts
        if let named, !isAsNamed {
            reader.findings.remark(
                "Its name says part 1 of \(grouped(named)), split.count "
                    + "\(grouped(parts)): its weights are not known.")
        }
        return try reader.shape(
            name: own?.isEmpty == false ? own ?? name : name,
            weights: isAsNamed ? weights(of: [header] + others, parts: parts) : nil,
            parts: isAsNamed ? parts : 1)
    }

    /// The bytes of all parts; nil where not all are there, or one does not say which it is.
    private static func weights(of headers: [GGUFHeader], parts: Int) -> Int? {
        guard headers.count == parts else { return nil }
        var sum = 0
        for (index, header) in headers.enumerated() {
            let isInOrder = parts == 1 || header.metadata["split.no"] == .int(index)
            guard isInOrder, let bytes = header.tensorBytes else { return nil }
            sum += bytes
        }
        return sum
    }
}

/// Reads one header, keeping what it finds.
struct GGUFReader {
    let fields: ConfigFields
    let architecture: String
    /// What is known of the architecture; nil where nothing is.
    let family: ModelFamily?
    var findings = Findings()
    /// What llama.cpp keeps in place of a latent that it cannot read from an old file.
    var rebuilt: TokenEntry?

    init(fields: ConfigFields, architecture: String) {
        self.fields = fields
        self.architecture = architecture
        family = ModelFamily.architecture(architecture)
    }

    mutating func shape(
        name: String, weights: Int?, parts: Int
    ) throws(FileProblem) -> ModelShape {
        if let reason = cachelessReason {
            throw FileProblem(
                "is a model of '\(shortened(plainText(architecture)))', which \(reason)")
        }
        for key in ["decoder_block_count", "attention.compress_ratios"]
        where fields.object[key] != nil {
            throw FileProblem(
                "\(fields.name(key)) changes what layers keep in a way that is not understood")
        }
        let layers = try layerCount()
        let queryHeads = try perLayer("attention.head_count", layers: layers)
        guard let queryHeads, let most = queryHeads.max() else {
            throw missing("attention.head_count", "the query heads")
        }
        guard most > 0 else {
            throw FileProblem(
                "\(fields.name("attention.head_count")) is 0; expected 1 or more")
        }
        findings.note(.queryHeads, most, fields.name("attention.head_count"))
        let hidden = try fields.whole("embedding_length", in: 1...ConfigFields.Limit.width)
        let heads = try heads(layers: layers, queryHeads: queryHeads, hidden: hidden)
        let stack = try stack(layers: layers, heads: heads)
        if family == nil { try refuseUnread() }
        let states = states(stack, queryHeads: most, hidden: hidden)
        let indexKeys = try indexKeys(layers: layers)
        findings.note(.format, "f16", "GGUF: f16 by default")
        let context = try fields.whole("context_length", in: 1...ConfigFields.Limit.tokens)
        if let context {
            findings.note(.maximumTokens, context, fields.name("context_length"))
        }
        if parts > 1, weights == nil {
            findings.remark("Part 1 of \(parts): the weights of the others are not known.")
        }
        return ModelShape(
            name: name, queryHeads: most, headDimension: heads.comparableWidth,
            hiddenSize: hidden, stack: stack, maximumTokens: context, format: .f16,
            weights: weights.map {
                Weights(
                    size: ByteCount($0),
                    rule: parts > 1
                        ? "the bytes after the headers of \(grouped(parts)) parts"
                        : "the bytes after the header")
            }, resolved: findings.values, remarks: findings.remarks,
            unknownFamily: family == nil ? plainText(architecture, atMost: 40) : nil,
            indexKeys: indexKeys, states: states, rebuilt: rebuilt)
    }

    /// The layers that run; those that predict further tokens at once are left out.
    private mutating func layerCount() throws(FileProblem) -> Int {
        guard let blocks = try fields.whole("block_count", in: 1...ConfigFields.Limit.layers) else {
            throw missing("block_count", "the number of layers")
        }
        let extra = try fields.whole("nextn_predict_layers", in: 0...blocks - 1) ?? 0
        if extra > 0 {
            findings.remark(
                "\(extra) of \(fields.name("block_count")) \(blocks) predict further tokens "
                    + "(nextn_predict_layers) and are not counted.")
        }
        findings.note(
            .layers, blocks - extra,
            fields.name("block_count") + (extra > 0 ? " - nextn_predict_layers" : ""))
        return blocks - extra
    }

    // MARK: Heads

    /// What the heads of the layers are.
    struct Heads {
        /// g of each layer; 0 where it has no attention.
        let keyValueHeads: [Int]
        let entry: @Sendable (_ heads: Int, _ isWindow: Bool) -> TokenEntry
        let comparableWidth: Int?
    }

    private mutating func heads(
        layers: Int, queryHeads: [Int], hidden: Int?
    ) throws(FileProblem) -> Heads {
        let width = 1...ConfigFields.Limit.width
        if let rank = try fields.whole("attention.kv_lora_rank", in: 0...width.upperBound),
            rank > 0
        {
            return try latent(
                rank: rank, layers: layers, queryHeads: queryHeads.max() ?? 1)
        }
        let keyValueHeads: [Int]
        if let own = try perLayer("attention.head_count_kv", layers: layers) {
            for (index, heads) in own.enumerated() where heads > 0 {
                let queries = queryHeads[index]
                guard queries > 0, queries % heads == 0 else {
                    throw FileProblem(
                        "\(fields.name("attention.head_count_kv")) is \(grouped(heads)), which "
                            + "does not divide the \(grouped(queries)) query heads of layer \(index)"
                    )
                }
            }
            keyValueHeads = own
            let isOne = Set(own).count == 1
            findings.note(
                .keyValueHeads, isOne ? String(own[0]) : runText(own),
                fields.name("attention.head_count_kv"))
            if isOne {
                findings.values[findings.values.count - 1] = ResolvedValue(
                    .keyValueHeads, own[0], fields.name("attention.head_count_kv"))
            }
        } else {
            keyValueHeads = queryHeads
            findings.note(
                .keyValueHeads, queryHeads[0],
                fields.name("attention.head_count") + ": no attention.head_count_kv")
            findings.remark("No key for K/V heads: as many as query heads.")
        }
        let key = try headWidth("attention.key_length", queryHeads: queryHeads, hidden: hidden)
        findings.note(.headDimension, key.number, key.rule)
        let value = try valueWidth(key, queryHeads: queryHeads, hidden: hidden)
        if value.number != key.number {
            findings.note(.valueDimension, value.number, value.rule)
        }
        let windowKey = try fields.whole("attention.key_length_swa", in: width) ?? key.number
        let windowValue = try fields.whole("attention.value_length_swa", in: width) ?? value.number
        return Heads(
            keyValueHeads: keyValueHeads,
            entry: { heads, isWindow in
                .heads(
                    count: heads, keyWidth: isWindow ? windowKey : key.number,
                    valueWidth: isWindow ? windowValue : value.number)
            }, comparableWidth: key.number)
    }

    /// A value's width; what llama.cpp takes it for where the file does not say.
    private mutating func valueWidth(
        _ key: Sourced, queryHeads: [Int], hidden: Int?
    ) throws(FileProblem) -> Sourced {
        let name = "attention.value_length"
        if let own = try fields.whole(name, in: 1...ConfigFields.Limit.width) {
            return Sourced(number: own, rule: fields.name(name))
        }
        let quotient = (hidden ?? 0) / (queryHeads.max() ?? 1)
        guard quotient > 0, quotient != key.number else { return key }
        findings.remark(
            "No key for the value width: embedding_length / head_count = \(grouped(quotient)).")
        return Sourced(number: quotient, rule: "embedding_length / attention.head_count")
    }

    private mutating func headWidth(
        _ key: String, queryHeads: [Int], hidden: Int?
    ) throws(FileProblem) -> Sourced {
        if let own = try fields.whole(key, in: 1...ConfigFields.Limit.width) {
            return Sourced(number: own, rule: fields.name(key))
        }
        let heads = queryHeads.max() ?? 1
        guard let hidden else {
            throw FileProblem(
                "has no key for the head width; looked for "
                    + wordList([key, "embedding_length"].map(fields.name)))
        }
        guard hidden % heads == 0 else {
            throw FileProblem(
                "has no \(fields.name(key)), and \(fields.name("embedding_length")) "
                    + "\(grouped(hidden)) does not divide by \(grouped(heads)) query heads")
        }
        findings.remark(
            "No key for the head width: embedding_length / head_count = \(grouped(hidden / heads))."
        )
        return Sourced(number: hidden / heads, rule: "embedding_length / attention.head_count")
    }

    private mutating func latent(
        rank: Int, layers: Int, queryHeads: Int
    ) throws(FileProblem) -> Heads {
        let width = 1...ConfigFields.Limit.width
        let keyLength = try fields.whole("attention.key_length", in: width)
        let isCompressed = try fields.whole("attention.key_length_mla", in: width) != nil
        let rotary: Sourced
        if let own = try fields.whole("rope.dimension_count", in: 0...width.upperBound) {
            rotary = Sourced(number: own, rule: fields.name("rope.dimension_count"))
        } else if isCompressed, let keyLength, keyLength >= rank {
            rotary = Sourced(
                number: keyLength - rank,
                rule: "\(fields.name("attention.key_length")) - attention.kv_lora_rank")
        } else {
            throw missing("rope.dimension_count", "the rotary width, which kv_lora_rank needs")
        }
        findings.note(.latent, rank, fields.name("attention.kv_lora_rank"))
        findings.note(.rotary, rotary.number, rotary.rule)
        if isCompressed, let keyLength, keyLength != rank + rotary.number {
            findings.remark(
                "\(fields.name("attention.key_length")) says \(grouped(keyLength)), the latent "
                    + "and rotary widths make \(grouped(rank + rotary.number)): these count.")
        }
        if !isCompressed {
            findings.remark(
                "No attention.key_length_mla: an old file, for which llama.cpp caches the rebuilt "
                    + "heads and saves nothing (--engine llama.cpp).")
            if let keyLength,
                let valueLength = try fields.whole("attention.value_length", in: width)
            {
                rebuilt = .heads(
                    count: queryHeads, keyWidth: keyLength, valueWidth: valueLength)
            }
        }
        // Kimi-Linear's list says which layers keep a latent: those with K/V heads.
        var keepers = Array(repeating: 1, count: layers)
        if case .array? = fields.object["attention.head_count_kv"],
            let own = try perLayer("attention.head_count_kv", layers: layers)
        {
            keepers = own.map { min($0, 1) }
        }
        let entry = TokenEntry.latent(
            LatentWidths(latentRank: rank, rotaryDimension: rotary.number))
        var comparable = try fields.whole("attention.value_length_mla", in: width)
        if comparable == nil, !isCompressed {
            comparable = try fields.whole("attention.value_length", in: width)
        }
        return Heads(
            keyValueHeads: keepers, entry: { _, _ in entry },
            comparableWidth: comparable)
    }

    // MARK: Keys

    /// A key that holds one number for all layers or one for each.
    func perLayer(_ key: String, layers: Int) throws(FileProblem) -> [Int]? {
        let range = 0...ConfigFields.Limit.heads
        guard case .array(let items)? = fields.object[key] else {
            return try fields.whole(key, in: range).map { Array(repeating: $0, count: layers) }
        }
        guard items.count >= layers else {
            throw FileProblem(
                "\(fields.name(key)) has \(items.count) items; expected one for each of "
                    + "the \(layers) layers")
        }
        var numbers: [Int] = []
        for (index, item) in items.prefix(layers).enumerated() {
            numbers.append(
                try ConfigFields.whole(item, "\(fields.name(key))[\(index)]", in: range))
        }
        return numbers
    }

    func missing(_ key: String, _ what: String) -> FileProblem {
        FileProblem("has no key for \(what); looked for \(fields.name(key))")
    }
}
