import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The mouse")
struct MouseTests {
    /// The slider of K/V heads at GPT-3: 1 to 96, and where it stands on the screen.
    private func step() throws -> (app: CourseApp, row: Int) {
        let app = ShippedCourse.app("gqa", "from-end-to-end")
        let row = try #require(app.rows.firstIndex { $0.contains(" g  K/V heads ") })
        return (app, row)
    }

    private func column(of label: String, in row: String) throws -> Int {
        let place = try #require(row.lastRange(of: label))
        return row.distance(from: row.startIndex, to: place)
    }

    @Test("takes the stop it is pressed on")
    func press() throws {
        let (start, row) = try step()
        for stop in ["1", "48", "12", "96"] {
            var app = start
            let label = try #require(
                app.rows[row].ranges(of: stop).last { range in
                    // A number of its own, not the digits of another.
                    let text = app.rows[row]
                    let before = text[..<range.lowerBound].last
                    let after = text[range.upperBound...].first
                    return before?.isNumber != true && after?.isNumber != true
                })
            let column = app.rows[row].distance(
                from: app.rows[row].startIndex, to: label.lowerBound)
            _ = app.handle(.mouse(Mouse(.press, at: Point(column: column, row: row))))
            #expect(app.setting.keyValueHeads == Int(stop))
        }
    }

    @Test("drags a slider from end to end, also beside its row, until it is let go")
    func drag() throws {
        var (app, row) = try step()
        func mouse(_ action: Mouse.Action, _ column: Int, _ row: Int) {
            _ = app.handle(.mouse(Mouse(action, at: Point(column: column, row: row))))
        }
        mouse(.press, 36, row)
        #expect(app.setting.keyValueHeads == 1)
        mouse(.drag, 79, row + 3)
        #expect(app.setting.keyValueHeads == 96)
        mouse(.drag, 0, 0)
        #expect(app.setting.keyValueHeads == 1)
        mouse(.release, 0, 0)
        mouse(.drag, 79, row)
        #expect(app.setting.keyValueHeads == 1)
    }

    @Test("lets go of a slider where the button comes up over something that opened meanwhile")
    func releasedOverOverlay() throws {
        var (app, row) = try step()
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 36, row: row))))
        app.press(.character("?"))
        _ = app.handle(.mouse(Mouse(.release, at: Point(column: 36, row: row))))
        app.press(.escape)
        _ = app.handle(.mouse(Mouse(.drag, at: Point(column: 79, row: row))))
        #expect(app.setting.keyValueHeads == 1)
    }

    @Test("chooses a slider by its name without moving it")
    func name() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("e"))
        let row = try #require(app.rows.firstIndex { $0.contains(" s  tokens ") })
        let before = app.setting
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 8, row: row))))
        #expect(app.focused?.parameter == .tokens)
        #expect(app.setting == before)
    }

    @Test("scrolls with its wheel as j and k do")
    func wheel() throws {
        let place = try #require(
            ShippedCourse.places.first { ShippedCourse.app($0, size: .least).hasMoreBelow })
        let start = ShippedCourse.app(place, size: .least)
        var app = start
        _ = app.handle(.mouse(Mouse(.wheelDown, at: Point(column: 3, row: 3))))
        #expect(app.canvas().shows(start.pressing(.character("j")).canvas()))
        _ = app.handle(.mouse(Mouse(.wheelUp, at: Point(column: 3, row: 3))))
        #expect(app.canvas().shows(start.canvas()))
    }

    @Test("moves a slider by its wheel, where it is over one")
    func wheelOverSlider() throws {
        var (app, row) = try step()
        for (action, heads) in [(Mouse.Action.wheelUp, 12), (.wheelDown, 8), (.wheelDown, 6)] {
            _ = app.handle(.mouse(Mouse(action, at: Point(column: 40, row: row))))
            #expect(app.setting.keyValueHeads == heads)
        }
        var gpus = app.pressing("g")
        let gpusRow = try #require(gpus.rows.firstIndex { $0.contains("memory per GPU") })
        let before = gpus.session.gpus
        _ = gpus.handle(.mouse(Mouse(.wheelUp, at: Point(column: 40, row: gpusRow))))
        #expect(gpus.session.gpus.memory.bytes > before.memory.bytes)
    }

    /// Presses the mouse on the first place of a text.
    private func press(_ text: String, in app: inout CourseApp) throws -> [Effect] {
        let row = try #require(app.rows.lastIndex { $0.contains(text) }, "\(text)")
        let column = try column(of: text, in: app.rows[row])
        return app.handle(.mouse(Mouse(.press, at: Point(column: column, row: row))))
    }

    @Test("marks an answer, and takes it when pressed again", arguments: [Size.least, .usual])
    func answers(size: Size) throws {
        var app = QuestionLesson.app(.choice, size: size)
        _ = try press("3 s", in: &app)
        #expect(app.answering == .choosing(selected: 2))
        _ = try press("2 l", in: &app)
        #expect(app.answering == .choosing(selected: 1))
        _ = try press("2 l", in: &app)
        #expect(app.words.contains("✓ Right."))
    }

    @Test("marks a cell of a table as a mistake when pressed twice")
    func cells() throws {
        var app = QuestionLesson.app(.find)
        _ = try press("2 + 2", in: &app)
        #expect(app.answering == .hunting(row: 1, column: 0, tried: false))
        for _ in 0..<2 { _ = try press("7", in: &app) }
        #expect(app.answering == .hunting(row: 2, column: 1, tried: true))
        #expect(app.words.contains("1 of 2 found."))
    }

    @Test("marks the cell that is pressed, where the last verdict goes at that")
    func cellBelowVerdict() throws {
        for size in [Size.least, .usual] {
            var app = QuestionLesson.app(.find, size: size).pressing(.enter, .enter)
            _ = try press("7", in: &app)
            #expect(app.answering == .hunting(row: 2, column: 1, tried: false))
        }
    }

    @Test("answers nothing by the first press on what is marked at the start, or was tried")
    func first() throws {
        var choice = QuestionLesson.app(.choice).pressing(.enter)
        for tries in 1...2 {
            _ = try press("1 b", in: &choice)
            #expect(choice.record?.tries ?? 0 == tries - 1)
            #expect(choice.notice?.hasPrefix("Marked.") == true)
            _ = try press("1 b", in: &choice)
            // The same answer again is no new guess.
            #expect(choice.record?.tries == 1)
        }
        var table = QuestionLesson.app(.find).pressing(.enter)
        for tries in 1...2 {
            _ = try press("1 + 1", in: &table)
            #expect(table.record?.tries ?? 0 == tries - 1)
            #expect(table.notice == "Click again or press Enter to mark it as wrong.")
            _ = try press("1 + 1", in: &table)
            #expect(table.record?.tries == tries)
        }
    }

    @Test("says what takes a press where nothing does")
    func elsewhere() throws {
        func said(_ app: CourseApp, row: Int = 2) -> String? {
            var app = app
            _ = app.handle(.mouse(Mouse(.press, at: Point(column: 70, row: row))))
            return app.notice
        }
        let (step, _) = try step()
        #expect(said(step) == "Click a slider or a key in the last row.")
        #expect(said(step.pressing("w")) == "Click a key in the last row.")
        #expect(said(step.pressing("c")) == "Click an entry or a key in the last row.")
        let number = QuestionLesson.app(.number)
        #expect(said(number) == "Click the question or a key in the last row.")
        let choice = QuestionLesson.app(.choice).pressing(.enter)
        #expect(said(choice) == "Click an answer or a key in the last row.")
        let table = QuestionLesson.app(.find).pressing(.enter)
        #expect(said(table) == "Click a cell or a key in the last row.")
    }

    @Test("scrolls by its wheel over a slider, too, where that scrolls with all the rest")
    func wheelInOneColumn() throws {
        var app = ShippedCourse.app("real", "the-curve", size: .least)
        let row = try #require(app.rows.firstIndex { $0.contains("memory in") })
        let before = app.session.subject
        let start = app.canvas()
        _ = app.handle(.mouse(Mouse(.wheelDown, at: Point(column: 30, row: row))))
        #expect(app.session.subject == before && !app.canvas().shows(start))
    }

    @Test("scrolls a step by its wheel while its question is open, and marks no answer by it")
    func wheelOverQuestion() throws {
        let text = QuestionLesson.text.replacing(
            "## A choice", with: "## A choice\n" + String(repeating: "\nA paragraph.\n", count: 20))
        let course = Course(files: [("1-questions.md", text)])
        var app = CourseApp(course: course, size: .least, lesson: 0, step: 1).pressing(.enter)
        let answering = app.answering
        _ = app.handle(.mouse(Mouse(.wheelDown, at: Point(column: 9, row: 9))))
        #expect(app.scroll == 1 && app.answering == answering)
        _ = app.handle(.mouse(Mouse(.wheelUp, at: Point(column: 9, row: 9))))
        #expect(app.scroll == 0 && app.answering == answering)
    }

    @Test("has under it the slider that it turned or pressed before", arguments: ["e", "g"])
    func steady(opening: Character) throws {
        var start = ShippedCourse.app("gqa", "from-end-to-end", size: .least)
            .pressing("m", "l", "l", "a", "m", "a", "3", ".", "1", "-", "7", "0", .enter)
            .pressing(.character(opening))
        for key in [Key.tab, .tab, .tab, .tab] {
            let rows = (3..<16).filter { row in
                let text = start.rows[row]
                return text.contains("──") && !text.contains("▒")
            }
            #expect(rows.count > 1)
            // Exploring where room is short, other heads take other rows.
            for row in rows where opening == "g" || !start.rows[row].contains(" heads ") {
                var app = start
                func name() -> Substring { app.rows[row].dropFirst(3).prefix(18) }
                let before = name()
                for _ in 0..<3 {
                    _ = app.handle(.mouse(Mouse(.wheelUp, at: Point(column: 40, row: row))))
                    #expect(name() == before)
                }
            }
            start.press(key)
        }
    }

    @Test("brings a blank screen back by a press")
    func blank() {
        var app = QuestionLesson.app(.end).pressing(".")
        _ = app.handle(.mouse(Mouse(.press, at: Point(column: 9, row: 9))))
        #expect(app.open == nil && app.notice == nil)
    }

    @Test("opens a question that is answered by typing")
    func typed() throws {
        var app = QuestionLesson.app(.number)
        _ = try press("How large is the cache", in: &app)
        #expect(app.answering == .typing(TextEditor(limit: 500), feedback: nil))
    }

    @Test("presses the keys of the footer, each arrow for itself")
    func footer() throws {
        var (app, _) = try step()
        _ = try press("→", in: &app)
        #expect(app.setting.keyValueHeads == 12)
        _ = try press("←", in: &app)
        #expect(app.setting.keyValueHeads == 8)
        _ = try press("? help", in: &app)
        #expect(app.screens.last is HelpScreen)
        _ = try press("close", in: &app)
        #expect(app.open == nil)
        #expect(try press("q quit", in: &app) == [])
        var elsewhere = app
        let column = try column(of: "q quit", in: app.footer)
        let quit = Point(column: column, row: app.size.height - 1)
        // The shell gets no report of the mouse, and nobody quits who let go beside it.
        #expect(app.handle(.mouse(Mouse(.release, at: quit))) == [.save(app.progress), .quit])
        let beside = Point(column: 40, row: 10)
        #expect(elsewhere.handle(.mouse(Mouse(.release, at: beside))) == [])
        #expect(elsewhere.handle(.mouse(Mouse(.release, at: quit))) == [])
    }

    @Test("presses the keys behind a value that is typed")
    func value() throws {
        var app = try step().0.pressing("=", "1", "2")
        _ = try press("Enter", in: &app)
        #expect(app.open == nil && app.setting.keyValueHeads == 12)
        app.press("=", "2", "4")
        _ = try press("Esc", in: &app)
        #expect(app.open == nil && app.setting.keyValueHeads == 12)
    }

    @Test("answers a question with the key that it is pressed on again")
    func askedTwice() throws {
        var app = ShippedCourse.app("mla", "in-the-same-race")
        #expect(try press("+ 6,000", in: &app) == [])
        #expect(try press("+ 6,000", in: &app) == [.run(.race(.start(RacePlan(steps: 6000))))])
    }

    @Test("takes the row of a list that it is pressed on")
    func lists() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing("c")
        let title = app.course.lessons[4].steps[1].title
        _ = try press(title, in: &app)
        #expect(app.open == nil)
        #expect(app.step.title == title)
        app.press("m")
        let model = ModelsScreen().entries(in: app)[3]
        _ = try press(model.name, in: &app)
        #expect(app.model == model)
    }

    @Test("does nothing where nothing stands, at any place of any size")
    func anywhere() {
        let start = ShippedCourse.app("mha", "one-head-or-eight")
        for column in stride(from: -2, to: 90, by: 7) {
            for row in -2...30 {
                var app = start
                for action in [Mouse.Action.press, .drag, .release] {
                    _ = app.handle(.mouse(Mouse(action, at: Point(column: column, row: row))))
                }
                #expect(app.lessonIndex == start.lessonIndex)
            }
        }
    }
}

extension String {
    fileprivate func lastRange(of text: String) -> Index? { ranges(of: text).last?.lowerBound }
}
