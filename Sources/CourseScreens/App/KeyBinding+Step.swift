import CourseContent
import CourseSession
import TerminalCanvas

/// Keys that do one thing, and the words for them in the footer and in the help.
package struct KeyBinding: Sendable {
    let keys: [Key]
    let action: Action
    /// How the keys are written: "Space", "← →".
    let keysText: @Sendable (Glyphs) -> String
    /// A word or two for the footer; nil keeps it out of it.
    let label: String?
    /// A sentence for the help; nil where the binding before it speaks for both.
    let help: String?
    /// Whether the keys do anything now.
    let works: @Sendable (CourseApp) -> Bool

    init(
        _ keys: [Key], _ action: Action, _ keysText: String, label: String? = nil, help: String?,
        works: @escaping @Sendable (CourseApp) -> Bool = { _ in true }
    ) {
        self.keys = keys
        self.action = action
        self.keysText = { glyphs in
            glyphs.isASCII
                ? keysText.split(separator: " ").map { Self.spelled[String($0)] ?? String($0) }
                    .joined(separator: " ") : keysText
        }
        self.label = label
        self.help = help
        self.works = works
    }

    private static let spelled = ["←": "Left", "→": "Right", "↑": "Up", "↓": "Down"]
}

/// The keys of a lesson's step and of exploring, from which the footer and the help are made.
extension KeyBinding {
    /// Whether a key does nothing on a step only because a question is open.
    static func wouldTell(_ key: Key) -> Bool {
        guard case .character = key else { return false }
        let actions: [Action] = [.models, .explore, .gpus, .compare]
        return step.contains { $0.keys.contains(key) && actions.contains($0.action) }
    }

    private static func canAnswer(_ app: CourseApp) -> Bool {
        app.session.isQuestionOpen || app.session.step.question?.kind == .free
    }
    private static let digits = (1...9).map { Key.character(Character(String($0))) }

    /// Whether a number is to be guessed, and was neither tried nor put off before.
    private static func isNumberAsked(_ app: CourseApp) -> Bool {
        guard case .number? = app.session.step.question?.kind else { return false }
        return app.session.isQuestionOpen && !app.session.isPutOff
    }
    private static func hasSlider(_ app: CourseApp) -> Bool { app.session.focused != nil }

    /// On a lesson's step and while exploring.
    static let step: [KeyBinding] = beforeRunning + running + behindRunning

    /// The keys that run the step's experiment, each for its kind.
    private static let running = RunKey.all.map { key in
        KeyBinding(
            [.character("r")], .run, "r", label: key.label, help: key.help,
            works: { $0.session.runKey == key })
    }

    private static let beforeRunning: [KeyBinding] = [
        // A class guesses aloud: the clicker shows the answer before it goes on.
        KeyBinding(
            [.pageDown, .character(" ")], .reveal, "Space", label: "show the answer",
            help: "Show the answer, then go on (also PgDn)",
            works: \.isAnswerNext),
        KeyBinding(
            [.character("b")], .blank, "b", help: "Blank the screen; any key returns",
            works: \.session.isPresenting),
        KeyBinding(
            [.function(5)], .stepAgain, "F5", help: "Back to this step as it opens",
            works: { $0.session.isPresenting && ($0.session.isExploring || $0.scroll > 0) }),
        KeyBinding(
            [.enter], .answer, "Enter", label: "guess",
            help: "Answer the question of this step", works: canAnswer),
        KeyBinding(
            digits, .beginGuess, "1-9",
            help: "Begin your guess", works: isNumberAsked),
        KeyBinding(
            [.character(" ")], .answer, "Space",
            help: "Answer the question of this step; after Esc, go on past it",
            works: \.isAskedFirst),
        KeyBinding(
            [.character(" "), .enter, .pageDown], .next, "Space", label: "next",
            help: "Read on, then the next step (also Enter, PgDn)",
            works: { $0.canGoOn && !$0.session.isQuestionOpen }),
        // Enter still answers a question that was put off, or that is read on to.
        KeyBinding(
            [.character(" "), .pageDown], .next, "Space", label: "next",
            help: "Read on, then the next step (also PgDn)",
            works: {
                $0.canGoOn && $0.session.isQuestionOpen && !$0.isAskedFirst && !$0.isAnswerNext
            }),
        KeyBinding(
            [.pageDown], .next, "PgDn", label: "skip", help: "The next step, without an answer",
            works: { $0.canGoOn && $0.isAskedFirst }),
        KeyBinding(
            [.left], .decrease, "← →", label: "slide", help: "Move the slider by one stop",
            works: hasSlider),
        KeyBinding([.right], .increase, "→", help: nil, works: hasSlider),
        KeyBinding(
            [.tab, .down], .focusNext, "Tab", label: "slider",
            help: "Choose the next slider (also Down)", works: { $0.session.step.sliders.count > 1 }
        ),
        KeyBinding(
            [.backTab, .up], .focusPrevious, "S-Tab", help: "Choose the slider before (also Up)",
            works: { $0.session.step.sliders.count > 1 }),
        KeyBinding(
            [.shiftLeft, .character("H")], .decreaseFar, "H",
            help: "Move the slider far down (also Shift-Left)", works: hasSlider),
        KeyBinding(
            [.shiftRight, .character("L")], .increaseFar, "L",
            help: "Move the slider far up (also Shift-Right)", works: hasSlider),
        KeyBinding(
            [.home], .least, "Home", help: "Move the slider to its lower end", works: hasSlider),
        KeyBinding(
            [.end], .most, "End", help: "Move the slider to its upper end", works: hasSlider),
        KeyBinding(
            [.character("=")], .typeValue, "=", label: "type",
            help: "Type a value for the slider", works: hasSlider),
        KeyBinding(
            [.character("f")], .follow, "f", label: "follow again",
            help: "Back to the screen that you follow",
            works: { $0.session.canFollowAgain }),
    ]

    private static let behindRunning: [KeyBinding] = [
        KeyBinding(
            [.character("p")], .place, "p", label: "place yours",
            help: "Place your own proposal in the plot", works: \.session.canPlace),
        KeyBinding(
            [.character("x")], .stopRun, "x", label: "stop",
            help: "Stop the race; what was measured before stays",
            works: { $0.session.race?.run != nil }),
        KeyBinding(
            [.character("l")], .otherLength, "l", label: "longer",
            help: "Train with the same seed for more steps, or again for fewer",
            works: { $0.session.race != nil && $0.session.race?.run == nil }),
        KeyBinding(
            [.character("t")], .table, "t", label: "table",
            help: "The plot or picture as a table of its numbers, and back",
            works: { app in app.session.step.widgets.contains { $0.hasTable(app.glyphs) } }),
        KeyBinding(
            [.character("w")], .why, "w", label: "why",
            help: "Unfold the cache's size into its factors",
            works: { $0.session.step.memory != nil }),
        KeyBinding(
            [.character("m")], .models, "m", label: "model",
            help: "Take the values of a real model", works: { !$0.session.isVeiled }),
        KeyBinding(
            [.character("e")], .explore, "e", label: "explore",
            help: "All sliders, no script; e again returns to the lesson",
            works: { !$0.session.isExploring && !$0.session.isVeiled && $0.session.review == nil }),
        KeyBinding(
            [.character("e"), .escape], .explore, "e", label: "back to the lesson",
            help: "Return to the lesson as you left it (also Esc)", works: \.session.isExploring),
        KeyBinding(
            [.character("g")], .gpus, "g", label: "GPUs",
            help: "This setting on GPUs: what each holds, and how many users fit",
            works: { $0.session.isExploring }),
        KeyBinding(
            [.character("g")], .gpus, "g",
            help: "This setting on GPUs: what each holds, and how many users fit",
            works: { !$0.session.isExploring && $0.session.showsWholeSize }),
        KeyBinding(
            [.character("c")], .contents, "c", label: "contents",
            help: "All lessons and steps"),
        KeyBinding(
            [.character("a")], .pin, "a", label: "pin",
            help: "Pin this setting's bar to compare with; at the same setting, let it go",
            works: { $0.session.step.memory != nil }),
        KeyBinding(
            [.character("u")], .units, "u", label: "units",
            help: "Sizes in GB and GiB, in one of them, or every byte"),
        KeyBinding(
            [.character("0")], .resetValues, "0", label: "reset",
            help: "The step's own values again, and its question open again",
            works: \.session.canReset),
        KeyBinding(
            [.character("v")], .compare, "v", label: "your figure",
            help: "Type another tool's figure: which mistake leads to it",
            works: \.session.showsWholeSize),
        KeyBinding(
            [.character("y")], .settingText, "y", help: "Show this setting as text to copy"),
        KeyBinding(
            [.backspace, .pageUp], .back, "Backspace", help: "The step before (also PgUp)",
            works: {
                $0.scroll > 0
                    || !$0.session.isExploring && !$0.session.isFirstStep
                        && $0.session.review == nil
            }),
        KeyBinding(
            [.character("]")], .nextLesson, "]", help: "The next lesson",
            works: { $0.session.lessonIndex < $0.session.course.lessons.count - 1 }),
        KeyBinding(
            [.character("[")], .previousLesson, "[", help: "The lesson before",
            works: { $0.session.lessonIndex > 0 }),
        KeyBinding(
            digits, .lesson, "1-9", help: "The lesson of that number",
            works: { !isNumberAsked($0) }),
        KeyBinding(
            [.character("j")], .scrollDown, "j", help: "Scroll the text down",
            works: \.hasMoreBelow),
        KeyBinding(
            [.character("k")], .scrollUp, "k", help: "Scroll the text up",
            works: { $0.scroll > 0 }),
        KeyBinding(
            [.character("n")], .note, "n",
            help: "Write a note on this step at this setting",
            works: \.session.canNote),
        KeyBinding(
            [.character("N")], .notes, "N", help: "Your notes; Enter brings one's screen back",
            works: { !$0.session.kept.notes.isEmpty }),
        KeyBinding(
            [.character("/")], .search, "/", help: "Search the course's text"),
        KeyBinding(
            [.character("R")], .review, "R",
            help: "Review: the questions you missed, asked again", works: \.session.canReview),
        KeyBinding(
            [.character("R"), .escape], .endReview, "R", label: "end the review",
            help: "End the review, back to the lesson (also Esc)",
            works: { $0.session.review != nil }),
        KeyBinding(
            [.character("s")], .summary, "s", help: "What you measured, learned and missed"),
        KeyBinding([.character(".")], .blank, ".", help: "Blank the screen; any key returns"),
        KeyBinding(
            [.character("?"), .function(1)], .help, "?", label: "help",
            help: "What every key does here (also F1)"),
        KeyBinding(
            [.character("q")], .quit, "q", label: "quit", help: "Quit; your progress is kept"),
    ]
}

extension CourseApp {
    /// What each key does on a step, for those who name one elsewhere.
    package static let stepKeys = Dictionary(
        KeyBinding.step.flatMap { binding in
            binding.keys.compactMap { key in binding.help.map { (key, $0) } }
        }, uniquingKeysWith: { first, _ in first })
}
