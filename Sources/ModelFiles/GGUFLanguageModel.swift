import AttentionEngine
import LanguageModel

/// A model of the Llama kind from a GGUF file that is mapped into memory: its weights stay where
/// they lie.
package struct GGUFLanguageModel: Sendable {
    /// What the file calls it, on one line; empty where it does not say.
    package let name: String
    /// The model.
    package let model: LanguageModel
    /// What makes its tokens of text, and text of them.
    package let tokenizer: Tokenizer
    /// What its text is begun with where the file asks for it.
    package let firstToken: Int?
    /// Tokens that end a text.
    package let lastTokens: Set<Int>

    /// Reads the header and finds the weights. The mapping must stay for as long as the model is
    /// used. Throws, naming the key or tensor, what is missing, wrong or of a kind that is not run.
    package init(mapped: UnsafeRawBufferPointer) throws(FileProblem) {
        nonisolated(unsafe) let mapped = mapped
        let file = FileBytes(count: mapped.count) { Array(mapped[$0]) }
        let header = try GGUFHeader(reading: file)
        name =
            try ConfigFields(object: .object(header.metadata), path: "").text("general.name")
            .map { plainText($0) } ?? ""
        model = try GGUFWeightReader(header: header, mapped: mapped).model()
        let vocabulary = GGUFVocabularyReader(header: header, file: file)
        tokenizer = try vocabulary.tokenizer(of: model.shape.vocabulary)
        firstToken = try vocabulary.firstToken(tokenizer)
        lastTokens = try vocabulary.lastTokens(tokenizer)
    }
}

/// What `body` makes, its problem as the file's.
func stating<T>(_ body: () throws(LanguageModelProblem) -> T) throws(FileProblem) -> T {
    do throws(LanguageModelProblem) { return try body() } catch {
        throw FileProblem(error.description)
    }
}
