import CourseContent
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("A double click, and a click on a name")
struct DoubleClickTests {
    /// Presses the mouse on the last row's place of a text, once or as a double click.
    @discardableResult
    private func press(
        _ text: String, twice: Bool = false, in app: inout CourseApp
    ) throws -> [Effect] {
        let row = try #require(app.rows.lastIndex { $0.contains(text) }, "\(text)")
        let place = try #require(app.rows[row].ranges(of: text).last).lowerBound
        let point = Point(
            column: app.rows[row].distance(from: app.rows[row].startIndex, to: place), row: row)
        var effects = app.handle(.mouse(Mouse(.press, at: point)))
        _ = app.handle(.mouse(Mouse(.release, at: point)))
        if twice {
            effects += app.handle(.mouse(Mouse(.press, at: point, isRepeated: true)))
            _ = app.handle(.mouse(Mouse(.release, at: point)))
        }
        return effects
    }

    @Test("does once by a double click what brings something else under it")
    func doubleClick() throws {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        let row = try #require(step.rows.firstIndex { $0.contains(" g  K/V heads ") })
        let keys = [
            ("Space next", Key.space), ("e explore", "e"), ("? help", .function(1)),
            ("c contents", "c"), ("= type", "="),
        ]
        for (name, key) in keys where step.footer.contains(name) {
            var app = step
            try press(name, twice: true, in: &app)
            #expect(app.canvas().shows(step.pressing(key).canvas()), "\(name)")
        }
        for (opening, text) in [
            (Key("c"), step.course.lessons[4].steps[1].title),
            ("m", ModelsScreen().entries(in: step)[3].name),
        ] {
            var (once, twice) = (step.pressing(opening), step.pressing(opening))
            try press(text, in: &once)
            try press(text, twice: true, in: &twice)
            #expect(once.open == nil && twice.canvas().shows(once.canvas()))
        }
        var blank = step.pressing(".")
        for isRepeated in [false, true] {
            let point = Point(column: 60, row: row)
            _ = blank.handle(.mouse(Mouse(.press, at: point, isRepeated: isRepeated)))
        }
        #expect(blank.setting == step.setting)
    }

    @Test("takes an answer and moves a slider by a double click, which stay under it")
    func doubleClickOnTheSame() throws {
        var app = QuestionLesson.app(.choice)
        try press("2 l", twice: true, in: &app)
        #expect(app.record?.isRight == true)
        var step = ShippedCourse.app("gqa", "from-end-to-end")
        try press("→", twice: true, in: &step)
        #expect(step.setting.keyValueHeads == 16)
    }

    @Test("answers by no double click what its first press is asked")
    func doubleClickAsked() throws {
        var app = ShippedCourse.app("mla", "in-the-same-race")
        #expect(try press("+ 6,000", twice: true, in: &app) == [])
        #expect(!app.session.experiments.statuses.isRunning(RaceStatus.self))
        #expect(try press("+ 6,000", in: &app) != [])
    }

    @Test("marks no name of a row")
    func rowNames() throws {
        var app = ShippedCourse.app("compare", "the-first-table")
        for _ in 0..<2 { try press("GQA ", in: &app) }
        #expect(app.record?.tries ?? 0 == 0 && app.notice == Session.rowNameWords)
        // The cursor stays behind the names.
        #expect(app.answering == .hunting(row: 0, column: 1, tried: false))
        #expect(app.pressing(.left, .left).answering == app.answering)
        for _ in 0..<2 { try press("l.b.g.s.2.2", in: &app) }
        #expect(app.record?.tries == 1)
        var plain = PlainCourse.at("compare", "the-first-table")
        #expect(plain.words("answer 1").contains(Session.rowNameWords))
        #expect(plain.session.record?.tries ?? 0 == 0)
    }
}
