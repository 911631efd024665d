import AttentionEngine
import Testing

@testable import LanguageModel

@Suite("Sharing of a model's K/V heads")
struct HeadSharingTests {
    @Test("goes to numbers of heads that divide the query heads, and are multiples or parts")
    func legal() throws {
        let shape = try AttentionShape(queryHeads: 12, keyValueHeads: 4, headDimension: 2)
        let all = (0...13).map { HeadSharing(from: shape, to: $0) }
        #expect(
            all == [
                nil, .mean(of: 4), .mean(of: 2), nil, .asBuilt, nil, nil, nil, nil, nil, nil, nil,
                .copied(times: 3), nil,
            ])
        #expect(
            all.map { $0?.keyValueHeads(of: 4) }.enumerated().allSatisfy {
                $0.element == nil || $0.element == $0.offset
            })
    }

    @Test("keeps heads as they are, several times, or their means")
    func kept() {
        let heads: [Float] = [1, 2, 3, 4, 5, 7, 7, 8]
        #expect(HeadSharing.asBuilt.kept(of: heads, heads: 4) == heads)
        #expect(
            HeadSharing.copied(times: 2).kept(of: heads, heads: 2)
                == [1, 2, 3, 4, 1, 2, 3, 4, 5, 7, 7, 8, 5, 7, 7, 8])
        #expect(HeadSharing.mean(of: 2).kept(of: heads, heads: 4) == [2, 3, 6, 7.5])
        #expect(HeadSharing.mean(of: 4).kept(of: heads, heads: 4) == [4, 5.25])
    }
}

@Suite("The choice of a token")
struct TokenChoiceTests {
    private func tokens(
        _ logits: [Float], temperature: Double, share: Double = 1, seed: UInt64 = 0
    ) -> [Int?] {
        var choice = TokenChoice(temperature: temperature, share: share, seed: seed)
        return (0..<500).map { _ in choice.token(of: logits) }
    }

    @Test("at temperature 0 is the likeliest, the first of equal ones")
    func greedy() {
        #expect(tokens([0, 3, 1, 3], temperature: 0).allSatisfy { $0 == 1 })
    }

    @Test("is none where a logit is no number")
    func noNumber() {
        for number in [Float.nan, .infinity, -.infinity] {
            for temperature in [0, 1.0] {
                #expect(tokens([0, number], temperature: temperature).allSatisfy { $0 == nil })
            }
        }
        #expect(tokens([], temperature: 1).allSatisfy { $0 == nil })
    }

    @Test("draws each token as often as it is likely, and the same from the same seed")
    func drawn() {
        // Probabilities 1/2, 1/4, 1/4.
        let logits: [Float] = [0.693_147_2, 0, 0]
        let drawn = tokens(logits, temperature: 1, seed: 7)
        #expect(drawn == tokens(logits, temperature: 1, seed: 7))
        #expect(drawn != tokens(logits, temperature: 1, seed: 8))
        let counts = (0..<3).map { token in drawn.filter { $0 == token }.count }
        #expect(counts.reduce(0, +) == 500)
        #expect(220...280 ~= counts[0] && 90...160 ~= counts[1] && 90...160 ~= counts[2])
    }

    @Test("draws from no more tokens than have the share together")
    func share() {
        let logits: [Float] = [0, 0.693_147_2, -9, 0]
        #expect(Set(tokens(logits, temperature: 1, share: 0.49)) == [1])
        #expect(Set(tokens(logits, temperature: 1, share: 0.6)) == [0, 1])
        #expect(Set(tokens(logits, temperature: 1e-9)) == [1])
    }
}
