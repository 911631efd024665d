import AttentionEngine
import CourseContent

/// A real model whose file the program has open: what it is, and what it can be asked to do. How it
/// does it is the program's.
package struct LiveModel: Sendable {
    /// What its file calls it, in characters that may be shown.
    let name: String
    /// What tells its file from others: `ContentDigest` of all of it.
    let content: String
    /// Where its file lies, as the program opened it; empty where that is not known.
    let path: String
    /// The layers and heads it was built with; nil where they are not known.
    let built: BuiltHeads?
    private let begin: @Sendable (WritingOrder, _ threads: Int) -> any LiveWriting
    private let read: @Sendable (String, _ threads: Int) -> LooksReading?
    /// What it can be measured for.
    let measures: LiveMeasures

    /// A model, by what begins to write with it, what reads a sentence with it, nil where that
    /// cannot be read, and what measures it.
    package init(
        name: String, content: String, path: String = "", built: BuiltHeads? = nil,
        begin: @escaping @Sendable (WritingOrder, _ threads: Int) -> any LiveWriting,
        read: @escaping @Sendable (String, _ threads: Int) -> LooksReading?,
        measures: LiveMeasures
    ) {
        self.name = String(name.prefix(WritingStatus.mostName))
        self.content = content
        self.path = path
        self.built = built
        self.begin = begin
        self.read = read
        self.measures = measures
    }

    /// What is said where there is none.
    static let noneWords = "No model's file is open; m lists those found here."

    func reading(_ sentence: String, threads: Int) -> LooksReading? { read(sentence, threads) }

    func writing(_ order: WritingOrder, threads: Int) -> LiveWork {
        LiveWork(writing: begin(order, threads))
    }
}

/// The layers of a model and its heads, as it was built.
package struct BuiltHeads: Hashable, Sendable, Codable {
    let layers, queryHeads, keyValueHeads: Int

    /// A model's, of which a few hundred at the most are told of.
    package init(layers: Int, queryHeads: Int, keyValueHeads: Int) {
        (self.layers, self.queryHeads, self.keyValueHeads) = (layers, queryHeads, keyValueHeads)
    }

    /// Whether a model can be so.
    var isPossible: Bool {
        1...1 << 16 ~= layers && 1...1 << 16 ~= keyValueHeads && 1...1 << 16 ~= queryHeads
            && queryHeads % keyValueHeads == 0
    }

    /// Of the model that was measured for the course.
    static let measured = BuiltHeads(
        layers: LooksSpec.layers, queryHeads: MeasuredModel.queryHeads,
        keyValueHeads: MeasuredModel.keyValueHeads)
}

/// What a model is asked to write.
package struct WritingOrder: Hashable, Sendable {
    /// What it goes on with.
    package let beginning: String
    /// Ways to keep its cache, one after the other.
    package let forms: [MeasuredModel.Form]
    /// The most tokens that it writes with each.
    package let tokens: Int
    /// What is written already with some of them.
    package var known: [WritingStatus.Row] = []
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
    mutating func advance(for time: Duration, goesOn: () -> Bool) {
        writing.advance(for: time, goesOn: goesOn)
    }
}

/// The learner's own model writes what a step shows, on this machine.
struct WritingExperiment: WordsExperiment {
    let forms: [MeasuredModel.Form]
    private let asked: [WritingSpec.Form]
    /// What writes; nil for one that is only looked up.
    var model: LiveModel?
    /// What it goes on with.
    var words = MeasuredModel.smolLM2.beginning
    /// What it wrote at another width with the same ways, and need not write again.
    var known: [WritingStatus.Row] = []

    init(_ spec: WritingSpec, _ setting: CacheSetting) {
        self.init(
            spec.forms, width: setting.latent?.latentRank ?? 128, setting.numberWidth,
            heads: WritingFigures.heads(of: setting.shape))
    }

    private init(
        _ asked: [WritingSpec.Form], width: Int, _ numbers: NumberWidth, heads: Int
    ) {
        self.asked = asked
        forms = asked.map { WritingFigures.form($0, width: width, numbers, heads: heads) }
    }

    /// What the same step asks for at each width, each number of bytes and each g.
    var siblings: [WritingExperiment] {
        let widths = asked.contains(.latent) ? WritingFigures.widths : [128]
        let numbers: [NumberWidth] = asked.contains(.bits) ? [.bits16, .bits8, .bits4] : [.bits16]
        let heads =
            asked.contains(.heads) ? WritingFigures.heads : [MeasuredModel.keyValueHeads]
        return widths.flatMap { width in
            numbers.flatMap { numbers in
                heads.map { WritingExperiment(asked, width: width, numbers, heads: $0) }
            }
        }
    }

    static let runKey = RunKey(
        label: "write here", help: "Have your own model write this here; again to stop")
    static let wordsName = "Your model goes on with"

    /// What its keys begin with.
    static let name = "writing"

    var key: ExperimentKey {
        ExperimentKey(name: Self.name, parameters: forms.map(\.id).joined(separator: ","))
    }

    /// A text is of one file and one beginning.
    var keptKey: ExperimentKey {
        var key = key
        key.source = model.map { "\($0.content) \(words)" }
        return key
    }
    var showsNewest: Bool { model == nil }

    /// It, and the losses that the learner measured, which stand beside what is written.
    var shown: [any Experiment] { [self, LossesExperiment()] }

    var part: WritableKeyPath<SharedExperiments, WritingStatus?> { \.writing }
    var started: String { "The model writes on this machine." }
    var memoryNeeded: ByteCount? { ByteCount(256 << 20) }

    func begin(threads: Int) -> LiveWork? {
        let order = WritingOrder(
            beginning: words, forms: forms, tokens: WritingSpec.mostWritten, known: known)
        return model?.writing(order, threads: threads)
    }

    func report(of work: LiveWork, isRunning: Bool) -> ExperimentReport {
        let status = WritingStatus(
            model: model?.name ?? "", content: model?.content ?? "", beginning: words,
            rows: work.writing.rows, doing: work.writing.doing, share: work.writing.share,
            isRunning: isRunning, built: model?.built)
        return .measured(MeasuredStatus(self, status))
    }

    func accepts(_ status: WritingStatus) -> Bool {
        // Of those that were written at another width only some are the same here.
        status.rows.count <= forms.count
            && status.rows.allSatisfy { row in forms.contains { $0.id == row.form } }
    }

    func share(of status: WritingStatus) -> Double { status.share }

    func kept(_ status: WritingStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, status.share == 1 else { return nil }
        let kept = KeptMeasurement(
            what: "\(MeasuredModel.name(status.model, content: status.content)) went on with "
                + "\"\(status.beginning)\"",
            rows: status.rows.map { row in
                let form = MeasuredModel.Form(id: row.form)
                return .init(
                    name: form.map { WritingFigures.name($0, in: status) } ?? row.form,
                    result: row.text)
            },
            found: SharedExperiments(writing: status))
        return (keptKey, kept)
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
        /// Tokens that the cache held in the end; nil in files of programs that did not say.
        var heldTokens: Int?
        /// What became of it, where its status does not tell that.
        var end: End?
        /// When it was written, where that was not with the rest.
        var date: String?

        /// Why a text is no longer than it is.
        enum End: String, Hashable, Sendable, Codable { case goesOn, stopped }

        var text: String {
            isPossible ? pieces.joined() : "not possible with \(counted(numbers, "number")) a token"
        }

        /// Whether the model has it: else nothing is read for it, and its numbers are the model's.
        var isPossible: Bool { readTokens > 0 }

        /// Whether it was written with a way.
        package func isOf(_ form: MeasuredModel.Form) -> Bool { self.form == form.id }

        /// What a model wrote with a way to keep its cache, and what that keeps.
        package init(
            form: MeasuredModel.Form, numbers: Int, bytesPerToken: Int, readTokens: Int,
            pieces: [String], heldTokens: Int? = nil
        ) {
            (self.form, self.numbers, self.bytesPerToken) = (form.id, numbers, bytesPerToken)
            (self.readTokens, self.pieces, self.heldTokens) = (readTokens, pieces, heldTokens)
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
    /// What the model was built with; nil in files of programs that did not say.
    var built: BuiltHeads?

    /// Whether it is not what the project had written, be it another text or another model.
    var isOwn: Bool {
        let project = MeasuredModel.smolLM2
        return content != project.content || beginning != project.beginning
    }

    static let mostName = 60
    /// Characters of a token at the most.
    package static let mostPiece = 100
    /// As long as a beginning may be, in characters.
    package static let mostBeginning = 200

    var isPossible: Bool {
        model.count <= Self.mostName && content.count <= 64 && doing.count <= 60
            && beginning.count <= Self.mostBeginning && 0...1 ~= share
            && built?.isPossible != false
            && rows.count <= WritingSpec.mostForms
            && rows.allSatisfy { row in
                row.form.count <= 20 && 1...1 << 20 ~= row.numbers
                    && 1...1 << 30 ~= row.bytesPerToken && 0...1 << 20 ~= row.readTokens
                    && 0...1 << 20 ~= row.heldTokens ?? 0 && row.date?.count ?? 0 <= 40
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
