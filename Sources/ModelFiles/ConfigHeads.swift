import AttentionEngine
import ModelCatalog

/// What the layers of a config keep of a token, before it is known which of them keep it.
struct ConfigHeads {
    /// Of most layers.
    let entry: TokenEntry
    /// Of the layers that keep every token, where they have heads of their own.
    let fullEntry: TokenEntry?
    /// The K/V heads of each layer, where the file lists them.
    let perLayer: [Int]?
    let queryHeads: Sourced
    /// The head width to compare with, nil where a latent's file leaves it out.
    let comparableWidth: Int?
}

extension ConfigReader {
    mutating func heads(
        layers: Int, queryHeads: Sourced, hidden: Sourced?
    ) throws(FileProblem) -> ConfigHeads {
        let width = 1...ConfigFields.Limit.width
        if let rank = try fields.whole("kv_lora_rank", in: 0...width.upperBound), rank > 0 {
            guard
                let rotary = try fields.whole("qk_rope_head_dim", in: 0...width.upperBound)
            else {
                throw missing(["qk_rope_head_dim"], "the rotary width, which kv_lora_rank needs")
            }
            return try latent(rank: rank, rotary: rotary, queryHeads: queryHeads)
        }
        let perLayer = try perLayerHeads(layers: layers, queryHeads: queryHeads)
        let heads: Int
        if let perLayer {
            heads = perLayer.max() ?? queryHeads.number
        } else {
            let found = try keyValueHeads(queryHeads: queryHeads)
            heads = try legal(found, queryHeads).number
            findings.note(.keyValueHeads, heads, found.rule)
        }
        let dimension = try headDimension(queryHeads: queryHeads, hidden: hidden)
        findings.note(.headDimension, dimension.number, dimension.rule)
        var valueWidth = dimension.number
        if let own = try fields.whole("v_head_dim", in: width), own != valueWidth {
            findings.note(.valueDimension, own, fields.name("v_head_dim"))
            valueWidth = own
        }
        return ConfigHeads(
            entry: .heads(count: heads, keyWidth: dimension.number, valueWidth: valueWidth),
            fullEntry: try fullLayerHeads(
                heads: heads, width: dimension.number, queryHeads: queryHeads),
            perLayer: perLayer, queryHeads: queryHeads, comparableWidth: dimension.number)
    }

    // MARK: K/V heads

    /// The rule that applies first: a flag that says one head for all, then a field with the
    /// number, then as many as query heads.
    private mutating func keyValueHeads(queryHeads: Sourced) throws(FileProblem) -> Sourced {
        let range = 1...ConfigFields.Limit.heads
        let keys = [
            "n_head_kv", "num_kv_heads", "num_key_value_heads", "num_attention_groups",
        ]
        let isNewDecoder = try fields.flag("new_decoder_architecture") == true
        if try fields.flag("multi_query") == true, !isNewDecoder {
            for key in keys {
                if let other = try fields.whole(key, in: range), other != 1 {
                    findings.remark(
                        "\(fields.name(key)) says \(grouped(other)), but multi_query is true: 1.")
                }
            }
            return Sourced(number: 1, rule: fields.name("multi_query") + " is true")
        }
        if try fields.flag("multi_query_attention") == true {
            guard let groups = try fields.whole("multi_query_group_num", in: range) else {
                throw missing(
                    ["multi_query_group_num"], "the K/V heads, which multi_query_attention needs")
            }
            if let other = try fields.whole("num_key_value_heads", in: range), other != groups {
                findings.remark(
                    "num_key_value_heads says \(grouped(other)), but multi_query_attention is "
                        + "true: multi_query_group_num is used.")
            }
            return Sourced(number: groups, rule: fields.name("multi_query_group_num"))
        }
        if let found = try first(keys, in: range) { return found }
        if let nested = try fields.nested("attn_config"),
            let heads = try nested.whole("kv_n_heads", in: range)
        {
            return Sourced(number: heads, rule: nested.name("kv_n_heads"))
        }
        // These families share one head unless the flag says otherwise.
        if ["gpt_bigcode", "falcon", "RefinedWeb", "RefinedWebModel"].contains(modelType),
            try fields.flag("multi_query") == nil
        {
            throw missing(["multi_query"] + keys, "the K/V heads")
        }
        findings.remark(
            "No field for K/V heads: as many as query heads, \(grouped(queryHeads.number)).")
        return Sourced(
            number: queryHeads.number, rule: "\(queryHeads.rule): no field for K/V heads")
    }

    private func legal(_ heads: Sourced, _ queryHeads: Sourced) throws(FileProblem) -> Sourced {
        guard queryHeads.number % heads.number == 0 else {
            throw FileProblem(
                "\(heads.rule) is \(grouped(heads.number)), which does not divide the "
                    + "\(grouped(queryHeads.number)) query heads (\(queryHeads.rule))")
        }
        return heads
    }

    private mutating func perLayerHeads(
        layers: Int, queryHeads: Sourced
    ) throws(FileProblem) -> [Int]? {
        let key = "num_key_value_heads_per_layer"
        guard let items = try fields.layerList(key, layers: layers) else { return nil }
        var heads: [Int] = []
        for (index, item) in items.enumerated() {
            let name = "\(fields.name(key))[\(index)]"
            let count = try ConfigFields.whole(item, name, in: 1...ConfigFields.Limit.heads)
            heads.append(try legal(Sourced(number: count, rule: name), queryHeads).number)
        }
        findings.note(.keyValueHeads, runText(heads), fields.name(key))
        return heads
    }

    /// Gemma 4's layers that keep every token have fewer and wider heads.
    private mutating func fullLayerHeads(
        heads: Int, width: Int, queryHeads: Sourced
    ) throws(FileProblem) -> TokenEntry? {
        let ownHeads = try fields.whole(
            "num_global_key_value_heads", in: 1...ConfigFields.Limit.heads)
        let ownWidth = try fields.whole("global_head_dim", in: 1...ConfigFields.Limit.width)
        guard ownHeads != nil || ownWidth != nil else { return nil }
        if let ownHeads {
            let rule = fields.name("num_global_key_value_heads")
            _ = try legal(Sourced(number: ownHeads, rule: rule), queryHeads)
            findings.note(.fullKeyValueHeads, ownHeads, rule)
        }
        if let ownWidth {
            findings.note(.fullHeadDimension, ownWidth, fields.name("global_head_dim"))
        }
        return .heads(ownHeads ?? heads, ownWidth ?? width)
    }

    // MARK: Widths

    private mutating func headDimension(
        queryHeads: Sourced, hidden: Sourced?
    ) throws(FileProblem) -> Sourced {
        let keys = ["head_dim", "hidden_size_per_head", "attention_head_dim", "kv_channels"]
        for key in keys {
            guard let value = try fields.whole(key, in: 0...ConfigFields.Limit.width) else {
                continue
            }
            if value > 0 { return Sourced(number: value, rule: fields.name(key)) }
            findings.remark("\(fields.name(key)) is 0, which is not a width: ignored.")
        }
        guard let hidden else {
            throw missing(keys + ["hidden_size", "n_embd", "d_model"], "the head width")
        }
        guard hidden.number % queryHeads.number == 0 else {
            throw FileProblem(
                "has no field for the head width (\(wordList(keys))), and \(hidden.rule) "
                    + "\(grouped(hidden.number)) does not divide by \(queryHeads.rule) "
                    + "\(grouped(queryHeads.number))")
        }
        let width = hidden.number / queryHeads.number
        findings.remark(
            "No field for the head width: \(hidden.rule) / \(queryHeads.rule) = \(grouped(width)).")
        return Sourced(
            number: width,
            rule: "\(hidden.rule) / \(queryHeads.rule) = "
                + "\(grouped(hidden.number)) / \(grouped(queryHeads.number))")
    }

    private mutating func latent(
        rank: Int, rotary: Int, queryHeads: Sourced
    ) throws(FileProblem) -> ConfigHeads {
        findings.note(.latent, rank, fields.name("kv_lora_rank"))
        findings.note(.rotary, rotary, fields.name("qk_rope_head_dim"))
        let width = 1...ConfigFields.Limit.width
        if let heads = try fields.whole("num_key_value_heads", in: 1...ConfigFields.Limit.heads) {
            findings.remark(
                "\(fields.name("num_key_value_heads")) says \(grouped(heads)), but a latent is "
                    + "kept and no head.")
        }
        if let other = try fields.whole("head_dim", in: 0...width.upperBound), other > 0 {
            findings.remark(
                "\(fields.name("head_dim")) says \(grouped(other)), which is not what is kept.")
        }
        if try fields.whole("index_topk", in: width) != nil {
            findings.remark("The index keys of its sparse attention are not counted.")
        }
        let widths = [
            try fields.whole("v_head_dim", in: width),
            try fields.whole("qk_nope_head_dim", in: width),
        ]
        return ConfigHeads(
            entry: .latent(LatentWidths(latentRank: rank, rotaryDimension: rotary)),
            fullEntry: nil, perLayer: nil, queryHeads: queryHeads,
            comparableWidth: widths.compactMap(\.self).first)
    }
}

/// A list with neighbours that are equal counted: "4 x 8, 2 x 0".
func runText(_ values: [Int]) -> String {
    var runs: [(count: Int, value: Int)] = []
    for value in values {
        if runs.last?.value == value {
            runs[runs.count - 1].count += 1
        } else {
            runs.append((1, value))
        }
    }
    let parts = runs.prefix(8).map { "\($0.count) x \($0.value)" }
    return parts.joined(separator: ", ") + (runs.count > 8 ? " ..." : "")
}
