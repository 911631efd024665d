import Foundation
import LanguageModel
import TestSupport
import Testing

/// The model of `headroom help generate`, which `.ci/slow` brings, against PyTorch in 32 bits:
///
///     language_model_reference.py SmolLM2-135M-Instruct.Q4_1.gguf logits PROMPT
///     language_model_reference.py SmolLM2-135M-Instruct.Q4_1.gguf perplexity heads.txt --kv KIND
///
/// with the kinds as-built, heads=9 and heads=1.
@Suite("A real model")
struct RealModelTests {
    private static let path = ProcessInfo.processInfo.environment["HEADROOM_MODEL"]

    private static let prompts: [(text: String, ids: [Int], next: [(Int, Double)])] = [
        (
            "Attention heads share", [41_319, 8_648, 2_419],
            [
                (260, -2.0588), (253, -2.3439), (30, -2.4765), (28, -2.8278), (281, -3.0745),
                (47, -3.1236), (351, -3.1622), (1_887, -3.966), (940, -4.7833), (540, -4.8777),
            ]
        ),
        (
            "The cat that chased the mice was tired because it had run all night, and",
            [
                504, 2_644, 338, 45_360, 260, 7_913, 436, 12_364, 975, 357, 761, 1_658, 511, 3_163,
                28, 284,
            ],
            [
                (357, -0.9205), (260, -1.8832), (436, -3.3584), (761, -3.4689), (1_209, -3.8264),
                (384, -3.8538), (338, -4.1441), (339, -4.2037), (624, -4.2786), (588, -4.3361),
            ]
        ),
    ]

    @Test(
        "has the log-probabilities of PyTorch, within a tenth",
        .enabled(if: SlowTests.areRun && path != nil, "HEADROOM_MODEL names no file"))
    func logProbabilities() throws {
        let path = try #require(Self.path)
        let model = try MappedModel(Array(Data(contentsOf: URL(filePath: path))))
        for (text, ids, next) in Self.prompts {
            #expect(model.own.tokenizer.tokens(of: Array(text.utf8), findsSpecial: true) == ids)
            let last = try #require(model.logProbabilities(ids, threads: 2).last)
            for (token, logProbability) in next {
                #expect(abs(last[token] - logProbability) < 0.1, "\(text): \(token)")
            }
        }
    }

    @Test(
        "predicts a text as well as in PyTorch, with copies of its heads too, and as badly with means",
        .enabled(if: SlowTests.areRun && path != nil, "HEADROOM_MODEL names no file"),
        arguments: [
            (HeadSharing.asBuilt, 31.3026, 0.01), (.copied(times: 3), 31.3026, 0.01),
            (.mean(of: 3), 10_008.5, 0.15),
        ])
    func perplexity(sharing: HeadSharing, expected: Double, tolerance: Double) throws {
        let perplexity = try Self.perplexity(of: Self.model()) { _ in .heads(sharing) }
        #expect(abs(perplexity / expected - 1) < tolerance)
    }

    /// The same, with `--kv KIND --calibration Fixtures/calibration.txt`, a lesson as it once was.
    @Test(
        "predicts it as well as in PyTorch of what another text says is best to keep",
        .enabled(if: SlowTests.areRun && path != nil, "HEADROOM_MODEL names no file"))
    func kept() throws {
        let model = try Self.model()
        let text = model.own.tokenizer.tokens(of: try Self.text("calibration"), findsSpecial: false)
        var calibration = Calibration(of: model.own.model, threads: 2)
        for start in stride(from: 0, to: text.count, by: 256) {
            calibration.read(Array(text[start..<min(text.count, start + 256)]))
        }
        for (reduction, expected, tolerance) in [
            (.latent(384, isWeighted: false), 31.3026, 0.01),
            (.latent(256, isWeighted: false), 32.5661, 0.05),
            (.latent(128, isWeighted: false), 49.6514, 0.05),
            (.latent(256, isWeighted: true), 31.7781, 0.05),
            (.latent(128, isWeighted: true), 48.7923, 0.05),
            (.heads(1), 153.7183, 0.15),
        ] as [(LanguageModel.Reduction, Double, Double)] {
            let perplexity = try Self.perplexity(of: model) {
                try #require(
                    $0.kept(reduction, of: calibration.moments, threads: 2, goesOn: { true }))
            }
            #expect(abs(perplexity / expected - 1) < tolerance, "\(reduction)")
        }
    }

    @Test(
        "looks from 'it' at 'cat' as in PyTorch: head 8 of layer 13 with 0.59",
        .enabled(if: SlowTests.areRun && path != nil, "HEADROOM_MODEL names no file"))
    func looks() throws {
        let model = try Self.model()
        let text = "The cat that chased the mice was tired because it had run all night."
        let ids = model.own.tokenizer.tokens(of: Array(text.utf8), findsSpecial: false)
        var sequence = ModelSequence(of: model.own.model, threads: 2)
        var found: [Float] = []
        sequence.read(ids) { layer, weights in
            let row = (8 * ids.count + 9) * ids.count
            if layer == 13 { found = Array(weights[row..<row + ids.count]) }
        }
        #expect(ids.count == 15)
        for (place, share) in [(0, 0.14), (1, 0.59), (2, 0.16)] {
            #expect(abs(Double(found[place]) - share) < 0.015, "\(place)")
        }
    }

    private static func model() throws -> MappedModel {
        try MappedModel(Array(Data(contentsOf: URL(filePath: #require(path)))))
    }

    private static func text(_ name: String) throws -> [UInt8] {
        try Array(
            Data(
                contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "Fixtures/\(name).txt")))
    }

    private static func perplexity(
        of model: MappedModel, _ kept: (LanguageModel) throws -> KeptForm
    ) throws -> Double {
        var prediction = TextPrediction(
            of: model.own.tokenizer.tokens(of: try text("heads"), findsSpecial: false),
            by: ModelSequence(of: model.own.model, kept: try kept(model.own.model), threads: 2))
        while prediction.readOn() {}
        #expect(prediction.nats.count == 359)
        return exp(prediction.mean.mean)
    }
}
