import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog
import TerminalCanvas

/// The cache's size unfolded; of a model whose layers differ, kind by kind; and of every model,
/// where its values were read. Of a head by hand, the largest share.
struct WhyScreen: TextScreen {
    /// Whether it is about the setting as it shares, whatever the step below is about.
    var isOfSetting = false
    var scroll = 0

    static let keys: [KeyBinding] = [.unitsHere, .help, .closeReading(by: "w")]

    func text(in app: CourseApp) -> Page {
        guard let unfolding = app.session.unfolding(ofSetting: isOfSetting) else {
            let words = Session.veiledWords
            return Page(title: "Why", lines: app.session.isVeiled ? [[Span(words)]] : [])
        }
        let title = unfolding.isPartial ? "Why: the factors so far" : unfolding.title
        let lines =
            switch unfolding.content {
            case .factors(let factors, let others):
                factors.map { line(of: $0, app.glyphs) } + (unfolding.isPartial ? [] : [[]])
                    + others.map {
                        [
                            Span($0.name.padded(to: 6), .strong),
                            Span("\($0.share): \(app.session.units.text($0.size))"),
                        ]
                    }
            case .layers(let derivation): lines(of: derivation, in: app)
            case .share(let steps): steps.flatMap { self.lines(of: $0, in: app) }
            }
        return Page(title: title, lines: lines + (unfolding.isPartial ? [] : background(in: app)))
    }

    private func line(of factor: Unfolding.Factor, _ glyphs: Glyphs) -> Line {
        let sign = factor.isMultiplied ? "\(glyphs.times) " : ""
        return [
            Span((sign + factor.name).padded(to: 22)),
            Span(grouped(factor.product).leading(to: 17), .bright),
            Span("  " + factor.owner, .faint),
        ]
    }

    private func lines(of step: HeadFigures.Step, in app: CourseApp) -> [Line] {
        app.wrapped(
            [Span(step.sum + " = "), Span(step.result, .bright)],
            behind: Span(step.name.padded(to: 26)))
    }

    private func lines(of derivation: Derivation, in app: CourseApp) -> [Line] {
        let valueWidth = derivation.lines.map(\.value.count).max() ?? 0
        return derivation.lines.flatMap { line -> [Line] in
            if line.kind == .heading {
                let rule = line.rule.isEmpty ? "" : ": \(line.rule)"
                return app.wrapped([Span(line.name, .strong), Span(rule, .faint)])
            }
            let sign =
                switch line.kind {
                case .first, .heading: " "
                case .factor: String(app.glyphs.times)
                case .result: "="
                }
            let figure = Style(.accent, line.kind == .result ? .bold : [])
            let start: Line = [
                Span("  " + line.name.padded(to: 17) + sign + " "),
                Span(line.value.leading(to: valueWidth), figure), Span("  "),
            ]
            let indent = Span.blank(start.width)
            return app.wrapped(line.rule, .faint, width: max(12, app.pageWidth - start.width))
                .enumerated().map { ($0 == 0 ? start : [indent]) + $1 }
        }
    }

    /// Where the chosen model's values were read, and what is not certain of them.
    private func background(in app: CourseApp) -> [Line] {
        guard let model = app.session.model else { return [] }
        return [[], [Span(model.name, .strong)]] + app.lines(ofBackground: model)
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("why", scroll) }
}

extension CourseApp {
    func lines(ofBackground model: Model) -> [Line] {
        model.background.flatMap { text, isDoubt in wrapped(text, isDoubt ? .accent : .faint) }
    }
}

extension KeyBinding {
    /// In what shows sizes.
    static let unitsHere = KeyBinding(
        "u", .units, "Units of sizes: GB and GiB, one of them, or bytes", label: "units")
}
