import AttentionEngine
import CourseContent

/// What the app asks of the program around it: experiments run beside the app, since a key may not
/// wait for them.
package enum ExperimentOrder: Sendable {
    /// About the recall race, or one of its layers.
    case race(RaceOrder)
    /// Compute an experiment in slices.
    case measure(any SlicedExperiment)
    /// End what `measure` began; what was found stays.
    case stop
}

extension ExperimentOrder: Equatable {
    /// An experiment is the same where all its parameters are.
    package static func == (one: ExperimentOrder, other: ExperimentOrder) -> Bool {
        switch (one, other) {
        case (.race(let one), .race(let other)): one == other
        case (.measure(let one), .measure(let other)): one.key == other.key
        case (.stop, .stop): true
        default: false
        }
    }
}

/// How an experiment stands, told to the app while it runs and when it is done.
package enum ExperimentReport: Sendable {
    /// How a race stands, and today's date for when it is over.
    case race(RacePlan, RecallProgress, date: String)
    /// What a race found on this machine before.
    case kept(RaceResults)
    /// How an experiment stands that is computed in slices.
    case measured(MeasuredStatus)

    /// What it is about; nil where nothing runs.
    var experiment: (any Experiment)? {
        switch self {
        case .race(let plan, _, _): plan.experiment
        case .kept: nil
        case .measured(let measured): measured.experiment
        }
    }
}

/// The status of an experiment that is computed in slices.
package struct MeasuredStatus: Sendable {
    let experiment: any Experiment
    let status: any ExperimentStatus

    init<Kind: Experiment>(_ experiment: Kind, _ status: Kind.Status) {
        self.experiment = experiment
        self.status = status
    }
}

/// An experiment that is computed beside the app, slice after slice, until it is done or ended.
package protocol SlicedExperiment: Sendable {
    /// The computation under way.
    associatedtype Work: SlicedWork

    /// What it is known under.
    var key: ExperimentKey { get }
    /// Bytes that it holds at once; nil where they cannot be counted.
    var memoryNeeded: ByteCount? { get }

    /// The computation before its first slice; nil where there can be none. Cost: what it needs of
    /// memory is made here or in the first slices.
    func begin(threads: Int) -> Work?

    /// How it stands, for the app.
    func report(of work: Work, isRunning: Bool) -> ExperimentReport
}

/// A computation that is done in slices.
package protocol SlicedWork: Sendable {
    /// Whether nothing is left to do.
    var isFinished: Bool { get }

    /// Works for about so long.
    mutating func advance(for time: Duration)

    /// The same, ended before where `goesOn`, which is asked in the midst of what takes long, says
    /// no.
    mutating func advance(for time: Duration, goesOn: () -> Bool)
}

extension SlicedWork {
    /// Of work that takes no longer than it is given.
    package mutating func advance(for time: Duration, goesOn: () -> Bool) { advance(for: time) }
}

extension DecodeSweep: SlicedWork {}
extension LatentComparison: SlicedWork {}

/// What the key does with an experiment that is computed in slices: it starts one, or ends the one
/// of its kind that runs.
extension Experiment where Self: SlicedExperiment {
    func label(in experiments: Experiments) -> String? {
        experiments.statuses.isRunning(Status.self) ? "stop" : nil
    }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        if experiments.statuses.isRunning(Status.self) { return .order(.stop) }
        let lack = memoryNeeded.flatMap(Experiments.lack)
        return (obstacle ?? lack).map { .refused($0) } ?? .order(.measure(self))
    }
}
