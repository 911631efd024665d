/// Text to a model's tokens and back: byte-level BPE as GPT-2's.
///
/// Its text is bytes and is never compared as Swift's strings are, which takes time that grows
/// faster than the text. What is no UTF-8 is split off byte for byte, and comes back as it was.
package struct Tokenizer: Sendable {
    /// How a text is split before tokens are made, by the name that a GGUF file gives it.
    ///
    /// Sources: github.com/openai/gpt-2/blob/master/src/encoder.py, and `pre_tokenizer` in the
    /// files tokenizer.json of SmolLM2 and Llama 3.
    package enum PreTokenizer: String, CaseIterable, Hashable, Sendable {
        /// Each digit for itself, and GPT-2's pieces between them.
        case smollm
        /// Llama 3's: words with what stands before them, three digits at a time. A piece that is
        /// a token is that token, whether or not merges lead to it.
        case llamaBPE = "llama-bpe"
        /// GPT-2's: words with the space before them, English contractions, runs of the rest.
        case gpt2 = "gpt-2"
    }

    /// What a token is for, by the number of `tokenizer.ggml.token_type`.
    package enum Kind: Int, CaseIterable, Hashable, Sendable {
        /// A part of text.
        case normal = 1
        /// Stands for what has no token.
        case unknown = 2
        /// Steers the model, such as the end of a text; writes nothing.
        case control = 3
        /// A text that is always one token, spelt as it is and not in GPT-2's letters.
        case userDefined = 4
        /// Fills the vocabulary up; writes nothing.
        case unused = 5
        /// A byte, in vocabularies of another sort than these.
        case byte = 6

        /// Whether text becomes such tokens by merges.
        var isText: Bool { self == .normal || self == .byte }
        /// Whether such tokens are looked for in a text whole.
        var isMarked: Bool { self == .unknown || self == .control || self == .userDefined }
    }

    /// How a text is split before tokens are made.
    package let preTokenizer: PreTokenizer
    private let kinds: [Kind]
    /// What each token writes. Where `preTokenizer` asks for whole pieces these can be found.
    private let output: ByteStrings
    /// Each byte's token; -1 where it has none.
    private let tokensOfBytes: [Int32]
    private let merges: TokenMerges
    private let userDefined: MarkedTokens
    private let special: MarkedTokens

    /// A tokenizer of a file's lists, each string as its bytes in UTF-8.
    ///
    /// - Parameters:
    ///   - tokens: `tokenizer.ggml.tokens`. Of equal ones text becomes the last.
    ///   - kinds: `tokenizer.ggml.token_type`; where it is empty all are normal.
    ///   - merges: `tokenizer.ggml.merges`, two tokens with a space between, the first one first.
    ///   - preTokenizer: `tokenizer.ggml.pre`.
    /// - Throws: What in the lists is no vocabulary.
    /// - Complexity: O(bytes of the lists).
    package init(
        tokens: [[UInt8]], kinds: [Kind], merges: [[UInt8]], preTokenizer: PreTokenizer
    ) throws(LanguageModelProblem) {
        guard !tokens.isEmpty else { throw LanguageModelProblem("has a vocabulary of no tokens") }
        guard max(tokens.count, merges.count) <= Int32.max else {
            throw LanguageModelProblem("has a vocabulary of more tokens than can be numbered")
        }
        guard kinds.isEmpty || kinds.count == tokens.count else {
            throw LanguageModelProblem(
                "has \(tokens.count) tokens, and kinds for \(kinds.count) of them")
        }
        let kinds = kinds.isEmpty ? [Kind](repeating: .normal, count: tokens.count) : kinds
        let names = Self.names(tokens, kinds)
        self.preTokenizer = preTokenizer
        self.kinds = kinds
        (userDefined, special) = try Self.markedTokens(tokens, kinds)
        output = Self.output(tokens, kinds, canBeFound: preTokenizer == .llamaBPE)
        tokensOfBytes = ByteAlphabet.letters.map { letter in
            guard let token = names.number(of: letter, 0..<letter.count), kinds[token].isText
            else { return -1 }
            return Int32(token)
        }
        self.merges = try Self.merges(merges, names, kinds)
    }

    /// How many tokens there are, numbered from 0.
    package var count: Int { kinds.count }

    /// What a token is for; nil where there is no such token.
    package func kind(of token: Int) -> Kind? {
        kinds.indices.contains(token) ? kinds[token] : nil
    }

    /// What a token writes: any bytes, also parts of a character; none where it steers the model or
    /// there is no such token.
    package func bytes(of token: Int) -> [UInt8] {
        kinds.indices.contains(token) ? output[token] : []
    }

    /// What tokens write one after another. Cost: O(bytes).
    package func bytes(of tokens: [Int]) -> [UInt8] { tokens.flatMap { bytes(of: $0) } }

    /// A text's tokens, the same as Hugging Face's `tokenizers` makes of it, nothing put before
    /// or after them. A byte for which the vocabulary has no token is left out, as it is there.
    ///
    /// - Parameters:
    ///   - text: Any bytes.
    ///   - findsSpecial: Whether a control token's name in the text is that token, or text as all
    ///     else. User-defined tokens are found either way.
    /// - Complexity: O(n log n) in the longest run without a space, O(n) in all else.
    package func tokens(of text: [UInt8], findsSpecial: Bool) -> [Int] {
        let marked = findsSpecial ? special : userDefined
        var result: [Int] = []
        var work = TokenMerges.Work()
        var start = 0
        while let found = marked.first(in: text, from: start) {
            add(Array(text[start..<found.range.lowerBound]), in: &work, to: &result)
            result.append(found.token)
            start = found.range.upperBound
        }
        add(start == 0 ? text : Array(text[start...]), in: &work, to: &result)
        return result
    }

    /// Adds the tokens of a text in which no marked ones are left.
    private func add(_ text: [UInt8], in work: inout TokenMerges.Work, to result: inout [Int]) {
        let takesWholePieces = preTokenizer == .llamaBPE
        for piece in TextPieces(of: text, by: preTokenizer) {
            if takesWholePieces, let token = output.number(of: text, piece) {
                result.append(token)
            } else {
                work.tokens.removeAll(keepingCapacity: true)
                for place in piece where tokensOfBytes[Int(text[place])] >= 0 {
                    work.tokens.append(tokensOfBytes[Int(text[place])])
                }
                merges.join(in: &work, to: &result)
            }
        }
    }
}
