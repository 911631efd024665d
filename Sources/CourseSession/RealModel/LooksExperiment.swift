import AttentionEngine
import CourseContent

/// The learner's own model reads a sentence on this machine, and its heads are looked at.
struct LooksExperiment: WordsExperiment {
    /// What reads; nil for one that is only looked up.
    var model: LiveModel?
    /// The sentence that it reads.
    var words = MeasuredModel.smolLM2.tokens.joined()

    static let runKey = RunKey(
        label: "look here",
        help: "Have your own model read this here, and see its heads")
    static let wordsName = "Your model reads (up to \(LooksSpec.tokens) tokens)"

    var key: ExperimentKey { ExperimentKey(name: "looks") }
    /// A reading is of one file and one sentence.
    var keptKey: ExperimentKey {
        guard let model else { return key }
        return ExperimentKey(name: "looks", source: "\(model.content) \(words)")
    }
    var part: WritableKeyPath<SharedExperiments, LooksStatus?> { \.looks }
    var started: String { "The model reads on this machine." }
    var memoryNeeded: ByteCount? { ByteCount(256 << 20) }

    /// As long a reading as is shown again another day: the progress is written often.
    private static let mostKept = 200_000

    func begin(threads: Int) -> LooksWork? {
        guard let model else { return nil }
        let sentence = words
        return LooksWork { model.reading(sentence, threads: threads) }
    }

    func report(of work: LooksWork, isRunning: Bool) -> ExperimentReport {
        let reading = work.found
        let status = LooksStatus(
            model: model?.name ?? "", content: model?.content ?? "",
            tokens: reading?.tokens ?? [], groupSize: reading?.groupSize ?? 1,
            layers: reading?.layers.map { $0.map(MeasuredModel.coded) } ?? [],
            isRunning: isRunning, sentenceTokens: reading?.sentenceTokens, sentence: words)
        return .measured(MeasuredStatus(self, status))
    }

    func share(of status: LooksStatus) -> Double { status.isRunning ? 0 : 1 }

    func kept(_ status: LooksStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard model != nil, !status.isRunning, let rows = status.rows else { return nil }
        let read = status.tokens.count
        let all = status.sentenceTokens ?? read
        let part = all > read ? ", its first \(read) of \(grouped(all)) tokens" : ""
        let name = MeasuredModel.name(status.model, content: status.content)
        let kept = KeptMeasurement(
            what: "\(name) read \"\(words)\"\(part)", rows: rows,
            found: status.length <= Self.mostKept ? SharedExperiments(looks: status) : nil)
        return (keptKey, kept)
    }
}

/// What a model's heads give to the tokens of a sentence.
package struct LooksReading: Sendable {
    /// The tokens as they are written, with the spaces before them.
    let tokens: [String]
    /// Query heads that share a K/V head.
    let groupSize: Int
    /// [layer][head][asking token] percentages of each token seen.
    let layers: [[[[Int]]]]
    /// Tokens of the whole sentence.
    let sentenceTokens: Int

    /// What was read, in up to `LooksSpec.tokens` tokens, of a sentence that may have more.
    package init(
        tokens: [String], groupSize: Int, layers: [[[[Int]]]], sentenceTokens: Int? = nil
    ) {
        (self.tokens, self.groupSize, self.layers) = (tokens, groupSize, layers)
        self.sentenceTokens = sentenceTokens ?? tokens.count
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
    /// Tokens of the whole sentence; nil in files of programs that did not say.
    var sentenceTokens: Int?
    /// The sentence as it was typed; nil in files of programs that did not say.
    var sentence: String?

    var isPossible: Bool {
        let heads = layers.first?.count ?? 0
        return model.count <= WritingStatus.mostName && content.count <= 64
            && tokens.count <= LooksSpec.tokens && tokens.allSatisfy { 1...60 ~= $0.count }
            && max(layers.count, heads) <= LooksSpec.mostHeads
            && sentence?.count ?? 0 <= WritingStatus.mostBeginning
            && groupSize > 0 && heads % groupSize == 0
            && tokens.count...1 << 20 ~= sentenceTokens ?? tokens.count
            && (layers.isEmpty || !tokens.isEmpty)
            && layers.allSatisfy { layer in
                layer.count == heads && layer.allSatisfy(isPossible)
            }
    }

    /// Bytes of its percentages as they are written.
    var length: Int { layers.joined().reduce(0) { $0 + $1.utf8.count } }

    /// What is told of it in the notebook; nil where nothing was read.
    var rows: [KeptMeasurement.Row]? {
        guard !layers.isEmpty, !tokens.isEmpty else { return nil }
        var (onFirst, count) = (0, 0)
        var most = (share: 0, text: "")
        for (layer, heads) in layers.enumerated() {
            for (head, text) in heads.enumerated() {
                for (asking, shares) in MeasuredModel.triangle(text).enumerated().dropFirst() {
                    onFirst += shares[0]
                    count += 1
                    for (seen, share) in shares.enumerated().dropFirst()
                    where seen < asking && share > most.share {
                        let (from, to) = (tokens[asking].trimmed, tokens[seen].trimmed)
                        most = (
                            share,
                            "layer \(layer), q\(head), \(from) to \(to): \(share)\u{A0}%"
                        )
                    }
                }
            }
        }
        guard count > 0 else { return [.init(name: "tokens", result: "1")] }
        return [
            .init(name: "on the first token", result: "\(onFirst / count)\u{A0}%"),
            .init(name: "most on another", result: most.text.isEmpty ? "none" : most.text),
        ]
    }

    /// Whether a head's percentages are some, of every token.
    private func isPossible(_ head: String) -> Bool {
        guard head.utf8.count <= 1_000 else { return false }
        let rows = MeasuredModel.triangle(head)
        return rows.map(\.count) == Array(1...tokens.count)
            && rows.joined().allSatisfy { 0...100 ~= $0 }
    }
}

/// What a step is made from that looks at another model than the course's own.
struct LookedAt: Equatable, Sendable {
    let step: PreparedStep
    let layers: Int
    let tokens: Int
}

extension Session {
    /// A step whose sliders end at the layers and tokens that are seen in its picture.
    func lookingAt(_ step: PreparedStep) -> PreparedStep {
        guard step.widgets.contains(.looks(LooksSpec())) else { return step }
        let experiment = LooksExperiment()
        guard let reading = seen([experiment])[experiment], let source = LookedAt(step, reading)
        else { return step }
        return lookedAt.value(of: source) { source in
            source.step.lookingAt(layers: source.layers, tokens: source.tokens)
        }
    }
}

extension LookedAt {
    /// nil where nothing was read.
    fileprivate init?(_ step: PreparedStep, _ reading: LooksStatus) {
        guard !reading.layers.isEmpty, !reading.tokens.isEmpty else { return nil }
        self.init(step: step, layers: reading.layers.count, tokens: reading.tokens.count)
    }
}
