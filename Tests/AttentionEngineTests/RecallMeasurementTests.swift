import Testing

@testable import AttentionEngine

@Suite("Recall: measuring")
struct RecallMeasurementTests {
    private func looking(at item: Int) -> [Double] { (0..<8).map { $0 == item ? 1 : 0 } }
    private let everywhere = Array(repeating: 0.125, count: 8)

    @Test("Heads that look at the same have a divergence of 0, at different items 1 bit")
    func extremes() {
        let divergence = RecallMeasurement.headDivergenceBits
        #expect(divergence(Array(repeating: everywhere, count: 8)) == 0)
        #expect(divergence(Array(repeating: looking(at: 3), count: 8)) == 0)
        #expect(divergence((0..<8).map(looking)) == 1)
        #expect(divergence([everywhere]) == 0)
    }

    @Test("The divergence is the mean over pairs of heads")
    func pairs() {
        // Of the six pairs of these four heads, four look at different items.
        let heads = [0, 0, 5, 5].map(looking)
        #expect(abs(RecallMeasurement.headDivergenceBits(heads) - 4.0 / 6) < 1e-12)
    }

    @Test("One item against all eight: the entropy of the mean less half of three bits")
    func analytic() {
        // The mean has 9/16 on the item and 1/16 on each other: 4 - 9/16 · log2 9 bits.
        let expected = 4 - 9.0 / 16 * 3.169925001442312 - 1.5
        let measured = RecallMeasurement.headDivergenceBits([looking(at: 2), everywhere])
        #expect(abs(measured - expected) < 1e-12)
    }

    @Test("Perspectives are the attributes that some head follows most")
    func perspectives() {
        #expect(RecallMeasurement.perspectives((0..<8).map(looking)) == 8)
        #expect(RecallMeasurement.perspectives(Array(repeating: looking(at: 1), count: 8)) == 1)
        #expect(RecallMeasurement.perspectives([0, 0, 4, 4, 4, 7, 7, 0].map(looking)) == 3)
        // Of equal shares the first counts, so eight heads that follow nothing are one perspective.
        #expect(RecallMeasurement.perspectives(Array(repeating: everywhere, count: 8)) == 1)
    }

    @Test("What heads that see nothing recall is chance, and all they follow is an eighth")
    func untrained() throws {
        let variant = try #require(RecallVariant(id: "gqa2"))
        let count = RecallTensors(of: variant).block.count
        let blank = TrainedRecall(
            variant: variant, seed: 1, steps: 0, weights: Array(repeating: 0, count: count))
        let measured = blank.measurement(questions: 100)
        #expect(measured.questions == 128)
        #expect(abs(measured.accuracy - RecallTask.chance) < 0.03)
        #expect(abs(measured.loss - naturalLogarithm(16)) < 1e-6)
        #expect(measured.headDivergenceBits == 0)
        #expect(measured.following == Array(repeating: everywhere, count: 8))
        let look = blank.look(at: TrainedRecall.question(0, seed: 1))
        #expect(look.attention == Array(repeating: everywhere, count: 8))
        #expect(look.answers == Array(repeating: 0, count: 8))
    }

    @Test("What is measured over questions is the mean of what is seen on each")
    func looks() throws {
        let trainer = RecallTrainer(try #require(RecallVariant(id: "mha")), seed: 2)
        trainer.train(steps: 30)
        let trained = trainer.trained
        var right = 0
        var divergence = 0.0
        var following = 0.0
        for index in 0..<64 {
            let question = TrainedRecall.question(index, seed: 2)
            let look = trained.look(at: question)
            right += (0..<8).count { look.answers[$0] == question.answer($0) }
            divergence += RecallMeasurement.headDivergenceBits(look.attention) / 64
            following += look.attention[3][question.targets[6]] / 64
            #expect(look.attention.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-6 })
        }
        let measured = trained.measurement(questions: 64)
        #expect(measured.accuracy == Double(right) / 512)
        #expect(abs(measured.headDivergenceBits - divergence) < 1e-12)
        #expect(abs(measured.following[3][6] - following) < 1e-12)
    }
}
