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

    private static let widths = [60, 66, 79, 80, 99, 100, 102, 103, 120, 160, 220]

    /// The states in which a step is looked at and the widths: in the slow tests all states at
    /// every third width, else a part; another at each step.
    private static func looks(at place: ShippedCourse.Place) -> [(keys: [Key], size: Size)] {
        let third = Array(stride(from: 60 + (place.lesson + place.step) % 3, through: 220, by: 3))
        let all = SlowTests.extent(widths, of: third).flatMap { width in
            states.map { keys in
                let height = width < 80 ? 20 : width < 100 ? 24 : width < 140 ? 40 : 55
                return (keys, Size(width: width, height: height))
            }
        }
        let share = SlowTests.extent(40, of: all.count)
        let turn = (place.lesson * 17 + place.step) * share
        return (turn..<turn + share).map { all[$0 % all.count] }
    }

    @Test(
        "on any step, in any state that its keys reach, at any width",
        arguments: ShippedCourse.places)
    func everyStep(place: ShippedCourse.Place) {
        var cut: Set<String> = []
        for (keys, size) in Self.looks(at: place) {
            var app = ShippedCourse.app(place, size: size)
            for key in keys { app.press(key) }
            for text in app.canvas().cutTexts {
                cut.insert("\(size.width)x\(size.height) \(keys): \(text)")
            }
        }
        #expect(cut == [])
    }
}
