/// What keeps a model from being run, as the rest of a sentence that begins with its file's name.
package struct LanguageModelProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rest of the sentence, without a full stop.
    package let description: String

    /// The rest of the sentence, without a full stop.
    package init(_ description: String) { self.description = description }
}
