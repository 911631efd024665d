import AttentionEngine

/// How experiments stand, each under what it is of, and where that was found.
struct ExperimentStatuses: Sendable {
    /// Where and when something was found.
    enum Origin: Hashable, Sendable {
        case here
        /// On the machine whose screen is followed.
        case there
        /// Here, before the program was started.
        case before(date: String)
    }

    private var statuses: [ExperimentKey: any ExperimentStatus] = [:]
    private var origins: [ExperimentKey: Origin] = [:]

    subscript<Kind: Experiment>(experiment: Kind) -> Kind.Status? {
        get { statuses[experiment.key] as? Kind.Status ?? experiment.untouched }
        set { statuses[experiment.key] = newValue }
    }

    /// Takes on a status of an experiment's own kind.
    mutating func set(
        _ experiment: some Experiment, _ status: (any ExperimentStatus)?,
        from origin: Origin = .here
    ) {
        statuses[experiment.key] = status
        origins[experiment.key] = origin
    }

    func isRunning<Status: ExperimentStatus>(_ kind: Status.Type) -> Bool {
        statuses.values.contains { ($0 as? Status)?.isRunning == true }
    }

    func origin(of experiment: some Experiment) -> Origin { origins[experiment.key] ?? .here }

    /// "here" or "there"
    func place(of experiment: some Experiment) -> String {
        origin(of: experiment) == .there ? "there" : "here"
    }

    /// The same of the machine, as long in words, so that both screens are laid out alike.
    func machine(of experiment: some Experiment) -> String {
        origin(of: experiment) == .there ? "on that machine" : "on this machine"
    }
}

/// What is known of experiments on this machine, and what they are made with.
struct Experiments: Sendable {
    typealias Layer = (
        lane: RecallProgress.Lane, steps: Int, look: (question: Int, status: LayerStatus)?
    )

    /// How those stand that leave nothing but their status.
    var statuses = ExperimentStatuses()
    /// The race's layers that were trained here, or are being trained, each with the newest look at a
    /// question.
    private(set) var layers: [RecallVariant: Layer] = [:]
    /// Which of its unseen questions a layer is asked.
    var question = 0
    /// The cache that the learner fills token by token.
    var cache: ModelCache?
    /// How far sharing moves outputs, at the setting's n and g.
    private(set) var sharing: SharingComparison?

    /// Takes on how an experiment stands; results to keep, where a race is over by this report.
    mutating func receive(_ report: ExperimentReport) -> RaceResults? {
        switch report {
        case .kept(let results): statuses[RaceExperiment(of: results)]?.results = results
        case .race(let plan, let progress, let date):
            if plan.field != .widened {
                for lane in progress.lanes {
                    layers[lane.variant] = lane.trained == nil ? nil : (lane, plan.steps, nil)
                }
            }
            guard let race = plan.experiment as? RaceExperiment else { return nil }
            return statuses[race]?.receive(plan, progress, date: date)
        case .measured(let measured): statuses.set(measured.experiment, measured.status)
        }
        return nil
    }

    /// Forgets the training under way where an order ends it: there is one at a time. Whether a race
    /// was.
    mutating func take(_ order: RaceOrder) -> Bool {
        switch order {
        case .pause, .goOn: return false
        case .start, .stop: break
        }
        let races = [RaceExperiment.usual, .widened]
        defer {
            for race in races { statuses[race]?.run = nil }
            layers = layers.filter { $0.value.lane.result != nil }
        }
        return races.contains { statuses[$0]?.run != nil }
    }

    /// Brings what is computed on the spot up to a step's setting.
    mutating func settle(on step: PreparedStep, at setting: CacheSetting) {
        // Another setting's cache is another cache; it starts empty.
        if cache != nil, step.tokens(at: setting)?.status(in: self) == nil { cache = nil }
        for case let layer as LayerExperiment in step.experiments(at: setting) {
            let status = layer.status(in: self)
            layers[layer.variant]?.look = status.map { (question, $0) }
        }
        let shape = setting.shape
        guard step.widgets.contains(.outputs),
            sharing?.queryHeads != shape.queryHeads
                || sharing?.keyValueHeads != shape.keyValueHeads
        else { return }
        sharing = SharingComparison(shape)
    }

    /// The caches a lesson fills or times at the most: no step may take a learner's machine over.
    static let mostBytes = ByteCount(512 << 20)
}

extension PreparedStep {
    /// What its widgets show at a setting.
    func experiments(at setting: CacheSetting) -> [any Experiment] {
        widgets.flatMap { $0.experiment(at: setting)?.shown ?? [] }
    }
}
