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

    /// The states in which a step is looked at and the widths: a part of them, another at each
    /// step. `.ci/sweep` takes all states at every width, `.ci/slow` at every twenty-fourth.
    private static func looks(at place: ShippedCourse.Place) -> [(keys: [Key], size: Size)] {
        let start = 60 + (place.lesson * 5 + place.step) % 24
        let swept = SlowTests.extent(
            widths, Array(stride(from: start, through: 220, by: 24)), of: Array(60...220))
        let all = swept.flatMap { width in
            states.map { keys in
                let height = width < 80 ? 20 : width < 100 ? 24 : width < 140 ? 40 : 55
                return (keys, Size(width: width, height: height))
            }
        }
        let share = SlowTests.extent(20, of: all.count)
        let turn = (place.lesson * 17 + place.step) * share
        return (turn..<turn + share).map { all[$0 % all.count] }
    }

    @Test(
        "on any step, in any state that its keys reach, at any width",
        arguments: ShippedCourse.places)
    func everyStep(place: ShippedCourse.Place) {
        var cut: Set<String> = []
        for (keys, size) in Self.looks(at: place) {
            for isPresenting in [false, true] {
                var app = ShippedCourse.app(place, size: size)
                app.session.isPresenting = isPresenting
                for key in keys { app.press(key) }
                cut.formUnion(Self.cutTexts(app, keys.isEmpty ? "" : "\(keys)"))
            }
        }
        #expect(cut == [])
    }

    private static func cutTexts(_ app: CourseApp, _ state: String) -> [String] {
        let mode = app.session.isPresenting ? " before a class" : ""
        return app.canvas().cutTexts.map {
            "\(app.size.width)x\(app.size.height)\(mode) \(state): \($0)"
        }
    }

    @Test(
        "while an experiment runs and with what it found, at any width", arguments: Teacher.allCases
    )
    func experiments(teacher: Teacher) {
        var cut: Set<String> = []
        let widths = SlowTests.extent(
            Self.widths, Array(stride(from: 60, through: 220, by: 7)), of: Array(60...220))
        var began = teacher.app()
        began.press("r")
        for (state, start) in [("", teacher.app()), ("r", began)] {
            for (index, width) in widths.enumerated() {
                for height in [20, 24, 40, 55] where height == 20 || width >= 80 {
                    for isTable in [false, true] {
                        var app = start
                        app.session.isPresenting = index % 2 == 1
                        if isTable { app.press("t") }
                        _ = app.handle(.resize(Size(width: width, height: height)))
                        cut.formUnion(Self.cutTexts(app, "\(state)\(isTable ? "t" : "")"))
                    }
                }
            }
        }
        #expect(cut == [])
    }

    @Test("exploring, with what was timed of it, at any width", arguments: ["", ",c=512,r=64"])
    func exploring(latent: String) throws {
        var cut: Set<String> = []
        for rows in [1, 6] {
            for width in SlowTests.extent(Self.widths, of: Array(60...220)) {
                for height in [20, 24, 40, 55] {
                    var app = ShippedCourse.app(
                        "gqa", "from-end-to-end", size: Size(width: width, height: height))
                    app.press("e")
                    try app.session.apply(
                        text: "l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2\(latent)")
                    app.receive(Teacher.times(app.setting, rows: rows))
                    cut.formUnion(Self.cutTexts(app, "e \(rows)"))
                }
            }
        }
        #expect(cut == [])
    }
}
