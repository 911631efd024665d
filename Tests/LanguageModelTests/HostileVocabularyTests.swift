import AttentionEngine
import LanguageModel
import Testing

@Suite("Vocabularies with mistakes in them")
struct HostileVocabularyTests {
    private func tokenizer(
        _ tokens: [String], _ kinds: [Tokenizer.Kind] = [], _ merges: [String] = [],
        _ preTokenizer: Tokenizer.PreTokenizer = .gpt2
    ) throws -> Tokenizer {
        try Tokenizer(
            tokens: tokens.map { Array($0.utf8) }, kinds: kinds,
            merges: merges.map { Array($0.utf8) }, preTokenizer: preTokenizer)
    }

    private func problem(
        _ tokens: [String], _ kinds: [Tokenizer.Kind] = [], _ merges: [String] = []
    ) -> String? {
        do {
            _ = try tokenizer(tokens, kinds, merges)
            return nil
        } catch { return "\(error)" }
    }

    @Test("what is no vocabulary is refused in one sentence")
    func refused() {
        #expect(problem([]) == "has a vocabulary of no tokens")
        #expect(problem(["a", "b"], [.normal]) == "has 2 tokens, and kinds for 1 of them")
        let noPair = "has a merge, number 0, that is not two tokens with a space between"
        for merge in ["", " ", "a", "ab", "a ", " a", "a  b", "a b a"] {
            #expect(problem(["a", "b", "ab"], [], [merge]) == noPair)
        }
        for merge in ["a c", "c a", "b a", "\u{0} é"] {
            #expect(
                problem(["a", "b", "ab"], [], ["a b", merge])
                    == "has a merge, number 1, that names no token")
        }
        #expect(
            problem(["a", String(repeating: "x", count: 1025)], [.normal, .control])
                == "has a special token, number 1, of 1025 bytes; up to 1024 are supported")
        let many = [String](repeating: String(repeating: "x", count: 1000), count: 1049)
        #expect(
            problem(many, many.map { _ in .userDefined })
                == "has special tokens of 1049000 bytes; up to 1048576 are supported")
    }

    @Test("of equal tokens the last one is found, and a normal one before all others")
    func equalTokens() throws {
        let tokenizer = try tokenizer(
            ["a", "a", "b", "b", "ab"], [.normal, .normal, .normal, .unused, .normal], ["a b"])
        #expect(tokenizer.tokens(of: Array("aabb".utf8), findsSpecial: true) == [1, 4, 2])
    }

    @Test("text never becomes a control token unless that is asked for")
    func controlTokens() throws {
        for preTokenizer in Tokenizer.PreTokenizer.allCases {
            let tokenizer = try tokenizer(
                ["a", "b", "ab", "c"], [.normal, .normal, .control, .control], ["a b"],
                preTokenizer)
            let text = Array("ab c".utf8)
            #expect(tokenizer.tokens(of: text, findsSpecial: false) == [0, 1])
            #expect(tokenizer.tokens(of: text, findsSpecial: true) == [2, 3])
        }
    }

    @Test("a repeated merge keeps its first place, and empty tokens are never found")
    func ignored() throws {
        let tokenizer = try tokenizer(
            ["", "a", "b", "c", "ab", "bc", ""],
            [.control, .normal, .normal, .normal, .normal, .normal, .userDefined],
            ["a b", "b c", "a b"])
        #expect(tokenizer.tokens(of: Array("abc".utf8), findsSpecial: true) == [4, 3])
    }

    @Test("random lists make a tokenizer or a problem, and its tokens are in the vocabulary")
    func randomLists() {
        var random = SplitMix(state: 7)
        let letters: [UInt8] = [0x61, 0x62, 0x20, 0xC3, 0xA9, 0xC4, 0xA0, 0xFF, 0xE6]
        func word(_ most: Int) -> [UInt8] {
            (0..<Int.random(in: 0...most, using: &random)).map { _ in
                letters.randomElement(using: &random)!
            }
        }
        var made = 0
        for number in 0..<2000 {
            let tokens = (0..<number % 12).map { _ in word(3) } + [[0x61], [0x62], [0x61, 0x62]]
            let kinds = tokens.map { _ in Tokenizer.Kind.allCases.randomElement(using: &random)! }
            let merges = (0..<number % 3).map { _ in
                number % 2 == 0 ? word(4) : Array([[0x61], [0x62]].joined(separator: [0x20]))
            }
            let tokenizer = try? Tokenizer(
                tokens: tokens, kinds: number % 5 == 0 ? [] : kinds, merges: merges,
                preTokenizer: Tokenizer.PreTokenizer.allCases[number % 3])
            guard let tokenizer else { continue }
            made += 1
            let result = tokenizer.tokens(of: word(30), findsSpecial: number % 2 == 0)
            #expect(result.allSatisfy(tokens.indices.contains))
        }
        #expect(made > 500)
    }
}
