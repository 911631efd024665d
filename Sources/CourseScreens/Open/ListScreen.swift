import TerminalCanvas

/// A list to choose from.
protocol ListScreen: Screen {
    associatedtype Entry

    var selected: Int { get set }

    func entries(in app: CourseApp) -> [Entry]

    /// Takes an entry; what becomes of the list.
    func choose(_ entry: Entry, in app: inout CourseApp) -> Next

    /// What `/` opens.
    var search: any Screen { get }
}

extension ListScreen {
    var search: any Screen { SearchScreen() }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        let entries = entries(in: app)
        if action == .move {
            selected = app.moved(key, from: selected, count: entries.count)
            return .stays
        }
        switch action {
        case .choose:
            guard selected < entries.count else {
                app.session.notice = "Nothing to choose; Esc closes the list."
                return .stays
            }
            return choose(entries[selected], in: &app)
        // What opens from a list comes back to it.
        case .search: return .covers(search)
        case .summary: return .covers(SummaryScreen())
        default: break
        }
        return .closes
    }

    /// A press takes the line that it is on.
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key? {
        guard mouse.action == .press, let line = page(in: app)?.line(at: mouse.point, in: area),
            line < entries(in: app).count
        else {
            app.tellPressed(mouse, besides: "an entry")
            return nil
        }
        selected = line
        return .enter
    }

    func afterReload(in app: CourseApp) -> Self? {
        var screen = self
        screen.selected = min(selected, max(0, entries(in: app).count - 1))
        return screen
    }

    /// A page of the entries' lines, or of what is said where there are none.
    func page(_ title: String, _ lines: [Line], orElse none: Span) -> Page {
        lines.isEmpty
            ? Page(title: title, lines: [[none]])
            : Page(title: title, lines: lines, selected: selected)
    }
}

/// A list that is searched by typing.
protocol SearchableList: ListScreen, TypingScreen {}

extension SearchableList {
    static var keys: [KeyBinding] { [] }

    /// While something is typed, Home and End are the line's and not the list's.
    func keys(in app: CourseApp) -> [KeyBinding] {
        (line.isEmpty
            ? KeyBinding.list + KeyBinding.ends : KeyBinding.list + KeyBinding.editing())
            + [.typedHelp, .closeSearch]
    }

    mutating func wasEdited(isOther: Bool) { if isOther { selected = 0 } }

    /// A page with the line being typed above the entries' lines, and behind it what may be typed.
    func page(
        _ title: String, _ lines: [Line], orElse none: Span, hint: String = "", in app: CourseApp
    ) -> Page {
        let name = "Type to search: "
        let view = line.view(width: app.pageWidth - columns(of: name), glyphs: app.glyphs)
        var page = page(title, lines, orElse: none)
        page.heading = [[Span(name, .faint), Span(view.text, .strong), Span(hint, .faint)]]
        page.cursor = Point(column: columns(of: name) + view.cursorColumn, row: 0)
        return page
    }
}

extension KeyBinding {
    /// In every list.
    fileprivate static let list = [
        KeyBinding("Enter", .choose, "Choose this entry", label: "choose"),
        KeyBinding(
            "Up Down C-p C-n", .move, "Move to another entry (also C-p, C-n)", label: "move"),
        KeyBinding("PgDn", .move, "A page down"),
        KeyBinding("PgUp", .move, "A page up"),
    ]

    fileprivate static let ends = [
        KeyBinding("Home", .move, "The first entry"),
        KeyBinding("End", .move, "The last entry"),
    ]

    /// Where no letters are typed.
    /// - Parameters:
    ///   - key: the one that opened the list.
    ///   - searched: what `/` searches.
    static func list(closedBy key: String, searched: String) -> [KeyBinding] {
        list + ends + [
            KeyBinding("j k", shown: "j k", .move, "The next entry, and the one before"),
            KeyBinding("g G", shown: "g G", .move, "The first entry, and the last"),
            KeyBinding("Space f C-f d C-d", .move, "A page down (d, C-d: half a page)"),
            KeyBinding("b C-b C-u", .move, "A page up (C-u: half a page)"),
            KeyBinding("/", .search, "Search \(searched)", label: "search"),
            help,
            KeyBinding(
                "Esc F5 q \(key)", .close, "Close the list (also \(key), F5)", label: "close"),
        ]
    }

    fileprivate static let closeSearch = KeyBinding(
        "Esc F5", .close, "Close the list (also F5)", label: "close")
}
