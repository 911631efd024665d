import AttentionEngine
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
        let shown = (step.memory ?? MemorySpec()).formulaVariant(at: setting)
        guard let size = report[shown] else { return OverlayPage(title: "Why", lines: []) }
        var lines = unfolding(of: size)
        lines.append([])
        lines += comparison(of: size, report: report)
        let name =
            shown == .gqa
            ? "\(setting.keyValueHeads) K/V heads, \(setting.shape.groupSize) query heads each"
            : shown.longName
        return OverlayPage(title: "Why \(size.size.both): \(name)", lines: lines, scroll: scroll)
    }

    /// One line a factor: what is multiplied, the running product, and whose numbers those are.
    private func unfolding(of size: VariantSize) -> [Line] {
        var lines: [Line] = []
        var product = 1
        func line(_ factor: String, _ owner: String) {
            lines.append([
                Span(factor.padded(to: 23)),
                Span(grouped(product).leading(to: 17), Style(.accent, .bold)),
                Span("  " + owner, Style(.faint)),
            ])
        }
        let times = glyphs.isASCII ? "x" : "×"
        func multiply(by factor: Int, _ one: String, _ many: String, _ owner: String) {
            product *= factor
            line("\(times) \(grouped(factor)) \(factor == 1 ? one : many)", owner)
        }
        switch size.layout {
        case .perHead(let heads, let width):
            product = width
            line("h, numbers of a key", "one key")
            multiply(by: 2, "", "(a key, a value)", "one K/V head")
            multiply(by: heads, "K/V head", "K/V heads", "one layer")
        case .latent(let rank, let rotary):
            product = rank
            line("c, the latent", "for all heads")
            product += rotary
            line("+ \(rotary), the rotary key", "one layer")
        }
        if setting.windowed == nil {
            multiply(by: setting.layers, "layer", "layers", "one token")
            multiply(by: setting.tokens, "token", "tokens", "one sequence")
        } else {
            multiply(
                by: setting.tokensKeptOverLayers, "token kept", "tokens kept", "all layers")
        }
        multiply(by: setting.batch, "in the batch", "in the batch", "all sequences")
        product = size.size.bytes
        line("\(times) \(setting.numberWidth.bytesText) bytes each", "bytes")
        return lines
    }

    private func comparison(of size: VariantSize, report: MemoryReport) -> [Line] {
        report.variants.filter { $0.variant != size.variant && $0.numbers != size.numbers }
            .map { other in
                let ratio = Double(other.numbers) / Double(size.numbers)
                let words =
                    ratio > 1
                    ? "\(brief(ratio)) times as much" : "1/\(brief(1 / ratio)) of it"
                return [
                    Span(other.variant.shortName.padded(to: 6), Style(.text, .bold)),
                    Span("\(words): \(other.size.both)"),
                ]
            }
    }
}

extension PreparedStep {
    /// The memory view of the step, where it has one.
    var memory: MemorySpec? {
        widgets.lazy.compactMap { if case .memory(let spec) = $0 { spec } else { nil } }.first
    }
}
