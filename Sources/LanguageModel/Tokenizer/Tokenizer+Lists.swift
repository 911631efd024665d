/// What is made of a file's lists.
extension Tokenizer {
    /// Bytes of the longest token that is looked for in a text as a whole: it bounds the search.
    private static let longestMarkedToken = 1024
    /// Bytes of all of them: it bounds the memory, a multiple of this.
    private static let mostMarkedBytes = 1 << 20

    /// The tokens by their names; of equal ones a normal token is found first.
    static func names(_ tokens: [[UInt8]], _ kinds: [Kind]) -> ByteStrings {
        var names = ByteStrings(room: tokens.count)
        for token in tokens { names.append(token) }
        for token in tokens.indices where !kinds[token].isText { names.index(token) }
        for token in tokens.indices where kinds[token].isText { names.index(token) }
        return names
    }

    /// What each token writes. Those that a text may become can be found, where that is asked for.
    static func output(_ tokens: [[UInt8]], _ kinds: [Kind], canBeFound: Bool) -> ByteStrings {
        var output = ByteStrings(room: canBeFound ? tokens.count : 0)
        for (token, name) in tokens.enumerated() {
            switch kinds[token] {
            case .normal, .byte:
                let bytes = ByteAlphabet.bytes(of: name)
                // A name with letters of no byte is taken as it is, which Hugging Face does too.
                output.append(bytes ?? name)
                if canBeFound, bytes?.isEmpty == false { output.index(token) }
            case .userDefined: output.append(name)
            case .unknown, .control, .unused: output.append([])
            }
        }
        return output
    }

    /// The tokens that are found in every text, and those that are found where special ones are
    /// asked for.
    static func markedTokens(
        _ tokens: [[UInt8]], _ kinds: [Kind]
    ) throws(LanguageModelProblem) -> (userDefined: MarkedTokens, special: MarkedTokens) {
        let marked = tokens.indices.filter { kinds[$0].isMarked }
        if let token = marked.first(where: { tokens[$0].count > longestMarkedToken }) {
            throw LanguageModelProblem(
                "has a special token, number \(token), of \(tokens[token].count) bytes; up to"
                    + " \(longestMarkedToken) are supported")
        }
        let bytes = marked.reduce(0) { $0 + tokens[$1].count }
        guard bytes <= mostMarkedBytes else {
            throw LanguageModelProblem(
                "has special tokens of \(bytes) bytes; up to \(mostMarkedBytes) are supported")
        }
        var (userDefined, special) = (MarkedTokens(), MarkedTokens())
        for token in marked {
            special.insert(token, tokens[token])
            if kinds[token] == .userDefined { userDefined.insert(token, tokens[token]) }
        }
        return (userDefined, special)
    }

    /// The merges of a file, each "a b". One that would make special tokens of text is left out.
    static func merges(
        _ lines: [[UInt8]], _ names: ByteStrings, _ kinds: [Kind]
    ) throws(LanguageModelProblem) -> TokenMerges {
        var merges = TokenMerges(room: lines.count)
        for (number, line) in lines.enumerated() {
            guard let space = line.firstIndex(of: 0x20), space > 0, space + 1 < line.count,
                !line[(space + 1)...].contains(0x20)
            else {
                throw LanguageModelProblem(
                    "has a merge, number \(number), that is not two tokens with a space between")
            }
            let whole = Array(line[..<space] + line[(space + 1)...])
            guard let left = names.number(of: whole, 0..<space),
                let right = names.number(of: whole, space..<whole.count),
                let token = names.number(of: whole, 0..<whole.count)
            else {
                throw LanguageModelProblem("has a merge, number \(number), that names no token")
            }
            if kinds[left].isText, kinds[right].isText, kinds[token].isText {
                merges.append(left, right, to: token)
            }
        }
        return merges
    }
}
