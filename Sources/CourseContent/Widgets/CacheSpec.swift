/// Tokens, and the keys and values kept of them, as a lesson asks for them.
package struct CacheSpec: Hashable, Sendable {
    /// What becomes of keys and values; the raw value is the word in a lesson.
    package enum Mode: String, CaseIterable, Hashable, Sendable {
        /// Kept as they are, or made again for each token.
        case kept, recomputed
    }

    /// The tokens, in order.
    package var words: [String]
    /// Whether keys and values are kept, or made again for each token.
    package var mode: Mode

    /// The picture of a sentence.
    package init(words: [String] = [], mode: Mode = .kept) {
        self.words = words
        self.mode = mode
    }
}
