import CourseContent
import CourseSession
import TerminalCanvas

/// The learner's own proposal while it is moved over the race's plot.
struct PlaceScreen: Screen {
    private var place: Proposal

    init(_ place: Proposal) { self.place = place }

    var moving: Proposal? { place }

    func bindings(in app: CourseApp) -> [KeyBinding] { Self.keys }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .left: place = place.moved(numbers: -4)
        case .right: place = place.moved(numbers: 4)
        case .up: place = place.moved(percent: 5)
        case .down: place = place.moved(percent: -5)
        case .help: return .covers(HelpScreen())
        case .choose:
            app.session.place(place)
            return .closes
        case .erase:
            app.session.place(nil)
            return .closes
        default: return .closes
        }
        return .stays
    }

    func afterReload(in app: CourseApp) -> PlaceScreen? { app.session.canPlace ? self : nil }

    private static let keys = [
        KeyBinding(
            [.right], .right, "← →", label: "numbers", help: "Cache four numbers more or fewer"),
        KeyBinding([.left], .left, "←", help: nil),
        KeyBinding([.up], .up, "↑ ↓", label: "accuracy", help: "Expect more or less of it"),
        KeyBinding([.down], .down, "↓", help: nil),
        KeyBinding(
            [.enter, .character(" ")], .choose, "Enter", label: "keep it here",
            help: "Keep your proposal at this place"),
        KeyBinding(
            [.backspace], .erase, "Backspace", label: "take it away",
            help: "Take your proposal out of the plot"),
        .help,
        KeyBinding(
            [.escape, .character("q")], .close, "Esc", label: "leave it",
            help: "Leave it where it was"),
    ]
}
