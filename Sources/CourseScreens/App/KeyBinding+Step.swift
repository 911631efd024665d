import CourseSession
import TerminalCanvas

/// The keys of a lesson's step and of exploring, from which the footer and the help are made.
extension KeyBinding {
    /// What a key does on some step or while exploring; nil where it never does anything there.
    static func onSomeStep(_ key: Key) -> KeyBinding? { step.first { $0.keys.contains(key) } }

    private static let digits = "1 2 3 4 5 6 7 8 9"

    /// On a lesson's step and while exploring.
    static let step: [KeyBinding] = beforeRunning + running + behindRunning

    /// The keys that run the step's experiment, each for its kind.
    private static let running = RunKey.all.map { key in
        KeyBinding(
            "r", .run, key.help, label: key.label,
            if: { $0.session.runKey == key && $0.showsRun && !$0.session.waitsForAnswer })
    }

    private static let beforeRunning: [KeyBinding] = [
        // A class guesses aloud: the clicker shows the answer before it goes on.
        KeyBinding(
            "Space PgDn", .reveal, "Show the answer, then go on (also PgDn)",
            label: "show the answer", if: { $0.isAnswerNext }),
        KeyBinding(
            "b .", .blank, "Blank the screen; any key returns (also .)",
            if: { $0.session.isPresenting }),
        KeyBinding(
            "A", .spread, "How the class answered; the right answer only when you ask",
            label: "answers", if: { $0.session.isPresenting && $0.session.classroom != nil }),
        KeyBinding("F5", .stepAgain, "Back to this step as it began", if: { $0.isStepLeft }),
        KeyBinding(
            "Enter", .answer, "Answer this step's question", label: "guess",
            if: { $0.canAnswer }),
        KeyBinding(digits, shown: "1-9", .beginGuess, "Type your guess", if: { $0.isNumberAsked }),
        KeyBinding("0", .beginGuess, "Type a guess below 1", if: { $0.isNumberBegun }),
        // A clicker blanks the screen with it.
        KeyBinding(
            ".", .beginGuess, "Type a guess below 1", if: { $0.isPointBegun }),
        KeyBinding(
            digits, shown: "1-9", .beginGuess, "Mark an answer by number",
            if: { $0.isChoiceAsked }),
        KeyBinding(
            "Space", .answer, "Answer this step's question; after Esc, skip it",
            if: { $0.isAskedFirst }),
        KeyBinding(
            "Space Enter PgDn", .next, "Read on, then the next step (also Enter, PgDn)",
            label: "next", if: { !$0.session.isQuestionOpen && $0.canGoOn }),
        // Enter still answers a question that was put off, or that is read on to.
        KeyBinding(
            "Space PgDn", .next, "Read on, then the next step (also PgDn)", label: "next",
            if: {
                $0.session.isQuestionOpen && $0.canGoOn && !$0.isAskedFirst && !$0.isAnswerNext
            }),
        KeyBinding(
            "PgDn", .next, "The next step, without an answer", label: "skip",
            if: { $0.isAskedFirst && $0.canGoOn }),
        KeyBinding(
            "Left Right h l", .slide, "Move the slider by one stop (also h, l)", label: "slide",
            if: { $0.hasSlider }),
        KeyBinding(
            "Tab Down", .focusNext, "Choose the next slider (also Down)", label: "slider",
            if: { $0.hasSliders }),
        KeyBinding(
            "S-Tab Up", .focusPrevious, "Choose the previous slider (also Up)",
            if: { $0.hasSliders }),
        KeyBinding(
            "H S-Left", .slide, "Move the slider far down (also Shift-Left)", if: { $0.hasSlider }),
        KeyBinding(
            "L S-Right", .slide, "Move the slider far up (also Shift-Right)", if: { $0.hasSlider }),
        KeyBinding("Home", .slide, "Move the slider to its lower end", if: { $0.hasSlider }),
        KeyBinding("End", .slide, "Move the slider to its upper end", if: { $0.hasSlider }),
        KeyBinding(
            "=", .typeValue, "Type the slider's value, 12, or several, n=12,g=4", label: "type",
            if: { $0.hasSlider }),
        KeyBinding(
            "f", .follow, "Back to the screen you follow", label: "follow again",
            if: { $0.session.canFollowAgain }),
    ]

    private static let behindRunning: [KeyBinding] = [
        KeyBinding(
            "p", .place, "Place your own proposal in the plot", label: "place yours",
            if: { $0.session.canPlace }),
        KeyBinding(
            "x", .stopRun, "Stop the race; earlier results stay", label: "stop",
            if: { $0.session.race?.run != nil }),
        KeyBinding(
            "x", .stopWriting, "Stop the model; what there is so far stays", label: "stop",
            if: { $0.session.isWriting && $0.session.race?.run == nil }),
        KeyBinding(
            "+", .otherLength, "Train for more steps with the same seed, or for fewer",
            label: "longer", if: { $0.session.canRunOtherLength }),
        KeyBinding(
            "t", .table, "Switch between the picture and a table of its numbers", label: "table",
            if: { $0.hasPlot && ($0.session.showsTable || $0.hasRoomForPlot) }),
        KeyBinding(
            "t", .table, "Unfold the texts that are cut, or fold them again", label: "unfold",
            if: { !$0.hasPlot && ($0.session.showsTable || $0.hasCutText) && $0.hasWriting }),
        KeyBinding(
            "w", .why, "Unfold the cache's size into its factors", label: "why",
            if: { $0.showsSize && !$0.session.isVeiled }),
        KeyBinding(
            "w", .why, "Unfold the largest share into its numbers", label: "why",
            if: { $0.session.step.head?.detail == .all && !$0.showsSize }),
        KeyBinding(
            "i", .words, "Type what your own model goes on with, or reads", label: "words",
            if: { $0.session.ownWords != nil }),
        KeyBinding(
            "m", .models, "Use the values of a real model", label: "model",
            if: { $0.session.canTakeModel && !$0.session.showsRealModel }),
        KeyBinding(
            "m", .files, "Open a model's file of this machine", label: "model",
            if: { $0.session.showsRealModel }),
        KeyBinding(
            "e", .explore, "Move every slider freely; e returns to the lesson",
            label: "explore",
            if: { $0.session.canExplore }),
        KeyBinding(
            "e Esc", .explore, "Return to the lesson as you left it (also Esc)",
            label: "back to the lesson", if: { $0.session.isExploring }),
        KeyBinding(
            "g", .gpus, "This setting on GPUs: what each holds, how many users fit",
            label: "GPUs", if: { $0.session.isExploring }),
        KeyBinding(
            "g", .gpus, "This setting on GPUs: what each holds, how many users fit",
            if: { !$0.session.isExploring && $0.session.canServe }),
        KeyBinding("c", .contents, "All lessons and steps", label: "contents"),
        KeyBinding(
            "a", .pin, "Pin this setting's bar to compare against; again, unpin it",
            label: "pin", if: { $0.session.step.memory.map { $0.factors == nil } ?? false }),
        KeyBinding(
            "u", .units, "Units of sizes: GB and GiB, one of them, or bytes", label: "units"),
        KeyBinding(
            "0", .resetValues, "Reset the values; once more, reopen the question",
            label: "reset", if: { $0.session.canReset && !$0.isNumberBegun }),
        KeyBinding(
            "v", .compare, "Type another tool's figure to see what it got wrong",
            label: "your figure", if: { $0.session.showsWholeSize }),
        KeyBinding("y", .settingText, "Show this setting as text to copy"),
        KeyBinding("Backspace PgUp", .back, "Previous step (also PgUp)", if: { $0.canGoBack }),
        KeyBinding(
            "]", .nextLesson, "Next lesson",
            if: { $0.session.lessonIndex < $0.session.course.lessons.count - 1 }),
        KeyBinding("[", .previousLesson, "Previous lesson", if: { $0.session.lessonIndex > 0 }),
        KeyBinding(
            "j C-d C-f", .scrollDown, "Scroll the text down; C-d by half a page, C-f by one",
            if: { $0.hasMoreBelow }),
        KeyBinding(
            "k C-u C-b", .scrollUp, "Scroll the text up; C-u by half a page, C-b by one",
            if: { $0.scroll > 0 }),
        KeyBinding("j", .focusNext, "Choose the next slider", if: { $0.hasOnlySliders }),
        KeyBinding("k", .focusPrevious, "Choose the previous slider", if: { $0.hasOnlySliders }),
        KeyBinding(
            "PgDn", .focusBelow, "To the sliders below those in view",
            if: { $0.session.isExploring && $0.hiddenSlider(.down) != nil }),
        KeyBinding(
            "PgUp", .focusAbove, "To the sliders above those in view",
            if: { $0.session.isExploring && $0.hiddenSlider(.up) != nil }),
        KeyBinding("G", .scrollDown, "To the end of the text", if: { $0.hasMoreBelow }),
        KeyBinding(
            "g", .scrollUp, "To the beginning of the text",
            if: { $0.scroll > 0 && !$0.session.isExploring && !$0.session.canServe }),
        // Where they move no slider.
        KeyBinding(
            "Down", .scrollDown, "Scroll the text down",
            if: { !$0.hasSliders && $0.hasMoreBelow }),
        KeyBinding(
            "Up", .scrollUp, "Scroll the text up", if: { !$0.hasSliders && $0.scroll > 0 }),
        KeyBinding(
            "End", .scrollDown, "To the end of the text",
            if: { !$0.hasSlider && $0.hasMoreBelow }),
        KeyBinding(
            "Home", .scrollUp, "To the beginning of the text",
            if: { !$0.hasSlider && $0.scroll > 0 }),
        KeyBinding(
            "n", .note, "Write a note on this step at this setting", if: { $0.session.canNote }),
        KeyBinding(
            "N", .notes, "Your notes; Enter reopens a note's screen",
            if: { !$0.session.kept.notes.isEmpty }),
        KeyBinding("/", .search, "Search the course's text"),
        KeyBinding(
            "R", .review, "Review the questions you missed",
            if: { $0.session.canReview }),
        KeyBinding(
            "R Esc", .endReview, "End the review, back to the lesson (also Esc twice)",
            label: "end the review", if: { $0.session.review != nil }),
        KeyBinding("s", .summary, "What you measured, learned and missed"),
        KeyBinding(
            ".", .blank, "Blank the screen; any key returns",
            if: { !$0.session.isPresenting && !$0.isPointBegun }),
        KeyBinding("? F1", .help, "What every key does here (also F1)", label: "help"),
        KeyBinding("q", .quit, "Quit; your progress is kept", label: "quit"),
    ]
}

extension CourseApp {
    /// What the keys of a step do, in the order of the help; a key that does several things has a
    /// line for each.
    package static let helpOfKeys: [(keys: String, help: String)] = {
        var lines: [(keys: String, help: String)] = []
        for binding in KeyBinding.step {
            let line = (keys: binding.keysText(.ascii), help: binding.help)
            if !lines.contains(where: { $0 == line }) { lines.append(line) }
        }
        return lines
    }()

    /// What each key does on a step, for those who name one elsewhere.
    package static let stepKeys = Dictionary(
        KeyBinding.step.flatMap { binding in binding.keys.map { ($0, binding.help) } },
        uniquingKeysWith: { first, _ in first })
}

/// When keys of the step work.
extension CourseApp {
    fileprivate var hasSlider: Bool { session.focused != nil }
    fileprivate var hasSliders: Bool { session.step.sliders.count > 1 }
    fileprivate var showsSize: Bool { session.step.memory != nil }

    fileprivate var canAnswer: Bool {
        session.isQuestionOpen || session.step.question?.kind == .free
    }

    /// Whether what the key runs is on the screen: the table of every g only where it has room.
    fileprivate var showsRun: Bool {
        let step = session.step
        return step.groups?.showsTimes != true || step.widgets.contains(.times)
            || stepLayout.table != nil
    }

    /// Whether no plot of the step is a table in any case, for want of rows.
    fileprivate var hasRoomForPlot: Bool {
        !stepLayout.sections.contains { section in
            (section.widget as? ChartView)?.isTable(height: section.area.height) == true
        }
    }

    fileprivate var hasWriting: Bool { session.step.hasWriting }

    /// Whether a text that a model wrote is cut to its ends.
    fileprivate var hasCutText: Bool {
        stepLayout.sections.contains { section in
            (section.widget as? WritingView)?.isCut(height: section.area.height) == true
        }
    }

    /// Whether a number is to be guessed.
    fileprivate var isNumberAsked: Bool {
        guard case .number? = session.step.question?.kind else { return false }
        return session.isQuestionOpen
    }

    /// Whether 0 and the point begin a guess. Where it was put off, 0 puts back the values first,
    /// and anywhere the answer to a question that is asked again.
    fileprivate var isNumberBegun: Bool {
        isNumberAsked && (session.canResetValues ? !session.isPutOff : !session.canReset)
    }

    /// Whether the point begins a guess, and blanks no screen.
    fileprivate var isPointBegun: Bool {
        isNumberAsked && !session.isPutOff && !session.isPresenting
    }

    /// Whether what is moved up and down can only be sliders.
    fileprivate var hasOnlySliders: Bool {
        session.isExploring && hasSliders && stepLayout.scrollLimit == 0
    }

    /// Whether a class sees anything but the step as it opens.
    fileprivate var isStepLeft: Bool {
        session.isPresenting && (session.isExploring || scroll > 0)
    }

    /// Whether one of some answers is to be chosen.
    fileprivate var isChoiceAsked: Bool {
        guard case .choice? = session.step.question?.kind else { return false }
        return session.isQuestionOpen
    }

    fileprivate var canGoBack: Bool {
        scroll > 0 || !session.isExploring && !session.isFirstStep && session.review == nil
    }
}
