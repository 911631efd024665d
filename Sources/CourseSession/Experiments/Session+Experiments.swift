import AttentionEngine
import CourseContent

/// What a step lets a learner measure: run, seen, kept, and told to those who follow.
extension Session {
    /// What `r` runs on this step; nil where there is nothing.
    var experiment: (any Experiment)? { step.experiments(at: setting).first }

    /// Why the step's experiment cannot be run at the setting, on any machine, as a sentence; nil
    /// where it can, or where the step has none.
    package var runObstacle: String? { experiment?.obstacle }

    /// What the key is called that runs something here; nil where nothing does.
    package var runKey: RunKey? { experiment.map { type(of: $0).runKey } }

    /// What the key does now, in a word or two; nil where that is what it is called.
    package var runLabel: String? { experiment?.label(in: experiments) }

    /// The race that the step shows, as it stands here; nil where it shows none.
    package var race: RaceStatus? { (experiment as? RaceExperiment).map(experiments.statuses.race) }

    // MARK: Running

    /// How long what the key begins takes, where that is a minute or more: "about 3 minutes".
    package var runLength: String? {
        waitsForAnswer ? nil : experiment?.length(in: experiments)
    }

    /// What is asked before that.
    package var lengthQuestion: String? {
        runLength.map { "This takes \($0). r again starts, x stops it." }
    }

    /// Whether what the step measures is its question's answer, which is not given yet.
    package var waitsForAnswer: Bool { isVeiled && experiment?.tellsAnswer == true }

    /// Runs the step's experiment, or goes on with it or ends it: on the spot or beside the app.
    package mutating func run() -> [Effect] {
        guard let experiment else { return [] }
        if waitsForAnswer {
            notice = Self.veiledWords
            return []
        }
        if needsModel { return lookForModels(toRun: true) }
        let seen = seen
        return take(experiment.run(in: &experiments, seen: seen))
    }

    /// Says what became of running an experiment, and what the program must do.
    mutating func take(_ run: ExperimentRun) -> [Effect] {
        switch run {
        case .refused(let why):
            notice = why
            return []
        case .order(let order):
            defer { runOwn() }
            return give(order)
        case .done:
            runOwn()
            return []
        }
    }

    /// Whether there is a race, and none is under way.
    package var canRunOtherLength: Bool { race != nil && race?.run == nil }

    /// What is asked before a race of the other length, where that is the longer one.
    package var longerQuestion: String? {
        guard let plan = race?.plan, plan.ofOtherLength.steps > plan.steps else { return nil }
        let times = plan.ofOtherLength.steps / plan.steps
        return "That trains for \(grouped(plan.ofOtherLength.steps)) steps, \(times) times as long "
            + "as r. + again starts it."
    }

    /// The race with the other number of steps.
    package mutating func runOtherLength() -> [Effect] {
        guard let race else { return [] }
        defer { runOwn() }
        return give(.race(.start(race.plan.ofOtherLength)))
    }

    /// What is asked before the course ends where minutes of work are under way.
    /// - Parameter key: what ends the course when it comes again.
    package func leavingQuestion(key: String) -> String? {
        // Also of one that was stopped, and may go on: it is kept once it is whole.
        let isMeasuring =
            experiments.statuses[LossesExperiment()].map {
                $0.isRunning || !$0.found.points.isEmpty && $0.found.share < 1
            } ?? false
        guard experiments.isRaceUnderWay || isMeasuring else { return nil }
        let what = isMeasuring ? "What is measured so far" : "The race"
        return "\(what) would be lost. \(key) again quits."
    }

    /// Ends the training under way, without results.
    package mutating func stopTraining() -> [Effect] {
        notice = "Stopped: this run is discarded; earlier results stay."
        return give(.race(.stop))
    }

    private mutating func give(_ order: ExperimentOrder) -> [Effect] {
        if case .race(.start(let plan)) = order {
            let memory = RecallRace.memoryNeeded(variants: plan.variants.count)
            if let lack = Experiments.lack(ofBytes: memory) {
                notice = lack
                return []
            }
        }
        if case .race(let order) = order, experiments.take(order), case .start = order {
            notice = "The race in progress was stopped."
        }
        if case .measure(let next) = order { tellEnd(before: next.key) }
        return [.run(order)]
    }

    /// Says what ends where another begins in its place; nothing where nothing runs.
    private mutating func tellEnd(before next: ExperimentKey) {
        let statuses = experiments.statuses
        if statuses.isRunning(WritingStatus.self) {
            notice = "The text that was being written was stopped."
        } else if statuses.isRunning(LossesStatus.self), next != LossesExperiment().key {
            notice = "Measuring losses was stopped; r there goes on."
        } else if statuses.isRunning(DiversityStatus.self), next != DiversityExperiment().key {
            notice = "Comparing the heads was stopped."
        }
    }

    /// Takes on how an experiment stands that runs beside the app, and says what the program must
    /// do.
    @discardableResult
    package mutating func receive(_ report: ExperimentReport) -> [Effect] {
        let before = kept
        let results = experiments.receive(report)
        followWriting(report)
        if let experiment = report.experiment { keep(experiment) }
        // A slider may end elsewhere now.
        settleDials()
        let news: [Effect] = (results.map { [.keep($0)] } ?? []) + writeOn(behind: report)
        return self.kept == before ? news : news + [.save(progress)]
    }

    /// Keeps what an experiment found, where it is over.
    private mutating func keep<Kind: Experiment>(_ experiment: Kind) {
        guard let status = experiment.status(in: experiments),
            case (let key, var measurement)? = experiment.kept(status)
        else { return }
        measurement.date = now
        kept.keep(measurement, of: key)
        notice = experiment.news(of: measurement) ?? notice
    }

    // MARK: Seeing

    /// How those stand that the step shows: there where a screen is followed, or else here.
    var seen: ExperimentStatuses {
        seen(step.experiments(at: setting))
    }

    /// The same of some experiments.
    func seen(_ experiments: [any Experiment]) -> ExperimentStatuses {
        var seen = ExperimentStatuses()
        for experiment in experiments {
            if let remote = followed?.experiments,
                remote.covers(experiment, isFollowing: isFollowing)
            {
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
            if let writing = experiment as? WritingExperiment, let status = seen[writing] {
                seen[writing] = filled(status, of: writing)
            }
        } else if followed == nil, let (status, date) = kept.found(by: withModel(experiment)) {
            seen.set(experiment, status, from: .before(date: date))
        } else if let writing = experiment as? WritingExperiment,
            let (status, origin) = written(beside: writing)
        {
            seen.set(writing, status, from: origin)
        }
    }

    // MARK: A class

    /// What others are told of the experiments that the step shows; nil where it shows none.
    package func sharedExperiments(moving: Proposal?) -> SharedExperiments? {
        if let review {
            // What is told is where it began, as all that is shared.
            var before = self
            before.position = review.back
            return before.sharedExperiments(moving: nil)
        }
        guard experiment != nil else { return nil }
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
                place: moving ?? kept.proposal, isMoved: moving != nil)
        }
        return shared
    }

    /// What is seen of the experiments on a screen; nil where nothing is told of any.
    func remoteExperiments(on screen: SharedScreen) -> RemoteExperiments? {
        guard let shared = screen.measured, let found = course.find(screen.position.step),
            let setting = screen.position.subject?.setting
        else { return nil }
        let step =
            screen.position.isExploring
            ? PreparedStep.explore(at: setting) : course.lessons[found.lesson].steps[found.step]
        return RemoteExperiments(shared, of: step, at: setting, isOver: screen.isOver)
    }

    /// Notes that the learner runs their own experiment: that one is theirs from now on.
    mutating func runOwn() {
        if let experiment { followed?.experiments?.leave(experiment) }
        letGo()
    }

    // MARK: The proposal

    /// The proposal that is shown: one's own, or that of the screen that is followed.
    func seenProposal(moving: Proposal?) -> (place: Proposal?, isMoved: Bool, isThere: Bool) {
        guard moving == nil, let told = followed?.experiments?.proposal,
            isFollowing || told.place != nil
        else { return (moving ?? kept.proposal, moving != nil, false) }
        return (told.place, told.isMoved, true)
    }

    /// Whether the step lets a proposal be placed.
    package var canPlace: Bool { step.proposalUses.contains(.place) }

    /// Begins to place a proposal, which is the learner's own from now on; where it stands.
    package mutating func startPlacing() -> Proposal {
        followed?.experiments?.leaveProposal()
        letGo()
        showsTable = false
        return kept.proposal ?? .start
    }

    /// Keeps the learner's proposal; nil takes it away.
    package mutating func place(_ proposal: Proposal?) { kept.proposal = proposal }
}

/// An experiment under way, for those who tell its way in words.
package struct RunningExperiment: Sendable {
    let experiment: any Experiment
    /// Quarters of its way that were told.
    package var quarters = 0

    /// What it is known under.
    package var key: ExperimentKey { experiment.key }
    /// Which it is: "times", "layer mqa".
    package var name: String { key.name }
    /// What is said when it starts: "The race trains on this machine."
    package var started: String { experiment.started }
    /// Whether it is trained, and not computed in slices.
    package var isTraining: Bool { !(experiment is any SlicedExperiment) }
}

extension Session {
    /// What was begun on this step just now; nil where nothing runs there.
    package var begun: RunningExperiment? { experiment.map { RunningExperiment(experiment: $0) } }

    /// How far an experiment has come that a report is about, and whether it runs no more; nil
    /// where the report is about another.
    package func way(
        of running: RunningExperiment, by report: ExperimentReport
    ) -> (share: Double, isOver: Bool)? {
        report.experiment.flatMap {
            $0.key == running.key ? $0.way(in: experiments) : nil
        }
    }

    /// The widgets of the step that show an experiment.
    package func widgets(of running: RunningExperiment) -> [WidgetSpec] {
        step.widgets.filter { $0.experiment(at: setting)?.key.name == running.name }
    }
}
