import AttentionEngine
import TerminalCanvas

/// What runs under a step, told at each quarter of its way and with its result.
extension PlainCourse {
    mutating func run() -> [Passage] {
        guard let engine = app.engine else { return say("Nothing runs on this step.") }
        let before = app
        press(.character("r"))
        guard !effects.isEmpty else { return news(since: before, prose: false) }
        if let running, running.engine == engine { return [] }
        running = (engine, 0)
        return say("\(engine.started) A line tells each quarter of the way; stop ends it.")
    }

    mutating func stop() -> [Passage] {
        guard let running else { return say("Nothing runs now.") }
        guard running.engine.isTraining else {
            // What was found so far is told when the end is reported.
            effects.append(.run(.stop))
            return []
        }
        self.running = nil
        effects += app.stopRace()
        app.updateLayout()
        return []
    }

    /// Trains with the other number of steps.
    mutating func runLonger() -> [Passage] {
        guard let engine = app.engine, let race = app.race else {
            return say("There is no race on this step.")
        }
        guard race.run == nil else { return say("The race runs; stop ends it.") }
        press(.character("l"))
        running = (engine, 0)
        let steps = grouped(race.plan.ofOtherLength.steps)
        return say("\(engine.started) It takes \(steps) steps; stop ends it.")
    }

    /// Places the learner's own proposal in the race's plot, by numbers and percent.
    mutating func place(_ place: String) -> [Passage] {
        guard app.canPlace else { return say("Nothing can be placed on this step.") }
        let numbers = place.split { " ,%".contains($0) }.map { Int($0) }
        guard place.lowercased() != "none" else {
            act { $0.progress.proposal = nil }
            return say("Your proposal is placed no more.")
        }
        guard numbers.count == 2, let cached = numbers[0], let percent = numbers[1],
            (0...Proposal.mostNumbers).contains(cached), (0...100).contains(percent)
        else {
            return say(
                "place needs the numbers cached for each token, 0 to \(Proposal.mostNumbers), and "
                    + "the accuracy in percent, as in place 24 60.")
        }
        act { $0.progress.proposal = Proposal(numbers: cached, percent: percent) }
        return say(
            "Your proposal stands at \(cached) numbers cached for each token, accuracy "
                + "\(percent) %.")
    }

    /// Takes on how an experiment stands; what there is to say about it.
    package mutating func receive(_ report: ExperimentReport) -> Answer {
        let effects = app.receive(report)
        return Answer(lines: lines(about: report), effects: effects)
    }

    private mutating func lines(about report: ExperimentReport) -> [String] {
        guard let running, report.isAbout(running.engine),
            let standing = app.measured.standing(of: running.engine)
        else { return [] }
        let quarters = Int(standing.share * 4)
        guard standing.isOver else {
            guard quarters > running.quarters, quarters < 4 else { return [] }
            self.running?.quarters = quarters
            return text.lines(say("\(quarters * 25) %"))
        }
        self.running = nil
        let share = "\(Int(standing.share * 100)) %"
        guard app.engine == running.engine else {
            return text.lines(say("\(share); what ran is told on its step."))
        }
        let told = app.step.widgets.filter { $0.engine == running.engine }
            .flatMap { $0.widget.words(scene: app.scene) }
        return text.lines(say(share) + told)
    }
}

extension Engine {
    fileprivate var isTraining: Bool {
        switch self {
        case .race, .widened, .layer: true
        case .times, .forms, .append: false
        }
    }

    fileprivate var started: String {
        switch self {
        case .race: "The race trains on this machine."
        case .widened: "The widened layers train on this machine."
        case .layer: "The layer trains on this machine."
        case .times: "One layer's step is timed for every g."
        case .forms: "One layer's step is computed both ways."
        case .append: "The cache is filled."
        }
    }
}

extension ExperimentReport {
    fileprivate func isAbout(_ engine: Engine) -> Bool {
        switch (self, engine) {
        case (.race(let plan, _, _), .race): plan.field == .race
        case (.race(let plan, _, _), .widened): plan.field == .widened
        case (.race(let plan, _, _), .layer(let variant)): plan.variants.contains(variant)
        case (.times, .times), (.forms, .forms): true
        default: false
        }
    }
}

extension Measured {
    /// How far an experiment has come, and whether it runs no more; nil where nothing began.
    fileprivate func standing(of engine: Engine) -> (share: Double, isOver: Bool)? {
        switch engine {
        case .times: times.map { ($0.share, !$0.isRunning) }
        case .forms: forms.map { ($0.share, !$0.isRunning) }
        case .race: race.way
        case .widened: widened.way
        case .layer(let variant):
            layers[variant].map {
                (Double($0.step) / Double($0.steps), $0.found != nil)
            }
        case .append: nil
        }
    }
}

extension RaceStanding {
    /// How far the run has come and whether it rests; all the way where there is none.
    fileprivate var way: (share: Double, isOver: Bool) {
        run.map { ($0.share, $0.isPaused) } ?? (1, true)
    }
}
