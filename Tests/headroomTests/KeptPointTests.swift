import AttentionEngine
import LanguageModel
import Testing

@testable import headroom

@Suite("What a cache keeps of a model")
struct KeptPointTests {
    private func curve(_ n: Int, _ g: Int, _ h: Int) throws -> [String] {
        try KeptPoint.curve(
            of: AttentionShape(queryHeads: n, keyValueHeads: g, headDimension: h)
        ).map(\.words)
    }

    @Test("of nine heads on three, has all points of the curve")
    func nineOnThree() throws {
        #expect(
            try curve(9, 3, 64) == [
                "as built", "g = 9, copies", "as built, q8_0", "as built, q4_0",
                "latent 320", "latent 256", "latent 192", "latent 128", "latent 64",
                "latent 320, weighted", "latent 256, weighted", "latent 192, weighted",
                "latent 128, weighted", "latent 64, weighted", "g = 1, best", "g = 1, mean",
            ])
    }

    @Test("has every smaller and larger number of heads that the model can become, and no other")
    func heads() throws {
        let points = try curve(24, 4, 1).filter { $0.hasPrefix("g") }
        #expect(
            points == [
                "g = 8, copies", "g = 12, copies", "g = 24, copies", "g = 2, best", "g = 1, best",
                "g = 2, mean", "g = 1, mean",
            ])
    }

    @Test("with one head of one number has no point twice, and no blocks")
    func smallest() throws {
        #expect(
            try curve(1, 1, 1) == ["as built", "latent 1", "latent 1, weighted"])
    }

    @Test("what stands best for all is looked for where it can be found in a while, and in pairs")
    func found() throws {
        func obstacle(_ layers: Int, _ g: Int, _ h: Int) throws -> String? {
            ModelOptions.obstacle(
                to: try LanguageModelShape(
                    layers: layers, width: 64,
                    attention: AttentionShape(queryHeads: g, keyValueHeads: g, headDimension: h),
                    feedForwardWidth: 64, vocabulary: 64, context: 64, rotaryDimension: 0,
                    rotaryBase: 10_000, normEpsilon: 1e-5))
        }
        #expect(try obstacle(30, 3, 64) == nil)
        #expect(try obstacle(256, 8, 64) == nil)
        #expect(try obstacle(1, 3, 5) == "this model's heads of 5 numbers are not pairs")
        let large =
            "this model keeps 8,192 numbers of a token in each of 32 layers; what represents "
            + "them best is found for up to 1,024 in 256"
        #expect(try obstacle(32, 32, 128) == large)
        #expect(try obstacle(257, 1, 2) != nil)
    }

    @Test("only latents and best heads are calibrated")
    func calibrated() throws {
        let shape = try AttentionShape(queryHeads: 9, keyValueHeads: 3, headDimension: 64)
        for point in KeptPoint.curve(of: shape) {
            #expect(
                point.form.isCalibrated
                    == (point.words.contains("latent") || point.words.contains("best")))
        }
    }
}

@Suite("The program's own texts")
struct OwnTextTests {
    @Test("are prose, two that share no paragraph")
    func texts() {
        let paragraphs = [OwnTexts.predicted, OwnTexts.calibration].map {
            String(decoding: $0, as: UTF8.self).split(separator: "\n\n").map(String.init)
        }
        // Figures are in it as numbers, widgets and notes not at all.
        for text in paragraphs {
            #expect(
                !text.contains { $0.contains("{") || $0.contains("](") || $0.contains("\u{A0}") })
        }
        // Three bytes a token and more: 1,025 tokens to predict from, 6,144 to calibrate by.
        #expect(OwnTexts.predicted.count > 3 * 1_500)
        #expect(OwnTexts.calibration.count > 3 * 6_500)
        let long = paragraphs.map { Set($0.filter { $0.count > 60 }) }
        #expect(long[0].isDisjoint(with: long[1]))
    }
}
