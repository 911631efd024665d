import AttentionEngine
import ModelCatalog

/// The caches of all variants at one setting.
struct SettingAnswer: MemoryAnswer {
    /// What the setting is; nil where the model says it, or where only the text form does.
    let title: String?
    let setting: CacheSetting
    /// The model whose setting it is.
    let model: Model?

    var lines: [String] {
        let report = MemoryReport(setting)
        var table = TextTable(columns: [
            .init(title: "", alignment: .left), .init(title: "g x n/g", alignment: .right),
            .init(title: "per token", alignment: .right), .init(title: "total", alignment: .left),
            .init(title: "times less", alignment: .right), .init(title: "", alignment: .left),
        ])
        for size in report.variants {
            table.rows.append([
                size.variant.shortName, heads(of: size), size.bytesPerToken.decimal,
                size.size.both, report.timesLessThanMHA(size.variant).map(brief) ?? "",
                size.variant == model?.attention ? "<- this model" : "",
            ])
        }
        let heading = [model?.name ?? title, setting.text].compactMap { $0 }
        let windows = setting.windowed == nil ? [] : ["Per token: while no window is full."]
        return heading + [""] + table.lines + ["", legend] + windows + [""] + letters
            + report.variants.flatMap(formula)
            + (model.map { remarks(of: $0, tokens: setting.tokens) } ?? [])
    }

    /// "8 x 12", or "512+64" for the latent and rotary width.
    private func heads(of size: VariantSize) -> String {
        switch size.layout {
        case .perHead(let keyValueHeads, _):
            "\(grouped(keyValueHeads)) x \(grouped(setting.queryHeads / keyValueHeads))"
        case .latent(let latentRank, let rotaryDimension):
            "\(grouped(latentRank))+\(grouped(rotaryDimension))"
        }
    }

    private var legend: String {
        "g x n/g: K/V heads x query heads on each"
            + (setting.latent == nil ? "." : "; for MLA the latent + rotary width.")
    }

    /// The formula in the notes' letters, above the variants' numbers.
    private var letters: [String] {
        var lines: [String] = []
        if let windowed = setting.windowed {
            let full = setting.layers - windowed.layers
            lines.append("      b * g * h * kept * 2 (K and V) * bytes per number, where")
            lines += wrapped(
                "kept = \(grouped(full)) * \(grouped(setting.tokens)) + "
                    + "\(grouped(windowed.layers)) * "
                    + "\(grouped(min(windowed.window, setting.tokens))) = "
                    + "\(grouped(setting.tokensKeptOverLayers)) tokens over all layers",
                first: "      ", indent: "      ")
        } else {
            lines.append("      l * b * g * h * s * 2 (K and V) * bytes per number")
        }
        if setting.latent != nil { lines.append("      (MLA: c + r instead of g * h * 2)") }
        return lines
    }

    /// "GQA = 96 * 1 * 8 * 128 * 1,024 * 2 * 2 = 402,653,184 bytes".
    private func formula(of size: VariantSize) -> [String] {
        let factors = size.factors.map(\.valueText).joined(separator: " * ")
        return wrapped(
            "\(size.variant.shortName) = \(factors) = \(size.size.exact)", indent: "      ")
    }

    var json: JSON {
        var inputs: [(key: String, value: JSON)] = [
            ("layers", .int(setting.layers)), ("batch", .int(setting.batch)),
            ("query_heads", .int(setting.queryHeads)), ("kv_heads", .int(setting.keyValueHeads)),
            ("head_dim", .int(setting.headDimension)), ("tokens", .int(setting.tokens)),
            ("bytes_per_number", .number(setting.numberWidth.bytesText)),
        ]
        if let latent = setting.latent {
            inputs.append(("latent", .int(latent.latentRank)))
            inputs.append(("rotary", .int(latent.rotaryDimension)))
        }
        if let windowed = setting.windowed {
            inputs.append(("window_layers", .int(windowed.layers)))
            inputs.append(("window", .int(windowed.window)))
        }
        let variants = MemoryReport(setting).variants.map { size in
            (key: size.variant.rawValue, value: Self.object(size))
        }
        return .object([("inputs", .object(inputs)), ("variants", .object(variants))])
    }

    private static func object(_ size: VariantSize) -> JSON {
        let widths: [(key: String, value: JSON)] =
            switch size.layout {
            case .perHead(let keyValueHeads, _): [("kv_heads", .int(keyValueHeads))]
            case .latent(let latentRank, let rotaryDimension):
                [("latent", .int(latentRank)), ("rotary", .int(rotaryDimension))]
            }
        return .object(
            widths + [
                ("bytes_per_token", .int(size.bytesPerToken.bytes)),
                ("bytes", .int(size.size.bytes)),
            ])
    }
}

/// What a reader of a model's figures should know: layers that are not counted, contexts beyond
/// the model's, notes, doubts and sources.
func remarks(of model: Model, tokens: Int) -> [String] {
    var remarks: [String] = []
    if model.linearLayers > 0 {
        remarks.append(
            "\(model.growingLayers) of its \(model.layers) layers keep keys and values of tokens.")
    }
    if tokens > model.maximumTokens {
        remarks.append("Its context ends at \(grouped(model.maximumTokens)) tokens.")
    }
    remarks += model.remarks + model.doubts.map { "Doubtful: \($0.text)" }
    remarks.append("Source: \(model.sources.joined(separator: "; "))")
    return [""] + remarks.flatMap { wrapped($0, first: "- ", indent: "  ") }
}
