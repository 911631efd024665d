import Foundation
import LanguageModel

/// What `tokenizer_fixture.py` wrote: a small vocabulary, texts, and another implementation's
/// tokens.
struct TokenizerFixture: Decodable, Sendable {
    struct Tokens: Decodable, Sendable {
        let texts: [[Int]]
        let found: [[Int]]
        let plain: [[Int]]
        let broken: [[Int]]
    }

    let tokens: [String]
    let kinds: [Int]
    let merges: [String]
    let texts: [String]
    let special: [String]
    /// In hexadecimal digits.
    let broken: [String]
    let ids: [String: Tokens]

    static let shared = Result {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/tokenizer.json")
        return try JSONDecoder().decode(TokenizerFixture.self, from: Data(contentsOf: file))
    }

    func tokenizer(_ preTokenizer: Tokenizer.PreTokenizer) throws -> Tokenizer {
        try Tokenizer(
            tokens: tokens.map { Array($0.utf8) },
            kinds: kinds.compactMap { Tokenizer.Kind(rawValue: $0) },
            merges: merges.map { Array($0.utf8) }, preTokenizer: preTokenizer)
    }

    var brokenBytes: [[UInt8]] {
        broken.map { digits in
            stride(from: 0, to: digits.utf8.count, by: 2).compactMap { place in
                UInt8(digits.dropFirst(place).prefix(2), radix: 16)
            }
        }
    }
}
