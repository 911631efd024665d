/// A real cache that a key fills, token by token, as a lesson asks for it.
package struct AppendSpec: Hashable, Sendable {
    /// The tokens, in order.
    package var words: [String]

    /// As many tokens as a lesson may name.
    package static let mostWords = 12

    /// The cache of a sentence.
    package init(words: [String] = []) { self.words = words }
}
