import TerminalCanvas

/// The setting as text, and the command that opens the step with it.
struct SettingScreen: TextScreen {
    var scroll = 0

    static let keys: [KeyBinding] = [.help, .closeReading(by: "y")]

    func text(in app: CourseApp) -> Page {
        let setting: [Line] = [
            [Span("This setting as text:", .faint)], [Span(app.session.subject.text, .bright)], [],
        ]
        let command =
            app.wrapped("The command that opens this step with it:", .faint)
            + app.command.lines(width: app.pageWidth).flatMap { app.wrapped($0, .bright) } + [[]]
        let others = app.wrapped(
            "headroom render takes the same, headroom memory --state the setting. "
                + "Select it with the mouse (with Shift held, where the mouse is on) to copy it.",
            .faint)
        return Page(title: "Setting", lines: setting + command + others)
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("setting", nil) }
}
