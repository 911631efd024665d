import CourseContent
import CourseSession
import TerminalCanvas

/// The setting as text, and the command that opens the step with it.
struct SettingScreen: TextScreen {
    var scroll = 0

    func text(in app: CourseApp) -> Page {
        func words(_ text: String, _ style: Style) -> [Line] {
            wrapped([Span(text, style)], width: app.pageWidth, glyphs: app.glyphs)
        }
        let copied = Style(.accent, .bold)
        return Page(
            title: "Setting",
            lines: [
                [Span("This setting as text:", Style(.faint))],
                [Span(app.session.setting.text, copied)], [],
            ] + words("The command that opens this step with it:", Style(.faint))
                + app.command.lines(width: app.pageWidth).flatMap { words($0, copied) } + [[]]
                + words(
                    "headroom render takes the same, headroom memory --state the setting. "
                        + "Select it with the mouse (with Shift held, where the mouse is "
                        + "on) to copy it.", Style(.faint)))
    }

    func shared(in app: CourseApp) -> (name: String, row: Int?)? { ("setting", nil) }
}
