/// A piece of a text that says how it stands out.
package struct Phrase: Hashable, Sendable {
    /// How a piece stands out where there is more than plain text.
    package enum Tone: Hashable, Sendable { case plain, strong, faint, figure, result }

    package let text: String
    package let tone: Tone

    package init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }
}

extension Sequence<Phrase> {
    /// The pieces one behind the other.
    package var text: String { map(\.text).joined() }
}
