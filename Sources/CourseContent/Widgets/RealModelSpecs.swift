/// What a real model wrote with its cache kept in some ways, as a lesson asks for it.
package struct WritingSpec: Hashable, Sendable {
    /// A way to keep what a token leaves in a layer; the raw value is the word in a lesson.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// The keys and values of the heads it was built with.
        case built
        /// Those heads copied until each query head has its own.
        case copies
        /// One head, the mean of those built.
        case mean
        /// One head, the one that stands best for those built.
        case best
        /// A latent as wide as the setting's c.
        case latent
        /// The heads built, in the setting's bytes per number.
        case bits
    }

    /// The ways that stand side by side, in order.
    package var forms = [Form.built]

    /// As many ways as a lesson may name.
    package static let mostForms = 3
    /// As many tokens as are written.
    package static let mostWritten = CacheSpec.mostWords
}

/// Where a real model's heads look, which a lesson asks for without more words.
package enum LooksSpec {
    /// The layers that may be looked at.
    package static let layers = 30
    /// The tokens of the sentence.
    package static let tokens = 15
    /// As many heads, and layers, of another model as are looked at.
    package static let mostHeads = 256
}
