import AttentionEngine
import CourseContent
import ModelCatalog
import TerminalCanvas

/// The "why" view: a cache's size unfolded one factor at a time.
extension CourseApp {
    func whyPage(_ scroll: Int) -> OverlayPage {
        if isVeiled {
            return OverlayPage(
                title: "Why",
                lines: [[Span("Guess first: the unfolding would give the answer away.")]])
        }
        let report = MemoryReport(setting)
        let spec = step.memory ?? MemorySpec()
        let shown = spec.formulaVariant(at: setting)
        guard let size = report[shown] else { return OverlayPage(title: "Why", lines: []) }
        if spec.factors == nil, let derivation = layerDerivation {
            return OverlayPage(
                title: whyTitle(size), lines: lines(of: derivation) + backgroundLines,
                scroll: scroll)
        }
        var lines = unfolding(of: size, shows: spec.shows).map { row -> Line in
            [
                Span(row.factor.padded(to: 22)),
                Span(grouped(row.product).leading(to: 17), Style(.accent, .bold)),
                Span("  " + row.owner, Style(.faint)),
            ]
        }
        guard spec.factors == nil else {
            return OverlayPage(title: "Why: the factors so far", lines: lines, scroll: scroll)
        }
        lines.append([])
        lines += comparison(of: size, report: report).map { other in
            [
                Span(other.name.padded(to: 6), Style(.text, .bold)),
                Span("\(other.share): \(units.text(other.size))"),
            ]
        }
        return OverlayPage(title: whyTitle(size), lines: lines + backgroundLines, scroll: scroll)
    }

    /// "Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each"
    func whyTitle(_ size: VariantSize) -> String {
        let shape = setting.shape
        let name =
            size.variant == .gqa
            ? counted(shape.keyValueHeads, "K/V head") + ", "
                + counted(shape.groupSize, "query head") + " each" : size.variant.longName
        return "Why \(units.text(size.size)): \(name)"
    }

    /// A factor of a cache's size: what is multiplied, the running product, and whose numbers
    /// those are.
    struct WhyRow {
        let factor: String
        let product: Int
        let owner: String
    }

    func unfolding(of size: VariantSize, shows: (CacheFactor.Kind) -> Bool) -> [WhyRow] {
        var rows: [WhyRow] = []
        var product = 1
        func line(_ factor: String, _ owner: String) {
            rows.append(WhyRow(factor: factor, product: product, owner: owner))
        }
        func multiply(_ kind: CacheFactor.Kind, by factor: Int, _ what: String, _ owner: String) {
            guard shows(kind) else { return }
            product *= factor
            line(rows.isEmpty ? what : "\(glyphs.times) \(what)", owner)
        }
        switch size.layout {
        case .perHead(let heads, let width):
            multiply(.parameter(.headDimension), by: width, "h, numbers of a key", "one key")
            multiply(.keyAndValue, by: 2, "2 (a key, a value)", "one K/V head")
            let kind = CacheFactor.Kind.parameter(.keyValueHeads)
            multiply(
                kind, by: heads, counted(heads, size.variant == .mha ? "head" : "K/V head"),
                "one layer")
        case .latent(let rank, let rotary):
            product = rank
            line("c, the latent", "for all heads")
            product += rotary
            line("+ \(rotary), the rotary key", "one layer")
        }
        if setting.windowed == nil {
            multiply(
                .parameter(.layers), by: setting.layers, counted(setting.layers, "layer"),
                "one token")
            multiply(
                .parameter(.tokens), by: setting.tokens, counted(setting.tokens, "token"),
                "one sequence")
        } else {
            let kept = setting.tokensKeptOverLayers
            multiply(
                .tokensKeptOverLayers, by: kept, "\(grouped(kept)) tokens kept", "all layers")
        }
        multiply(
            .parameter(.batch), by: setting.batch, "\(grouped(setting.batch)) in the batch",
            "all sequences")
        if shows(.parameter(.bytesPerNumber)) {
            product = size.size.bytes
            line("\(glyphs.times) \(setting.numberWidth.bytesText) bytes each", "bytes")
        }
        return rows
    }

    /// The other variants' sizes beside one: "12 times as much", "1/8 of it".
    func comparison(
        of size: VariantSize, report: MemoryReport
    ) -> [(name: String, share: String, size: ByteCount)] {
        let named = report.variants.filter { $0.variant != .gqa }
        // At the ends of its slider, and beside a latent, g is no further way to share.
        let others = report.variants.filter { other in
            other.variant != size.variant && other.numbers != size.numbers
                && (other.variant != .gqa || !named.contains { $0.numbers == other.numbers })
        }
        return others.map { other in
            let ratio = Double(other.numbers) / Double(size.numbers)
            let words =
                ratio > 1
                ? "\(brief(ratio)) times as much" : "1/\(brief(1 / ratio)) of it"
            return (other.variant.shortName, words, other.size)
        }
    }
}
