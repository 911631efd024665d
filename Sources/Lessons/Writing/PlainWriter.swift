/// Writes pieces of text as plain text: without emphasis, the address of a link behind its words,
/// the end of a line as it is.
package struct PlainWriter {
    /// What is written for a figure; nil where it cannot be computed, which is then said.
    private let figure: (Figure) -> String?

    /// A writer of figures as a function gives them.
    package init(figure: @escaping (Figure) -> String?) { self.figure = figure }

    /// The pieces one behind the other.
    package func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text, _), .code(let text, _): text
        case .emphasis(let inner), .strong(let inner): text(inner)
        case .figure(let figure): self.figure(figure) ?? "[\(figure.address)?]"
        case .link(let inner, let destination): "\(text(inner)) <\(destination)>"
        case .lineBreak: "\n"
        }
    }
}
