import AttentionEngine
import CourseContent
import CourseSession

/// What runs under a step, told at each quarter of its way and with its result.
extension PlainCourse {
    mutating func run() -> [Passage] {
        guard let begun = session.begun else { return say("There is nothing to run on this step.") }
        let before = session
        let length = session.runLength.map { " It takes \($0)." } ?? ""
        let orders = session.run()
        effects += orders
        guard !orders.isEmpty else { return news(since: before) }
        if running?.name == begun.name { return [] }
        running = begun
        return say("\(begun.started)\(length) Progress is reported every quarter; stop ends it.")
    }

    mutating func stop() -> [Passage] {
        guard let running else { return say("Nothing is running.") }
        if running.isTraining {
            self.running = nil
            effects += session.stopTraining()
        } else {
            // What was found so far is told when the end is reported.
            effects.append(.run(.stop))
        }
        return []
    }

    /// Trains with the other number of steps.
    mutating func runLonger() -> [Passage] {
        guard let begun = session.begun, let race = session.race else {
            return say("There is no race on this step.")
        }
        guard race.run == nil else { return say("The race is running; stop ends it.") }
        effects += session.runOtherLength()
        running = begun
        let steps = grouped(race.plan.ofOtherLength.steps)
        return say("\(begun.started) It takes \(steps) steps; stop ends it.")
    }

    /// Places the learner's own proposal in the race's plot, by numbers and percent.
    mutating func place(_ place: String) -> [Passage] {
        guard session.canPlace else { return say("Nothing can be placed on this step.") }
        let numbers = place.split { " ,%".contains($0) }.map { Int($0) }
        guard place.lowercased() != "none" else {
            session.place(nil)
            return say("Your proposal is removed.")
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
            "Your proposal is at \(cached) numbers cached for each token, accuracy "
                + "\(percent) %.")
    }

    /// Takes on how an experiment stands; what there is to say about it.
    package mutating func receive(_ report: ExperimentReport) -> Answer {
        let effects = session.receive(report)
        return Answer(lines: text.lines(told(report)), effects: effects)
    }

    private mutating func told(_ report: ExperimentReport) -> [Passage] {
        guard let running, let way = session.way(of: running, by: report) else { return [] }
        let quarters = Int(way.share * 4)
        guard way.isOver else {
            guard quarters > running.quarters, quarters < 4 else { return [] }
            self.running?.quarters = quarters
            return say("\(quarters * 25) %")
        }
        self.running = nil
        let share = "\(Int(way.share * 100)) %"
        let widgets = session.widgets(of: running)
        return widgets.isEmpty
            ? say("\(share); its step shows the results.")
            : say(share) + widgets.flatMap { $0.words(session.scene()) }
    }
}
