import CourseContent
import CourseSession
import TerminalCanvas

/// Something that is open above a step: a page over it, or a question or point of it that is being
/// worked on. It owns what is typed, chosen and scrolled in it.
protocol Screen: Sendable {
    /// Its keys, in the footer's order, also those that do nothing now.
    static var keys: [KeyBinding] { get }

    /// Those of its keys that what is typed or scrolled in it leaves something to do.
    func keys(in app: CourseApp) -> [KeyBinding]

    /// Does what a key asks for. While it does, the screen is not among the app's open ones.
    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next

    /// Takes text that was typed or pasted where something is being typed.
    mutating func insert(_ text: String)

    /// Does what a key does to what is being typed.
    mutating func edit(_ key: Key)

    /// The page in place of the step; nil where the step stays in view.
    func page(in app: CourseApp) -> Page?

    /// What is done about the step's question, for its panel.
    var answering: Answering? { get }

    /// The proposal that is being moved in the step's plot.
    var moving: Proposal? { get }

    /// What followers are shown of it, and which of its rows; nil keeps it from them.
    func shared(in app: CourseApp) -> (name: String, row: Int?)?

    /// Presses or drags the mouse on its page, whose area is given; the key that this presses,
    /// where it presses one. While it does, the screen is not among the app's open ones.
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key?

    /// Keeps what was written in it, because the course ends.
    func keep(in app: inout CourseApp)

    /// The same after the course's files were edited; nil closes it.
    func afterReload(in app: CourseApp) -> Self?
}

/// What becomes of a screen after a key.
enum Next {
    /// It stays open.
    case stays
    /// It closes, and what the key asks for is done on the step, where it means something there.
    case closes
    /// Another opens above it.
    case covers(any Screen)
    /// It closes, and the program is asked for something.
    case asks([Effect])
    /// The same, and another opens in its place.
    case opens(any Screen, [Effect])
}

extension Screen {
    func keys(in app: CourseApp) -> [KeyBinding] { Self.keys }
    mutating func insert(_ text: String) {}
    mutating func edit(_ key: Key) {}
    func page(in app: CourseApp) -> Page? { nil }
    var answering: Answering? { nil }
    var moving: Proposal? { nil }
    func shared(in app: CourseApp) -> (name: String, row: Int?)? { nil }
    mutating func point(at mouse: Mouse, in area: Rect, of app: inout CourseApp) -> Key? {
        app.tellPressed(mouse)
        return nil
    }
    func keep(in app: inout CourseApp) {}
    func afterReload(in app: CourseApp) -> Self? { self }
}

/// A screen in which something is typed.
protocol TypingScreen: Screen {
    var line: TextEditor { get set }

    /// Takes back what was said to what was typed, which may be another text now.
    mutating func wasEdited(isOther: Bool)
}

extension TypingScreen {
    mutating func insert(_ text: String) {
        wasEdited(isOther: line.insert(text) == .changed)
    }

    mutating func edit(_ key: Key) { wasEdited(isOther: line.handle(key) == .changed) }
}

extension CourseApp {
    /// Where a key moves to from an entry of a list or a line of a text; an end is said.
    mutating func moved(_ key: Key, from index: Int, count: Int, page: Int? = nil) -> Int {
        let page = page ?? max(1, body.height - 4)
        let target = key.moved(from: index, count: count, page: page)
        if target == index {
            let isBack = key.distance(page: page) < 0
            session.notice = isBack ? "This is the beginning." : "This is the end."
        }
        return target
    }

    /// Says what a press of the mouse could be on besides the footer's keys, where it was on none
    /// of that.
    mutating func tellPressed(_ mouse: Mouse, besides what: String? = nil) {
        if mouse.action == .press {
            let others = what.map { "\($0) or " } ?? ""
            session.notice = "Click \(others)a key in the last row."
        }
    }

    /// The columns that a page has for its lines.
    var pageWidth: Int { body.width - 4 }

    /// Text broken into lines, of a page's width where none is given.
    func wrapped(_ text: String, _ style: Style = .plain, width: Int? = nil) -> [Line] {
        wrapped([Span(text, style)], width: width)
    }

    /// Styled text broken into lines, of a page's width where none is given.
    func wrapped(_ spans: Line, width: Int? = nil) -> [Line] {
        TerminalCanvas.wrapped(spans, width: width ?? pageWidth, glyphs: glyphs)
    }

    /// Styled text broken into lines of a page behind a mark, which stands on the first of them.
    func wrapped(_ spans: Line, behind mark: Span) -> [Line] {
        TerminalCanvas.wrapped(spans, behind: mark, width: pageWidth, glyphs: glyphs)
    }
}
