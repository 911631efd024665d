import AttentionEngine

/// What a step lets a learner measure: run, seen, kept, and told to those who follow.
extension CourseApp {
    /// What `r` runs on this step; nil where there is nothing.
    var experiment: (any Experiment)? { step.experiments(at: setting).first }

    /// The race that the step shows, as it stands here; nil where it shows none.
    var race: RaceStatus? { (experiment as? RaceExperiment).map(experiments.statuses.race) }

    // MARK: Running

    /// Runs the step's experiment, or goes on with it or ends it: on the spot or beside the app.
    mutating func runExperiment() -> [Effect] {
        guard let experiment else { return [] }
        let seen = seen
        switch experiment.run(in: &experiments, seen: seen) {
        case .refused(let why):
            notice = why
            return []
        case .order(let order):
            let effects = give(order)
            runOwn()
            return effects
        case .done:
            runOwn()
            return []
        }
    }

    /// The race with the other number of steps.
    mutating func runOtherLength() -> [Effect] {
        guard let race else { return [] }
        let effects = give(.race(.start(race.plan.ofOtherLength)))
        runOwn()
        return effects
    }

    /// Ends the training under way, without results.
    mutating func stopTraining() -> [Effect] {
        notice = "Stopped. What was measured before stays."
        return give(.race(.stop))
    }

    private mutating func give(_ order: ExperimentOrder) -> [Effect] {
        if case .race(let order) = order, experiments.take(order), case .start = order {
            notice = "The race that was under way was stopped."
        }
        return [.run(order)]
    }

    /// Takes on how an experiment stands that runs beside the app, and says what the program must
    /// do.
    @discardableResult
    package mutating func receive(_ report: ExperimentReport) -> [Effect] {
        defer { updateLayout() }
        let before = progress
        let results = experiments.receive(report)
        if let experiment = report.experiment { keep(experiment) }
        let kept: [Effect] = results.map { [.keep($0)] } ?? []
        return progress == before ? kept : kept + [.save(progress)]
    }

    /// Keeps what an experiment found, where it is over.
    private mutating func keep<Kind: Experiment>(_ experiment: Kind) {
        guard let status = experiment.status(in: experiments),
            let (key, measurement) = experiment.kept(status, date: now)
        else { return }
        progress.keep(measurement, of: key)
    }

    // MARK: Seeing

    /// How those stand that the step shows: there where a screen is followed, or else here.
    var seen: ExperimentStatuses {
        var seen = ExperimentStatuses()
        for experiment in step.experiments(at: setting) {
            if let remote, remote.covers(experiment, isFollowing: following == .following) {
                seen.set(experiment, remote.status(of: experiment), from: .there)
            } else {
                show(experiment, in: &seen)
            }
        }
        return seen
    }

    /// Shows what was found of an experiment here, in this session or before.
    private func show<Kind: Experiment>(_ experiment: Kind, in seen: inout ExperimentStatuses) {
        if let status = experiment.status(in: experiments) {
            seen[experiment] = status
        } else if following == nil, let (status, date) = progress.found(by: experiment) {
            seen.set(experiment, status, from: .before(date: date))
        }
    }

    // MARK: A class

    /// What others are told of the experiments that the step shows; nil where it shows none.
    var sharedExperiments: SharedExperiments? {
        guard !isExploring, review == nil, experiment != nil else { return nil }
        var own = ExperimentStatuses()
        var shared = SharedExperiments()
        func tell<Kind: Experiment>(_ experiment: Kind, isBeside: Bool) {
            show(experiment, in: &own)
            shared[keyPath: experiment.part] = own[experiment]?.told(isBeside: isBeside)
        }
        for experiment in step.widgets.compactMap({ $0.experiment(at: setting) }) {
            for (index, shown) in experiment.shown.enumerated() {
                tell(shown, isBeside: index > 0)
            }
        }
        if !step.proposalUses.isEmpty {
            shared.proposal = SharedProposal(
                place: placing ?? progress.proposal, isMoved: placing != nil)
        }
        return shared
    }

    /// What is seen of the experiments at a place; nil where nothing is told of any.
    func remoteExperiments(at place: SharedPlace) -> RemoteExperiments? {
        guard !place.isExploring, let shared = place.measured,
            let lesson = course.lessons.first(where: { $0.id == place.lesson }),
            let step = lesson.steps.first(where: { $0.id == place.step }),
            let setting = try? CacheSetting(text: place.setting)
        else { return nil }
        return RemoteExperiments(shared, of: step, at: setting)
    }

    /// Notes that the learner runs their own experiment: that one is theirs from now on.
    private mutating func runOwn() {
        if let experiment { remote?.leave(experiment) }
        letGo()
    }

    // MARK: The proposal

    /// The proposal that is shown: one's own, or that of the screen that is followed.
    var seenProposal: (place: Proposal?, isMoved: Bool, isThere: Bool) {
        guard placing == nil, let told = remote?.proposal,
            following == .following || told.place != nil
        else { return (placing ?? progress.proposal, placing != nil, false) }
        return (told.place, told.isMoved, true)
    }

    /// Whether the step lets a proposal be placed.
    var canPlace: Bool { step.proposalUses.contains(.place) }

    /// Begins to place a proposal, which is the learner's own from now on.
    mutating func startPlacing() {
        placing = progress.proposal ?? .start
        remote?.leaveProposal()
        letGo()
    }

    mutating func performPlacing(_ action: Action, from place: Proposal) {
        switch action {
        case .left: placing = place.moved(numbers: -4)
        case .right: placing = place.moved(numbers: 4)
        case .up: placing = place.moved(percent: 5)
        case .down: placing = place.moved(percent: -5)
        case .choose:
            progress.proposal = place
            placing = nil
        case .erase:
            progress.proposal = nil
            placing = nil
        default: placing = nil
        }
    }
}
