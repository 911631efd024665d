import AttentionEngine
import CourseContent

/// An experiment in which the learner's own model takes a text: to go on with it, or to read it.
protocol WordsExperiment: Experiment, SlicedExperiment {
    /// What takes it; nil for one that is only looked up.
    var model: LiveModel? { get set }
    /// The text: the lesson's, unless the learner says another.
    var words: String { get set }
    /// Itself, and those whose run goes on with it once they are done.
    var siblings: [Self] { get }
    /// What stands before the text where it is typed.
    static var wordsName: String { get }
}

extension WordsExperiment {
    var siblings: [Self] { [self] }

    /// Whether it runs, also at another width, but not on another step.
    private func isRunning(in experiments: Experiments) -> Bool {
        ([self] + siblings).contains { experiments.statuses[$0]?.isRunning == true }
    }

    func label(in experiments: Experiments) -> String? {
        isRunning(in: experiments) ? "stop" : nil
    }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        isRunning(in: experiments) ? .order(.stop) : start(in: experiments)
    }

    /// Starts it with the model that is open, also in place of one that runs.
    func start(in experiments: Experiments) -> ExperimentRun {
        let own = given(experiments)
        guard own.model != nil else { return .refused(LiveModel.noneWords) }
        if let lack = memoryNeeded.flatMap(Experiments.lack) { return .refused(lack) }
        return .order(.measure(own))
    }

    /// The same with the model that is open and the learner's text.
    func given(_ experiments: Experiments) -> Self {
        var own = self
        own.model = experiments.liveModel
        own.words = experiments.typedWords[key.name] ?? experiments.beginning ?? words
        return own
    }
}

/// What the learner typed for a model, and whether one is open that could take it.
struct KeptWords: Equatable, Sendable {
    let words: String
    let hasModel: Bool

    /// That it is kept, and what has it taken: "be read", or the key that "reads".
    func text(toDo: (model: String, key: String)) -> String {
        let short = words.count > 40 ? "\(words.prefix(39))…" : words
        let key = hasModel ? "r \(toDo.key)" : "Needs a model's file (m) to \(toDo.model)"
        return "\(key): \"\(short)\""
    }
}

/// What the learner has their own model take.
extension Session {
    private var wordsExperiment: (any WordsExperiment)? { experiment as? any WordsExperiment }

    /// What is said where the step takes no text.
    package static let noWords = "No model takes a text on this step."

    /// What stands before the text that the step's model takes, and that text; nil where it takes
    /// none.
    package var ownWords: (name: String, text: String)? {
        wordsExperiment.map { (type(of: $0).wordsName, $0.given(experiments).words) }
    }

    /// The text that the step's model takes, where the learner said it.
    var typedWords: String? {
        guard let experiment = wordsExperiment else { return nil }
        let words = experiment.given(experiments).words
        return words == experiment.words ? nil : words
    }

    /// The same as pictures tell it that do not show it yet.
    var keptWords: KeptWords? {
        isFollowing ? nil : typedWords.map { KeptWords(words: $0, hasModel: !needsModel) }
    }

    /// Keeps a text for later, and says what becomes of it.
    package mutating func keepForLater(words: String) {
        guard let before = ownWords?.text else { return }
        keep(words: words)
        guard let after = ownWords?.text, after != before else { return }
        notice =
            needsModel
            ? "Kept on this step; m opens the model's file that it needs."
            : "Kept; \(runKey == nil ? "" : "r ")has the model take it."
    }

    /// The options that open the model that is open, with the text that it takes here.
    var modelOptions: [(name: String, value: String)] {
        guard showsRealModel, let path = openModelPath else { return [] }
        return [("--gguf", path)] + (typedWords.map { [("--begin", $0)] } ?? [])
    }

    /// Keeps a text for the step's model, the lesson's own where that is empty.
    package mutating func keep(words: String) {
        guard let experiment = wordsExperiment else { return }
        let text = String(words.prefix(WritingStatus.mostBeginning))
        let isEmpty = text.allSatisfy(\.isWhitespace)
        experiments.typedWords[experiment.key.name] = isEmpty ? experiment.words : text
    }

    /// Has the step's model take a text, the lesson's own where that is empty; where none is open
    /// one is looked for, and takes it then.
    package mutating func run(words: String) -> [Effect] {
        guard let experiment = wordsExperiment else { return [] }
        keep(words: words)
        return needsModel ? lookForModels(toRun: true) : take(experiment.start(in: experiments))
    }

    /// An experiment of the step with the model that is open, and what it takes.
    func withModel<Kind: Experiment>(_ experiment: Kind) -> Kind {
        if var measure = experiment as? any MeasureExperiment {
            measure.model = experiments.liveModel
            return measure as? Kind ?? experiment
        }
        guard let words = experiment as? any WordsExperiment else { return experiment }
        return words.given(experiments) as? Kind ?? experiment
    }
}
