import AttentionEngine
import TestSupport
import Testing

@testable import LanguageModel

@Suite("What is kept of a token")
struct KeptFormTests {
    private static let fixture = Result { try SmallModelFixture.shared.get() }

    private func moments(of model: MappedModel, parts: Int = 16) throws -> [LayerMoments] {
        let left = try Self.fixture.get().left
        var calibration = Calibration(of: model.own.model, threads: 1)
        for start in stride(from: 0, to: left.count, by: parts) {
            calibration.read(Array(left[start..<min(left.count, start + parts)]))
        }
        #expect(calibration.tokens == left.count)
        return calibration.moments
    }

    private func kept(
        _ reduction: LanguageModel.Reduction, in model: MappedModel
    ) throws -> KeptForm {
        let found = model.own.model.kept(
            reduction, of: try moments(of: model), threads: 2, goesOn: { true })
        return try #require(found)
    }

    @Test("has PyTorch's log-probabilities: latents, plain and weighted, and the best head")
    func reference() throws {
        let (model, fixture) = (try MappedModel(), try Self.fixture.get())
        for (reduction, expected) in [
            (.latent(30, isWeighted: false), fixture.latent),
            (.latent(30, isWeighted: true), fixture.weighted), (.heads(1), fixture.best),
        ] as [(LanguageModel.Reduction, [[Double]])] {
            let own = model.logProbabilities(fixture.read, kept: try kept(reduction, in: model))
            #expect(largestDifference(own, expected) < 5e-3, "\(reduction)")
            #expect(largestDifference(own, fixture.asBuilt) > 1, "\(reduction)")
        }
    }

    @Test("is all there is where as much is kept as was built")
    func whole() throws {
        let (model, read) = (try MappedModel(), try Self.fixture.get().read)
        let built = model.logProbabilities(read)
        let most =
            2 * model.own.model.shape.attention.keyValueHeads
            * model.own.model.shape.attention.headDimension
        for reduction in [
            .latent(most, isWeighted: false), .latent(most, isWeighted: true), .heads(2),
        ] as [LanguageModel.Reduction] {
            let own = model.logProbabilities(read, kept: try kept(reduction, in: model))
            #expect(largestDifference(own, built) < 2e-3, "\(reduction)")
        }
    }

    @Test("is the same whether tokens come one by one or together, on any threads")
    func parts() throws {
        let (model, read) = (try MappedModel(), try Self.fixture.get().read)
        for reduction in [.latent(30, isWeighted: true), .heads(1)]
            as [LanguageModel.Reduction]
        {
            let kept = try kept(reduction, in: model)
            let together = model.logProbabilities(read, kept: kept)
            for (parts, threads) in [(1, 1), (5, 2), (16, 2)] {
                let own = model.logProbabilities(read, parts: parts, kept: kept, threads: threads)
                #expect(largestDifference(own, together) < 2e-3, "\(reduction), \(parts)")
            }
        }
    }

    @Test("takes as many numbers and bytes as are held, in each format")
    func bytes() throws {
        let (model, read) = (try MappedModel(), try Self.fixture.get().read)
        for (reduction, numbers) in [(.latent(30, isWeighted: false), 30), (.heads(1), 48)]
            as [(LanguageModel.Reduction, Int)]
        {
            let kept = try kept(reduction, in: model)
            for (format, size) in [(NumberFormat.float32, 4), (.bfloat16, 2)] {
                var sequence = ModelSequence(of: model.own.model, kept: kept, format: format)
                _ = sequence.readAll(read)
                #expect(sequence.numbersPerTokenAndLayer == numbers)
                #expect(sequence.bytesHeld.bytes == read.count * numbers * size)
            }
        }
    }

    @Test("is found from the same moments, however a text was read, and not where it is stopped")
    func gathered() throws {
        let model = try MappedModel()
        let (one, other) = (try moments(of: model), try moments(of: model, parts: 7))
        for (one, other) in zip(one, other) {
            #expect(one.tokens == other.tokens)
            for (a, b) in zip(one.covariance.joined(), other.covariance.joined()) {
                #expect(abs(a - b) < 1e-4 * (1 + abs(a)))
            }
            for (a, b) in zip(one.means + one.energies, other.means + other.energies) {
                #expect(abs(a - b) < 1e-4 * (1 + abs(a)))
            }
        }
        let stopped = model.own.model.kept(
            .latent(4, isWeighted: false), of: one, threads: 1, goesOn: { false })
        #expect(stopped == nil)
    }

    @Test("is found in windows that are no longer than what the model can read")
    func windows() throws {
        let model = try MappedModel()
        let left = try Self.fixture.get().left
        let text = (0..<5).flatMap { _ in left }
        let context = model.own.model.shape.context
        var (together, apart) = (
            Calibration(of: model.own.model, threads: 1), [LayerMoments]()
        )
        together.read(text)
        #expect(together.tokens == 200 && context == 48)
        for start in stride(from: 0, to: text.count, by: context) {
            var window = Calibration(of: model.own.model, threads: 1)
            window.read(Array(text[start..<min(text.count, start + context)]))
            apart += window.moments
        }
        for index in together.moments[0].means.indices {
            let mean = apart.reduce(0) { $0 + $1.means[index] * Float($1.tokens) } / 200
            #expect(abs(together.moments[0].means[index] - mean) < 1e-4)
        }
    }

    @Test("is no number, and not nothing, where weights are none")
    func noNumbers() throws {
        let read = try Self.fixture.get().read
        let broken = try MappedModel { parts in
            parts.change("blk.0.attn_norm.weight") {
                $0.data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
            }
        }
        let isNone = broken.logProbabilities(read).joined().allSatisfy { $0.isNaN }
        #expect(isNone)
        let still = try model(read, text: Array(repeating: 5, count: 96))
        let isFinite = still.joined().allSatisfy { $0.isFinite }
        #expect(isFinite)
    }

    /// What a weighted latent of all numbers makes of tokens, found in a text.
    private func model(_ read: [Int], text: [Int]) throws -> [[Double]] {
        let model = try MappedModel()
        var calibration = Calibration(of: model.own.model, threads: 1)
        calibration.read(text)
        let kept = model.own.model.kept(
            .latent(96, isWeighted: true), of: calibration.moments, threads: 1, goesOn: { true })
        return model.logProbabilities(read, kept: try #require(kept))
    }

    @Test("Moments come back from their bytes, and only whole, of this model and this text")
    func file() throws {
        let model = try MappedModel()
        let (moments, shape) = (try moments(of: model), model.own.model.shape)
        let (own, text) = (ContentDigest(of: [1]), ContentDigest(of: [2]))
        let bytes = KeptMoments.bytes(of: moments, model: own, text: text)
        func read(
            _ bytes: [UInt8], _ model: ContentDigest, _ text: ContentDigest
        ) -> [LayerMoments]? {
            KeptMoments.moments(in: bytes, model: model, text: text, shape: shape)
        }
        #expect(read(bytes, own, text) == moments)
        #expect(read(bytes, text, text) == nil && read(bytes, own, own) == nil)
        for place in stride(from: 0, to: bytes.count, by: 97) {
            var changed = bytes
            changed[place] ^= 1 << (place % 8)
            #expect(read(changed, own, text) == nil, "\(place)")
            #expect(read(Array(bytes[..<place]), own, text) == nil, "\(place)")
        }
        #expect(read(bytes + [0], own, text) == nil)
    }

    @Test("Digests differ where anything does")
    func digests() {
        var texts = (0..<200).map { [UInt8](repeating: 7, count: $0) }
        for place in 0..<200 {
            var text = [UInt8](repeating: 0, count: 200)
            text[place] = 1
            texts.append(text)
        }
        #expect(Set(texts.map { ContentDigest(of: $0).text }).count == texts.count)
        #expect(ContentDigest(of: []).text.count == 32)
    }
}
