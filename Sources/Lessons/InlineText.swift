extension Inline {
    /// A text inside a directive as inlines, so that questions and answers may hold emphasis and
    /// figures too.
    ///
    /// Everything in it is said to stand at `place`: where YAML folds lines, a text has no places
    /// of its own. Cost: the length of the text.
    package static func parse(
        _ text: String, at place: SourcePlace
    ) -> (inlines: [Inline], findings: [Finding]) {
        var findings = FindingList()
        let lines = SourceText(text, findings: &findings).lines
        let source = InlineSource(paragraph: lines.map { LinePart(line: $0, spaces: 0, start: 0) })
        var parser = InlineParser(source)
        let inlines = parser.parse(findings: &findings)
        return (
            inlines.map { $0.placed(at: place) },
            findings.findings.map {
                Finding(rule: $0.rule, severity: $0.severity, place: place, message: $0.message)
            }
        )
    }

    private func placed(at place: SourcePlace) -> Inline {
        switch self {
        case .text(let text, _): .text(text, place)
        case .code(let text, _): .code(text, place)
        case .emphasis(let inner): .emphasis(inner.map { $0.placed(at: place) })
        case .strong(let inner): .strong(inner.map { $0.placed(at: place) })
        case .link(let inner, let destination):
            .link(inner.map { $0.placed(at: place) }, destination: destination)
        case .figure(let figure):
            .figure(
                Figure(
                    quantity: figure.quantity, arguments: figure.arguments,
                    written: figure.written, place: place))
        case .lineBreak: .lineBreak
        }
    }
}
