import CourseSession
import TerminalCanvas

/// The setting as text, and the command that opens the step with it.
struct SettingScreen: TextScreen {
    var scroll = 0

    static let keys: [KeyBinding] = [.help, .closeReading(by: "y")]

    func text(in app: CourseApp) -> Page {
        let texts = ShellLine.lines(of: app.session.stateText, width: app.pageWidth)
        let setting: [Line] =
            [[Span("This setting as text:", .faint)]] + texts.map { [Span($0, .bright)] } + [[]]
        let unlike =
            app.session.settingIsNotCounted
            ? app.wrapped(Session.notCountedWords, .faint) + [[]] : []
        let command =
            app.wrapped("The command that opens this step with it:", .faint)
            + app.command.lines(width: app.pageWidth).flatMap { app.wrapped($0, .bright) } + [[]]
        let others = app.wrapped(
            "headroom render takes the same options but --gguf and --begin, headroom memory only "
                + "--state. "
                + "To copy it, select it with the mouse (hold Shift if the mouse is on).",
            .faint)
        return Page(title: "Setting", lines: setting + unlike + command + others)
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("setting", nil) }
}
