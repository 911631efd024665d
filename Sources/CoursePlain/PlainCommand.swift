import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A command of the plain mode.
struct PlainCommand: Sendable {
    /// The name, then others it answers to; among them the key that does the same on the screen.
    let names: [String]
    /// What may stand behind the name, in capitals; empty where nothing may.
    let arguments: String
    /// A sentence for the help.
    let help: String
    /// Whether it does anything here that a slider of the same letter gives way to.
    let works: @Sendable (Session) -> Bool
    let perform: @Sendable (inout PlainCourse, _ arguments: String) -> [Passage]

    init(
        _ names: String, _ arguments: String = "", _ help: String,
        works: @escaping @Sendable (Session) -> Bool = { _ in true },
        perform: @escaping @Sendable (inout PlainCourse, String) -> [Passage]
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.arguments = arguments
        self.help = help
        self.works = works
        self.perform = perform
    }

    var usage: String { names[0] + (arguments.isEmpty ? "" : " " + arguments) }

    /// The command of that name, else of that name in small letters, else of the key that has it.
    static func named(_ name: String) -> PlainCommand? {
        let lower = name.lowercased()
        return all.first { $0.names.contains(name) } ?? all.first { $0.names.contains(lower) }
            ?? Key(typed: name).flatMap { key in
                all.first { $0.names.contains { Key(typed: $0) == key } }
            }
    }

    /// In the order of the help.
    static let all: [PlainCommand] = [
        PlainCommand(
            "next pgdn", "[lesson]",
            "Goes to the next step, or to the next lesson; ] does the latter too."
        ) { $0.goOn($1) },
        PlainCommand(
            "enter space", "",
            "Goes to the next step, where this one asks nothing; so does an empty line."
        ) { course, _ in course.goOnUnlessAsked() },
        PlainCommand(
            "back backspace pgup previous", "[lesson]",
            "Goes to the step or lesson before; [ does the latter too."
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
            "set", "LETTER VALUE",
            "Moves a slider, also between its stops, as in set g 4; g 4 and g=4 do the same."
        ) { $0.set($1) },
        PlainCommand("left less", "[LETTER]", "Moves a slider down by one stop.") {
            $0.slide($1) { _, _ in -1 }
        },
        PlainCommand("right more", "[LETTER]", "Moves a slider up by one stop.") {
            $0.slide($1) { _, _ in 1 }
        },
        PlainCommand("home least", "[LETTER]", "Moves a slider to its lower end.") {
            $0.slide($1) { _, _ in -100_000 }
        },
        PlainCommand("end most", "[LETTER]", "Moves a slider to its upper end.") {
            $0.slide($1) { _, _ in 100_000 }
        },
        PlainCommand("far-left H s-left", "", "Moves a slider far down.") { course, _ in
            course.slide("") { -$0.farStep(at: $1) }
        },
        PlainCommand("far-right L s-right", "", "Moves a slider far up.") { course, _ in
            course.slide("") { $0.farStep(at: $1) }
        },
        PlainCommand("slider tab down", "[LETTER]", "Chooses the slider that left and right move.")
        { $0.chooseSlider($1) },
        PlainCommand("up s-tab", "", "Chooses the slider before.") { course, _ in
            course.chooseSlider("", by: -1)
        },
        PlainCommand(
            "answer predict guess", "ANSWER",
            "Answers the step's question, as in predict 12 GB or answer 2."
        ) { $0.answer($1) },
        PlainCommand(
            "choose", "ANSWER or LETTER", "Answers by a number, or chooses a slider by its letter."
        ) { $0.choose($1) },
        PlainCommand("hint", "", "Gives a hint to the question.") { course, _ in course.hint() },
        PlainCommand("reveal", "", "Shows the answer, after a try or when asked for twice.") {
            course, _ in course.reveal()
        },
        PlainCommand("esc", "", "Ends exploring or a review, or reveals the answer.") { course, _ in
            course.escape()
        },
        PlainCommand(
            "why w", "[cache]", "Unfolds the cache's size into its factors.",
            works: { $0.step.memory != nil },
            perform: { $0.why($1) }),
        PlainCommand(
            "run r", "", "Runs what the step measures, trains or fills.",
            works: { $0.runKey != nil },
            perform: { course, _ in course.run() }),
        PlainCommand("stop x", "", "Stops what runs.") { course, _ in course.stop() },
        PlainCommand(
            "longer l", "", "Runs the race with more steps, or with fewer again.",
            works: { $0.race != nil && $0.race?.run == nil },
            perform: { course, _ in course.runLonger() }),
        PlainCommand(
            "place p", "NUMBERS PERCENT",
            "Places your own proposal beside the race, as in place 24 60; place none takes it away."
        ) { $0.place($1) },
        PlainCommand(
            "model models m", "NAME", "Takes the values of a real model, as in model llama3-8b."
        ) { $0.takeModel($1) },
        PlainCommand(
            "gpus g", "[T] [MEMORY]",
            "Tells what each of T GPUs holds and how many users fit, as in gpus 8 80 GB.",
            works: { $0.isExploring || $0.showsWholeSize },
            perform: { $0.gpus($1) }),
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
        PlainCommand("table t", "", "Says why there is none to switch to.") { course, _ in
            course.say(
                "Plots and pictures are told in words and numbers already; look repeats them.")
        },
        PlainCommand(
            "note n", "[TEXT]", "Notes something down at this step and setting.",
            works: \.canNote
        ) { $0.note($1) },
        PlainCommand(
            "notes N", "[NUMBER]", "Lists your notes, or brings back the step and setting of one."
        ) { $0.notes($1) },
        PlainCommand("search find /", "WORD", "Finds the steps that hold a word.") {
            $0.search($1)
        },
        PlainCommand(
            "review R", "",
            "Asks the questions you missed again; again, it ends."
        ) { course, _ in course.review() },
        PlainCommand("summary s", "", "Tells what you measured, learned and missed.") {
            course, _ in course.summary()
        },
        PlainCommand("help ? f1", "[COMMAND]", "Tells what a command does, or all of them.") {
            $0.help($1)
        },
        PlainCommand("quit q exit", "", "Ends; your progress is kept.") { course, _ in
            course.effects.append(.quit)
            return []
        },
    ]
}
