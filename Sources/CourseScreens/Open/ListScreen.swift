import CourseContent
import CourseSession
import TerminalCanvas

/// A list to choose from.
protocol ListScreen: Screen {
    var selected: Int { get set }

    func count(in app: CourseApp) -> Int

    /// Takes the entry that is chosen.
    mutating func choose(in app: inout CourseApp) -> Next
}

extension ListScreen {
    /// Moves to another entry, takes the chosen one, or closes.
    mutating func list(_ action: Action, in app: inout CourseApp) -> Next {
        let count = count(in: app)
        if let index = app.moved(action, from: selected, count: count) {
            selected = index
            return .stays
        }
        return action == .choose && selected < count ? choose(in: &app) : .closes
    }

    func bindings(in app: CourseApp) -> [KeyBinding] { KeyBinding.list + [.closeList] }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        list(action, in: &app)
    }

    func afterReload(in app: CourseApp) -> Self? {
        var screen = self
        screen.selected = min(selected, max(0, count(in: app) - 1))
        return screen
    }
}

/// A list that is searched by typing.
protocol SearchableList: ListScreen {
    var line: TextEditor { get set }
}

extension SearchableList {
    /// While something is typed, Home and End are the line's and not the list's.
    func bindings(in app: CourseApp) -> [KeyBinding] {
        line.isEmpty
            ? KeyBinding.list + [.escapeList]
            : KeyBinding.list.dropLast(2) + KeyBinding.editing() + [.escapeList]
    }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .edit else { return list(action, in: &app) }
        _ = line.handle(key)
        selected = 0
        return .stays
    }

    mutating func insert(_ text: String, in app: CourseApp) {
        line.insert(text)
        selected = 0
    }

    /// The line being typed, behind what it is for, and where the cursor stands in it.
    func typed(_ hint: String = "", width: Int, glyphs: Glyphs) -> (line: Line, column: Int) {
        let name = "Type to search: "
        let view = line.view(width: width - columns(of: name), glyphs: glyphs)
        let spans = [
            Span(name, Style(.faint)), Span(view.text, Style(.text, .bold)),
            Span(hint, Style(.faint)),
        ]
        return (spans, columns(of: name) + view.cursorColumn)
    }
}

extension KeyBinding {
    static let list = [
        KeyBinding([.enter], .choose, "Enter", label: "choose", help: "Take the marked entry"),
        KeyBinding([.down], .down, "↑ ↓", label: "move", help: "Move to another entry"),
        KeyBinding([.up], .up, "↑", help: nil),
        KeyBinding([.pageDown], .pageDown, "PgDn", help: "A page further"),
        KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back"),
        KeyBinding([.home], .top, "Home", help: "The first entry"),
        KeyBinding([.end], .bottom, "End", help: "The last entry"),
    ]

    static let escapeList = KeyBinding(
        [.escape, .function(5)], .close, "Esc", label: "close", help: "Close the list (also F5)")

    static let closeList = KeyBinding(
        [.escape, .function(5), .character("c"), .character("q")], .close, "Esc", label: "close",
        help: "Close the list (also c, F5)")

    /// In a line that is typed.
    static func editing(label: String? = nil) -> [KeyBinding] {
        erasing(label: label) + [
            KeyBinding([.home, .control("a")], .edit, "Home", help: "To the start (also C-a)"),
            KeyBinding([.end, .control("e")], .edit, "End", help: "To the end (also C-e)"),
        ]
    }

    /// In a text of several lines, where Home and End go by the rows that are shown.
    static func erasing(label: String? = nil) -> [KeyBinding] {
        [
            KeyBinding(
                [.backspace], .edit, "Backspace", label: label,
                help: "Erase the letter before the cursor"),
            KeyBinding(
                [.delete, .control("d")], .edit, "Delete", help: "Erase the letter behind it"),
            KeyBinding([.left, .control("b")], .edit, "← →", help: "Move the cursor"),
            KeyBinding([.right, .control("f")], .edit, "→", help: nil),
            KeyBinding([.control("w")], .edit, "C-w", help: "Erase the word before the cursor"),
            KeyBinding([.control("u")], .edit, "C-u", help: "Erase all before the cursor"),
            KeyBinding([.control("k")], .edit, "C-k", help: "Erase all behind the cursor"),
        ]
    }
}
