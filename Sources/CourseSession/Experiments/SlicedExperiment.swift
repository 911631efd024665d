import AttentionEngine
import CourseContent

/// An experiment that is computed beside the app, slice after slice, until it is done or ended.
package protocol SlicedExperiment: Sendable {
    /// The computation under way.
    associatedtype Work: SlicedWork

    /// What it is known under.
    var key: ExperimentKey { get }

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
        return obstacle.map { .refused($0) } ?? .order(.measure(self))
    }
}
