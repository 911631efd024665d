import AttentionEngine
import LanguageModel

extension GGUFWeightReader {
    /// The sizes that the header gives, and what it says that is not run.
    func shape() throws(FileProblem) -> LanguageModelShape {
        let all = ConfigFields(object: .object(header.metadata), path: "")
        guard let architecture = try all.text("general.architecture") else {
            throw FileProblem("has no model; looked for general.architecture")
        }
        guard architecture == "llama" else {
            throw FileProblem(
                "is a model of \(plainText(architecture)); only llama models are supported")
        }
        func whole(_ key: String, _ most: Int) throws(FileProblem) -> Int {
            guard let value = try all.whole("llama." + key, in: 0...most) else {
                throw FileProblem("has no key llama.\(key)")
            }
            return value
        }
        try refuseOtherKinds(all)
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
                    + "not supported")
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
            throw FileProblem("\(key) is \(other.summary); expected a number")
        }
    }

    /// Refuses what changes a model of this architecture in a way that is not run.
    private func refuseOtherKinds(_ all: ConfigFields) throws(FileProblem) {
        if let parts = try all.whole("split.count", in: 0...1 << 16), parts > 1 {
            throw FileProblem("is part of a split model (split.count), which is not supported")
        }
        if let experts = try all.whole("llama.expert_count", in: 0...1 << 20), experts > 0 {
            throw FileProblem(
                "has \(experts) experts (llama.expert_count), which are not supported")
        }
        let kind = try all.text("llama.rope.scaling.type")
        if let kind, kind != "none" {
            throw FileProblem(
                "scales its positions by \(plainText(kind)) (llama.rope.scaling.type), which is "
                    + "not supported")
        }
        // Without a kind a factor means the linear one.
        for key in ["llama.rope.scaling.factor", "llama.rope.scale_linear"] where kind == nil {
            if let factor = try real(key), factor != 0, factor != 1 {
                throw FileProblem(
                    "scales its positions by \(factor) (\(key)), which is not supported")
            }
        }
        if try all.flag("llama.attention.causal") == false {
            throw FileProblem(
                "attends to later tokens (llama.attention.causal), which is not supported")
        }
    }
}
