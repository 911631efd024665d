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
        var variants: [AttentionVariant] = [.gqa]
        if let spec = step.memory { variants = spec.variants }
        let shown: AttentionVariant =
            variants.contains(.mla) && report[.mla] != nil
            ? .mla : variants.contains(.gqa) ? .gqa : variants.last ?? .gqa
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

    /// One line a factor: what is multiplied, the running product, and what it counts.
    private func unfolding(of size: VariantSize) -> [Line] {
        var lines: [Line] = []
        var product = 1
        func line(_ factor: String, _ unit: String, _ meaning: String) {
            lines.append([
                Span(factor.padded(to: 30)),
                Span(grouped(product).leading(to: 19), Style(.accent, .bold)),
                Span(" \(unit)".padded(to: 10)), Span(meaning, Style(.faint)),
            ])
        }
        let times = glyphs.isASCII ? "x" : "×"
        switch size.layout {
        case .perHead(let heads, let width):
            product = width
            line("h, numbers in a key", "numbers", "one key")
            product *= 2
            line("\(times) 2, a key and a value", "numbers", "one K/V head")
            product *= heads
            line("\(times) \(grouped(heads)) K/V heads", "numbers", "one layer")
        case .latent(let rank, let rotary):
            product = rank
            line("c, numbers of the latent", "numbers", "for all heads")
            product += rotary
            line("+ r, the rotary key", "numbers", "one layer")
        }
        if setting.windowed == nil {
            product *= setting.layers
            line("\(times) \(grouped(setting.layers)) layers", "numbers", "one token")
            product *= setting.tokens
            line("\(times) \(grouped(setting.tokens)) tokens", "numbers", "one sequence")
        } else {
            product *= setting.tokensKeptOverLayers
            line(
                "\(times) \(grouped(setting.tokensKeptOverLayers)) kept tokens", "numbers",
                "windows drop the rest")
        }
        product *= setting.batch
        line("\(times) \(grouped(setting.batch)) in the batch", "numbers", "the whole batch")
        product = size.size.bytes
        line("\(times) \(setting.numberWidth.bytesText) bytes each", "bytes", size.size.both)
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
