import CourseContent
import CourseSession
import ForeignText
import TerminalCanvas

/// The course as running text: each line typed is a command, and what it changes is told in words.
///
/// A second reader of the session, which stays the one truth: commands call the functions that the
/// screens call, pictures are told by their widgets. A value; the disk, the clock and standard
/// input are the program's.
package struct PlainCourse: Sendable {
    /// What is said to a line, and what the program must do.
    package struct Answer: Sendable {
        /// Printable text, no line wider than the course's width.
        package let lines: [String]
        /// What the program must do, in this order.
        package let effects: [Effect]
    }

    /// Where the learner is and what they did.
    package internal(set) var session: Session
    let text: PlainText
    /// The keys of the screens with what they do there, for those who type them here.
    let screenKeys: [Key: String]
    /// What the line being taken asks of the program.
    var effects: [Effect] = []
    /// The question whose answer was asked for before any try; asked for twice, it is shown.
    var askedToReveal: QuestionID?
    /// Whether the command being taken, and the one before it, was asked whether to end the course.
    private var (isAskedToQuit, wasAskedToQuit) = (false, false)
    /// Whether the end of the course, and what was done in it, was told just now.
    var wasEndTold = false
    /// Whether the class that is followed asks for answers.
    var isInvited = false
    /// The experiment under way, and the quarters of it that were told.
    var running: RunningExperiment?

    /// What a long list has that is not told yet, and how many rows it has.
    var rest: (passages: [Passage], rows: Int) = ([], 0)

    /// A line is cut there by whoever reads it, and one as long is refused.
    package static let longestLine = 4_096

    /// The course at a session's place, in lines of a width in columns, or a paragraph a line.
    package init(
        _ session: Session, width: Int?, glyphs: Glyphs = .unicode, screenKeys: [Key: String] = [:]
    ) {
        self.session = session
        self.screenKeys = screenKeys
        text = PlainText(width: width, glyphs: glyphs)
    }

    /// What is said before the first command.
    package func opening() -> [String] {
        if session.followed != nil {
            return text.lines(
                say(
                    "Headroom: a shared screen as text. What changes there is told here. Answer "
                        + "its questions as in the course; next, set and others leave it, and "
                        + "follow returns. help lists the commands, quit ends.")
                    + (session.notice.map(say) ?? []))
        }
        return text.lines(
            say(
                "Headroom: how attention heads share keys and values. The course as text: type a "
                    + "command and Enter. next goes on, again repeats, help lists the commands, "
                    + "quit ends. Where a lesson names a key, such as Left, End or r, type its "
                    + "name and Enter.") + told(isNewLesson: true))
    }

    /// The program's own sentences as lines of the course's width.
    package func lines(_ sentences: [String]) -> [String] {
        text.lines(sentences.map(Passage.paragraph))
    }

    /// Whether an experiment runs that will report.
    package var isRunning: Bool {
        running != nil || session.modelFiles.isLooking || session.modelFiles.opening != nil
    }

    /// What is said where the program does not run what it was asked to, for a reason.
    package mutating func refuse(_ why: String) -> [String] {
        running = nil
        return lines([why])
    }

    /// Takes a command.
    package mutating func take(_ line: String) -> Answer {
        effects = []
        (isAskedToQuit, wasAskedToQuit) = (false, isAskedToQuit)
        session.notice = nil
        let before = session.progress
        // Who is alone already, or follows again by this command, does not let go by it.
        let place = session.canFollowAgain ? nil : session.whereabouts
        let said =
            line.utf8.count >= Self.longestLine
            ? say("That line is too long to be a command.") : reply(to: line)
        session.letGo(ifMovedFrom: place)
        // What happened stands before the values that it led to.
        let passages = (session.notice.map(say) ?? []) + said
        session.notice = nil
        let progress = session.progress
        if progress != before { effects.append(.save(progress)) }
        return Answer(lines: text.lines(passages), effects: effects)
    }

    private mutating func reply(to line: String) -> [Passage] {
        let keys = TypedKeys.keys(in: line)
        guard keys.isEmpty else { return keys.flatMap { perform(KeyNotation.name(of: $0)) } }
        if line.contains("\u{1B}") {
            return say(
                "That line contains a special key such as an arrow. Type it again; "
                    + "an arrow on a line of its own is a command.")
        }
        return perform(Self.cleaned(line))
    }

    /// One line of printable characters without spaces at its ends.
    private static func cleaned(_ line: String) -> String {
        line.asOneLine.split(separator: " ").joined(separator: " ")
    }

    /// The time by the machine's clock as text.
    package mutating func setTime(_ now: String) { session.now = now }

    /// Takes on what other programs have written to the same file.
    package mutating func adopt(_ progress: CourseProgress) { session.adopt(progress) }

    /// Ends, where a race is under way only when asked for twice.
    mutating func quit() -> [Passage] {
        if let question = session.leavingQuestion(key: "quit"), !wasAskedToQuit {
            isAskedToQuit = true
            return say(question)
        }
        effects.append(.quit)
        return []
    }

    func say(_ text: String) -> [Passage] { [.paragraph(text)] }
}
