import CourseContent
import CourseSession
import TerminalCanvas

/// Keys that do nothing where they are pressed, and why.
extension CourseApp {
    static let nothingTypedWords = "Type an answer; Enter gives it, Esc leaves it."

    /// What is said where a key does nothing; nil where what is typed is text.
    func whyNothing(_ key: Key) -> String? {
        let name = KeyNotation.name(of: key)
        if screens.last is any TypingScreen {
            if key == " ", case .typing(let line, _)? = answering, line.isEmpty {
                return Self.nothingTypedWords
            }
            if case .character = key { return nil }
            return "\(name) does nothing here. F1 lists the keys that do."
        }
        if screens.last is HelpScreen {
            var under = self
            under.screens.removeLast()
            if under.action(for: key) != nil { return "\(name) works once this list is closed." }
        }
        if key == " ", case .choosing? = answering {
            return "Arrows or a number choose; Enter answers."
        }
        if key == " ", case .hunting? = answering { return "Arrows move; Enter marks the cell." }
        if screens.last is any TextScreen,
            KeyBinding.scrolling.contains(where: { $0.keys.contains(key) })
        {
            return Self.allInViewWords
        }
        guard screens.isEmpty else {
            return "\(name) does nothing here; see the last row."
        }
        if key == .escape {
            return session.isAnswerOpen && session.isPutOff
                ? "The question is left open: Enter opens it, Esc there shows the answer."
                : "Nothing is open here; q quits."
        }
        if case .character("1"..."9") = key { return whyNoDigit }
        if key == "0" { return "There is nothing to put back here." }
        guard let binding = KeyBinding.onSomeStep(key) else {
            return "\(name) does nothing here. ? lists the keys that work."
        }
        if let reason = whyNot(binding.action) { return reason }
        let help = String(binding.help.prefix { !"(;:,".contains($0) }).trimmed
        return "\(name) does nothing now. Elsewhere: \(help)"
    }

    private static let allInViewWords = "All of the text is in view."

    /// Why a digit answers nothing on the step.
    private var whyNoDigit: String {
        switch session.step.question?.kind {
        case .find? where session.isQuestionOpen:
            "Press Enter first; then arrows move and Enter marks."
        case .free?: "Press Enter first, then type your answer."
        default: "Digits answer questions; [ and ] change the lesson."
        }
    }

    /// Why what a key does elsewhere cannot be done on the step; nil where there is no more to say
    /// than that.
    private func whyNot(_ action: Action) -> String? {
        switch action {
        case .models, .explore: session.isVeiled ? Session.veiledWords : nil
        case .gpus, .compare: session.isVeiled && hidesWholeSize ? Session.veiledWords : nil
        case .why:
            session.isVeiled && (session.canUnfold || session.step.hasWriting)
                ? Session.veiledWords
                : session.tokenBytesWords ?? "There is no figure here that w unfolds."
        case .run:
            session.waitsForAnswer
                ? Session.veiledWords
                : session.runKey == nil ? nil : "There are too few rows here for what r shows."
        case .scrollDown, .scrollUp:
            stepLayout.scrollLimit == 0
                ? Self.allInViewWords
                : "This is the \(action == .scrollDown ? "end" : "beginning") of the text."
        case .notes: "There are no notes yet; n writes one."
        case .stopRun: "Nothing runs that x could stop."
        case .table:
            hasPlot
                ? "There are too few rows here for the plot."
                : session.step.hasWriting ? "No text is cut here." : nil
        case .note: session.noNoteWords
        case .review: session.review == nil ? Session.nothingMissedWords : nil
        case .stepAgain: session.isPresenting ? "This step is unchanged." : nil
        case .next, .answer, .reveal, .back, .nextLesson, .previousLesson:
            whyNowhere(action)
        default: nil
        }
    }

    /// Whether the step has a picture or a plot that can be a table of its numbers, too.
    var hasPlot: Bool { session.step.widgets.contains { $0.hasTable(glyphs) } }

    /// Whether the step shows a size with all its factors, once its question is answered.
    private var hidesWholeSize: Bool { session.step.memory.map { $0.factors == nil } ?? false }

    /// Why a key leads to no other step.
    private func whyNowhere(_ action: Action) -> String? {
        if session.isExploring { return "Exploring has one screen. e returns to the lesson." }
        switch action {
        case .nextLesson: return "This is the last lesson."
        case .previousLesson: return "This is the first lesson."
        case .back where session.review != nil: return Session.reviewGoesOnWords
        case .back: return "This is the first step."
        default: return nil
        }
    }
}
