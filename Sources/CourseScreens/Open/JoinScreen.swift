import CourseSession
import TerminalCanvas

/// Whether a student's answers are sent to the class that is followed, and under which name; asked
/// once, before anything is sent.
struct JoinScreen: TypingScreen {
    var line = TextEditor(limit: StudentAnswers.longestName)

    static let keys =
        [KeyBinding("Enter", .choose, "Send your answers", label: "send my answers")]
        + KeyBinding.editing()
        + [.typedHelp, KeyBinding("Esc", .close, "Send nothing", label: "send nothing")]

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        .asks([action == .choose ? .joinClass(name: line.text) : .stayOut])
    }

    mutating func wasEdited(isOther: Bool) {}

    func page(in app: CourseApp) -> Page? {
        let name = "Name  "
        let view = line.view(width: app.pageWidth - name.count, glyphs: app.glyphs)
        var page = Page(
            title: "Your answers",
            lines: app.wrapped(Self.words.joined(separator: " ")),
            heading: [[], [Span("  " + name, .strong), Span(view.text, .bright)], []])
        page.cursor = Point(column: 2 + name.count + view.cursorColumn, row: 1)
        return page
    }

    /// What is asked.
    private static let words = [
        "The teacher collects answers. What you answer to the questions that the class is shown "
            + "goes into a file that only the teacher can find, and nowhere else.",
        "The class sees how many gave which answer, without names. A name is yours to give: the "
            + "teacher reads it beside your answers. So far nothing was sent.",
    ]
}

extension CourseApp {
    /// Asks the learner whether their answers are sent to the class that is followed.
    package mutating func askToJoin() {
        if !screens.contains(where: { $0 is JoinScreen }) { screens.append(JoinScreen()) }
    }
}
