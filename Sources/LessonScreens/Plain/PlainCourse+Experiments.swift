import AttentionEngine
import CourseContent
import TerminalCanvas

/// What runs under a step, told at each quarter of its way and with its result.
extension PlainCourse {
    mutating func run() -> [Passage] {
<<<<<<< HEAD
        guard let engine = session.engine else { return say("Nothing runs on this step.") }
        let before = session
        let orders = session.run()
        effects += orders
        guard !orders.isEmpty else { return news(since: before, prose: false) }
        if let running, running.engine == engine { return [] }
        running = (engine, 0)
        return say("\(engine.started) A line tells each quarter of the way; stop ends it.")
=======
        guard let experiment = app.experiment else { return say("Nothing runs on this step.") }
        let before = app
        act { $0.runExperiment() }
        guard !effects.isEmpty else { return news(since: before, prose: false) }
        if running?.experiment.key.name == experiment.key.name { return [] }
        running = (experiment, 0)
        return say("\(experiment.started) A line tells each quarter of the way; stop ends it.")
>>>>>>> experiments
    }

    mutating func stop() -> [Passage] {
        guard let running else { return say("Nothing runs now.") }
        if running.experiment is any SlicedExperiment {
            // What was found so far is told when the end is reported.
            effects.append(.run(.stop))
        } else {
            self.running = nil
            act { $0.stopTraining() }
        }
<<<<<<< HEAD
        self.running = nil
        effects += session.stopRace()
=======
>>>>>>> experiments
        return []
    }

    /// Trains with the other number of steps.
    mutating func runLonger() -> [Passage] {
<<<<<<< HEAD
        guard let engine = session.engine, let race = session.race else {
            return say("There is no race on this step.")
        }
        guard race.run == nil else { return say("The race runs; stop ends it.") }
        effects += session.runOtherLength()
        running = (engine, 0)
=======
        guard let experiment = app.experiment, let race = app.race else {
            return say("There is no race on this step.")
        }
        guard race.run == nil else { return say("The race runs; stop ends it.") }
        act { $0.runOtherLength() }
        running = (experiment, 0)
>>>>>>> experiments
        let steps = grouped(race.plan.ofOtherLength.steps)
        return say("\(experiment.started) It takes \(steps) steps; stop ends it.")
    }

    /// Changes the app by something that asks the program for more.
    private mutating func act(_ change: (inout CourseApp) -> [Effect]) {
        effects += change(&app)
        app.updateLayout()
    }

    /// Places the learner's own proposal in the race's plot, by numbers and percent.
    mutating func place(_ place: String) -> [Passage] {
        guard session.canPlace else { return say("Nothing can be placed on this step.") }
        let numbers = place.split { " ,%".contains($0) }.map { Int($0) }
        guard place.lowercased() != "none" else {
            session.place(nil)
            return say("Your proposal is placed no more.")
        }
        guard numbers.count == 2, let cached = numbers[0], let percent = numbers[1],
            (0...Proposal.mostNumbers).contains(cached), (0...100).contains(percent)
        else {
            return say(
                "place needs the numbers cached for each token, 0 to \(Proposal.mostNumbers), and "
                    + "the accuracy in percent, as in place 24 60.")
        }
        session.place(Proposal(numbers: cached, percent: percent))
        return say(
            "Your proposal stands at \(cached) numbers cached for each token, accuracy "
                + "\(percent) %.")
    }

    /// Takes on how an experiment stands; what there is to say about it.
    package mutating func receive(_ report: ExperimentReport) -> Answer {
<<<<<<< HEAD
        let effects = session.receive(report)
=======
        let effects = app.receive(report)
>>>>>>> experiments
        return Answer(lines: lines(about: report), effects: effects)
    }

    private mutating func lines(about report: ExperimentReport) -> [String] {
<<<<<<< HEAD
        guard let running, report.isAbout(running.engine),
            let standing = session.measured.standing(of: running.engine)
=======
        guard let running, report.experiment?.key.name == running.experiment.key.name,
            let way = report.experiment?.way(in: app.experiments)
>>>>>>> experiments
        else { return [] }
        let quarters = Int(way.share * 4)
        guard way.isOver else {
            guard quarters > running.quarters, quarters < 4 else { return [] }
            self.running?.quarters = quarters
            return text.lines(say("\(quarters * 25) %"))
        }
        self.running = nil
<<<<<<< HEAD
        let share = "\(Int(standing.share * 100)) %"
        guard session.engine == running.engine else {
            return text.lines(say("\(share); what ran is told on its step."))
        }
        let told = session.step.widgets.filter { $0.engine == running.engine }
            .flatMap { $0.words(session.scene()) }
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
=======
        let share = "\(Int(way.share * 100)) %"
        let widgets = app.step.widgets.filter {
            $0.experiment(at: app.setting)?.key.name == running.experiment.key.name
        }
        guard !widgets.isEmpty else {
            return text.lines(say("\(share); what ran is told on its step."))
        }
        return text.lines(say(share) + widgets.flatMap { $0.widget.words(scene: app.scene) })
>>>>>>> experiments
    }
}
