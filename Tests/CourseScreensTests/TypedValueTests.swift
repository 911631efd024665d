import AttentionEngine
import CourseContent
import TerminalCanvas
import TestSupport
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("A value typed for a slider")
struct TypedValueTests {
    private func explored(_ parameter: Parameter, size: Size = .usual) -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size).pressing(.character("e"))
        for _ in app.step.sliders where app.focused?.parameter != parameter { app.press(.tab) }
        return app
    }

    private func typed(_ text: String, for parameter: Parameter, size: Size = .usual) -> CourseApp {
        var app = explored(parameter, size: size)
        app.press(.character("="))
        app.type(characters: text)
        app.press(.enter)
        return app
    }

    @Test(
        "is taken where it is legal, with separators or without",
        arguments: [
            ("100000", Parameter.tokens, 100_000), ("100,000", .tokens, 100_000),
            ("1_000", .tokens, 1000), (" 7 ", .layers, 7), ("0.5", .bytesPerNumber, 4),
            ("4", .bytesPerNumber, 32), ("12", .keyValueHeads, 12), ("200", .headDimension, 200),
        ])
    func legal(text: String, parameter: Parameter, value: Int) {
        let app = typed(text, for: parameter)
        #expect(app.open == nil)
        #expect(app.setting[parameter] == value)
        #expect(app.focused?.stops(at: app.setting).contains(value) == true)
    }

    @Test(
        "names its letter, or several, whichever slider is chosen",
        arguments: [
            ("n=12", "n=12,g=6"), ("g=4,s=2048", "g=4,s=2048"), ("n=64, g = 16", "n=64,g=16"),
            ("s=100,000", "s=100000"), ("g=16,n=64", "n=64,g=16"), ("bytes=0.5", "bytes=0.5"),
        ])
    func named(text: String, changes: String) throws {
        let before = explored(.layers).setting
        let app = typed(text, for: .layers)
        #expect(app.open == nil)
        #expect(app.setting == (try before.setting(CacheSetting.changes(text: changes))))
    }

    @Test(
        "that names letters changes nothing where one cannot be",
        arguments: [
            ("n=12,g=5", "K/V heads must divide the 12 query heads"),
            ("s=9,x=4", "x"), ("g=", "is not of the form letter=number"), ("=", "type a value"),
            ("c=512", "there is no slider here"), ("n=12,n=16", "twice"),
            ("n=12,s=0", "tokens must be 1 or more"),
        ])
    func namedWrong(text: String, reason: String) {
        let before = explored(.layers).setting
        let app = typed(text, for: .layers)
        #expect(app.setting == before)
        #expect(app.words.contains(reason), "\(app.footer)")
    }

    @Test("for g and n at once is what was asked for, and nothing is said of it")
    func both() {
        let app = typed("n=8;g=2", for: .layers)
        #expect(app.setting.queryHeads == 8 && app.setting.keyValueHeads == 2)
        #expect(app.notice == nil)
    }

    @Test("that is nothing leaves everything as it was")
    func nothing() {
        let app = typed(" ", for: .layers)
        #expect(app.open == nil)
        #expect(app.setting == explored(.layers).setting)
    }

    @Test("leaves the value that the step begins with a stop, which the arrows reach again")
    func ownStop() throws {
        var app = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0) }.first { app in
                !app.session.isVeiled && app.setting.tokens == 100_000
                    && app.step.sliders.contains { $0.parameter == .tokens && $0.stops == nil }
            })
        while app.focused?.parameter != .tokens { app.press(.tab) }
        app.press(.left, .left)
        #expect(app.setting.tokens == 32_768)
        app.press(.right, .right)
        #expect(app.setting.tokens == 100_000)
    }

    @Test("of n brings back the g that was wished for, once it divides n again")
    func wishedHeads() {
        var app = typed("n=96,g=8", for: .queryHeads)
        app.press(.tab)
        while app.focused?.parameter != .queryHeads { app.press(.tab) }
        app.press(.right)
        #expect([app.setting.queryHeads, app.setting.keyValueHeads] == [97, 1])
        app.press(.left)
        #expect([app.setting.queryHeads, app.setting.keyValueHeads] == [96, 8])
        app.press(.left, .left, .left)
        #expect([app.setting.queryHeads, app.setting.keyValueHeads] == [93, 3])
        app.press(.right, .right, .right)
        #expect([app.setting.queryHeads, app.setting.keyValueHeads] == [96, 8])
        // A g that was chosen at the other n is the new wish.
        app.press(.right, .left)
        let chosen = app.pressing("=", "g", "=", "6", .enter)
        #expect(chosen.setting.keyValueHeads == 6)
        let moved = chosen.pressing(
            "=", "n", "=", "9", "7", .enter, "=", "n", "=", "9", "6", .enter)
        #expect(moved.setting.keyValueHeads == 6)
        #expect(moved.notice == "g is 6 again")
    }

    @Test(
        "is refused with the reason where it is not, and stays to be mended",
        arguments: [
            ("7", Parameter.keyValueHeads, "K/V heads must divide the 96 query heads"),
            ("0", .tokens, "tokens must be 1 or more"),
            ("3", .bytesPerNumber, "bytes per number must be 4, 2, 1 or 0.5"),
            ("1,5", .tokens, "a comma stands before groups of three digits only; write 1.5"),
            ("many", .layers, "layers must be a whole number"),
            ("99999999999999999999", .tokens, "more than 1,152 petabytes"),
            ("70000", .queryHeads, "query heads must be 65,536 or fewer"),
        ])
    func illegal(text: String, parameter: Parameter, reason: String) {
        for size in [Size.least, .usual] {
            let before = explored(parameter, size: size).setting
            var app = typed(text, for: parameter, size: size)
            #expect(app.setting == before)
            #expect(app.words.contains(reason), "\(size)")
            #expect(app.footer.contains("Esc leave it"))
            app.press(.control("u"), .character("1"), .enter)
            #expect(app.open == nil)
            #expect(app.setting[parameter] == (parameter == .bytesPerNumber ? 8 : 1))
        }
    }

    @Test(
        "is refused where the lesson keeps the slider to a range, and the range's end is named",
        arguments: [
            ("bytes: {from: 1, to: 4}", "0.5", "here 1 is the least"),
            ("bytes: {from: 0.5, to: 2}", "4", "here 2 is the most"),
            ("s: {from: 1024}", "1023", "here 1,024 is the least"),
            ("s: {to: 4096}", "5000", "here 4,096 is the most"),
        ])
    func outOfRange(range: String, typed: String, reason: String) {
        let letter = range.prefix { $0 != ":" }
        let lesson = MarkedLesson(step: "```{sliders}\nshow: [\(letter)]\n\(range)\n```")
        var app = CourseApp(
            course: Course(files: [("1-test.md", lesson.text)]), size: .usual, lesson: 0)
        let before = app.setting
        app.press(.character("="))
        app.type(characters: typed)
        app.press(.enter)
        #expect(app.setting == before)
        #expect(app.words.contains(reason))
    }

    @Test("left with Esc changes nothing")
    func cancelled() {
        let before = explored(.tokens)
        var app = before.pressing(.character("="))
        #expect(app.footer.contains("tokens ="))
        #expect(app.footer.contains("Esc"))
        #expect(app.canvas().cursor?.row == 23)
        app.type(characters: "5")
        app.press(.escape)
        #expect(app.canvas().shows(before.canvas()))
    }

    @Test("is not lost by a turn of the mouse's wheel")
    func wheel() {
        var app = explored(.tokens).pressing(.character("="), .character("5"))
        for action in [Mouse.Action.wheelUp, .wheelDown] {
            _ = app.handle(.mouse(Mouse(action, at: Point(column: 5, row: 5))))
        }
        let entry = app.screens.last as? ValueScreen
        #expect(entry?.control == .slider(Slider(parameter: .tokens)))
        #expect(entry?.line.text == "5")
        #expect(entry?.problem == nil)
    }

    @Test("of query heads takes the K/V heads along, and says so")
    func queryHeadsTakeKeyValueHeadsAlong() {
        let app = typed("71", for: .queryHeads)
        #expect(app.setting.queryHeads == 71)
        #expect(71 % app.setting.keyValueHeads == 0)
        // It is said above the keys, which stay.
        #expect(app.rows.contains { $0.contains("K/V heads must divide the 71 query heads") })
        #expect(app.footer.contains("q quit"))
        // Where g was n it stays n, which surprises nobody.
        var own = explored(.keyValueHeads).pressing(.end)
        own.session.change([.queryHeads: 71])
        #expect(own.setting.keyValueHeads == 71)
        #expect(own.notice == nil)
    }
}
