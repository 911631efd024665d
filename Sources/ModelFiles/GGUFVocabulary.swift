import LanguageModel

/// Reads the vocabulary of a GGUF file, whose lists its header leaves out.
struct GGUFVocabularyReader {
    let header: GGUFHeader
    let file: FileBytes

    /// No vocabulary has more tokens, or merges.
    private static let most = 1 << 20

    private var fields: ConfigFields { ConfigFields(object: .object(header.metadata), path: "") }

    /// The tokenizer; its vocabulary must have as many tokens as the model.
    func tokenizer(of vocabulary: Int) throws(FileProblem) -> Tokenizer {
        let preTokenizer = try preTokenizer()
        let tokens = try list("tokenizer.ggml.tokens") { (cursor, key) throws(FileProblem) in
            try cursor.texts(key, atMost: Self.most)
        }
        guard let tokens, tokens.count == vocabulary else {
            throw FileProblem(
                "names \(tokens?.count ?? 0) tokens, and has numbers for \(vocabulary)")
        }
        let kinds = try list("tokenizer.ggml.token_type") { (cursor, key) throws(FileProblem) in
            try cursor.wholeNumbers(key, atMost: Self.most)
        }
        let merges = try list("tokenizer.ggml.merges") { (cursor, key) throws(FileProblem) in
            try cursor.texts(key, atMost: Self.most)
        }
        return try stating { () throws(LanguageModelProblem) in
            try Tokenizer(
                tokens: tokens, kinds: (kinds ?? []).map { .init(rawValue: $0) ?? .unused },
                merges: merges ?? [], preTokenizer: preTokenizer)
        }
    }

    /// What splits text before tokens are made; throws where that, or what makes them, is not
    /// understood.
    func preTokenizer() throws(FileProblem) -> Tokenizer.PreTokenizer {
        let kind = try fields.text("tokenizer.ggml.model") ?? ""
        guard kind == "gpt2" else {
            throw FileProblem(
                "makes tokens by \(kind.isEmpty ? "nothing" : plainText(kind)) "
                    + "(tokenizer.ggml.model); gpt2, byte-level BPE, is understood")
        }
        let name = try fields.text("tokenizer.ggml.pre") ?? ""
        guard let preTokenizer = Tokenizer.PreTokenizer(rawValue: name) else {
            throw FileProblem(
                "splits text by \(name.isEmpty ? "nothing" : plainText(name)) "
                    + "(tokenizer.ggml.pre); supported are "
                    + wordList(Tokenizer.PreTokenizer.allCases.map(\.rawValue)))
        }
        return preTokenizer
    }

    /// The token that text is begun with. Without a word in the file Llama 3's is, as llama.cpp
    /// has it, and no other.
    func firstToken(_ tokenizer: Tokenizer) throws(FileProblem) -> Int? {
        let isAdded =
            try fields.flag("tokenizer.ggml.add_bos_token")
            ?? (tokenizer.preTokenizer == .llamaBPE)
        guard isAdded else { return nil }
        return try fields.whole("tokenizer.ggml.bos_token_id", in: 0...tokenizer.count - 1)
    }

    /// The tokens that end a text or a turn of a talk.
    func lastTokens(_ tokenizer: Tokenizer) throws(FileProblem) -> Set<Int> {
        var tokens: Set<Int> = []
        for key in ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"] {
            if let token = try fields.whole(key, in: 0...tokenizer.count - 1) {
                tokens.insert(token)
            }
        }
        return tokens
    }

    /// A list, whether the header kept it or left it out; nil where there is none. Short lists of
    /// texts are left out as well.
    private func list<Items>(
        _ key: String, _ read: (inout GGUFCursor, String) throws(FileProblem) -> Items
    ) throws(FileProblem) -> Items? {
        guard let place = header.places[key] else { return nil }
        var cursor = GGUFCursor(file: file, position: place)
        cursor.isBigEndian = header.isBigEndian
        cursor.lengthBytes = header.version == 1 ? 4 : 8
        return try read(&cursor, key)
    }
}
