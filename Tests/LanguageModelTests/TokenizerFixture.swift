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

/// SplitMix64, so that a failure comes again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
