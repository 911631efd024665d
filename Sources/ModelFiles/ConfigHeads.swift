import AttentionEngine
import ModelCatalog

/// What the layers of a config keep of a token, before it is known which of them keep it.
struct ConfigHeads {
    /// Of most layers.
    let entry: TokenEntry
    /// Of the layers that keep every token, where they have heads of their own.
    var fullEntry: TokenEntry?
    /// Of the layers that keep a window, where they have heads of their own.
    var windowEntry: TokenEntry?
    /// The K/V heads of each layer, where the file lists them.
    var perLayer: [Int]?
    /// The entries of single layers, by their numbers.
    var single: [Int: TokenEntry] = [:]
    let queryHeads: Sourced
    /// The head width to compare with, nil where a latent's file leaves it out.
    let comparableWidth: Int?

    /// What a layer of a kind that grows keeps of a token.
    func entry(ofLayer layer: Int, _ kind: LayerCache.Kind) -> TokenEntry {
        if let own = single[layer] { return own }
        let entry = (kind == .full ? fullEntry : windowEntry) ?? entry
        return perLayer.map { entry.with(keyValueHeads: $0[layer]) } ?? entry
    }
}

extension ConfigReader {
    mutating func heads(
        layers: Int, queryHeads: Sourced, hidden: Sourced?
    ) throws(FileProblem) -> ConfigHeads {
        let width = ConfigFields.Limit.width
        if try fields.flag("use_mla") != false,
            let rank = try first(["kv_lora_rank"], in: 0...width), rank.number > 0
        {
            return try latent(rank: rank, queryHeads: queryHeads)
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
        if let own = try fields.whole("v_head_dim", in: 1...width), own != valueWidth {
            findings.note(.valueDimension, own, fields.name("v_head_dim"))
            valueWidth = own
        }
        var all = ConfigHeads(
            entry: .heads(count: heads, keyWidth: dimension.number, valueWidth: valueWidth),
            perLayer: perLayer, queryHeads: queryHeads, comparableWidth: dimension.number)
        all.single = try singleLayers(layers: layers, like: all.entry, queryHeads: queryHeads)
        if all.single.isEmpty {
            all.fullEntry = try fullLayerHeads(
                heads: heads, width: dimension.number, queryHeads: queryHeads)
        }
        if family != nil {
            all.windowEntry = try windowLayerHeads(like: all.entry, queryHeads: queryHeads)
        }
        return all
    }

    // MARK: K/V heads

    /// The rule that applies first: a flag that says one head for all, then a field with the
    /// number, then as many as query heads.
    private mutating func keyValueHeads(queryHeads: Sourced) throws(FileProblem) -> Sourced {
        let range = 1...ConfigFields.Limit.heads
        let keys = [
            "n_head_kv", "num_kv_heads", "num_key_value_heads", "num_attention_groups",
            "n_kv_heads", "n_kv_head", "num_query_groups",
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
        if let nested = try fields.nested("attn_config") {
            let type = try nested.text("attn_type")
            if type == "multiquery_attention" {
                return Sourced(number: 1, rule: "\(nested.name("attn_type")) is \(type ?? "")")
            }
            if let heads = try nested.whole("kv_n_heads", in: range) {
                return Sourced(number: heads, rule: nested.name("kv_n_heads"))
            }
            if type == "grouped_query_attention" {
                throw missing(["attn_config.kv_n_heads"], "the K/V heads")
            }
        }
        if let shared = try first(["n_shared_head"], in: range) {
            return Sourced(
                number: (queryHeads.number + shared.number - 1) / shared.number,
                rule: "\(queryHeads.rule) / \(shared.rule)")
        }
        // These families share one head unless the flag says otherwise.
        if ["gpt_bigcode", "falcon", "RefinedWeb", "RefinedWebModel"].contains(modelType),
            try fields.flag("multi_query") == nil
        {
            throw missing(["multi_query"] + keys, "the K/V heads")
        }
        try refuseDivision(keys, "the K/V heads", as: "num_key_value_heads")
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
        var ownHeads = try fields.whole(
            "num_global_key_value_heads", in: 1...ConfigFields.Limit.heads)
        let isAsWritten = try fields.flag("attention_k_eq_v")
        if ownHeads != nil, !(isAsWritten ?? (family?.defaults["attention_k_eq_v"] != 0)) {
            findings.remark(
                "attention_k_eq_v is \(isAsWritten == nil ? "missing, which is " : "")false: "
                    + "num_global_key_value_heads counts for nothing.")
            ownHeads = nil
        }
        let ownWidth = try first(["global_head_dim"], in: 1...ConfigFields.Limit.width)
        guard ownHeads != nil || ownWidth != nil else { return nil }
        if let ownHeads {
            let rule = fields.name("num_global_key_value_heads")
            _ = try legal(Sourced(number: ownHeads, rule: rule), queryHeads)
            findings.note(.fullKeyValueHeads, ownHeads, rule)
        }
        if let ownWidth { findings.note(.fullHeadDimension, ownWidth.number, ownWidth.rule) }
        return .heads(ownHeads ?? heads, ownWidth?.number ?? width)
    }

    /// MiMo's layers with a window have heads of their own, and so have Step's, in an object.
    private mutating func windowLayerHeads(
        like entry: TokenEntry, queryHeads: Sourced
    ) throws(FileProblem) -> TokenEntry? {
        guard case .heads(let count, let keyWidth, let valueWidth) = entry else { return nil }
        let other = try fields.nested("attention_other_setting")
        func own(_ keys: [(ConfigFields?, String)], _ most: Int) throws(FileProblem) -> Sourced? {
            for (holder, key) in keys {
                if let value = try holder?.whole(key, in: 1...most), let holder {
                    return Sourced(number: value, rule: holder.name(key))
                }
            }
            return nil
        }
        let most = (heads: ConfigFields.Limit.heads, width: ConfigFields.Limit.width)
        let heads = try own(
            [
                (fields, "swa_num_key_value_heads"), (fields, "num_swa_key_value_heads"),
                (other, "num_attention_groups"),
            ], most.heads)
        let keys = try own([(fields, "swa_head_dim"), (other, "head_dim")], most.width)
        let values = try own([(fields, "swa_v_head_dim")], most.width)
        guard heads != nil || keys != nil || values != nil else { return nil }
        if let heads {
            let queries = try own(
                [
                    (fields, "swa_num_attention_heads"), (fields, "num_swa_attention_heads"),
                    (other, "num_attention_heads"),
                ], most.heads)
            _ = try legal(heads, queries ?? queryHeads)
        }
        let windowed = TokenEntry.heads(
            count: heads?.number ?? count, keyWidth: keys?.number ?? keyWidth,
            valueWidth: values?.number ?? (keys == nil ? valueWidth : keys?.number ?? valueWidth))
        guard windowed != entry else { return nil }
        findings.note(
            .windowHeads, Self.entryText(windowed),
            [heads, keys, values].compactMap { $0?.rule }.joined(separator: ", "))
        return windowed
    }

    /// Gemma 4 as newer libraries write it: an object with the layers' numbers, and what is other
    /// in each of them.
    private mutating func singleLayers(
        layers: Int, like entry: TokenEntry, queryHeads: Sourced
    ) throws(FileProblem) -> [Int: TokenEntry] {
        guard family != nil, let all = try fields.nested("per_layer_config"),
            case .object(let members) = all.object,
            case .heads(let count, let keyWidth, let valueWidth) = entry
        else { return [:] }
        var entries: [Int: TokenEntry] = [:]
        for key in members.keys.sorted() {
            guard let layer = Int(key), (0..<layers).contains(layer), let own = try all.nested(key)
            else {
                throw FileProblem(
                    "\(all.name(plainText(key))) is of no layer from 0 to \(layers - 1)")
            }
            if case .object(let settings) = own.object {
                let known: Set = ["head_dim", "num_key_value_heads", "num_attention_heads"]
                for setting in settings.keys.sorted()
                where !known.contains(setting) && LayerField.isDecisive(setting) {
                    throw FileProblem("\(own.name(plainText(setting))) is not understood")
                }
            }
            let heads = try own.whole("num_key_value_heads", in: 1...ConfigFields.Limit.heads)
            if let heads {
                _ = try legal(
                    Sourced(number: heads, rule: own.name("num_key_value_heads")), queryHeads)
            }
            let width = try own.whole("head_dim", in: 1...ConfigFields.Limit.width)
            entries[layer] = .heads(
                count: heads ?? count, keyWidth: width ?? keyWidth,
                valueWidth: width ?? valueWidth)
        }
        if let one = entries.values.first {
            findings.note(
                .ownLayers,
                "\(entries.count) layers"
                    + (Set(entries.values).count == 1 ? " with \(Self.entryText(one))" : ""),
                fields.name("per_layer_config"))
        }
        return entries
    }

    private static func entryText(_ entry: TokenEntry) -> String {
        guard case .heads(let count, let keyWidth, let valueWidth) = entry else { return "" }
        return "\(count) of \(keyWidth)" + (keyWidth == valueWidth ? "" : " and \(valueWidth)")
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
        if fields.object["head_dim"] == nil,
            let own = try first(["head_dim"], in: 1...ConfigFields.Limit.width)
        {
            return own
        }
        try refuseDivision(keys, "the head width", as: "head_dim")
        var hidden = hidden
        if hidden == nil {
            hidden = try first(["hidden_size"], in: 1...ConfigFields.Limit.width)
        }
        guard let hidden else {
            throw missing(
                keys + ["hidden_size", "n_embd", "n_embed", "d_model", "dim"], "the head width")
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
        rank: Sourced, queryHeads: Sourced
    ) throws(FileProblem) -> ConfigHeads {
        let width = 1...ConfigFields.Limit.width
        let rotary = try required(
            ["qk_rope_head_dim"], "the rotary width, which kv_lora_rank needs",
            in: 0...width.upperBound)
        findings.note(.latent, rank.number, rank.rule)
        findings.note(.rotary, rotary.number, rotary.rule)
        if let heads = try fields.whole("num_key_value_heads", in: 1...ConfigFields.Limit.heads) {
            findings.remark(
                "\(fields.name("num_key_value_heads")) says \(grouped(heads)), but a latent is "
                    + "kept and no head.")
        }
        if let other = try fields.whole("head_dim", in: 0...width.upperBound), other > 0 {
            findings.remark(
                "\(fields.name("head_dim")) says \(grouped(other)), which is not what is kept.")
        }
        let widths = [
            try fields.whole("v_head_dim", in: width),
            try fields.whole("qk_nope_head_dim", in: width),
        ]
        return ConfigHeads(
            entry: .latent(LatentWidths(latentRank: rank.number, rotaryDimension: rotary.number)),
            queryHeads: queryHeads, comparableWidth: widths.compactMap(\.self).first)
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
