import AttentionEngine

/// A layer of the race, as far as it is trained here.
struct LayerStanding: Sendable {
    let layer: TrainedRecall
    /// On fresh questions.
    let accuracy: Double
    /// What was measured after the last step; nil before.
    let result: RecallMeasurement?
    /// Steps that its training takes.
    let steps: Int

    /// A lane's; nil before its first slice.
    init?(_ lane: RecallProgress.Lane, steps: Int) {
        guard let layer = lane.trained, let point = lane.curve.last else { return nil }
        self.layer = layer
        accuracy = lane.result?.accuracy ?? point.accuracy
        result = lane.result
        self.steps = steps
    }

    private init(untrained variant: RecallVariant) {
        layer = RecallTrainer(variant, seed: 0).trained
        accuracy = layer.measurement(questions: 256).accuracy
        result = nil
        steps = 0
    }

    /// The race's layers with their first weights.
    static let untrained = Dictionary(
        uniqueKeysWithValues: RecallVariant.race.map { ($0, LayerStanding(untrained: $0)) })
}
