import CourseContent
import TerminalCanvas

/// The learner's own proposal while it is moved over the race's plot.
struct PlaceScreen: Screen {
    private var place: Proposal

    init(_ place: Proposal) { self.place = place }

    var moving: Proposal? { place }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .move:
            let (columns, rows) = key.direction
            let before = place
            place = place.moved(numbers: 4 * columns, percent: -5 * rows)
            if place == before { app.session.notice = "The plot ends here." }
            return .stays
        case .choose: app.session.place(place)
        case .erase: app.session.place(nil)
        default: break
        }
        return .closes
    }

    func afterReload(in app: CourseApp) -> PlaceScreen? { app.session.canPlace ? self : nil }

    static let keys = [
        KeyBinding("Enter Space", .choose, "Place your proposal here", label: "place"),
        KeyBinding(
            "Left Right h l", .move, "Cache four numbers more or fewer (also h, l)",
            label: "numbers"),
        KeyBinding(
            "Up Down j k", .move, "Higher or lower accuracy (also j, k)", label: "accuracy"),
        KeyBinding(
            "Backspace", .erase, "Remove your proposal from the plot", label: "remove it"),
        .help,
        KeyBinding("Esc q", .close, "Leave it where it was", label: "cancel"),
    ]
}
