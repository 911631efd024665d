import Testing

@testable import AttentionEngine

@Suite("A head's scores from latents")
struct LatentScoresTests {
    private static func scores(
        _ h: Int, _ c: Int, _ r: Int, copying block: Int? = nil
    ) throws -> LatentScores {
        try #require(
            LatentScores(
                headDimension: h, widths: LatentWidths(latentRank: c, rotaryDimension: r),
                tokens: 5, copying: block))
    }

    /// Query times W times latent, and the turned part, number by number in twice the precision.
    private static func byHand(_ scores: LatentScores, token: Int) -> Double {
        let latent = scores.latents[token]
        var sum = 0.0
        for (place, number) in scores.query.enumerated() {
            for (column, kept) in latent.enumerated() {
                let weight = scores.weights[place * latent.count + column]
                sum += Double(number) * Double(weight) * Double(kept)
            }
        }
        for (a, b) in zip(scores.rotaryQuery, scores.rotaryKeys[token]) {
            sum += Double(a) * Double(b)
        }
        return sum
    }

    @Test(
        "are the same in both forms, and those found by hand",
        arguments: [(128, 512, 64), (128, 512, 0), (1, 1, 0), (3, 7, 1), (64, 32, 16)])
    func both(h: Int, c: Int, r: Int) throws {
        let scores = try Self.scores(h, c, r)
        for token in 0..<5 {
            let right = Self.byHand(scores, token: token)
            #expect(abs(Double(scores.expanded[token]) - right) < 1e-4)
            #expect(abs(Double(scores.absorbed[token]) - right) < 1e-4)
        }
        #expect(scores.largestDifference < 1e-4)
        #expect(try Self.scores(h, c, 0).weights == scores.weights)
        #expect(scores.expanded.contains { abs($0) > 1e-3 })
    }

    @Test("read one part of the latent where W copies", arguments: 0..<4)
    func copies(block: Int) throws {
        let scores = try Self.scores(8, 32, 0, copying: block)
        for token in 0..<5 {
            #expect(scores.keys[token] == Array(scores.latents[token][block * 8..<block * 8 + 8]))
        }
        #expect(scores.largestDifference == 0)
        let place = scores.foldedQuery.indices.filter { scores.foldedQuery[$0] != 0 }
        #expect(place.allSatisfy { (block * 8..<block * 8 + 8).contains($0) })
        #expect(scores.foldedQuery[block * 8..<block * 8 + 8].elementsEqual(scores.query))
    }

    @Test("are not computed where W is too large for a picture")
    func tooLarge() {
        for (h, c) in [(1024, 1025), (Int.max, 2)] {
            let widths = LatentWidths(latentRank: c, rotaryDimension: 0)
            #expect(
                LatentScores(headDimension: h, widths: widths, tokens: 1, copying: nil) == nil)
        }
    }
}
