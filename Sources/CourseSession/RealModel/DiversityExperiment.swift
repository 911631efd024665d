import AttentionEngine
import CourseContent

/// How different the heads of the learner's own model look, measured on this machine.
struct DiversityExperiment: MeasureExperiment {
    typealias Found = DiversityFound

    /// What is measured; nil for one that is only looked up.
    var model: LiveModel?

    static let runKey = RunKey(
        label: "measure here", help: "Compare the heads of the model of --gguf; again to stop")

    var key: ExperimentKey { ExperimentKey(name: "diversity") }
    var part: WritableKeyPath<SharedExperiments, DiversityStatus?> { \.diversity }
    var started: String { "The model's heads are compared on this machine." }
    var memoryNeeded: ByteCount? { model?.measures.memoryNeeded }
    var tellsAnswer: Bool { true }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        if experiments.statuses.isRunning(DiversityStatus.self) { return .order(.stop) }
        guard let model = experiments.liveModel else { return .refused(LiveModel.noneWords) }
        let (layers, most) = (model.measures.layers, LooksSpec.mostHeads)
        if layers > most {
            return .refused("This model has \(grouped(layers)) layers; up to \(most) are compared.")
        }
        let memory = model.measures.memoryNeeded
        if let lack = Experiments.lack(ofBytes: memory) { return .refused(lack) }
        return .order(.measure(DiversityExperiment(model: model)))
    }

    func begin(threads: Int) -> LiveFindingWork<DiversityFound>? {
        model.map { LiveFindingWork($0.measures.diversity(threads)) }
    }

    func report(of work: LiveFindingWork<DiversityFound>, isRunning: Bool) -> ExperimentReport {
        .measured(
            MeasuredStatus(self, DiversityStatus(of: model, work.found, isRunning: isRunning)))
    }

    func share(of status: DiversityStatus) -> Double { status.found.share }

    func kept(_ status: DiversityStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard status.isWhole else { return nil }
        func mean(_ path: KeyPath<MeasuredModel.Layer, Double?>) -> String? {
            DiversityFigures.mean(status.found.layers.map { $0[keyPath: path] }).map {
                fixed($0, decimals: 2)
            }
        }
        let kept = KeptMeasurement(
            what: "How different the heads of "
                + "\(MeasuredModel.name(status.model, content: status.content)) look, "
                + "\(grouped(status.found.tokens)) tokens of lesson 3",
            rows: [
                mean(\.all.sharing).map { .init(name: "share a K/V head", result: $0) },
                mean(\.all.apart).map { .init(name: "do not", result: $0) },
            ].compactMap(\.self),
            found: SharedExperiments(diversity: status))
        return (keptKey, kept)
    }
}

/// How different a model's heads look in what was read of a text.
package struct DiversityFound: LiveFound {
    /// The tokens at which heads were compared.
    let tokens: Int
    /// Empty before the first of them.
    let layers: [MeasuredModel.Layer]
    /// The share of the text that is read.
    package let share: Double

    /// What was found in so many tokens.
    package init(tokens: Int, layers: [MeasuredModel.Layer], share: Double) {
        (self.tokens, self.layers, self.share) = (tokens, layers, share)
    }

    var isPossible: Bool {
        0...1 << 20 ~= tokens && layers.count <= LooksSpec.mostHeads && 0...1 ~= share
            && (tokens > 0) == !layers.isEmpty
            && layers.allSatisfy { layer in
                [
                    layer.all.sharing, layer.all.apart, layer.withoutFirst.sharing,
                    layer.withoutFirst.apart, layer.onFirst,
                ].allSatisfy { -0.01...1.01 ~= $0 ?? 0 }
            }
    }
}

/// How comparing a model's heads stands.
typealias DiversityStatus = LiveReport<DiversityFound>
