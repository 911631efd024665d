import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CourseScreens

@Suite("Nothing is cut without a mark")
struct CutTextTests {
    /// Keys that lead to the states of a step and to what opens above it.
    private static let states: [[Key]] = [
        [], [.enter], ["e"], ["e", .end], ["t"], ["w"], ["v"], ["m"], ["g"], ["c"], ["?"], ["s"],
        ["n"], ["a", .end], ["u"], [.home], [.end], ["/", "k", "v"],
    ]

    /// Sizes at which something was cut once, and in the slow tests every width.
    private static let sizes: [Size] = SlowTests.extent(
        [60, 66, 72, 79, 80, 99, 100, 102, 103, 120, 160, 220], of: Array(60...220)
    ).map { Size(width: $0, height: $0 < 80 ? 20 : $0 < 100 ? 24 : $0 < 140 ? 40 : 55) }

    @Test(
        "on any step, in any state that its keys reach, at any width",
        arguments: ShippedCourse.places)
    func everyStep(place: ShippedCourse.Place) {
        var cut: Set<String> = []
        for size in Self.sizes {
            for keys in Self.states {
                var app = ShippedCourse.app(place, size: size)
                for key in keys { app.press(key) }
                for text in app.canvas().cutTexts {
                    cut.insert("\(size.width)x\(size.height) \(keys): \(text)")
                }
            }
        }
        #expect(cut == [])
    }
}
