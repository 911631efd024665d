import AttentionEngine
import CourseContent

/// What a follower sees of the experiments on another screen; the follower's own stay as they are.
struct RemoteExperiments: Sendable {
    private struct Part {
        let key: ExperimentKey
        /// nil where nothing was run.
        let status: (any ExperimentStatus)?
    }

    /// What the step on that screen shows, by the names of experiments.
    private var parts: [String: Part] = [:]
    private(set) var proposal: SharedProposal?

    /// Of what is told of a step, at the setting on the other screen.
    init(_ shared: SharedExperiments, of step: PreparedStep, at setting: CacheSetting) {
        for experiment in step.experiments(at: setting) {
            let status: (any ExperimentStatus)? = Self.status(of: experiment, in: shared)
            parts[experiment.key.name] = Part(key: experiment.key, status: status)
        }
        if !step.proposalUses.isEmpty { proposal = shared.proposal }
    }

    private static func status<Kind: Experiment>(
        of experiment: Kind, in shared: SharedExperiments
    ) -> (any ExperimentStatus)? {
        experiment.status(in: shared) ?? experiment.untouched
    }

    /// How an experiment stands there; nil where that is not known.
    func status(of experiment: some Experiment) -> (any ExperimentStatus)? {
        parts[experiment.key.name].flatMap { $0.key == experiment.key ? $0.status : nil }
    }

    /// Whether it is what a follower sees of an experiment: always while they follow, and for those
    /// who have let go where there is something to see.
    func covers(_ experiment: some Experiment, isFollowing: Bool) -> Bool {
        isFollowing ? parts[experiment.key.name] != nil : status(of: experiment) != nil
    }

    /// Leaves an experiment to the follower's own.
    mutating func leave(_ experiment: any Experiment) {
        for experiment in experiment.shown { parts[experiment.key.name] = nil }
    }

    mutating func leaveProposal() { proposal = nil }

    /// What became of it, for a follower who has let go: what is told no more stays as it was, unless
    /// it was under way.
    mutating func goOn(with news: RemoteExperiments?) {
        for (name, part) in parts {
            parts[name] =
                news?.parts[name] ?? (part.status?.isUnderWay == true ? nil : part)
        }
    }
}
