import CourseContent
import CourseSession
import TerminalCanvas

/// Something that is open above a step: a page over it, or a question or point of it that is being
/// worked on. It owns what is typed, chosen and scrolled in it.
package protocol Screen: Sendable {
    /// Its keys, in the footer's order.
    func bindings(in app: CourseApp) -> [KeyBinding]

    /// Does what a key asks for. While it does, the screen is not among the app's open ones.
    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next

    /// Takes text that was typed or pasted where something is being typed.
    mutating func insert(_ text: String, in app: CourseApp)

    /// The page in place of the step; nil where the step stays in view.
    func page(in app: CourseApp) -> Page?

    /// What is typed in the footer's row.
    var prompt: Prompt? { get }

    /// What is done about the step's question, for its panel.
    var answering: Answering? { get }

    /// The proposal that is being moved in the step's plot.
    var moving: Proposal? { get }

    /// What followers are shown of it, and which of its rows; nil keeps it from them.
    func shared(in app: CourseApp) -> (name: String, row: Int?)?

    /// Presses or drags the mouse on its page, whose area is given.
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp)

    /// Keeps what was written in it, because the course ends.
    func keep(in app: inout CourseApp)

    /// The same after the course's files were edited; nil closes it.
    func afterReload(in app: CourseApp) -> Self?
}

/// What becomes of a screen after a key.
package enum Next {
    /// It stays open, or closes.
    case stays, closes
    /// Another takes its place.
    case opens(any Screen)
    /// Another opens above it.
    case covers(any Screen)
    /// It closes, and its text is written on in the learner's own editor.
    case edits(String)
}

/// What is typed in the footer's row: for what, and what was wrong with the last try.
package struct Prompt {
    let name: String
    let line: TextEditor
    let problem: String?
}

extension Screen {
    mutating func insert(_ text: String, in app: CourseApp) {}
    func page(in app: CourseApp) -> Page? { nil }
    var prompt: Prompt? { nil }
    var answering: Answering? { nil }
    var moving: Proposal? { nil }
    func shared(in app: CourseApp) -> (name: String, row: Int?)? { nil }
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) {}
    func keep(in app: inout CourseApp) {}
    func afterReload(in app: CourseApp) -> Self? { self }
}

extension CourseApp {
    /// Where a key moves to from an entry of a list or a line of a text; nil where it does not move.
    func moved(_ action: Action, from index: Int, count: Int) -> Int? {
        let page = max(1, Page.area(of: size).height - 4)
        let target: Int
        switch action {
        case .up: target = index - 1
        case .down: target = index + 1
        case .pageUp: target = index - page
        case .pageDown: target = index + page
        case .top: target = 0
        case .bottom: target = count - 1
        default: return nil
        }
        return min(max(0, target), max(0, count - 1))
    }

    /// The columns that a page has for its lines.
    var pageWidth: Int { Page.area(of: size).width - 4 }
}
