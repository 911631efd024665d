import AttentionEngine

/// The caches of all variants at one setting.
struct SettingAnswer {
    /// What the setting is; nil where only its text form says it.
    let title: String?
    let setting: CacheSetting

    var lines: [String] {
        let report = MemoryReport(setting)
        var table = TextTable(columns: [
            .init(title: "", alignment: .left), .init(title: "g x n/g", alignment: .right),
            .init(title: "per token", alignment: .right), .init(title: "total", alignment: .left),
            .init(title: "times less", alignment: .right),
        ])
        for size in report.variants {
            table.rows.append([
                size.variant.shortName, heads(of: size), size.bytesPerToken.decimal,
                size.size.both, report.timesLessThanMHA(size.variant).map(brief) ?? "",
            ])
        }
        let heading = [title, setting.text].compactMap { $0 }
        let windows = setting.windowed == nil ? [] : ["Per token: while no window is full."]
        return heading + [""] + table.lines + ["", legend] + windows + [""] + letters
            + report.variants.flatMap(formula)
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
}
