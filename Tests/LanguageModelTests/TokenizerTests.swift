import AttentionEngine
import LanguageModel
import Testing

@Suite("Text to tokens and back")
struct TokenizerTests {
    /// Texts that become others than the reference's tokens.
    private func differing(
        _ texts: [[UInt8]], from reference: [[Int]], findsSpecial: Bool, _ tokenizer: Tokenizer
    ) -> [String] {
        #expect(texts.count == reference.count)
        return zip(texts, reference).compactMap { text, reference in
            let own = tokenizer.tokens(of: text, findsSpecial: findsSpecial)
            return own == reference
                ? nil : "\(String(decoding: text, as: UTF8.self)): \(own), not \(reference)"
        }
    }

    @Test("the tokens are the reference's", arguments: Tokenizer.PreTokenizer.allCases)
    func reference(preTokenizer: Tokenizer.PreTokenizer) throws {
        let fixture = try TokenizerFixture.shared.get()
        let tokenizer = try fixture.tokenizer(preTokenizer)
        let ids = try #require(fixture.ids[preTokenizer.rawValue])
        let texts = fixture.texts.map { Array($0.utf8) }
        let special = fixture.special.map { Array($0.utf8) }
        #expect(texts.count > 200)
        #expect(differing(texts, from: ids.texts, findsSpecial: true, tokenizer) == [])
        #expect(differing(special, from: ids.found, findsSpecial: true, tokenizer) == [])
        #expect(differing(special, from: ids.plain, findsSpecial: false, tokenizer) == [])
        #expect(
            differing(fixture.brokenBytes, from: ids.broken, findsSpecial: true, tokenizer) == [])
    }

    @Test("any bytes come back as they were", arguments: Tokenizer.PreTokenizer.allCases)
    func bytesComeBack(preTokenizer: Tokenizer.PreTokenizer) throws {
        let fixture = try TokenizerFixture.shared.get()
        let tokenizer = try fixture.tokenizer(preTokenizer)
        var random = SplitMix(state: 13)
        let characters = Array(fixture.texts.joined().unicodeScalars)
        let texts = (0..<1000).map { number -> [UInt8] in
            (0..<Int.random(in: 0...40, using: &random)).flatMap { _ -> [UInt8] in
                number % 2 == 0 || Int.random(in: 0..<8, using: &random) == 0
                    ? [UInt8.random(in: 0...255, using: &random)]
                    : Array(String(characters.randomElement(using: &random)!).utf8)
            }
        }
        let changed = texts.filter { text in
            tokenizer.bytes(of: tokenizer.tokens(of: text, findsSpecial: false)) != text
        }
        #expect(changed == [])
    }

    @Test(
        "a long piece takes no longer than its length asks for",
        arguments: [
            ("letters", [0x61, 0x62, 0x61], Tokenizer.PreTokenizer.smollm),
            ("combining marks", [0xCC, 0x81], .llamaBPE),
            ("spaces and newlines", [0x20, 0x20, 0x0A, 0x20], .gpt2),
        ] as [(String, [UInt8], Tokenizer.PreTokenizer)])
    func longPiece(name: String, part: [UInt8], preTokenizer: Tokenizer.PreTokenizer) throws {
        let tokenizer = try TokenizerFixture.shared.get().tokenizer(preTokenizer)
        var text = part
        while text.count < 1_000_000 { text += text }
        #expect(tokenizer.bytes(of: tokenizer.tokens(of: text, findsSpecial: true)) == text)
    }

    @Test("a token writes what its kind says")
    func bytes() throws {
        let tokens = ["Ġé", "<u>", "<c>", "<ä b>", "pad", "x", "日"]
        let tokenizer = try Tokenizer(
            tokens: tokens.map { Array($0.utf8) },
            kinds: [.normal, .unknown, .control, .userDefined, .unused, .byte, .normal],
            merges: [], preTokenizer: .gpt2)
        #expect(tokenizer.count == 7)
        #expect(
            (-1...7).map { tokenizer.bytes(of: $0) }
                == [
                    [], [0x20, 0xE9], [], [], Array("<ä b>".utf8), [], [0x78], Array("日".utf8), [],
                ])
        #expect([-1, 2, 7].map(tokenizer.kind) == [nil, .control, nil])
    }

    @Test("a byte that has no token is left out")
    func missingBytes() throws {
        let tokenizer = try Tokenizer(
            tokens: [[0x61], [0x62], [0x61, 0x62]], kinds: [], merges: [Array("a b".utf8)],
            preTokenizer: .smollm)
        #expect(tokenizer.tokens(of: Array("ab acb é".utf8), findsSpecial: true) == [2, 2])
        #expect(tokenizer.tokens(of: [], findsSpecial: true) == [])
    }

    @Test("a user-defined token may end within a character")
    func halfCharacters() throws {
        let tokenizer = try Tokenizer(
            tokens: [[0xC3], [0xC3, 0x83], [0xC2, 0xA9]],
            kinds: [.userDefined, .normal, .normal], merges: [], preTokenizer: .llamaBPE)
        #expect(tokenizer.tokens(of: [0xC3, 0xA9], findsSpecial: false) == [0, 2])
    }
}
