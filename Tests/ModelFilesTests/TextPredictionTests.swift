import Foundation
import LanguageModel
import TestSupport
import Testing

@Suite("A text that a model predicts")
struct TextPredictionTests {
    private let fixture: SmallModelFixture
    private let small: MappedModel

    init() throws {
        fixture = try SmallModelFixture.shared.get()
        small = try MappedModel()
    }

    private func predicted(
        _ ids: [Int], _ sharing: HeadSharing = .asBuilt, by model: MappedModel? = nil,
        threads: Int = 1
    ) -> TextPrediction {
        var prediction = TextPrediction(
            of: ids,
            by: ModelSequence(
                of: (model ?? small).own.model, kept: .heads(sharing), threads: threads))
        while prediction.readOn() {}
        return prediction
    }

    private func expect(
        _ prediction: TextPrediction, _ expected: SmallModelFixture.Predicted,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        func isNear(_ a: Double, _ b: Double) -> Bool { abs(a / b - 1) < 1e-3 }
        let (mean, error) = (prediction.mean.mean, try #require(prediction.mean.standardError))
        let isRight =
            prediction.nats.count == expected.tokens && isNear(exp(mean), expected.perplexity)
            && isNear(mean, expected.natsPerToken) && isNear(error, expected.standardError)
        #expect(isRight, "\(prediction.mean), \(expected)", sourceLocation: sourceLocation)
    }

    @Test("costs what PyTorch says, in windows of the model's context", arguments: [1, 3])
    func asBuilt(threads: Int) throws {
        let ids = small.own.tokenizer.tokens(of: Array(fixture.text.utf8), findsSpecial: false)
        #expect(ids == fixture.textIds)
        #expect(ids.count > 4 * small.own.model.shape.context)
        try expect(predicted(ids, threads: threads), fixture.predicted)
    }

    @Test("costs what PyTorch says with means of heads, and something else than as built")
    func mean() throws {
        let mean = predicted(fixture.textIds, .mean(of: 2))
        try expect(mean, fixture.predictedMean)
        let built = predicted(fixture.textIds)
        let more = mean.more(than: built.nats)
        let apart = fixture.predictedMean.natsPerToken - fixture.predicted.natsPerToken
        #expect(abs(more.mean - apart) < 1e-3)
        // In pairs: neither the error of one mean nor that of two.
        #expect(more == SampleMean(of: built.nats.indices.map { mean.nats[$0] - built.nats[$0] }))
    }

    @Test("costs the same to the bit with heads that are kept twice")
    func copies() {
        let (built, copied) = (
            predicted(fixture.textIds), predicted(fixture.textIds, .copied(times: 2))
        )
        #expect(copied.nats == built.nats)
        #expect(copied.more(than: built.nats) == SampleMean(of: built.nats.map { _ in 0 }))
    }

    @Test("costs in two windows what it costs in each of them alone")
    func windows() {
        let ids = Array(fixture.textIds[...96])
        let alone = predicted(Array(ids[...48])).nats + predicted(Array(ids[48...])).nats
        #expect(alone.count == 96)
        #expect(predicted(ids).nats == alone)
    }

    @Test("is not predicted before it has a second token")
    func short() {
        for ids in [[], [5]] {
            let prediction = predicted(ids)
            #expect(prediction.nats == [] && prediction.isOver && prediction.isNumber)
        }
        let two = predicted([5, 6])
        #expect(two.nats.count == 1)
        #expect(two.mean.standardError == nil)
    }

    @Test("ends at the first token that is predicted by no numbers")
    func noNumbers() throws {
        let broken = try MappedModel { parts in
            parts.change("output_norm.weight") {
                $0.data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
            }
        }
        let prediction = predicted(fixture.textIds, by: broken)
        #expect(prediction.nats.count == 1)
        #expect(!prediction.isNumber)
        #expect(!prediction.isOver)
    }

    @Test("a mean is off by the sample's standard deviation over the root of its size")
    func sampleMean() {
        // Deviations -3, -1, 1, 3: a variance of 20 / 3, over 4.
        let mean = SampleMean(of: [1, 3, 5, 7])
        #expect(mean.mean == 4)
        #expect(abs((mean.standardError ?? 0) - (5.0 / 3).squareRoot()) < 1e-12)
    }
}
