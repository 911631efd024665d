import AttentionEngine
import TerminalCanvas

/// The course as running text: each line typed is a command, and what it changes is told in words.
///
/// A second reader of `CourseApp`, which stays the one truth: commands become its keys and changes,
/// pictures are told by their widgets. A value; the disk, the clock and standard input are the
/// program's.
package struct PlainCourse: Sendable {
    /// What is said to a line, and what the program must do.
    package struct Answer: Sendable {
        /// Printable text, no line wider than the course's width.
        package let lines: [String]
        package let effects: [Effect]
    }

    package internal(set) var app: CourseApp
    private(set) var text: PlainText
    /// What the line being taken asks of the program.
    var effects: [Effect] = []
    /// The question whose answer was asked for before any try; asked for twice, it is shown.
    var askedToReveal: String?
    /// Whether the end of the course, and what was done in it, was told just now.
    var wasEndTold = false
    /// The experiment under way, and the quarters of it that were told.
    var running: (engine: Engine, quarters: Int)?

    /// Nothing scrolls in running text: every step fits a screen of this size.
    private static let size = Size(width: 80, height: 1_000_000)
    /// A line is cut there by whoever reads it, and one as long is refused.
    package static let longestLine = 4_096

    package init(app: CourseApp, width: Int) {
        self.app = app
        text = PlainText(width: width, glyphs: app.glyphs)
        _ = self.app.handle(.resize(Self.size))
    }

    /// The columns of the lines from now on.
    package mutating func resize(width: Int) {
        text = PlainText(width: width, glyphs: app.glyphs)
    }

    /// What is said before the first command.
    package func opening() -> [String] {
        text.lines(
            [
                .paragraph(
                    "Headroom: how attention heads share keys and values. The course as text: type a "
                        + "command and Enter. next goes on, again repeats, help lists the commands, "
                        + "quit ends. Where a lesson names a key, such as Left, End or r, type its "
                        + "name and Enter.")
            ] + told(isNewLesson: true))
    }

    /// The program's own sentences as lines of the course's width.
    package func lines(_ sentences: [String]) -> [String] {
        text.lines(sentences.map(Passage.paragraph))
    }

    /// Whether an experiment runs that will report.
    package var isRunning: Bool { running != nil }

    /// Takes a command.
    package mutating func take(_ line: String) -> Answer {
        effects = []
        app.notice = nil
        let before = app.progress
        var passages =
            line.utf8.count >= Self.longestLine
            ? [.paragraph("That line is too long to be a command.")] : reply(to: line)
        // What happened stands before the values that it led to.
        if let notice = app.notice { passages.insert(.paragraph(notice), at: 0) }
        app.notice = nil
        app.keepSetting()
        if app.progress != before { effects.append(.save(app.progress)) }
        return Answer(lines: text.lines(passages), effects: effects)
    }

    private mutating func reply(to line: String) -> [Passage] {
        let keys = TypedKeys.keys(in: line)
        guard keys.isEmpty else { return keys.flatMap { perform($0) } }
        if line.contains("\u{1B}") {
            return say(
                "That line holds a key such as an arrow, which moves nothing in it. Type it anew; "
                    + "an arrow on a line of its own is a command.")
        }
        return perform(Self.cleaned(line))
    }

    /// One line of printable characters without spaces at its ends.
    private static func cleaned(_ line: String) -> String {
        let visible = String(
            line.map { character -> Character in
                columns(of: character) < 0 ? " " : character
            }.filter { columns(of: $0) > 0 })
        return visible.split(separator: " ").joined(separator: " ")
    }

    /// The time by the machine's clock as text.
    package mutating func setTime(_ now: String) { app.now = now }

    /// Takes on what other programs have written to the same file.
    package mutating func adopt(_ progress: CourseProgress) { app.adopt(progress) }

    // MARK: The app's keys

    /// Presses a key, and hands on what the app asks for; saving is done once for the whole line.
    mutating func press(_ key: Key) {
        effects += app.handle(.key(key)).filter { effect in
            if case .save = effect { false } else { true }
        }
    }

    /// Types a line into what is open, and Enter.
    mutating func enter(_ line: String) {
        _ = app.handle(.paste(line))
        press(.enter)
    }

    /// Changes the app as a key would.
    mutating func act(_ change: (inout CourseApp) -> Void) {
        change(&app)
        app.updateLayout()
    }

    func works(_ key: Key) -> Bool { KeyTable.action(for: key, in: app) != nil }

    func say(_ text: String) -> [Passage] { [.paragraph(text)] }
}
