import CourseContent
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

/// Keys as hands press them that know vim, less, readline and forms.
@Suite("Hands that know other programs")
struct HandsTests {
    /// Which entry of the list on top is marked.
    private func selected(_ app: CourseApp) -> Int? { app.page?.selected }

    @Test(
        "go to the ends of a list by g and G, Home and End, and through it", arguments: ["c", "N"])
    func lists(opening: Character) throws {
        let list = ShippedCourse.noted().pressing(.character(opening))
        let count = try #require(list.page?.lines.count)
        for (first, last) in [(Key("g"), Key("G")), (.home, .end)] {
            #expect(selected(list.pressing(last)) == count - 1)
            #expect(selected(list.pressing(last, first)) == 0)
            #expect(selected(list.pressing(last, first, first)) == 0)
        }
        #expect(selected(list.pressing("g", .control("n"))) == 1)
        #expect(selected(list.pressing("g", .control("n"), .control("p"))) == 0)
        let page = list.pressing("g", .pageDown)
        for (down, up) in [(Key.space, Key("b")), ("f", .control("b")), (.control("f"), .pageUp)] {
            #expect(selected(list.pressing("g", down)) == selected(page))
            #expect(selected(list.pressing("g", down, up)) == 0)
        }
        #expect(list.pressing("/", .escape).opened == list.opened)
        let help = list.pressing("?")
        #expect(help.open == "HelpScreen" && help.pressing("?").opened == list.opened)
        #expect(list.pressing(.character(opening)).open == nil)
    }

    @Test("come from the contents to the search and the summary, and by Esc back to them")
    func fromContents() {
        let contents = ShippedCourse.noted().pressing("c", .down)
        for key in [Key("/"), "s"] {
            #expect(contents.pressing(key).screens.count == 2)
            #expect(contents.pressing(key, .escape).opened == contents.opened)
        }
        let found = contents.pressing("/", "k", .enter)
        #expect(found.screens.isEmpty && found.stepIndex != contents.stepIndex)
    }

    @Test("keep by Enter a search that finds nothing", arguments: ["/", "m"])
    func nothingFound(opening: Character) {
        let list = ShippedCourse.app("gqa", "from-end-to-end")
            .pressing(.character(opening), "q", "x", "z", .enter)
        #expect(list.typedTexts == ["qxz"])
        #expect(list.notice == "Nothing to choose; Esc closes the list.")
    }

    @Test("are told at the ends of sliders, lists, texts and tables that there is no more")
    func ends() {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        let end = "g, K/V heads stays 96: that is its limit."
        for key in [Key.right, "l", "L", .shiftRight, .end] {
            #expect(step.pressing(.end, key).notice == end)
        }
        #expect(step.pressing(.end, .left).notice == nil)
        #expect(step.pressing("g", .right).notice == nil)
        #expect(step.pressing("g", .home, .left).notice == "GPUs stays 1: that is its limit.")
        for list in [
            ShippedCourse.noted().pressing("c"), ShippedCourse.noted().pressing("m"),
            ShippedCourse.noted().pressing("/", "k"),
        ] {
            var (first, last) = (list, list)
            for _ in 0..<60 {
                first.press(.pageUp)
                last.press(.pageDown)
            }
            #expect(first.notice == "This is the beginning.")
            #expect(last.notice == "This is the end.")
            #expect(last.pressing(.up).notice == nil)
            _ = last.handle(.mouse(Mouse(.wheelDown, at: Point(column: 9, row: 9))))
            #expect(last.notice == nil)
        }
        #expect(QuestionLesson.app(.find).pressing(.enter, .left).notice == "The table ends here.")
        #expect(
            QuestionLesson.app(.choice).pressing(.enter, .up).notice == "This is the beginning.")
    }

    @Test("are told by Esc on a step that nothing is open, and by other keys why they do nothing")
    func reasons() {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        #expect(step.pressing(.escape).notice == "Nothing is open here; q quits.")
        let first = CourseApp(course: ShippedCourse.course, size: .usual)
        #expect(first.pressing(.backspace).notice == "This is the first step.")
        #expect(first.pressing("[").notice == "This is the first lesson.")
        var last = first
        last.session.enter(lesson: last.course.lessons.count - 1, step: 0)
        #expect(last.pressing("]").notice == "This is the last lesson.")
        let asked = ShippedCourse.app("gqa", "half-of-g")
        for key in [Key("w"), "m", "e", "g", "v"] {
            let app = asked.pressing(key)
            #expect(app.open == nil && app.notice == Session.veiledWords, "\(key)")
        }
    }

    @Test("leap to another lesson and back to the step that they left")
    func leaps() {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        let there = step.pressing("]")
        #expect(there.lessonIndex == step.lessonIndex + 1 && there.stepIndex == 0)
        let back = there.pressing("[")
        #expect(back.session.position.step == step.session.position.step)
        // A lesson that was not left by a leap begins at its beginning.
        #expect(there.pressing("[", "[").stepIndex == 0)
        #expect(there.pressing(.pageDown, "[", "]").stepIndex == 1)
        var plain = PlainCourse.at("gqa", "from-end-to-end")
        plain.type("next lesson", "back lesson")
        #expect(plain.session.position.step == step.session.position.step)
    }

    @Test("are told what is lost where they leave exploring for another lesson")
    func leftExploring() {
        let explored = ShippedCourse.app("gqa", "from-end-to-end").pressing("e", .left)
        let words = "You left exploring; what was set there is not kept."
        #expect(explored.pressing("]").notice == words)
        #expect(explored.pressing("c", .down, .enter).notice == words)
        #expect(explored.pressing(.right, "]").notice == nil)
    }

    @Test("begin a guess below 1 with 0, where it was put off once there is nothing to put back")
    func zero() {
        let asked = ShippedCourse.app("start", "type-a-value")
        let typed = asked.pressing("0", ".", "4")
        #expect(typed.typedTexts == ["0.4"])
        let moved = asked.pressing(.left)
        #expect(moved.pressing("0").typedTexts == ["0"])
        #expect(moved.pressing(.enter, .escape, "0", "0").typedTexts == ["0"])
        #expect(asked.pressing("4", .enter, " ").notice?.hasPrefix("Type an answer") == true)
    }

    @Test("go by g to the beginning of a text, where g opens nothing")
    func toTheTop() throws {
        var app = ShippedCourse.app("start", "from-scores-to-shares", size: .least)
        app.press("G")
        try #require(app.scroll > 0)
        app.press("g")
        #expect(app.scroll == 0)
    }

    @Test("read a message of two rows in place of the title, and lose nothing of the step by it")
    func longMessage() {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .least)
        let before = app.rows
        app.session.notice = String(repeating: "seven words ", count: 9)
        #expect(app.rows[0].hasPrefix(" seven words") && app.rows[1].contains("seven words"))
        #expect(app.rows.dropFirst(2) == before.dropFirst(2))
        // The key that a class is shown covers none of it.
        app.session.isPresenting = true
        app.pressedKey = .pageDown
        app.session.notice =
            String(repeating: "x", count: 4) + String(repeating: " seven", count: 15)
        let words = app.rows[0...1].joined(separator: " ").split(separator: " ")
        #expect(words.count { $0 == "seven" } == 15)
    }

    @Test("know before a class the keys of a clicker, and are told why there are no notes")
    func clicker() {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.session.isPresenting = true
        #expect(app.pressing(.pageDown).stepIndex == app.stepIndex + 1)
        #expect(app.pressing(.pageDown, .pageUp).stepIndex == app.stepIndex)
        for key in [Key("b"), "."] {
            #expect(app.pressing(key).isBlank && !app.pressing(key, key).isBlank)
        }
        #expect(app.pressing(.function(5)).notice == "This step is unchanged.")
        #expect(app.pressing("n").notice?.hasPrefix("Before a class nothing is kept") == true)
    }

    @Test("walk a list that is searched by C-n and C-p, and see its keys by F1")
    func searched() {
        let list = ShippedCourse.app("gqa", "from-end-to-end").pressing("/", "k")
        #expect(selected(list.pressing(.control("n"), .control("n"), .control("p"))) == 1)
        #expect(list.pressing(.function(1)).open == "HelpScreen")
    }

    @Test("go to the ends of a text by g and G, Home and End")
    func texts() throws {
        let help = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("?")
        for (first, last) in [(Key("g"), Key("G")), (.home, .end)] {
            let end = help.pressing(last)
            #expect(end.rows != help.rows)
            #expect(end.opened == help.pressing(.pageDown, .pageDown, .pageDown).opened)
            #expect(end.pressing(first).canvas().shows(help.canvas()))
        }
    }

    @Test("go through a step without sliders by the arrows, and to its ends")
    func steps() throws {
        let step = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0, size: .least) }
                .first { $0.hasMoreBelow && $0.step.sliders.isEmpty })
        #expect(step.pressing(.down).scroll == 1)
        #expect(step.pressing(.down, .up).scroll == 0)
        for key in [Key("G"), .end] { #expect(!step.pressing(key).hasMoreBelow) }
        #expect(step.pressing(.end, .home).scroll == 0)
    }

    @Test("close the help by F1 too, and are told in it which keys work behind it")
    func help() {
        let help = ShippedCourse.app("gqa", "from-end-to-end", size: .wide).pressing("?")
        #expect(help.pressing(.function(1)).open == nil)
        for key in [Key("w"), "s", "y", "c"] {
            let after = help.pressing(key)
            #expect(after.open == "HelpScreen")
            #expect(after.notice?.hasSuffix("works once this list is closed.") == true)
        }
        #expect(help.pressing("Z").notice?.hasPrefix("Z does nothing here;") == true)
    }

    @Test(
        "close a text by the key that opened it, and by no other text's",
        arguments: ["w", "s", "y"])
    func ownKeys(own: Character) {
        let text = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character(own))
        for key: Character in ["w", "s", "y"] {
            let after = text.pressing(.character(key))
            #expect((after.open == nil) == (key == own), "\(key)")
        }
        #expect(text.pressing("?").open == "HelpScreen")
    }

    @Test("find on the page of the GPUs help, units, the factors and the models, and it again")
    func gpus() {
        let page = ShippedCourse.app("gqa", "from-end-to-end").pressing("g")
        for (key, screen) in [(Key("?"), "HelpScreen"), ("w", "WhyScreen"), ("m", "ModelsScreen")] {
            let open = page.pressing(key)
            #expect(open.open == screen)
            #expect(open.pressing(.escape).opened == page.opened)
        }
        #expect(page.pressing("G").opened != page.opened)
        #expect(page.pressing("G", "g", "g").opened == page.opened)
        let other = page.pressing("m", "l", "l", "a", "m", "a", "3", "-", "8", .enter)
        #expect(other.open == "GPUsScreen" && other.model?.id == "llama3-8b")
        #expect(page.words.contains("MiB)") || page.words.contains("GiB)"))
        let decimal = page.pressing("u")
        #expect(decimal.opened == page.opened)
        #expect(!decimal.words.contains("MiB)") && !decimal.words.contains("GiB)"))
    }

    @Test("type in the place of a value that was refused, and change it where they move first")
    func refused() {
        let refused = ShippedCourse.app("gqa", "from-end-to-end").pressing("=", "7", .enter)
        #expect(refused.typedTexts == ["7"])
        #expect(refused.pressing("1", "2").typedTexts == ["12"])
        #expect(refused.pressing(.left, "1").typedTexts == ["17"])
        #expect(refused.pressing(.backspace).typedTexts == [""])
        #expect(refused.pressing("1", "2", .enter).setting.keyValueHeads == 12)
        var pasted = refused
        _ = pasted.handle(.paste("24"))
        #expect(pasted.typedTexts == ["24"])
    }

    @Test("type in the place of a guess without a unit, and of a figure that was answered")
    func offered() {
        let guess = QuestionLesson.app(.number).pressing("1", "2", .enter)
        #expect(guess.typed == "12" && guess.words.contains("Give it a unit"))
        #expect(guess.pressing("4", "0", "3").typed == "403")
        #expect(guess.pressing(" ", "G", "B").typed == "12GB")
        // A blank is pressed to go on; keys that move keep text and what was said.
        #expect(guess.pressing(.space).typed == "12")
        let moved = guess.pressing(.end)
        #expect(moved.words.contains("Give it a unit"))
        #expect(moved.pressing(" ", "G", "B").typed == "12 GB")
        let figure = ShippedCourse.app("gqa", "from-end-to-end")
            .pressing("v", "8", .space, "G", "B", .enter)
        #expect(figure.pressing("9").typedTexts == ["9"])
    }

    @Test("take by Space what they marked in a choice, and nothing that they did not")
    func space() {
        let choice = QuestionLesson.app(.choice)
        #expect(choice.pressing(.enter, .space).record == nil)
        #expect(choice.pressing(.enter, .down, .space).record?.isRight == true)
        #expect(choice.pressing("2", .space).record?.isRight == true)
        // Tried once, it is not tried again by going on.
        #expect(choice.pressing(.enter, .down, .up, .space, .space).record?.tries == 1)
    }

    @Test("mark by Space the cell that they moved to, once")
    func spaceInTable() {
        let table = QuestionLesson.app(.find)
        #expect(table.pressing(.enter, .space).record == nil)
        let marked = table.pressing(.enter, .down, .space)
        #expect(marked.record?.tries == 1)
        #expect(marked.pressing(.space).record?.tries == 1)
    }

    @Test("get the step's values by 0, and only by another the question, which one more takes back")
    func reset() throws {
        var app = ShippedCourse.app("gqa", "half-of-g")
        app.session.reveal()
        try app.session.apply([.tokens: 4096])
        let first = app.pressing("0")
        #expect(!first.session.isQuestionOpen && first.setting.tokens != 4096)
        #expect(first.notice?.contains("0 again") == true)
        let second = first.pressing("0")
        #expect(second.session.isQuestionOpen)
        #expect(second.notice?.contains("0 brings it back") == true)
        let third = second.pressing("0")
        #expect(!third.session.isQuestionOpen && third.record == app.record)
        #expect(third.setting == first.setting)
    }

    @Test("quit a race that is under way only by a second q, and nothing else in between")
    func race() {
        var app = ShippedCourse.app("question", "four-layers-in-a-race")
        let plan = RacePlan()
        app.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        for keys in [[Key("q")], [.space, "q"]] {
            var asked = app
            #expect(!asked.press(keys).contains(.quit))
            #expect(asked.notice?.hasSuffix("q again quits.") == true)
            var other = asked.pressing("u")
            #expect(!other.press("q").contains(.quit))
            #expect(asked.press("q").contains(.quit))
        }
    }

    @Test("see no race run on that ended with the screen they follow, and train their own")
    func ended() {
        for teacher in [Teacher.raceRunning, .timesRunning, .layerInTraining] {
            let app = teacher.app()
            var lost = app.follower()
            lost.session.loseFollowed(in: "class.json")
            var left = app.follower()
            var last = app.shared.reread
            last.isOver = true
            left.follow(last)
            for other in [lost, left] {
                var quiet = other
                quiet.session.notice = nil
                #expect(quiet.session.followingWords == "ended")
                #expect(!quiet.words.contains("Training there"), "\(teacher)")
                #expect(!quiet.words.contains("Timing"), "\(teacher)")
                #expect(quiet.press("r") != [])
            }
        }
    }
}
