import CourseContent
import CourseSession
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
        _ names: String, _ arguments: String,
        _ perform: @escaping @Sendable (inout PlainCourse, String) -> [Passage], _ help: String,
        works: @escaping @Sendable (Session) -> Bool = { _ in true }
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

    /// All, in the order of the help.
    static let all = groups.flatMap(\.commands)

    /// By what they are for.
    static let groups: [(name: String, commands: [PlainCommand])] = [
        ("The way", way),
        ("Sliders", sliders),
        ("Questions", questions),
        ("What runs", running),
        ("The setting", setting),
        ("Your notes, and finding things", study),
        ("The course", course),
    ]

    /// Those that one gets through the course with.
    static let main = [
        "next", "back", "go", "contents", "again", "set", "answer", "why", "run", "quit",
    ].compactMap(named)

    private static let way: [PlainCommand] = [
        PlainCommand(
            "next pgdn", "[lesson]", { $0.goOn($1) },
            "Goes to the next step, or to the next lesson; ] does the latter too."),
        PlainCommand(
            "enter space", "", { course, _ in course.goOnUnlessAsked() },
            "Goes to the next step unless this one asks something; so does an empty line."),
        PlainCommand(
            "back backspace pgup previous", "[lesson]", { $0.goBack($1) },
            "Goes to the previous step or lesson; [ does the latter too."),
        PlainCommand(
            "go", "LESSON [STEP]", { $0.go($1) }, "Opens a lesson, as in go gqa or go 5 3."),
        PlainCommand("step", "NUMBER", { $0.goToStep($1) }, "Opens a step of this lesson."),
        PlainCommand(
            "contents c lessons list", "[LESSON]", { $0.contents($1) },
            "Lists the lessons, or the steps of one, and what you did."),
        PlainCommand("again repeat", "", { course, _ in course.told() }, "Repeats the step."),
        PlainCommand(
            "look", "", { course, _ in course.pictures() }, "Repeats only the pictures and values."
        ),
        PlainCommand(
            "where", "", { course, _ in course.place() },
            "Tells lesson, step, question and values."),
    ]

    private static let sliders: [PlainCommand] = [
        PlainCommand(
            "set", "LETTER VALUE", { $0.set($1) },
            "Sets a slider, also between its stops, as in set g 4; g 4 and g=4 do the same."),
        PlainCommand(
            "left less", "[LETTER]", { $0.slide($1) { _, _ in -1 } },
            "Moves a slider down by one stop."),
        PlainCommand(
            "right more", "[LETTER]", { $0.slide($1) { _, _ in 1 } },
            "Moves a slider up by one stop."),
        PlainCommand(
            "home least", "[LETTER]", { $0.slide($1) { _, _ in -100_000 } },
            "Moves a slider to its lower end."),
        PlainCommand(
            "end most", "[LETTER]", { $0.slide($1) { _, _ in 100_000 } },
            "Moves a slider to its upper end."),
        PlainCommand(
            "far-left H s-left", "", { course, _ in course.slide("") { -$0.farStep(at: $1) } },
            "Moves a slider far down."),
        PlainCommand(
            "far-right L s-right", "", { course, _ in course.slide("") { $0.farStep(at: $1) } },
            "Moves a slider far up."),
        PlainCommand(
            "slider tab down", "[LETTER]", { $0.chooseSlider($1) },
            "Chooses the slider that left and right move."),
        PlainCommand(
            "up s-tab", "", { course, _ in course.chooseSlider("", by: -1) },
            "Chooses the previous slider."),
    ]

    private static let questions: [PlainCommand] = [
        PlainCommand(
            "answer predict guess", "ANSWER", { $0.answer($1) },
            "Answers the step's question, as in predict 12 GB or answer 2."),
        PlainCommand(
            "choose", "ANSWER or LETTER", { $0.choose($1) },
            "Answers by a number, or chooses a slider by its letter."),
        PlainCommand("hint", "", { course, _ in course.hint() }, "Gives a hint for the question."),
        PlainCommand(
            "reveal", "", { course, _ in course.reveal() },
            "Shows the answer, after a try or when asked twice."),
        PlainCommand(
            "esc", "", { course, _ in course.escape() },
            "Ends exploring or a review, or reveals the answer."),
    ]

    private static let running: [PlainCommand] = [
        PlainCommand(
            "run r", "", { course, _ in course.run() },
            "Runs what the step measures, trains or fills.", works: { $0.runKey != nil }),
        PlainCommand(
            "words i", "[TEXT]", { $0.takeWords($1) },
            "Has your own model go on with a text, or read it, in lesson 9.",
            works: { $0.ownWords != nil }),
        PlainCommand(
            "files file", "[NUMBER]", { $0.files($1) },
            "Lists the models' files of this machine, or opens one, in lesson 9; so does m there.",
            works: \.showsRealModel),
        PlainCommand("stop x", "", { course, _ in course.stop() }, "Stops what is running."),
        PlainCommand(
            "longer +", "", { course, _ in course.runLonger() },
            "Runs the race with more steps, or with fewer again.",
            works: \.canRunOtherLength),
        PlainCommand(
            "place p", "NUMBERS PERCENT", { $0.place($1) },
            "Places your own proposal beside the race, as in place 24 60; place none removes it."
        ),
    ]

    private static let setting: [PlainCommand] = [
        PlainCommand(
            "why w", "[cache or share]", { $0.why($1) },
            "Unfolds the cache's size into its factors, or a share into its numbers.",
            works: { $0.canUnfold }),
        PlainCommand(
            "model models m", "NAME", { $0.takeModel($1) },
            "Uses the values of a real model, as in model llama3-8b."),
        PlainCommand(
            "gpus g", "[T] [MEMORY]", { $0.gpus($1) },
            "Shows what each of T GPUs holds and how many users fit, as in gpus 8 80 GB.",
            works: \.canServe),
        PlainCommand(
            "compare v", "SIZE", { course, figure in course.compare(figure) },
            "Names the mistake behind another tool's figure, as in compare 13.34 GiB."),
        PlainCommand(
            "explore e", "", { course, _ in course.explore() },
            "Frees all sliders; again, it returns to the lesson."),
        PlainCommand(
            "pin a", "", { course, _ in course.pin() },
            "Pins this setting's size to compare against, or unpins it."),
        PlainCommand("units u", "", { course, _ in course.units() }, "Changes the units of sizes."),
        PlainCommand(
            "reset 0", "", { course, _ in course.reset() },
            "Restores the step's own values and reopens its question."),
        PlainCommand(
            "setting y", "", { course, _ in course.settingText() },
            "Shows the setting as text for --state."),
        PlainCommand(
            "table t", "",
            { course, _ in
                course.say(
                    "Plots and pictures are already in words and numbers; look repeats them.")
            }, "Explains why there is no table to switch to."),
    ]

    private static let study: [PlainCommand] = [
        PlainCommand(
            "note n", "[TEXT]", { $0.note($1) }, "Writes a note at this step and setting.",
            works: \.canNote),
        PlainCommand(
            "notes N", "[NUMBER]", { $0.inParts($0.notes($1)) },
            "Lists your notes, or reopens the step and setting of one."),
        PlainCommand(
            "search find /", "WORD", { $0.inParts($0.search($1)) },
            "Finds the steps that contain a word."),
        PlainCommand(
            "review R", "", { course, _ in course.review() },
            "Asks the questions you missed; again, it ends."),
        PlainCommand(
            "summary s", "", { course, _ in course.inParts(course.summary()) },
            "Shows what you measured, learned and missed."),
    ]

    private static let course: [PlainCommand] = [
        PlainCommand(
            "follow f", "", { course, _ in course.followAgain() },
            "Returns to the screen that you follow, after going your own way."),
        PlainCommand(
            "join", "[NAME]", { $0.join($1) },
            "Sends your answers to the class that you follow, with a name if you give one."),
        PlainCommand(
            "decline", "", { course, _ in course.decline() }, "Sends that class nothing."),
        PlainCommand(
            "rest", "", { course, _ in course.tellRest() }, "Tells the next part of a long list."),
        PlainCommand(
            "help ? f1", "[COMMAND or all]", { $0.inParts($0.help($1)) },
            "Explains one command, or lists them."),
        PlainCommand(
            "quit q exit", "", { course, _ in course.quit() }, "Ends; your progress is kept."),
    ]
}

extension PlainCourse {
    /// Its commands, with what may stand behind each in capitals, and what they do.
    package static let commands = PlainCommand.all.map { (usage: $0.usage, help: $0.help) }
}
