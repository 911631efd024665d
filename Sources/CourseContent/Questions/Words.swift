import Lessons

/// A short text of a question, with emphasis, code and figures.
struct Words: Hashable, Sendable {
    let inlines: [Inline]

    init(_ inlines: [Inline]) { self.inlines = inlines }

    /// Plain text of the program's own.
    init(_ text: String) {
        inlines = [.text(text, SourcePlace(line: 1, column: 1))]
    }

    /// The text alone, as it is kept when it was answered.
    var plain: String { inlines.map(\.plain).joined() }

    var figures: [Figure] { inlines.flatMap(\.figures) }
}

extension Inline {
    /// Its text without emphasis and addresses.
    var plain: String {
        switch self {
        case .text(let text, _), .code(let text, _): text
        case .figure(let figure): figure.written
        case .emphasis(let inner), .strong(let inner), .link(let inner, _):
            inner.map(\.plain).joined()
        case .lineBreak: " "
        }
    }
}
