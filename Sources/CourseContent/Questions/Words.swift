import Lessons

/// A short text of a question, with emphasis, code and figures.
package struct Words: Hashable, Sendable {
    /// The pieces of text in it.
    package let inlines: [Inline]

    /// Words of pieces of text.
    package init(_ inlines: [Inline]) { self.inlines = inlines }

    /// Plain text of the program's own.
    package init(_ text: String) {
        inlines = [.text(text, SourcePlace(line: 1, column: 1))]
    }

    /// The text alone, as it is kept when it was answered.
    package var plain: String { inlines.map(\.plain).joined() }

    /// The figures in it, in reading order.
    package var figures: [Figure] { inlines.flatMap(\.figures) }
}
