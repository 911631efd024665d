/// Something that a step lets a learner measure or train: a value with all the parameters it
/// depends on, so that what was found is found again by it.
///
/// Its file says all there is to say about one; `RunKey.all` and `SharedExperiments` list them.
protocol Experiment: Sendable {
    /// How it stands: what is drawn, kept, and sent to those who follow.
    associatedtype Status: ExperimentStatus

    /// What the key that runs it is called, in the footer and in the help.
    static var runKey: RunKey { get }
    /// What its status is known under.
    var key: ExperimentKey { get }
    /// What its measurement is kept under, where that depends on more.
    var keptKey: ExperimentKey { get }
    /// Whether the newest of any source is shown, where it is of none.
    var showsNewest: Bool { get }
    /// Where its status stands among those that are sent and kept.
    var part: WritableKeyPath<SharedExperiments, Status?> { get }
    /// What is said when it starts: "The race trains on this machine."
    var started: String { get }
    /// Why it cannot be run here, as a sentence; nil where it can.
    var obstacle: String? { get }
    /// How it stands before anything was run; nil where there is nothing to see.
    var untouched: Status? { get }
    /// Whether what it finds would answer the question of its step, so that it waits for that.
    var tellsAnswer: Bool { get }
    /// It and what stands beside it on the screen.
    var shown: [any Experiment] { get }

    /// How it stands on this machine.
    func status(in experiments: Experiments) -> Status?
    /// Whether a status that can have been measured can be this experiment's.
    func accepts(_ status: Status) -> Bool
    /// The share of the work that is done, 0 to 1.
    func share(of status: Status) -> Double
    /// What its key does now; nil where that is what it is called.
    func label(in experiments: Experiments) -> String?
    /// How long it takes once its key begins it, where that is a minute or more: "about 3 minutes".
    func length(in experiments: Experiments) -> String?
    /// What its key does: on the spot, or as an order to the program. seen: what is on the screen.
    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun
    /// What is kept with the progress, but for its date; nil as long as it is not over.
    func kept(_ status: Status) -> (key: ExperimentKey, KeptMeasurement)?
    /// What is said when it is over, where the step's picture need not show it; nil where it does.
    func news(of measurement: KeptMeasurement) -> String?
}

extension Experiment {
    func news(of measurement: KeptMeasurement) -> String? { nil }
    var keptKey: ExperimentKey { key }
    var showsNewest: Bool { false }
    var obstacle: String? { nil }
    var untouched: Status? { nil }
    var tellsAnswer: Bool { false }
    var shown: [any Experiment] { [self] }
    func status(in experiments: Experiments) -> Status? { experiments.statuses[self] }
    func accepts(_ status: Status) -> Bool { true }
    func label(in experiments: Experiments) -> String? { nil }
    func length(in experiments: Experiments) -> String? { nil }
    func kept(_ status: Status) -> (key: ExperimentKey, KeptMeasurement)? { nil }

    /// The status that a file holds, where it can be this experiment's.
    func status(in shared: SharedExperiments) -> Status? {
        shared[keyPath: part].flatMap { accepts($0) ? $0 : nil }
    }

    /// How far it has come on this machine, and whether it runs no more; nil where nothing began.
    func way(in experiments: Experiments) -> (share: Double, isOver: Bool)? {
        status(in: experiments).map { (share(of: $0), !$0.isRunning) }
    }
}

/// How an experiment stands, as a plain value. In a file it is the same members.
protocol ExperimentStatus: Hashable, Codable, Sendable {
    /// Whether it goes on by itself.
    var isRunning: Bool { get }
    /// Whether it was begun and is not over; a race that is paused is under way.
    var isUnderWay: Bool { get }
    /// Whether this can have been measured; what cannot is not read from any file.
    var isPossible: Bool { get }

    /// What is told to those who follow, in few bytes. isBeside: it stands beside what the step
    /// runs.
    func told(isBeside: Bool) -> Self?
}

extension ExperimentStatus {
    var isUnderWay: Bool { isRunning }
    func told(isBeside: Bool) -> Self? { self }
}

/// What an experiment is known under: which it is, and all its parameters.
package struct ExperimentKey: Hashable, Sendable {
    /// "times"
    let name: String
    /// "n=32,h=128,s=8192,bytes=2"
    var parameters = ""
    /// A model's file and a text of the learner's, where it is of those: there is no end of them.
    var source: String?

    /// Without the source: what is the same but for that begins so.
    var kind: String { parameters.isEmpty ? name : "\(name) \(parameters)" }

    /// All of it, as it is written in files.
    var text: String { source.map { "\(kind) \($0)" } ?? kind }
}

/// What became of running an experiment.
enum ExperimentRun {
    /// It was done on the spot.
    case done
    case order(ExperimentOrder)
    /// It cannot be run, for this reason.
    case refused(String)
}

/// What the key that runs an experiment is called.
package struct RunKey: Hashable, Sendable {
    /// A word or two for the footer.
    package let label: String
    /// A sentence for the help.
    package let help: String

    /// Of every kind of experiment, in the order of the help.
    package static let all = [
        RaceExperiment.runKey, LayerExperiment.runKey, TimesExperiment.runKey,
        FormsExperiment.runKey, TokensExperiment.runKey, MachineExperiment.runKey,
        WritingExperiment.runKey, LooksExperiment.runKey, DiversityExperiment.runKey,
        LossesExperiment.runKey,
    ]
}
