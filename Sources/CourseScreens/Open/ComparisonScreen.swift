import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Your number against ours: another tool's figure, answered by the mistake that leads to it.
struct ComparisonScreen: Screen {
    var line = TextEditor(limit: 24)
    /// What was said to the last one, a sentence each.
    var answer: [String] = []

    func bindings(in app: CourseApp) -> [KeyBinding] { KeyBinding.typing }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .edit:
            let before = line.text
            _ = line.handle(key)
            if line.text != before { answer = [] }
        case .choose: answer = app.session.compared(with: line.text)
        default: return .closes
        }
        return .stays
    }

    mutating func insert(_ text: String, in app: CourseApp) {
        line.insert(text)
        answer = []
    }

    func page(in app: CourseApp) -> Page? {
        let session = app.session
        let name = "Another tool's figure: "
        let ours =
            "Ours is \(session.comparedSize?.both ?? "not to be had") for \(session.shapeName)"
            + "\(session.foreignWords)."
        let shown =
            answer.isEmpty
            ? [
                "Type it with its unit, as in 13.34 GiB. A figure that is off by what a common "
                    + "mistake gives is answered by the mistake."
            ] : answer
        let view = line.view(width: app.pageWidth - columns(of: name), glyphs: app.glyphs)
        return Page(
            title: "Your number against ours",
            lines: shown.enumerated().flatMap { index, sentence in
                let style =
                    answer.isEmpty
                    ? Style(.faint) : Style(index == 0 ? .text : .accent, .bold)
                return wrapped(
                    [Span(sentence, style)], width: app.pageWidth, glyphs: app.glyphs)
            },
            heading: [
                [],
                [Span(ours)],
                [Span(name, Style(.text, .bold)), Span(view.text, Style(.accent, .bold))],
            ], cursor: Point(column: columns(of: name) + view.cursorColumn, row: 2))
    }
}

extension KeyBinding {
    /// In a line that is typed and then taken.
    static let typing =
        [KeyBinding([.enter], .choose, "Enter", label: "done", help: "Take what was typed")]
        + editing(label: "erase")
        + [KeyBinding([.escape], .close, "Esc", label: "leave it", help: "Leave it for now")]
}
