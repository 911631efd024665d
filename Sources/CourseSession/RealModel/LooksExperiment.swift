import AttentionEngine
import CourseContent

/// The learner's own model reads a sentence on this machine, and its heads are looked at.
struct LooksExperiment: Experiment, SlicedExperiment {
    /// What reads; nil for one that is only looked up.
    var model: LiveModel?
    var sentence = MeasuredModel.smolLM2.tokens.joined()

    static let runKey = RunKey(
        label: "look here",
        help: "Have the model of --gguf read this, or what --begin says, and see its heads")

    var key: ExperimentKey { ExperimentKey(name: "looks") }
    var part: WritableKeyPath<SharedExperiments, LooksStatus?> { \.looks }
    var started: String { "The model reads on this machine." }
    var memoryNeeded: ByteCount? { ByteCount(256 << 20) }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        guard let model = experiments.liveModel else { return .refused(LiveModel.noneWords) }
        if let lack = memoryNeeded.flatMap(Experiments.lack) { return .refused(lack) }
        var own = self
        own.model = model
        own.sentence = experiments.beginning ?? sentence
        return .order(.measure(own))
    }

    func begin(threads: Int) -> LooksWork? {
        guard let model else { return nil }
        let sentence = sentence
        return LooksWork { model.reading(sentence, threads: threads) }
    }

    func report(of work: LooksWork, isRunning: Bool) -> ExperimentReport {
        let reading = work.found
        let status = LooksStatus(
            model: model?.name ?? "", content: model?.content ?? "",
            tokens: reading?.tokens ?? [], groupSize: reading?.groupSize ?? 1,
            layers: reading?.layers.map { $0.map(MeasuredModel.coded) } ?? [],
            isRunning: isRunning)
        return .measured(MeasuredStatus(self, status))
    }

    func share(of status: LooksStatus) -> Double { status.isRunning ? 0 : 1 }
}

/// What a model's heads give to the tokens of a sentence.
package struct LooksReading: Sendable {
    /// The tokens as they are written, with the spaces before them.
    let tokens: [String]
    /// Query heads that share a K/V head.
    let groupSize: Int
    /// [layer][head][asking token] percentages of each token seen.
    let layers: [[[[Int]]]]

    /// What was read, in up to `LooksSpec.tokens` tokens.
    package init(tokens: [String], groupSize: Int, layers: [[[[Int]]]]) {
        (self.tokens, self.groupSize, self.layers) = (tokens, groupSize, layers)
    }
}

/// A sentence that is read in one slice.
struct LooksWork: SlicedWork {
    private let read: @Sendable () -> LooksReading?
    fileprivate private(set) var found: LooksReading?
    private(set) var isFinished = false

    init(_ read: @escaping @Sendable () -> LooksReading?) { self.read = read }

    mutating func advance(for time: Duration) {
        found = read()
        isFinished = true
    }
}

/// Where the heads of a model look in a sentence.
struct LooksStatus: ExperimentStatus {
    let model: String
    let content: String
    let tokens: [String]
    let groupSize: Int
    /// [layer][head] percentages, as `MeasuredModel.coded` writes them.
    let layers: [[String]]
    let isRunning: Bool

    var isPossible: Bool {
        let heads = layers.first?.count ?? 0
        return model.count <= WritingStatus.mostName && content.count <= 64
            && tokens.count <= LooksSpec.tokens && tokens.allSatisfy { 1...60 ~= $0.count }
            && max(layers.count, heads) <= LooksSpec.mostHeads
            && groupSize > 0 && heads % groupSize == 0
            && (layers.isEmpty || !tokens.isEmpty)
            && layers.allSatisfy { layer in
                layer.count == heads && layer.allSatisfy(isPossible)
            }
    }

    /// Whether a head's percentages are some, of every token.
    private func isPossible(_ head: String) -> Bool {
        guard head.utf8.count <= 1_000 else { return false }
        let rows = MeasuredModel.triangle(head)
        return rows.map(\.count) == Array(1...tokens.count)
            && rows.joined().allSatisfy { 0...100 ~= $0 }
    }
}
