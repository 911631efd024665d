import CourseSession
import TerminalCanvas

/// A list in which `/` finds entries.
protocol SearchedList: ListScreen {
    /// What of an entry is searched, as it is shown.
    func text(of entry: Entry, in app: CourseApp) -> String

    /// The page of some of the entries, of which one is selected.
    func page(of entries: [Entry], selected: Int, in app: CourseApp) -> Page
}

/// What a search finds in a list, above the list.
struct ListSearchScreen<List: SearchedList>: SearchableList {
    var line = TextEditor(limit: 40)
    var selected = 0
    let list: List

    func entries(in app: CourseApp) -> [List.Entry] {
        let words = line.text.lowercased().split(separator: " ")
        return list.entries(in: app).filter { entry in
            let text = list.text(of: entry, in: app).lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    func choose(_ entry: List.Entry, in app: inout CourseApp) -> Next {
        let next = list.choose(entry, in: &app)
        // The list below closes with what was chosen in it.
        if case .stays = next { return next }
        app.screens.removeAll { $0 is List }
        return next
    }

    func page(in app: CourseApp) -> Page? {
        let entries = entries(in: app)
        var page = page(
            "", [], orElse: Span("Nothing found. Backspace erases a letter.", Style(.bad)), in: app)
        if entries.isEmpty { return page }
        let typed = page
        page = list.page(of: entries, selected: min(selected, entries.count - 1), in: app)
        page.heading = typed.heading
        page.cursor = typed.cursor
        return page
    }
}
