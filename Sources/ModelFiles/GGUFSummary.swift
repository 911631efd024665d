import LanguageModel

/// What a GGUF file says that it holds, and whether it is run, by its header alone.
package struct GGUFSummary: Hashable, Sendable {
    /// "llama"; empty where it does not say.
    package let architecture: String
    /// The format that holds most numbers of its weights, "Q4_1"; empty where it has no name here.
    package let format: String
    /// What keeps it from being run, as the rest of a sentence; nil where nothing is seen to.
    package let obstacle: FileProblem?

    /// Reads the header. Throws where the file has none. Cost: O(the header).
    package init(reading file: FileBytes) throws(FileProblem) {
        let header = try GGUFHeader(reading: file)
        if case .string(let text)? = header.metadata["general.architecture"] {
            architecture = plainText(text)
        } else {
            architecture = ""
        }
        var numbers: [UInt32: Double] = [:]
        for tensor in header.tensors.values where tensor.dimensions.count > 1 {
            numbers[tensor.type, default: 0] += tensor.dimensions.reduce(1) { $0 * Double($1) }
        }
        let most = numbers.max { ($0.value, $1.key) < ($1.value, $0.key) }
        format = most.flatMap { Self.formats[$0.key] } ?? ""
        obstacle = Self.obstacle(of: header, in: file)
    }

    private static func obstacle(of header: GGUFHeader, in file: FileBytes) -> FileProblem? {
        do throws(FileProblem) {
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            try GGUFWeightReader(header: header, mapped: none).check()
            _ = try GGUFVocabularyReader(header: header, file: file).preTokenizer()
            return nil
        } catch {
            return error
        }
    }

    /// By the numbers of ggml's types, also those that are not run.
    private static let formats: [UInt32: String] = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 10: "Q2_K",
        11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 16: "IQ2_XXS", 17: "IQ2_XS",
        18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS",
        29: "IQ1_M", 30: "BF16", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
    ]
}
