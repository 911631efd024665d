import AttentionEngine
import CourseContent
import CourseSession

/// What runs under a step, told at each quarter of its way and with its result.
extension PlainCourse {
    mutating func run() -> [Passage] {
        guard session.begun != nil else { return say("There is nothing to run on this step.") }
        let before = session
        let length = session.runLength.map { " It takes \($0)." } ?? ""
        return started(session.run(), length: length, since: before)
    }

    /// What is said of orders that run the step's experiment, or look for a model that it needs.
    mutating func started(
        _ orders: [Effect], length: String = "", since before: Session
    ) -> [Passage] {
        effects += orders
        guard !orders.isEmpty else { return news(since: before) }
        if orders == [.findModels] { return say(session.openModelWords + " " + Self.looking) }
        guard let begun = session.begun, orders != [.run(.stop)],
            running?.key != begun.key
        else { return [] }
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

    // MARK: The learner's own model

    static let looking = "Looking for models' files."

    /// Has the open model take a text, or tells the one that it takes.
    mutating func takeWords(_ text: String) -> [Passage] {
        guard let own = session.ownWords else { return say(Session.noWords) }
        guard !text.isEmpty else {
            return say("\(own.name): \"\(own.text)\". words and a text has it take that.")
        }
        let before = session
        return started(session.run(words: text), since: before)
    }

    /// Looks for models' files, or opens one of those found.
    mutating func files(_ number: String) -> [Passage] {
        guard session.showsRealModel else { return say("No step but lesson 9's runs a model.") }
        guard !number.isEmpty else {
            effects += session.lookForModels()
            let path = session.openModelPath.map { " Its file: \($0)." } ?? ""
            return say("\(session.openModelWords)\(path) \(Self.looking)")
        }
        let found = session.modelFiles.found
        guard let index = Int(number), found.indices.contains(index - 1) else {
            return say(
                found.isEmpty
                    ? "No files were found yet; files looks for them."
                    : "files takes a number from 1 to \(found.count).")
        }
        let file = found[index - 1]
        if file.obstacle != nil { return say("\(file.name): \(file.facts)") }
        effects += session.open(file)
        return []
    }

    /// Takes on what the program tells of models' files; what there is to say about it.
    package mutating func receive(_ news: ModelNews) -> Answer {
        session.notice = nil
        let (before, effects) = (session, session.receive(news))
        var passages: [Passage] = []
        switch news {
        case .found(_, isOver: false, _): break
        case .found: passages = filesFound()
        case .refused(let file, let why): passages = say("\(file.name) \(why).")
        case .opened:
            self.effects = []
            let said = started(effects, since: before)
            passages = (session.notice.map(say) ?? []) + (effects.isEmpty ? [] : said)
        }
        session.notice = nil
        return Answer(lines: text.lines(passages), effects: effects)
    }

    private mutating func filesFound() -> [Passage] {
        let models = session.modelFiles
        guard !models.found.isEmpty else { return MachineModels.noneWords.map(Passage.paragraph) }
        let rows = models.found.enumerated().map { index, file in
            Passage.row("\(index + 1). \(file.name): \(file.facts)")
        }
        return inParts(
            say("\(counted(models.found.count, "file")); files and a number opens one.") + rows)
            + (models.isCut ? say("There are more; not all places were looked into.") : [])
    }

    /// Takes on how an experiment stands; what there is to say about it.
    package mutating func receive(_ report: ExperimentReport) -> Answer {
        let effects = session.receive(report)
        let isBegun = effects.contains { if case .run(.measure) = $0 { true } else { false } }
        if isBegun, let begun = session.begun {
            // In place of what the report is about, whose end is no result.
            running = begun
            return Answer(lines: text.lines(say(Self.instead)), effects: effects)
        }
        return Answer(lines: text.lines(told(report)), effects: effects)
    }

    private static let instead = "The model writes this now, in place of what it was writing."

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
