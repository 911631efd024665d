import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// The "why" view of a model whose layers differ: kind by kind, each value with its rule; and of
/// every model, where its values were read.
extension CourseApp {
    /// The derivation of a model whose layers do not all keep the same, as long as the setting is
    /// the model's.
    var layerDerivation: Derivation? {
        guard foreignVariant == nil, let shape = builtModel?.shape,
            shape.stack.groups.count > 1 || shape.stack.hasWindows,
            let load
        else { return nil }
        return try? Derivation(
            shape, load,
            rules: Derivation.Rules(tokens: "set here", batch: "set here", format: "set here"))
    }

    func lines(of derivation: Derivation) -> [Line] {
        let width = OverlayPage.area(of: size).width - 4
        let valueWidth = derivation.lines.map(\.value.count).max() ?? 0
        return derivation.lines.flatMap { line -> [Line] in
            if line.kind == .heading {
                let rule = line.rule.isEmpty ? "" : ": \(line.rule)"
                return wrapped(
                    [Span(line.name, Style(.text, .bold)), Span(rule, Style(.faint))],
                    width: width, glyphs: glyphs)
            }
            let sign =
                switch line.kind {
                case .first, .heading: " "
                case .factor: String(glyphs.times)
                case .result: "="
                }
            let figure = Style(.accent, line.kind == .result ? .bold : [])
            let start: Line = [
                Span("  " + line.name.padded(to: 17) + sign + " "),
                Span(line.value.leading(to: valueWidth), figure), Span("  "),
            ]
            let indent = Span(String(repeating: " ", count: start.width))
            let rules = wrapped(
                [Span(line.rule, Style(.faint))], width: max(12, width - start.width),
                glyphs: glyphs)
            return rules.isEmpty
                ? [start] : rules.enumerated().map { ($0 == 0 ? start : [indent]) + $1 }
        }
    }

    /// Where the chosen model's values were read, and what is not certain of them.
    var backgroundLines: [Line] {
        guard let model else { return [] }
        let width = OverlayPage.area(of: size).width - 4
        var lines: [Line] = [[], [Span(model.name, Style(.text, .bold))]]
        for passage in background(of: model) {
            lines += wrapped(
                [Span(passage.text, Style(passage.isDoubt ? .accent : .faint))], width: width,
                glyphs: glyphs)
        }
        return lines
    }
}
