import AttentionEngine

/// A layer of the race, as far as it is trained.
struct LayerStanding: Sendable {
    let seed: UInt64
    /// Training steps behind it.
    let step: Int
    /// Steps that its training takes.
    let steps: Int
    /// On fresh questions.
    let accuracy: Double
    /// What was found after the last step; nil before.
    let found: Found?
    private let source: Source

    struct Found: Hashable, Sendable {
        let measured: RaceRow.Measured
        /// The part that each head follows.
        let followed: [Int]
    }

    /// Where looks at questions come from.
    private enum Source: Sendable {
        case layer(TrainedRecall)
        /// The one that is known.
        case look(LayerLook)
    }

    /// What the layer makes of its own unseen question of an index; of the one that is known, where
    /// the layer itself is elsewhere.
    func look(at question: Int) -> LayerLook {
        switch source {
        case .layer(let layer):
            LayerLook(
                layer, at: TrainedRecall.question(question, seed: seed), followed: found?.followed)
        case .look(let look): look
        }
    }

    /// A lane's; nil before its first slice.
    init?(_ lane: RecallProgress.Lane, steps: Int) {
        guard let layer = lane.trained, let point = lane.curve.last else { return nil }
        seed = layer.seed
        step = layer.steps
        self.steps = steps
        accuracy = lane.result?.accuracy ?? point.accuracy
        found = lane.result.map {
            Found(measured: RaceRow.Measured($0), followed: $0.followed)
        }
        source = .layer(layer)
    }

    /// Of a layer that is elsewhere, with what it makes of one question.
    init(
        seed: UInt64, step: Int, steps: Int, accuracy: Double, found: Found?, look: LayerLook
    ) {
        self.seed = seed
        self.step = step
        self.steps = steps
        self.accuracy = accuracy
        self.found = found
        source = .look(look)
    }

    private init(untrained variant: RecallVariant) {
        let layer = RecallTrainer(variant, seed: 0).trained
        seed = layer.seed
        step = 0
        steps = 0
        accuracy = layer.measurement(questions: 256).accuracy
        found = nil
        source = .layer(layer)
    }

    /// The race's layers with their first weights.
    static let untrained = Dictionary(
        uniqueKeysWithValues: RecallVariant.race.map { ($0, LayerStanding(untrained: $0)) })
}
