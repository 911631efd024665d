import AttentionEngine
import LanguageModel

/// A model of the Llama kind from a GGUF file that is mapped into memory: its weights stay where
/// they lie.
package struct GGUFLanguageModel: Sendable {
    /// What the file calls it, on one line; empty where it does not say.
    package let name: String
    /// The model.
    package let model: LanguageModel
    /// What makes its tokens of text, and text of them.
    package let tokenizer: Tokenizer
    /// What its text is begun with where the file asks for it.
    package let firstToken: Int?
    /// Tokens that end a text.
    package let lastTokens: Set<Int>

    /// Reads the header and finds the weights. The mapping must stay for as long as the model is
    /// used. Throws, naming the key or tensor, what is missing, wrong or of a kind that is not run.
    package init(mapped: UnsafeRawBufferPointer) throws(FileProblem) {
        nonisolated(unsafe) let mapped = mapped
        let file = FileBytes(count: mapped.count) { Array(mapped[$0]) }
        let header = try GGUFHeader(reading: file)
        name =
            try ConfigFields(object: .object(header.metadata), path: "").text("general.name")
            .map { plainText($0) } ?? ""
        model = try GGUFWeightReader(header: header, mapped: mapped).model()
        let vocabulary = GGUFVocabularyReader(header: header, file: file)
        tokenizer = try vocabulary.tokenizer(of: model.shape.vocabulary)
        firstToken = try vocabulary.firstToken(tokenizer)
        lastTokens = try vocabulary.lastTokens(tokenizer)
    }
}

/// Reads one file's model.
private struct GGUFWeightReader {
    let header: GGUFHeader
    let mapped: UnsafeRawBufferPointer

    func model() throws(FileProblem) -> LanguageModel {
        guard !header.isBigEndian else {
            throw FileProblem("stores its weights' most significant bytes first, which is not run")
        }
        let shape = try shape()
        var layers: [LanguageModelWeights.Layer] = []
        for index in 0..<shape.layers {
            let name = "blk.\(index)."
            layers.append(
                LanguageModelWeights.Layer(
                    attentionNorm: try vector(name + "attn_norm.weight"),
                    query: try matrix(name + "attn_q.weight"),
                    key: try matrix(name + "attn_k.weight"),
                    value: try matrix(name + "attn_v.weight"),
                    attentionOutput: try matrix(name + "attn_output.weight"),
                    feedForwardNorm: try vector(name + "ffn_norm.weight"),
                    gate: try matrix(name + "ffn_gate.weight"),
                    up: try matrix(name + "ffn_up.weight"),
                    down: try matrix(name + "ffn_down.weight")))
        }
        try refuseOtherTensors(layers: shape.layers)
        let embedding = try matrix("token_embd.weight")
        let own = "output.weight"
        let factors = "rope_freqs.weight"
        let weights = LanguageModelWeights(
            embedding: embedding, layers: layers, outputNorm: try vector("output_norm.weight"),
            output: header.tensors[own] == nil ? embedding : try matrix(own),
            rotaryFactors: header.tensors[factors] == nil ? nil : try vector(factors))
        return try stating { () throws(LanguageModelProblem) in
            try LanguageModel(shape: shape, weights: weights)
        }
    }

    // MARK: Sizes

    private func shape() throws(FileProblem) -> LanguageModelShape {
        let all = ConfigFields(object: .object(header.metadata), path: "")
        guard let architecture = try all.text("general.architecture") else {
            throw FileProblem("has no model; looked for general.architecture")
        }
        guard architecture == "llama" else {
            throw FileProblem(
                "is a model of \(plainText(architecture)); models of llama are run, and no others")
        }
        if let parts = try all.whole("split.count", in: 0...1 << 16), parts > 1 {
            throw FileProblem("is part of a split model (split.count), which is not run")
        }
        func whole(_ key: String, _ most: Int) throws(FileProblem) -> Int {
            guard let value = try all.whole("llama." + key, in: 0...most) else {
                throw FileProblem("has no key llama.\(key)")
            }
            return value
        }
        if let experts = try all.whole("llama.expert_count", in: 0...1 << 20), experts > 0 {
            throw FileProblem("has \(experts) experts (llama.expert_count), which are not run")
        }
        if let scaling = try all.text("llama.rope.scaling.type"), scaling != "none" {
            throw FileProblem(
                "scales its positions by \(plainText(scaling)) (llama.rope.scaling.type), which is "
                    + "not run")
        }
        let limit = ConfigFields.Limit.self
        let width = try whole("embedding_length", limit.width)
        let queryHeads = try whole("attention.head_count", limit.heads)
        let keyValueHeads =
            try all.whole("llama.attention.head_count_kv", in: 0...limit.heads) ?? queryHeads
        let headDimension =
            try all.whole("llama.attention.key_length", in: 1...limit.width)
            ?? (queryHeads > 0 ? width / queryHeads : 0)
        let valueDimension =
            try all.whole("llama.attention.value_length", in: 1...limit.width) ?? headDimension
        guard valueDimension == headDimension else {
            throw FileProblem(
                "has keys of \(headDimension) numbers and values of \(valueDimension), which is "
                    + "not run")
        }
        guard let tokens = header.tensors["token_embd.weight"], tokens.dimensions.count == 2 else {
            throw FileProblem("has no table of tokens; looked for token_embd.weight")
        }
        let heads: AttentionShape
        do throws(SettingError) {
            heads = try AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads,
                headDimension: headDimension)
        } catch { throw FileProblem("has heads that cannot be: \(error.description)") }
        let context = try whole("context_length", limit.tokens)
        let layers = try whole("block_count", limit.layers)
        let feedForwardWidth = try whole("feed_forward_length", limit.width)
        let rotary =
            try all.whole("llama.rope.dimension_count", in: 0...limit.width) ?? headDimension
        let base = try real("llama.rope.freq_base") ?? 10_000
        guard let epsilon = try real("llama.attention.layer_norm_rms_epsilon") else {
            throw FileProblem("has no key llama.attention.layer_norm_rms_epsilon")
        }
        return try stating { () throws(LanguageModelProblem) in
            try LanguageModelShape(
                layers: layers, width: width, attention: heads, feedForwardWidth: feedForwardWidth,
                vocabulary: tokens.dimensions[1], context: context, rotaryDimension: rotary,
                rotaryBase: base, normEpsilon: epsilon)
        }
    }

    private func real(_ key: String) throws(FileProblem) -> Float? {
        switch header.metadata[key] {
        case nil: nil
        case .double(let value): Float(value)
        case .int(let value): Float(value)
        case .some(let other):
            throw FileProblem("\(key) is \(other.summary); a number was looked for")
        }
    }

    // MARK: Tensors

    private func matrix(_ name: String) throws(FileProblem) -> WeightMatrix {
        let (tensor, format) = try tensor(name)
        guard tensor.dimensions.count == 2 else {
            throw FileProblem(
                "has \(name) of \(tensor.dimensions.count) dimensions, where 2 were looked for")
        }
        let (columns, rows) = (tensor.dimensions[0], tensor.dimensions[1])
        let (numbers, isTooMany) = rows.multipliedReportingOverflow(by: columns)
        guard !isTooMany, numbers < 1 << 50, columns % format.numbersPerBlock == 0,
            let bytes = bytes(format.bytes(of: numbers), from: tensor.offset),
            let matrix = WeightMatrix(rows: rows, columns: columns, format: format, bytes: bytes)
        else {
            throw FileProblem(
                "has \(name) of \(rows) x \(columns) numbers in \(format.rawValue), which the file "
                    + "does not hold")
        }
        return matrix
    }

    private func vector(_ name: String) throws(FileProblem) -> [Float] {
        let (tensor, format) = try tensor(name)
        guard tensor.dimensions.count == 1, let count = tensor.dimensions.first, count > 0,
            count % format.numbersPerBlock == 0, count < 1 << 30,
            let bytes = bytes(format.bytes(of: count), from: tensor.offset),
            let matrix = WeightMatrix(rows: 1, columns: count, format: format, bytes: bytes)
        else {
            throw FileProblem("has a \(name) that is no vector which the file holds")
        }
        return matrix.row(0)
    }

    private func tensor(_ name: String) throws(FileProblem) -> (GGUFTensor, WeightFormat) {
        guard let tensor = header.tensors[name] else {
            throw FileProblem("has no tensor \(name)")
        }
        guard let format = WeightFormat(typeInFile: tensor.type) else {
            throw FileProblem(
                "has \(name) in the format of number \(tensor.type); run are "
                    + wordList(WeightFormat.allCases.map(\.rawValue)))
        }
        return (tensor, format)
    }

    private func bytes(_ count: Int, from offset: Int) -> UnsafeRawBufferPointer? {
        let start = header.tensorStart + offset
        guard start + count <= mapped.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: mapped[start..<start + count])
    }

    /// A tensor that nothing reads changes what the model is: it is refused by its name.
    private func refuseOtherTensors(layers: Int) throws(FileProblem) {
        let inLayer: Set = [
            "attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate",
            "ffn_up", "ffn_down",
        ]
        let others: Set = ["token_embd.weight", "output.weight", "output_norm.weight"]
        let unread = header.tensors.keys.sorted().first { name in
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            if parts.count == 4, parts[0] == "blk", parts[3] == "weight",
                inLayer.contains(String(parts[2]))
            {
                return Int(parts[1]).map { $0 >= layers } ?? true
            }
            // Older files repeat the turns' factors in each layer.
            return !others.contains(name) && !name.hasSuffix("rope_freqs.weight")
        }
        if let unread {
            throw FileProblem("has a tensor \(plainText(unread)), which is not run")
        }
    }

}

/// What `body` makes, its problem as the file's.
func stating<T>(_ body: () throws(LanguageModelProblem) -> T) throws(FileProblem) -> T {
    do throws(LanguageModelProblem) { return try body() } catch {
        throw FileProblem(error.description)
    }
}
