/// A piece of a text that says how it stands out.
package struct Phrase: Hashable, Sendable {
    /// How a piece stands out where there is more than plain text.
    package enum Tone: Hashable, Sendable { case plain, strong, faint, figure, result }

    /// The piece as it is written, with the spaces around it.
    package let text: String
    /// How the piece stands out.
    package let tone: Tone

    /// A piece that stands out in some way, plain where nothing else is said.
    package init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }
}

extension Sequence<Phrase> {
    /// The pieces one behind the other.
    package var text: String { map(\.text).joined() }
}
