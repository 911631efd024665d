import AttentionEngine
import CourseContent

/// How the experiments stand that a step shows, in files: of a screen that others follow, and of
/// what is kept. What they are of stands beside them there; a part is missing where nothing was
/// run.
package struct SharedExperiments: Hashable, Sendable {
    var race: RaceStatus?
    /// The control of the race.
    var widened: RaceStatus?
    var layers: [LayerStatus]?
    var times: TimesStatus?
    var forms: FormsStatus?
    var machine: MachineStatus?
    /// The cache that is filled token by token.
    var cache: TokensStatus?
    /// What the learner's own model wrote.
    var writing: WritingStatus?
    /// Where its heads look.
    var looks: LooksStatus?
    /// How different they are.
    var diversity: DiversityStatus?
    /// What ways to keep its cache cost.
    var losses: LossesStatus?
    var proposal: SharedProposal?

    /// The layer of a variant's id.
    subscript(layer variant: String) -> LayerStatus? {
        get { layers?.first { $0.variant == variant } }
        set {
            layers?.removeAll { $0.variant == variant }
            if let newValue { layers = (layers ?? []) + [newValue] }
        }
    }
}

extension SharedExperiments: Codable {
    /// Takes what can have been measured. A file may come from anywhere: other parts are left out,
    /// as if nothing had been run.
    package init(from decoder: any Decoder) {
        let values = try? decoder.container(keyedBy: CodingKeys.self)
        func member<Member: Decodable>(_ key: CodingKeys) -> Member? {
            try? values?.decodeIfPresent(Member.self, forKey: key)
        }
        func part<Status: ExperimentStatus>(_ key: CodingKeys) -> Status? {
            member(key).flatMap { (status: Status) in status.isPossible ? status : nil }
        }
        let layers: [LayerStatus]? = member(.layers)
        self.init(
            race: part(.race), widened: part(.widened), layers: layers?.filter(\.isPossible),
            times: part(.times), forms: part(.forms),
            machine: part(.machine), cache: part(.cache), writing: part(.writing),
            looks: part(.looks), diversity: part(.diversity), losses: part(.losses),
            proposal: member(.proposal))
    }
}

/// The proposal in the race's plot; without a place where there is none.
struct SharedProposal: Hashable, Sendable, Codable {
    var place: Proposal?
    /// Whether it is being moved.
    var isMoved: Bool
}

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

    /// Of what is told of a step, at the setting on the other screen; what was under way when that
    /// ended is the follower's to run.
    init(
        _ shared: SharedExperiments, of step: PreparedStep, at setting: CacheSetting, isOver: Bool
    ) {
        for experiment in step.experiments(at: setting) {
            let status: (any ExperimentStatus)? = experiment.status(in: shared)
            if isOver, status?.isUnderWay == true { continue }
            parts[experiment.key.name] = Part(
                key: experiment.key, status: status ?? experiment.untouched)
        }
        if !step.proposalUses.isEmpty { proposal = shared.proposal }
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

    /// What became of it, for a follower who has let go: what is told no more stays as it was,
    /// unless it was under way.
    mutating func goOn(with news: RemoteExperiments?) {
        for (name, part) in parts {
            parts[name] =
                news?.parts[name] ?? (part.status?.isUnderWay == true ? nil : part)
        }
    }
}
