import CNcurses
import TerminalCanvas

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How a terminal is asked for its background.
enum Background {
    /// Two questions (xterm's "ctlseqs"): for the background, and for the device attributes, which
    /// every terminal answers, and in turn. So one knows when no answer will come to the first.
    static let question = Array("\u{1B}]11;?\u{1B}\\\u{1B}[c".utf8)

    /// For how long answers are waited for that are still to come when the terminal is given back.
    static let patience = Duration.seconds(2)

    /// What is drawn on until the terminal answers.
    static var assumed: Theme {
        Environment.value(of: "COLORFGBG").map(Theme.init(colourFGBG:)) ?? .unknown
    }

    /// Whether the terminal can be asked: it must take the question for one, where others would
    /// print it, and answer on standard input.
    ///
    /// - Parameter type: the terminal's. Some whose descriptions say nothing of xterm's sequences
    ///   are known by their names.
    static func canBeAsked(type: String, hasXtermSequences: Bool) -> Bool {
        // GNU screen answers the second question itself and passes on the first, whose answer then
        // comes at any time and into any window. In tmux, its name may be the type.
        let isScreen = type.hasPrefix("screen") || Environment.value(of: "STY") != nil
        if isScreen, Environment.value(of: "TMUX") == nil { return false }
        let isKnown = ["xterm", "tmux", "screen", "rxvt", "foot", "iterm", "wezterm", "contour"]
            .contains(where: type.hasPrefix)
        return (hasXtermSequences || isKnown) && isOneTerminal
    }

    /// Whether standard input and output are the same terminal.
    private static var isOneTerminal: Bool {
        var (input, output) = (stat(), stat())
        return fstat(STDIN_FILENO, &input) == 0 && fstat(STDOUT_FILENO, &output) == 0
            && input.st_rdev == output.st_rdev
    }
}

extension CursesTerminal {
    /// Asks once, behind the first picture.
    func askForBackground() {
        guard isToAsk else { return }
        isToAsk = false
        headroom_write(Background.question, Background.question.count)
        answersEnd = .now + Background.patience
    }

    /// Draws for another background from now on; whether it is another.
    func adopt(_ theme: Theme) -> Bool {
        guard theme != scheme.theme else { return false }
        scheme.theme = theme
        isRecoloured = true
        return true
    }

    /// Waits for answers that are still to come, lest they become another's input. What is typed
    /// before them is dropped, what is typed behind them left alone; Ctrl-C and signals end it.
    func awaitAnswers() {
        patience = nil
        while let end = answersEnd, .now < end, !isGone, notices.interrupts.isEmpty {
            switch decoder.next() {
            case nil: wait(until: end, atMost: 1)
            case .deviceAttributes: answersEnd = nil
            case .background(let theme): _ = adopt(theme)
            case .key(.control("c")): return
            default: break
            }
        }
        answersEnd = nil
    }
}
