import AttentionEngine
import TerminalCanvas

/// What runs under a step, told at each quarter of its way and with its result.
extension PlainCourse {
    mutating func run() -> [Passage] {
        guard let experiment = app.experiment else { return say("Nothing runs on this step.") }
        let before = app
        act { $0.runExperiment() }
        guard !effects.isEmpty else { return news(since: before, prose: false) }
        if running?.experiment.key.name == experiment.key.name { return [] }
        running = (experiment, 0)
        return say("\(experiment.started) A line tells each quarter of the way; stop ends it.")
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
        return []
    }

    /// Trains with the other number of steps.
    mutating func runLonger() -> [Passage] {
        guard let experiment = app.experiment, let race = app.race else {
            return say("There is no race on this step.")
        }
        guard race.run == nil else { return say("The race runs; stop ends it.") }
        act { $0.runOtherLength() }
        running = (experiment, 0)
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
        guard let running, report.experiment?.key.name == running.experiment.key.name,
            let way = report.experiment?.way(in: app.experiments)
        else { return [] }
        let quarters = Int(way.share * 4)
        guard way.isOver else {
            guard quarters > running.quarters, quarters < 4 else { return [] }
            self.running?.quarters = quarters
            return text.lines(say("\(quarters * 25) %"))
        }
        self.running = nil
        let share = "\(Int(way.share * 100)) %"
        let widgets = app.step.widgets.filter {
            $0.experiment(at: app.setting)?.key.name == running.experiment.key.name
        }
        guard !widgets.isEmpty else {
            return text.lines(say("\(share); what ran is told on its step."))
        }
        return text.lines(say(share) + widgets.flatMap { $0.widget.words(scene: app.scene) })
    }
}
