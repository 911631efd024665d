import TerminalCanvas

/// Your number against ours: another tool's figure, answered by the mistake that leads to it.
struct ComparisonScreen: TypingScreen {
    var line = TextEditor(limit: 24)
    /// What was said to the last one, a sentence each.
    var answer: [String] = []

    static let keys = KeyBinding.typing()

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .choose else { return .closes }
        answer = app.session.compared(with: line.text)
        line.offer(isSize: true)
        return .stays
    }

    mutating func wasEdited(isOther: Bool) { if isOther { answer = [] } }

    func page(in app: CourseApp) -> Page? {
        let session = app.session
        let name = "Another tool's figure: "
        let ours =
            "Ours is \(session.comparedSize?.both ?? "not known") for \(session.shapeName)"
            + "\(session.foreignWords)."
        let hint =
            "Type it with its unit, as in 13.34 GiB. If a common mistake explains the "
            + "difference, it is named."
        let said = answer.enumerated().flatMap { index, sentence in
            app.wrapped(sentence, index == 0 ? .strong : .bright)
        }
        let view = line.view(width: app.pageWidth - columns(of: name), glyphs: app.glyphs)
        return Page(
            title: "Your number against ours",
            lines: answer.isEmpty ? app.wrapped(hint, .faint) : said,
            heading: [
                [], [Span(ours)], [Span(name, .strong), Span(view.text, line.style(.bright))],
            ],
            cursor: Point(column: columns(of: name) + view.cursorColumn, row: 2))
    }
}
