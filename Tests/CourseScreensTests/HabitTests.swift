import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("Habits of vim, less and a clicker")
struct HabitTests {
    @Test("search the list that is open by /, and keep the place in it")
    func searchedList() throws {
        let notes = ShippedCourse.noted().pressing("N", .down)
        let found = notes.pressing("/", "t", "w")
        #expect(found.page?.lines.count == 1 && found.words.contains("two"))
        #expect(found.pressing(.escape).opened == notes.opened)
        // Note and step are found by what is shown of them; several words in any order.
        #expect(notes.pressing("/", "E", "n", "d", " ", "o", "n", "e").page?.lines.count == 1)
        let none = notes.pressing("/", "q", "z", .enter)
        #expect(none.words.contains("Nothing found.") && none.typedTexts == ["qz"])
        let shown = found.pressing(.enter)
        #expect(shown.screens.isEmpty && shown.session.noteHere.text == "two")

        var files = ShippedCourse.app("real", "where-its-heads-look").pressing("m")
        _ = files.receive(MachineFiles.found)
        let llama = files.pressing("/", "l", "l", "a", "m", "a", " ", "Q", "4", "_", "1")
        #expect(llama.page?.lines.count == 1 && llama.words.contains("97.9 MB"))
        var chosen = llama
        #expect(chosen.press(.enter) == [.openModel(MachineFiles.run)])
        #expect(chosen.screens.isEmpty)
        #expect(files.pressing("/", "o", "l", "l", "a", .enter).screens.count == 2)
    }

    @Test("are told where a search has led that n writes a note, and not the next hit")
    func afterSearch() {
        let found = ShippedCourse.app("gqa", "from-end-to-end").pressing("/", "l", "a", .enter)
        #expect(found.notice == "Found here. / searches again; n writes a note.")
        #expect(found.pressing("n").open == "NoteScreen")
    }

    @Test("lose no place by g, which opens the GPUs where a text is scrolled too")
    func gpusWhileScrolled() throws {
        let step = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0, size: .least).pressing("j") }
                .first { $0.scroll > 0 && $0.action(for: "g") == .gpus })
        #expect(step.pressing("g", "q").canvas().shows(step.canvas()))
    }

    @Test("go on by a clicker from an open question before a class as from the step")
    func clickerInQuestion() {
        for kind in [QuestionLesson.Step.number, .choice, .free, .find] {
            var step = QuestionLesson.app(kind, size: .wide)
            step.session.isPresenting = true
            let open = step.pressing(.enter)
            #expect(open.answering != nil && open.pressing(.pageUp).answering == nil)
            var (here, there) = (open.pressing(.pageDown), step.pressing(.pageDown))
            #expect(here.session.position == there.session.position && here.record == there.record)
            #expect(here.screens.isEmpty)
            here.press(.pageDown)
            there.press(.pageDown)
            #expect(
                here.session.position == there.session.position
                    && here.stepIndex == kind.rawValue + 1)
            #expect(open.pressing(.pageUp).stepIndex == step.pressing(.pageUp).stepIndex)
        }
        let alone = QuestionLesson.app(.number).pressing(.enter)
        #expect(alone.pressing(.pageDown).answering == alone.answering)
    }

    @Test("move by words in every line that is typed, and are told what Insert does")
    func words() {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        let typed: [Key] = ["n", "=", "1", "2"]
        for opening in [Key("="), "/", "n"] {
            var line = step.pressing(opening)
            line.press(typed)
            let before = line.pressing(.wordLeft, "9")
            #expect(before.typedTexts == ["n=912"], "\(opening)")
            #expect(before.pressing(.wordLeft, .wordLeft, .wordRight, "x").typedTexts == ["nx=912"])
            #expect(
                line.pressing(.unbound("Insert")).notice
                    == "Insert does nothing here. F1 lists the keys that do.")
        }
        #expect(
            step.pressing(.unbound("C-Up")).notice
                == "C-Up does nothing here. ? lists the keys that work.")
    }

    @Test("find in every help what C-c does")
    func anywhere() {
        for keys in [["?"], ["=", .function(1)], ["/", .function(1)], ["c", "?"]] as [[Key]] {
            var help = ShippedCourse.app(
                "gqa", "from-end-to-end", size: Size(width: 100, height: 60))
            help.press(keys)
            #expect(help.words.contains("C-c Quit at once, also while typing"))
        }
    }

    @Test("find one key in a presentation's help that blanks the screen")
    func blanking() {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: Size(width: 100, height: 60))
        #expect(app.bindings().count { $0.action == .blank } == 1)
        app.session.isPresenting = true
        #expect(app.bindings().count { $0.action == .blank } == 1)
    }

    @Test("begin a guess below 1 by 0 or a point, also once a slider was moved")
    func guessBelowOne() throws {
        let step = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0).pressing("l") }.first {
                guard case .number? = $0.session.step.question?.kind else { return false }
                return $0.session.canReset
            })
        #expect(step.pressing("0", ".", "2", "5").typedTexts == ["0.25"])
        #expect(step.pressing(".", "2", "5").typedTexts == [".25"])
        // Once it was put off, 0 puts the slider back.
        let left = step.pressing(.enter, .escape)
        #expect(left.session.canReset && !left.pressing("0").session.canReset)
        #expect(left.pressing(".").open == "BlankScreen")
    }

    /// A click on the mark that there is more below.
    private func leafing(_ app: CourseApp) throws -> CourseApp {
        let canvas = app.canvas()
        let columns = (0..<app.size.width).reversed()
        let point = try #require(
            columns.lazy.flatMap { column in
                (0..<app.size.height).map { Point(column: column, row: $0) }
            }.first { canvas[$0.column, $0.row].character == app.glyphs.more })
        var app = app
        if case .key(let key)? = app.handle(Mouse(.press, at: point)).map(Event.key) {
            _ = app.handle(.key(key))
        }
        return app
    }

    @Test("leaf and scroll by a click on the mark that there is more")
    func marks() throws {
        let free = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("e")
        let leafed = try leafing(free)
        #expect(leafed.session.setting == free.session.setting)
        #expect(leafed.session.focused != free.session.focused)
        let contents = free.pressing("e", "c")
        let down = try leafing(contents)
        #expect(down.open == "ContentsScreen" && down.page?.selected != contents.page?.selected)
        let help = try leafing(free.pressing("?"))
        #expect(help.open == "HelpScreen" && help.page?.scroll != 0)
        let text = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0, size: .least) }
                .first { $0.hasMoreBelow })
        #expect(try leafing(text).scroll > 0)
        // At the end and the beginning it is said that there is no more.
        let end = text.pressing("G")
        #expect(end.pressing("j").notice == "This is the end of the text.")
        #expect(text.pressing("k").notice == "This is the beginning of the text.")
    }

    @Test("set by = on the GPUs what is set by it on the step")
    func assignmentsOnGPUs() {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing("e", "g", "=")
        for letter in "g=1,s=2048" { app.press(.character(letter)) }
        app.press(.enter)
        #expect(app.open == "GPUsScreen")
        #expect(app.session.setting.keyValueHeads == 1 && app.session.setting.tokens == 2048)
    }

    @Test("turn pages of a text by f and b, and choose sliders by j and k where all are free")
    func letters() {
        let free = ShippedCourse.app("gqa", "from-end-to-end").pressing("e")
        #expect(free.pressing("j").session.focused == free.pressing(.down).session.focused)
        #expect(free.pressing("k").session.focused == free.pressing(.up).session.focused)
        let help = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("?")
        #expect(help.pressing("f").page?.scroll == help.pressing(.pageDown).page?.scroll)
        #expect(help.pressing("f", "b").page?.scroll == 0)
    }

    @Test("leave exploring and come back to it as it was, from where 0 takes the lesson's values")
    func exploreAgain() {
        let lesson = ShippedCourse.app("gqa", "from-end-to-end")
        let moved = lesson.pressing("e", "H", "j", "l")
        #expect(moved.setting != lesson.setting)
        let back = moved.pressing("e")
        #expect(back.setting == lesson.setting)
        let again = back.pressing("e")
        #expect(again.setting == moved.setting && again.session.focused == moved.session.focused)
        #expect(again.notice?.contains("0 takes the lesson's values") == true)
        let reset = again.pressing("0")
        #expect(reset.session.isExploring && reset.setting == lesson.setting)
        #expect(reset.pressing("0").notice == "There is nothing to put back here.")
        // Where the lesson's values changed meanwhile, exploring begins with them.
        let changed = back.pressing("H")
        #expect(changed.setting != back.setting)
        #expect(changed.pressing("e").setting == changed.setting)
    }

    @Test("keep their place in the text by 0, and get the answer back that they put aside last")
    func putAside() throws {
        var app = ShippedCourse.app("gqa", "half-of-g")
        app.session.reveal()
        app.press("0", .enter)
        app.type(characters: "1 KB")
        app.press(.enter, .escape)
        let second = try #require(app.record)
        #expect(second.isRevealed && second.given == "1 KB")
        #expect(app.pressing("0").record?.isRevealed != true)
        #expect(app.pressing("0", "0").record == second)
        // Once more the same way: nothing is lost by going round.
        #expect(app.pressing("0", "0", "0", "0").record == second)

        let places = ShippedCourse.places.lazy.map { ShippedCourse.app($0, size: .least) }
        let text = try #require(
            places.map { $0.pressing("l", "j") }.first {
                $0.scroll > 0 && $0.session.canResetValues
            })
        #expect(text.pressing("0").scroll == text.scroll)
    }

    @Test("give the same wrong answer twice and are counted one guess; a 0 before a size is none")
    func sameAgain() {
        let choice = QuestionLesson.app(.choice)
        let wrong = choice.session.step.question.flatMap { question in
            if case .choice(let choices) = question.kind {
                choices.firstIndex { !$0.isRight }
            } else {
                nil
            }
        }
        let digit = Key.character(Character("\((wrong ?? 0) + 1)"))
        let once = choice.pressing(digit, .enter)
        #expect(once.record?.tries == 1)
        #expect(once.pressing(digit, .enter).record?.tries == 1)
        var number = QuestionLesson.app(.number).pressing("0")
        number.type(characters: "201 MB")
        #expect(number.pressing(.enter).record?.given == "201 MB")
        #expect(number.pressing(.enter).words.contains("Not 201 MB"))
    }

    @Test("leaf to the sliders out of view of the GPUs, by keys and by a click on the mark")
    func leafGPUs() throws {
        let page = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("e", "g")
        let lines = try #require(page.page)
        let leaf = lines.visible(in: page.body)
        #expect(leaf.lowerBound == 0 && leaf.upperBound < lines.lines.count)
        let down = page.pressing(.pageDown)
        #expect(down.page?.visible(in: down.body).lowerBound == leaf.upperBound)
        #expect(try leafing(page).page?.selected == down.page?.selected)
        #expect(down.pressing(.pageUp).page?.visible(in: down.body) == leaf)
    }

    @Test("mark no cell by a click on a row's name between")
    func rowNameBetween() throws {
        let table = try #require(
            ShippedCourse.places.lazy.map { ShippedCourse.app($0) }.first {
                $0.session.step.question?.namesRows == true && $0.session.isQuestionOpen
            }
        ).pressing(.enter, .right)
        #expect(table.pressing(.space).record?.tries == 1)
        let name = try #require(
            (0..<table.size.height).lazy.flatMap { row in
                (0..<table.size.width).map { Point(column: $0, row: row) }
            }.first { point in
                if case .cell(_, column: 0)? = table.questionTarget(at: point) {
                    true
                } else {
                    false
                }
            })
        var clicked = table
        _ = clicked.handle(.mouse(Mouse(.press, at: name)))
        #expect(clicked.notice == Session.rowNameWords)
        #expect(clicked.pressing(.space).record == table.record)
    }

    @Test("type on the GPUs what stands there, one or several, and take far steps")
    func typeOnGPUs() throws {
        let page = ShippedCourse.app("gqa", "from-end-to-end").pressing("g")
        let tokens = try #require(
            page.session.gpuControls.firstIndex { $0.letter == "s" })
        var app = page
        for _ in 0..<tokens { app.press(.down) }
        func typing(_ text: String, in app: CourseApp) -> CourseApp {
            var app = app.pressing("=")
            app.type(characters: text)
            app.press(.enter)
            return app
        }
        #expect(typing("2048", in: app).setting.tokens == 2048)
        let several = typing("T=4,g=2,b=3", in: page)
        #expect(several.open == "GPUsScreen" && several.session.gpus.count == 4)
        #expect(several.setting.keyValueHeads == 2 && several.setting.batch == 3)
        // All of it or nothing.
        let refused = typing("b=3,n=96", in: page)
        #expect(refused.open == "ValueScreen" && refused.setting == page.setting)
        #expect(app.pressing("L").setting.tokens > app.pressing("l").setting.tokens)
        #expect(app.pressing("L", "H").setting == app.setting)
    }

    @Test("are told by what does nothing why, and arm nothing by it")
    func nothing() throws {
        let choice = QuestionLesson.app(.choice).pressing("9")
        #expect(choice.notice?.hasPrefix("There are") == true)
        let space = choice.pressing(.space)
        #expect(space.record == nil && space.notice?.contains("Arrows or a number") == true)
        let table = QuestionLesson.app(.find).pressing(.enter, .space)
        #expect(table.record == nil && table.notice == "Arrows move; Enter marks the cell.")
        let setting = ShippedCourse.app("gqa", "from-end-to-end").pressing("y", "j")
        #expect(setting.notice == "All of the text is in view.")
        var step = ShippedCourse.app("gqa", "from-end-to-end")
        _ = step.handle(.paste("g=1"))
        #expect(step.notice?.contains("what was pasted is dropped") == true)
        var number = QuestionLesson.app(.number).pressing(.enter)
        number.type(characters: "5 KB")
        let emptied = number.pressing(.enter, "7", .backspace, .enter)
        #expect(emptied.notice == CourseApp.nothingTypedWords)
    }

    @Test("page to the sliders out of view while all are free")
    func pageSliders() throws {
        let free = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("e")
        let down = free.pressing(.pageDown)
        #expect(down.session.focused != free.session.focused)
        #expect(down.session.focused == (try leafing(free)).session.focused)
        #expect(down.hiddenSlider(.up) != nil)
        #expect(down.pressing(.pageUp).hiddenSlider(.up) == nil)
    }
}
