import AttentionEngine
import Lessons

/// A command of the plain mode.
struct PlainCommand: Sendable {
    /// The name, then others it answers to; among them the key that does the same on the screen.
    let names: [String]
    /// What may stand behind the name, in capitals; empty where nothing may.
    let arguments: String
    /// A sentence for the help.
    let help: String
    let perform: @Sendable (inout PlainCourse, _ arguments: String) -> [Passage]

    init(
        _ names: String, _ arguments: String = "", _ help: String,
        perform: @escaping @Sendable (inout PlainCourse, String) -> [Passage]
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.arguments = arguments
        self.help = help
        self.perform = perform
    }

    var usage: String { names[0] + (arguments.isEmpty ? "" : " " + arguments) }

    static func named(_ name: String) -> PlainCommand? {
        all.first { $0.names.contains(name) }
    }

    /// In the order of the help.
    static let all: [PlainCommand] = [
        PlainCommand(
            "next space enter pgdn pagedown", "[lesson]",
            "Goes to the next step, or to the next lesson. An empty line does too, where the step "
                + "asks nothing."
        ) { $0.goOn($1) },
        PlainCommand(
            "back backspace pgup pageup previous", "[lesson]", "Goes to the step or lesson before."
        ) { $0.goBack($1) },
        PlainCommand("go", "LESSON [STEP]", "Opens a lesson, as in go gqa or go 5 3.") {
            $0.go($1)
        },
        PlainCommand("step", "NUMBER", "Opens a step of this lesson.") { $0.goToStep($1) },
        PlainCommand(
            "contents c", "[LESSON]", "Lists the lessons, or the steps of one, and what you did."
        ) { $0.contents($1) },
        PlainCommand("again", "", "Repeats the step.") { course, _ in course.told() },
        PlainCommand("look", "", "Repeats the pictures and values alone.") { course, _ in
            course.pictures()
        },
        PlainCommand(
            "set", "LETTER VALUE", "Moves a slider, as in set g 4; g 4 and g=4 do the same."
        ) { $0.set($1) },
        PlainCommand("left less", "[LETTER]", "Moves a slider down by one stop.") {
            $0.slide(.left, $1)
        },
        PlainCommand("right more", "[LETTER]", "Moves a slider up by one stop.") {
            $0.slide(.right, $1)
        },
        PlainCommand("home least", "[LETTER]", "Moves a slider to its lower end.") {
            $0.slide(.home, $1)
        },
        PlainCommand("end most", "[LETTER]", "Moves a slider to its upper end.") {
            $0.slide(.end, $1)
        },
        PlainCommand("slider tab down", "[LETTER]", "Chooses the slider that left and right move.")
        { $0.chooseSlider($1) },
        PlainCommand(
            "answer predict guess", "ANSWER",
            "Answers the step's question, as in predict 12 GB or answer 2."
        ) { $0.answer($1) },
        PlainCommand("hint", "", "Gives a hint to the question.") { course, _ in course.hint() },
        PlainCommand("reveal esc", "", "Shows the answer, after a try or when asked for twice.") {
            course, _ in course.reveal()
        },
        PlainCommand("why w", "[cache]", "Unfolds the cache's size into its factors.") {
            $0.why($1)
        },
        PlainCommand("run r", "", "Runs what the step measures, trains or fills.") { course, _ in
            course.run()
        },
        PlainCommand("stop x", "", "Stops what runs.") { course, _ in course.stop() },
        PlainCommand("longer", "", "Runs the race with more steps, or with fewer again.") {
            course, _ in course.runLonger()
        },
        PlainCommand(
            "place p", "NUMBERS PERCENT",
            "Places your own proposal beside the race, as in place 24 60; place none takes it away."
        ) { $0.place($1) },
        PlainCommand(
            "model models m", "NAME", "Takes the values of a real model, as in model llama3-8b."
        ) { $0.takeModel($1) },
        PlainCommand(
            "gpus", "[T] [MEMORY]",
            "Tells what each of T GPUs holds and how many users fit, as in gpus 8 80 GB."
        ) { $0.gpus($1) },
        PlainCommand(
            "compare v", "SIZE",
            "Says which mistake leads to another tool's figure, as in compare 13.34 GiB."
        ) { course, figure in course.compare(figure) },
        PlainCommand("explore e", "", "Frees all sliders; again, it returns to the lesson.") {
            course, _ in course.explore()
        },
        PlainCommand("pin a", "", "Pins this setting's size to compare with, or lets it go.") {
            course, _ in course.pin()
        },
        PlainCommand("units u", "", "Changes the units of sizes.") { course, _ in course.units() },
        PlainCommand(
            "reset 0", "", "Puts the step's own values back, and opens its question again."
        ) { course, _ in course.reset() },
        PlainCommand("setting y", "", "Tells the setting as text that --state takes.") {
            course, _ in course.settingText()
        },
        PlainCommand("note", "[TEXT]", "Notes something down at this step and setting.") {
            $0.note($1)
        },
        PlainCommand(
            "notes", "[NUMBER]", "Lists your notes, or brings back the step and setting of one."
        ) { $0.notes($1) },
        PlainCommand("search find /", "WORD", "Finds the steps that hold a word.") {
            $0.search($1)
        },
        PlainCommand(
            "review", "",
            "Asks the questions you missed again, with other numbers; again, it ends."
        ) { course, _ in course.review() },
        PlainCommand("summary", "", "Tells what you measured, learned and missed.") {
            course, _ in course.summary()
        },
        PlainCommand("help ?", "[COMMAND]", "Tells what a command does, or all of them.") {
            $0.help($1)
        },
        PlainCommand("quit q exit", "", "Ends; your progress is kept.") { course, _ in
            course.press(.character("q"))
            return []
        },
    ]
}

extension PlainCourse {
    mutating func perform(_ line: String) -> [Passage] {
        guard let first = line.split(separator: " ").first.map({ $0.lowercased() }) else {
            return app.isAskedFirst
                ? say("This step asks first: answer it, or next goes on without.") : goOn("")
        }
        let rest = String(line.dropFirst(first.count + 1))
        if first.first?.isNumber == true, line != "0" || isNumberAsked {
            return isAnswerNumbered
                ? answer(line)
                : say("No question is open that a number answers. go \(first) opens a lesson.")
        }
        if line.contains("="), !["answer", "predict", "guess"].contains(first) {
            return set(first == "set" ? rest : line)
        }
        if Parameter(letter: first) != nil, !rest.isEmpty { return set(line) }
        switch first {
        case "]": return goOn("lesson")
        case "[": return goBack("lesson")
        default: break
        }
        if let command = PlainCommand.named(first) {
            guard rest.isEmpty || !command.arguments.isEmpty else {
                return say("\(command.names[0]) takes nothing behind it.")
            }
            return command.perform(&self, rest)
        }
        if let parameter = Parameter(letter: first) { return value(of: parameter) }
        return unknown(first)
    }

    private func unknown(_ name: String) -> [Passage] {
        let names = PlainCommand.all.flatMap(\.names).filter { $0.count > 1 }
        let near = nearest(name, in: names).flatMap { PlainCommand.named($0)?.names[0] }
        let shown = name.count > 20 ? name.prefix(20) + "..." : name[...]
        return say(
            "'\(shown)' is no command. "
                + (near.map { "Did you mean \($0)? help \($0) tells what it does." }
                    ?? "help lists them."))
    }

    func help(_ name: String) -> [Passage] {
        guard name.isEmpty else {
            guard let command = PlainCommand.named(name.lowercased()) else {
                return unknown(name.lowercased())
            }
            let others = command.names.dropFirst()
            return say(
                "\(command.usage): \(command.help)"
                    + (others.isEmpty ? "" : " Also: \(others.joined(separator: ", ")).")
            )
        }
        return say("Commands, in small letters; what stands in brackets may be left out.")
            + PlainCommand.all.map { .row("\($0.usage): \($0.help)") }
            + [
                .paragraph(
                    "Letters: "
                        + Parameter.allCases.map(\.spoken).joined(separator: "; ")
                        + ". A letter alone tells its value.")
            ]
    }
}

extension Parameter {
    /// By its letter or its name in one word: "s", "tokens".
    init?(letter: String) {
        guard
            let found = Self.allCases.first(where: { $0.letter == letter || $0.name == letter })
        else { return nil }
        self = found
    }
}
