import AttentionEngine
import CourseContent

/// A real model whose file the program has open: what it is, and what it can be asked to do. How it
/// does it is the program's.
package struct LiveModel: Sendable {
    /// What its file calls it, in characters that may be shown.
    let name: String
    /// What tells its file from others: `ContentDigest` of all of it.
    let content: String
    private let begin: @Sendable (WritingOrder, _ threads: Int) -> any LiveWriting
    private let read: @Sendable (String, _ threads: Int) -> LooksReading?
    /// What it can be measured for.
    let measures: LiveMeasures

    /// A model, by what begins to write with it, what reads a sentence with it, nil where that
    /// cannot be read, and what measures it.
    package init(
        name: String, content: String,
        begin: @escaping @Sendable (WritingOrder, _ threads: Int) -> any LiveWriting,
        read: @escaping @Sendable (String, _ threads: Int) -> LooksReading?,
        measures: LiveMeasures
    ) {
        self.name = String(name.prefix(WritingStatus.mostName))
        self.content = content
        self.begin = begin
        self.read = read
        self.measures = measures
    }

    /// What is said where there is none.
    static let noneWords = "For a model of your own, start headroom with --gguf FILE."

    func reading(_ sentence: String, threads: Int) -> LooksReading? { read(sentence, threads) }

    func writing(_ order: WritingOrder, threads: Int) -> LiveWork {
        LiveWork(writing: begin(order, threads))
    }
}

/// What a model is asked to write.
package struct WritingOrder: Hashable, Sendable {
    /// What it goes on with.
    package let beginning: String
    /// Ways to keep its cache, one after the other.
    package let forms: [MeasuredModel.Form]
    /// The most tokens that it writes with each.
    package let tokens: Int
}

/// A text under way, with one way after the other to keep the cache.
package protocol LiveWriting: SlicedWork {
    /// What was written so far: a row for each way that was begun.
    var rows: [WritingStatus.Row] { get }
    /// What is being done, where nothing is written yet: "calibrating"; empty otherwise.
    var doing: String { get }
    /// The share of the work that is done.
    var share: Double { get }
}

/// Any text under way.
struct LiveWork: SlicedWork {
    fileprivate(set) var writing: any LiveWriting

    var isFinished: Bool { writing.isFinished }
    mutating func advance(for time: Duration) { writing.advance(for: time) }
}

/// The learner's own model writes what a step shows, on this machine.
struct WritingExperiment: Experiment, SlicedExperiment {
    let forms: [MeasuredModel.Form]
    /// What writes; nil for one that is only looked up.
    var model: LiveModel?
    var beginning = MeasuredModel.smolLM2.beginning

    init(_ spec: WritingSpec, _ setting: CacheSetting) {
        forms = spec.forms.map { WritingFigures.form($0, setting) }
    }

    static let runKey = RunKey(
        label: "write here", help: "Have the model of --gguf write this here; again to stop")

    var key: ExperimentKey {
        ExperimentKey(name: "writing", parameters: forms.map(\.id).joined(separator: ","))
    }

    var part: WritableKeyPath<SharedExperiments, WritingStatus?> { \.writing }
    var started: String { "The model writes on this machine." }
    var memoryNeeded: ByteCount? { ByteCount(256 << 20) }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        if experiments.statuses.isRunning(WritingStatus.self) { return .order(.stop) }
        guard let model = experiments.liveModel else {
            return .refused(LiveModel.noneWords)
        }
        if let lack = memoryNeeded.flatMap(Experiments.lack) { return .refused(lack) }
        var own = self
        own.model = model
        own.beginning = experiments.beginning ?? beginning
        return .order(.measure(own))
    }

    func begin(threads: Int) -> LiveWork? {
        let order = WritingOrder(
            beginning: beginning, forms: forms, tokens: WritingSpec.mostWritten)
        return model?.writing(order, threads: threads)
    }

    func report(of work: LiveWork, isRunning: Bool) -> ExperimentReport {
        let status = WritingStatus(
            model: model?.name ?? "", content: model?.content ?? "", beginning: beginning,
            rows: work.writing.rows, doing: work.writing.doing, share: work.writing.share,
            isRunning: isRunning)
        return .measured(MeasuredStatus(self, status))
    }

    func accepts(_ status: WritingStatus) -> Bool {
        forms.map(\.id).starts(with: status.rows.map(\.form))
    }

    func share(of status: WritingStatus) -> Double { status.share }

    func kept(_ status: WritingStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, status.share == 1 else { return nil }
        let kept = KeptMeasurement(
            what: "\(status.model) went on with \"\(status.beginning)\"",
            rows: status.rows.map { .init(name: $0.form, result: $0.text) },
            found: SharedExperiments(writing: status))
        return (key, kept)
    }
}

/// What a model wrote so far.
package struct WritingStatus: ExperimentStatus {
    /// With one way to keep its cache.
    package struct Row: Hashable, Sendable, Codable {
        /// The way's id.
        let form: String
        /// Numbers of a token in each layer.
        let numbers: Int
        let bytesPerToken: Int
        let readTokens: Int
        /// What each token wrote.
        package let pieces: [String]

        var text: String { pieces.joined() }

        /// What a model wrote with a way to keep its cache, and what that keeps.
        package init(
            form: MeasuredModel.Form, numbers: Int, bytesPerToken: Int, readTokens: Int,
            pieces: [String]
        ) {
            (self.form, self.numbers, self.bytesPerToken) = (form.id, numbers, bytesPerToken)
            (self.readTokens, self.pieces) = (readTokens, pieces)
        }
    }

    let model: String
    let content: String
    let beginning: String
    let rows: [Row]
    let doing: String
    let share: Double
    /// Whether it goes on by itself.
    package let isRunning: Bool

    static let mostName = 60
    /// Characters of a token at the most.
    package static let mostPiece = 100
    /// As long as a beginning may be, in characters.
    package static let mostBeginning = 200

    var isPossible: Bool {
        model.count <= Self.mostName && content.count <= 64 && doing.count <= 60
            && beginning.count <= Self.mostBeginning && 0...1 ~= share
            && rows.count <= WritingSpec.mostForms
            && rows.allSatisfy { row in
                row.form.count <= 20 && 1...1 << 20 ~= row.numbers
                    && 1...1 << 30 ~= row.bytesPerToken && 0...1 << 20 ~= row.readTokens
                    && row.pieces.count <= WritingSpec.mostWritten
                    && row.pieces.allSatisfy { $0.count <= Self.mostPiece }
            }
    }
}

extension MeasuredModel.Form {
    /// What it is called in files: "latent 128".
    var id: String {
        switch self {
        case .built: "built"
        case .copies(let heads): "copies \(heads)"
        case .mean(let heads): "mean \(heads)"
        case .best(let heads): "best \(heads)"
        case .latent(let numbers): "latent \(numbers)"
        case .weighted(let numbers): "weighted \(numbers)"
        case .bits(let bits): "bits \(bits)"
        }
    }
}

extension Session {
    /// Gives the course a model whose file is open, and what it goes on with where the learner says
    /// so.
    package mutating func open(_ model: LiveModel, beginning: String?) {
        experiments.liveModel = model
        experiments.beginning = beginning
    }

    /// Whether a model writes or is measured.
    package var isWriting: Bool {
        let statuses = experiments.statuses
        return statuses.isRunning(WritingStatus.self) || statuses.isRunning(LossesStatus.self)
            || statuses.isRunning(DiversityStatus.self)
    }

    /// Ends what the model does; what it wrote, or was found, stays.
    package mutating func stopWriting() -> [Effect] { [.run(.stop)] }
}
