import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The slider of g")
struct SliderPlaceTests {
    /// The rows that it stands in while it goes from end to end.
    private func rows(of app: CourseApp) -> Set<Int> {
        var app = app
        guard app.session.focus(on: .parameter(.keyValueHeads)), let slider = app.focused else {
            return []
        }
        app.press(.home)
        let stops = slider.stops(at: app.setting)
        return Set(
            stops.map { _ in
                defer { app.press(.right) }
                return app.rows.firstIndex { $0.contains(" g  K/V heads ") } ?? -1
            })
    }

    @Test(
        "stays in its row while it is moved, so that the wheel and another press are on it",
        arguments: Size.supported)
    func stays(size: Size) {
        var moved: [String] = []
        for place in ShippedCourse.places {
            var app = ShippedCourse.app(place, size: size)
            if app.session.isQuestionOpen { app.session.revealUnkept() }
            // On small screens, exploring, room goes to more sliders in view.
            let explored = size.width < 100 ? [] : [(" explored", app.pressing("e"))]
            for (name, app) in [("", app)] + explored {
                let rows = rows(of: app)
                if rows.count > 1 { moved.append("\(place)\(name): \(rows.sorted())") }
            }
        }
        #expect(moved == [])
    }
}
