import AttentionEngine
import ModelCatalog

/// The first sections of the text: what it is, what it needs, what sharing otherwise would need.
extension MemoryAnswer {
    var heading: [String] {
        let heads: String
        if let latent = shape.latent {
            heads =
                "a latent of \(grouped(latent.latentRank)) + \(grouped(latent.rotaryDimension)) "
                + "for \(grouped(shape.queryHeads)) query heads"
        } else {
            heads =
                "\(grouped(shape.queryHeads)) query heads on "
                + wordList(shape.stack.entries.map(Self.entryText), separator: " or ")
        }
        let isNamed = request.rules.format.hasPrefix(load.format.rawValue) || isFormatAsked
        let width = "bytes per number \(load.format.bytesText)"
        let format =
            load.format.numberWidth == nil
            ? "\(load.format.rawValue) (\(load.format.bytesText))"
            : isNamed ? "\(load.format.rawValue) (\(width))" : width
        let layers = grouped(shape.stack.layers)
        let doubt = shape.unknownFamily.map { " (model_type '\($0)' is not known)" } ?? ""
        return wrapped(
            "\(shape.name): \(shape.kind), \(layers) layers, \(heads)\(doubt)", indent: "  ")
            + wrapped(
                "\(grouped(load.tokens)) tokens, batch \(grouped(load.batch)), \(format)",
                indent: "  ")
    }

    private var isFormatAsked: Bool { request.rules.format.hasPrefix("--kv-dtype") }

    /// "8 K/V heads of 128".
    private static func entryText(_ entry: TokenEntry) -> String {
        switch entry {
        case .latent: return "a latent"
        case .heads(let count, let keyWidth, let valueWidth):
            let heads = count == 1 ? "1 K/V head" : "\(grouped(count)) K/V heads"
            return keyWidth == valueWidth
                ? "\(heads) of \(grouped(keyWidth))"
                : "\(heads) of \(grouped(keyWidth)) (keys) and \(grouped(valueWidth)) (values)"
        }
    }

    // MARK: Layers

    /// A sign for each layer of a model whose layers differ, and what the signs mean.
    var strip: [String] {
        let groups = shape.stack.groups
        guard groups.count > 1 else { return [] }
        var legend: [String] = []
        for kind in LayerCache.Kind.allCases {
            let own = groups.filter { $0.cache.kind == kind }
            guard !own.isEmpty else { continue }
            let limits = Set(own.compactMap(\.cache.limit)).sorted().map(grouped)
            let size =
                limits.isEmpty
                ? kind == .linear && shape.states == nil ? " (a fixed state, not counted)" : ""
                : " of \(wordList(limits, separator: " or ")) tokens"
            legend.append(
                "\(Self.sign(kind)) \(grouped(own.reduce(0) { $0 + $1.layers })) "
                    + kind.longName + size)
        }
        // Sixty in a row, so that patterns of two to six layers stand below each other.
        var picture: [String] = []
        if shape.stack.layers <= 600, subject.setting == nil {
            let signs = shape.stack.runs.flatMap { run in
                Array(repeating: Self.sign(run.cache.kind), count: run.layers)
            }
            for start in stride(from: 0, to: signs.count, by: 60) {
                let number = String(start)
                picture.append(
                    String(repeating: " ", count: 5 - number.count) + number + "  "
                        + signs[start..<min(start + 60, signs.count)].joined())
            }
        }
        let line = "       " + legend.joined(separator: "    ")
        return picture + (line.count <= 80 ? [line] : legend.map { "       " + $0 })
    }

    private static func sign(_ kind: LayerCache.Kind) -> String {
        switch kind {
        case .full: "#"
        case .window: "w"
        case .chunked: "c"
        case .linear: "~"
        case .shared: "s"
        case .none: "."
        }
    }

    // MARK: Sizes

    var sizeLines: [String] {
        var lines = ["Attention needs      \(needed.both) = \(needed.exact)"]
        for (name, size) in [
            ("Its index keys take  ", sizes.indexKeys), ("Its states take      ", sizes.states),
        ] where size.bytes > 0 {
            lines.append("\(name)\(size.both) = \(size.exact)")
        }
        if sizes.total != needed {
            lines.append("Together             \(sizes.total.both) = \(sizes.total.exact)")
        }
        lines.append(
            "A token takes        \(bytesPerToken.both)"
                + (shape.stack.hasWindows ? " while no window is full" : " in all layers"))
        return lines
    }

    /// The layers with each way to share; a setting has a g of its own beside its latent.
    var variants: [(variant: AttentionVariant, stack: LayerStack)] {
        guard let setting = subject.setting else { return shape.variants }
        return MemoryReport(setting).variants.map { size in
            (size.variant, shape.stack.mapEntries { _ in TokenEntry(size.layout) })
        }
    }

    /// Every way to share at this load; nothing where only its own can be sized.
    var variantTable: [String] {
        if let reason = shape.noSetting {
            return wrapped("No comparison with MHA and MQA: \(reason).")
        }
        // A g of n or of 1 is MHA's or MQA's row.
        let isOwnRow = shape.attention == .gqa || subject.setting != nil
        let sizes = variants.filter { $0.variant != .gqa || isOwnRow }.compactMap {
            variant, stack in
            (try? stack.needed(load)).map { (variant: variant, stack: stack, size: $0) }
        }
        var table = TextTable(columns: [
            .init(title: "", alignment: .left), .init(title: "K/V heads", alignment: .right),
            .init(title: "total", alignment: .left),
            .init(title: "times less", alignment: .right), .init(title: "", alignment: .left),
        ])
        let most = sizes.first { $0.variant == .mha }?.size
        for (variant, stack, size) in sizes {
            let times = most.map { brief(Double($0.bytes) / Double(size.bytes)) } ?? ""
            table.rows.append([
                variant.shortName, Self.headsText(stack), size.both, times,
                variant == shape.attention ? "<- this model" : "",
            ])
        }
        return table.lines
    }

    /// "8", or "512+64" where a latent is kept.
    private static func headsText(_ stack: LayerStack) -> String {
        switch stack.entries.first {
        case .heads(let count, _, _)?: grouped(count)
        case .latent(let widths)?:
            "\(grouped(widths.latentRank))+\(grouped(widths.rotaryDimension))"
        case nil: ""
        }
    }

    /// What a reader of the figures should know: fallbacks, contexts beyond the model's, notes,
    /// doubts and sources.
    var remarks: [String] {
        var remarks = shape.remarks
        if let limit = shape.maximumTokens, load.tokens > limit {
            remarks.append("Its context ends at \(grouped(limit)) tokens.")
        }
        if let model = subject.model {
            remarks += model.remarks + model.doubts.map { "Doubtful: \($0.text)" }
            remarks.append("Source: \(model.sources.joined(separator: "; "))")
        }
        return remarks.flatMap { wrapped($0, first: "- ", indent: "  ") }
    }
}

/// "a, b and c", or with another word before the last.
func wordList(_ words: [String], separator: String = " and ") -> String {
    words.count < 2
        ? words.joined()
        : words.dropLast().joined(separator: ", ") + separator + words[words.count - 1]
}
