import AttentionEngine
import CourseContent

/// One layer of the race, trained by itself or in the race, and asked one question after another.
struct LayerExperiment: Experiment {
    let variant: RecallVariant

    static let runKey = RunKey(
        label: "train it here",
        help: "Train the layer here; once it is trained, ask it another question"
    )

    var key: ExperimentKey { ExperimentKey(name: "layer \(variant.id)") }
    var part: WritableKeyPath<SharedExperiments, LayerStatus?> { \.[layer: variant.id] }
    var started: String { "Training the layer on this machine." }

    func status(in experiments: Experiments) -> LayerStatus? {
        guard let (lane, steps, looks) = experiments.layers[variant] else { return nil }
        return looks.value(of: experiments.question) { question in
            guard let layer = lane.trained, let point = lane.curve.last else { return nil }
            return LayerStatus(
                layer, steps: steps, accuracy: lane.result?.accuracy ?? point.accuracy,
                result: lane.result, at: question)
        }
    }

    func share(of status: LayerStatus) -> Double { Double(status.step) / Double(status.steps) }

    func label(in experiments: Experiments) -> String? {
        experiments.layers[variant] == nil ? nil : "another question"
    }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        guard experiments.layers[variant] == nil else {
            experiments.question += 1
            return .done
        }
        // As the race's results were found, so that they belong to the same layers.
        let plan = experiments.statuses.race(.usual).plan
        return .order(.race(.start(RacePlan(.layer(variant), seed: plan.seed, steps: plan.steps))))
    }

    func kept(_ status: LayerStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard let found = status.found else { return nil }
        let plan = RacePlan(.layer(variant), seed: status.seed, steps: status.steps)
        let kept = KeptMeasurement(
            what: "One layer trained: \(variant.name), \(plan.inWords)",
            rows: [
                .init(name: "accuracy", result: "\(threeDigits(status.accuracy * 100)) % right"),
                .init(name: "perspectives", result: "\(found.perspectives) of 8"),
                .init(name: "heads differ by", result: "\(fixed(found.bits, decimals: 2)) bits"),
            ])
        let parameters = "seed=\(plan.seed),steps=\(plan.steps)"
        return (ExperimentKey(name: key.name, parameters: parameters), kept)
    }
}

/// How a layer stands, and what it makes of the one of its unseen questions that is looked at.
package struct LayerStatus: ExperimentStatus {
    /// The id of the race's variant.
    let variant: String
    /// What its first weights and its questions were drawn from.
    package let seed: UInt64
    /// Training steps behind it.
    package let step: Int
    /// Steps that its training takes.
    package let steps: Int
    /// On fresh questions.
    package let accuracy: Double
    /// Known, as the next two, when the training is over: attributes that some head follows best.
    let perspectives: Int?
    /// The mean Jensen-Shannon divergence between heads.
    let bits: Double?
    /// The part that each head follows.
    package let followed: [Int]?
    /// `attention[head][item]`
    package let attention: [[Double]]
    /// The value that the layer answers to each part of the question, counted from 0.
    package let answers: [Int]
    /// The value that would be right for each part, counted from 0.
    package let right: [Int]
    /// The item that each part asks about.
    package let targets: [Int]

    var isRunning: Bool { found == nil }

    /// What was found after the last step; nil before.
    package var found: RaceRow.Measured? {
        guard followed != nil, let perspectives, let bits else { return nil }
        return RaceRow.Measured(perspectives: perspectives, bits: bits)
    }

    /// Whether every list is as long as the task has it, and holds nothing that the task has not.
    var isPossible: Bool {
        func holds(_ list: [Int], _ count: Int, below end: Int) -> Bool {
            list.count == count && list.allSatisfy { 0..<end ~= $0 }
        }
        let (heads, parts) = (RecallTask.queryHeads, RecallTask.attributes)
        guard 1...1_000_000 ~= steps, 1...steps ~= step, 0...1 ~= accuracy,
            attention.map(\.count) == Array(repeating: RecallTask.items, count: heads),
            attention.joined().allSatisfy({ 0...1 ~= $0 }),
            holds(answers, parts, below: RecallTask.values),
            holds(right, parts, below: RecallTask.values),
            holds(targets, parts, below: RecallTask.items)
        else { return false }
        guard let followed else { return true }
        return step == steps && found?.isPossible == true && holds(followed, heads, below: parts)
    }
}

extension LayerStatus {
    /// A layer's, at its own unseen question of an index. result: what was measured after the last
    /// step; nil before. Cost: a pass of the layer.
    fileprivate init(
        _ layer: TrainedRecall, steps: Int, accuracy: Double, result: RecallMeasurement?,
        at index: Int
    ) {
        let question = TrainedRecall.question(index, seed: layer.seed)
        let (attention, answers) = layer.look(at: question)
        self.init(
            variant: layer.variant.id, seed: layer.seed, step: layer.steps, steps: steps,
            accuracy: accuracy, perspectives: result?.perspectives,
            bits: result?.headDivergenceBits, followed: result?.followed,
            attention: attention, answers: answers,
            right: (0..<RecallTask.attributes).map(question.answer), targets: question.targets)
    }

    /// The race's layers with their first weights.
    static let untrained = Dictionary(
        uniqueKeysWithValues: RecallVariant.race.map { variant in
            let layer = RecallTrainer(variant, seed: 0).trained
            let accuracy = layer.measurement(questions: 256).accuracy
            return (
                variant, LayerStatus(layer, steps: 0, accuracy: accuracy, result: nil, at: 0)
            )
        })

    /// The parts that no head follows; none before the layer is trained.
    package var unfollowed: [Int] {
        guard let followed else { return [] }
        return (0..<RecallTask.attributes).filter { !followed.contains($0) }
    }

    /// Whether a part of the question is answered rightly.
    package func isRight(_ part: Int) -> Bool { answers[part] == right[part] }
}
