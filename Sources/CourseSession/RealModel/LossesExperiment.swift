import AttentionEngine
import CourseContent

/// What each way to keep the cache of the learner's own model costs, measured on this machine.
struct LossesExperiment: MeasureExperiment {
    typealias Found = LossesFound

    /// What is measured; nil for one that is only looked up.
    var model: LiveModel?
    /// Points of a measurement that was stopped, which goes on behind them.
    var known: [MeasuredModel.Point] = []

    static let runKey = RunKey(
        label: "measure here",
        help: "Measure this with the model of --gguf; again to stop, and to go on")

    var key: ExperimentKey { ExperimentKey(name: "losses") }
    var part: WritableKeyPath<SharedExperiments, LossesStatus?> { \.losses }
    var started: String { "The model is measured on this machine." }
    var memoryNeeded: ByteCount? { model?.measures.memoryNeeded }

    /// What a stopped measurement of the open model has found.
    private func stopped(in experiments: Experiments) -> [MeasuredModel.Point] {
        guard let status = experiments.statuses[self], !status.isRunning, status.found.share < 1,
            status.content == experiments.liveModel?.content
        else { return [] }
        return status.found.points
    }

    func label(in experiments: Experiments) -> String? {
        if experiments.statuses.isRunning(LossesStatus.self) { return "stop" }
        return stopped(in: experiments).isEmpty ? nil : "go on"
    }

    func length(in experiments: Experiments) -> String? {
        guard !experiments.statuses.isRunning(LossesStatus.self),
            let measures = experiments.liveModel?.measures
        else { return nil }
        let known = stopped(in: experiments)
        let before = known.isEmpty ? measures.seconds.before : 0
        let seconds = before + Double(measures.ways - known.count) * measures.seconds.way
        return seconds < 60 ? nil : LiveWay.length(max(100, seconds))
    }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        if experiments.statuses.isRunning(LossesStatus.self) { return .order(.stop) }
        guard let model = experiments.liveModel else { return .refused(LiveModel.noneWords) }
        if let lack = Experiments.lack(ofBytes: model.measures.memoryNeeded) {
            return .refused(lack)
        }
        return .order(
            .measure(LossesExperiment(model: model, known: stopped(in: experiments))))
    }

    func begin(threads: Int) -> LiveFindingWork<LossesFound>? {
        model.map { LiveFindingWork($0.measures.losses(known, threads)) }
    }

    func report(of work: LiveFindingWork<LossesFound>, isRunning: Bool) -> ExperimentReport {
        .measured(MeasuredStatus(self, LossesStatus(of: model, work.found, isRunning: isRunning)))
    }

    func share(of status: LossesStatus) -> Double { status.found.share }

    func kept(_ status: LossesStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard status.isWhole else { return nil }
        let names = LossFigures.Names(keyValueHeads: status.found.keyValueHeads)
        let kept = KeptMeasurement(
            what: "What ways to keep the cache of "
                + "\(MeasuredModel.name(status.model, content: status.content)) cost, "
                + "\(grouped(status.found.tokens)) tokens of lessons 3 and 7",
            rows: status.found.points.map {
                .init(
                    name: names.name($0.form),
                    result: $0.form == .built
                        ? "perplexity \(threeDigits($0.perplexity))" : WritingFigures.loss($0))
            },
            found: SharedExperiments(losses: status))
        return (keptKey, kept)
    }
}

/// What ways to keep a model's cache cost, as far as they are measured.
package struct LossesFound: LiveFound {
    /// The model's heads as built, and its layers.
    let queryHeads, keyValueHeads, headDimension, layers: Int
    /// Tokens that are predicted with each way.
    let tokens: Int
    /// The ways measured so far, in the order of the curve.
    package let points: [MeasuredModel.Point]
    /// The way that is being measured; nil where all are.
    let next: MeasuredModel.Form?
    /// What is done first, once: "calibrating: 64 of 6,144 tokens"; empty otherwise.
    let doing: String
    /// The share of the work that is done.
    package let share: Double
    /// Seconds that are left if it goes on as it did; nil where that is not known.
    let secondsLeft: Double?

    /// Ways that are measured of one model at the most.
    private static let mostPoints = 100

    var isPossible: Bool {
        [queryHeads, keyValueHeads, headDimension, layers].allSatisfy { 1...1 << 16 ~= $0 }
            && queryHeads % keyValueHeads == 0 && 0...1 << 20 ~= tokens
            && points.count <= Self.mostPoints && Set(points.map(\.form)).count == points.count
            && points.allSatisfy { $0.isPossible && $0.tokens == tokens }
            && doing.count <= 60 && 0...1 ~= share && 0...1e7 ~= secondsLeft ?? 0
    }
}

extension LossesFound {
    /// Of a model's heads and layers.
    package init(
        heads: AttentionShape, layers: Int, tokens: Int, points: [MeasuredModel.Point],
        next: MeasuredModel.Form?, doing: String, share: Double, secondsLeft: Double?
    ) {
        self.init(
            queryHeads: heads.queryHeads, keyValueHeads: heads.keyValueHeads,
            headDimension: heads.headDimension, layers: layers, tokens: tokens, points: points,
            next: next, doing: doing, share: share, secondsLeft: secondsLeft)
    }
}

extension MeasuredModel.Point {
    /// A larger perplexity than any model has on a text that it can read at all.
    package static let mostPerplexity = 1e12

    fileprivate var isPossible: Bool {
        1...1 << 20 ~= numbers && 1...1 << 30 ~= bytesPerToken
            && 1...Self.mostPerplexity ~= perplexity && -1e3...1e3 ~= more.nats
            && 0...1e3 ~= more.error
    }
}

/// How measuring what ways to keep a cache cost stands.
typealias LossesStatus = LiveReport<LossesFound>

extension MeasuredModel.Form: Codable {
    /// Of the name that it has in files; nil of another text.
    init?(id: String) {
        let parts = id.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[1]), 1...1 << 20 ~= count else {
            if id != MeasuredModel.Form.built.id { return nil }
            self = .built
            return
        }
        switch parts[0] {
        case "copies": self = .copies(count)
        case "mean": self = .mean(count)
        case "best": self = .best(count)
        case "latent": self = .latent(count)
        case "weighted": self = .weighted(count)
        case "bits" where count == 8 || count == 4: self = .bits(count)
        default: return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        let id = try decoder.singleValueContainer().decode(String.self)
        guard let form = Self(id: id) else { throw decoder.problem("no way to keep a cache") }
        self = form
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.singleValueContainer()
        try values.encode(id)
    }
}
