import AttentionEngine
import CourseContent
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The list of models")
struct ModelPickerTests {
    private func opened(_ query: String = "") -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("m"))
        app.type(characters: query)
        return app
    }

    @Test("shows every model on the way down, and how each shares its heads")
    func everyModelSeen() {
        var app = opened()
        var seen: Set<String> = []
        for _ in Catalog.models {
            let selected = app.rows.first { $0.hasPrefix(" ▸") }?.replacing("*", with: " ") ?? ""
            for model in Catalog.models where selected.contains(model.name + " ") {
                seen.insert(model.id)
            }
            app.press(.down)
        }
        #expect(seen.count == Catalog.models.count)
    }

    @Test("narrows to what is typed, letters of commands among it, and widens by Backspace")
    func search() {
        var app = opened("qwen")
        #expect(app.words.contains("Type to search: qwen"))
        let found = Catalog.search("qwen").count
        #expect(app.words.contains("Models: \(found)"))
        app.press(.backspace, .backspace, .backspace, .backspace)
        #expect(app.words.contains("Models: \(Catalog.models.count)"))
        app.type(characters: "zzzz")
        #expect(app.words.contains("No model matches."))
        app.press(.enter)
        #expect(app.open == "ModelsScreen")
    }

    @Test("gives the chosen model's values to the step, tokens and batch staying")
    func choose() throws {
        let model = try #require(Catalog.model(id: "llama3-8b"))
        var app = opened("llama3-8b")
        app.press(.enter)
        #expect(app.open == nil)
        #expect(app.model == model)
        #expect(app.setting.layers == model.layers)
        #expect(app.setting.keyValueHeads == model.keyValueHeads)
        #expect(app.setting.tokens == 1024)
        app.press(.space)
        #expect(app.setting == app.step.setting)
    }

    @Test("names the model in the title until the setting is no longer the model's")
    func titled() throws {
        var app = opened("llama3-8b")
        app.press(.enter)
        let name = try #require(app.model?.name)
        #expect(app.rows[0].contains(name))
        try app.session.apply([.layers: 5])
        #expect(app.model == nil)
        #expect(!app.rows[0].contains(name))
    }

    @Test("says of a model without a single setting why it has none, and changes nothing")
    func noSetting() throws {
        let without = Catalog.models.filter { $0.noSetting != nil }
        #expect(!without.isEmpty)
        for model in without {
            var app = opened(model.id)
            let before = app.setting
            let index = try #require(Catalog.search(model.id).firstIndex(of: model))
            app.press(Array(repeating: Key.down, count: index) + [.enter])
            #expect(app.setting == before)
            let reason = try #require(model.noSetting?.description)
            #expect(app.words.contains("\(model.name) has no sliders: \(reason)"), "\(model.id)")
        }
    }

    @Test("can take every model that has a setting, and then draws it", arguments: Size.supported)
    func everyModelDrawn(size: Size) throws {
        for model in Catalog.models where model.noSetting == nil {
            var app = opened(model.id)
            let index = try #require(Catalog.search(model.id).firstIndex(of: model))
            app.press(Array(repeating: Key.down, count: index) + [.enter])
            #expect(app.model == model)
            _ = app.handle(.resize(size))
            app.press(.character("e"))
            #expect(app.canvas().crookedRows == [])
        }
    }

    @Test("left with Esc changes nothing")
    func cancelled() {
        let before = ShippedCourse.app("gqa", "from-end-to-end")
        #expect(opened("qwen").pressing(.escape).canvas().shows(before.canvas()))
    }
}

@Suite("The contents")
struct ContentsTests {
    @Test("open at the present step and lead to every other one")
    func leadEverywhere() {
        for place in ShippedCourse.places {
            var app = CourseApp(course: ShippedCourse.course, size: .usual)
            app.press(.character("c"))
            let index = ContentsScreen.entries(app).firstIndex {
                $0.lesson == place.lesson && $0.step == place.step
            }
            let start = (app.screens.last as? ContentsScreen)?.selected ?? .max
            app.press(Array(repeating: Key.down, count: (index ?? 0) - start))
            let title = ShippedCourse.course.lessons[place.lesson].steps[place.step].title
            #expect(app.rows.contains { $0.hasPrefix(" ▸") && $0.contains(title) })
            app.press(.enter)
            #expect(app.lessonIndex == place.lesson)
            #expect(app.stepIndex == place.step)
            #expect(app.open == nil)
        }
    }

    @Test("tick the steps that were seen")
    func ticks() {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        app.press(.pageDown, .character("c"))
        let lesson = ShippedCourse.course.lessons[0]
        #expect(app.words.contains("2 of \(lesson.steps.count) seen"))
        #expect(app.rows.filter { $0.contains("✓") }.count == 2)
    }

    @Test("closed with Esc leave everything as it was")
    func closed() {
        let before = CourseApp(course: ShippedCourse.course, size: .usual)
        let after = before.pressing(.character("c"), .down, .end, .escape)
        #expect(after.canvas().shows(before.canvas()))
    }
}

@Suite("What is open above a step")
struct OverlayTests {
    private static let openers: [Key] = ["c", "m", "?", "w", "y", "g", "v"].map {
        Key.character($0)
    }

    @Test("fits every size, is closed by Esc and says so", arguments: openers, Size.supported)
    func fitsAndCloses(opener: Key, size: Size) {
        for glyphs in Glyphs.both {
            let app = ShippedCourse.app("gqa", "from-end-to-end", size: size, glyphs: glyphs)
            let open = app.pressing(opener)
            #expect(open.open != nil)
            #expect(open.footer.contains("Esc"))
            #expect(open.canvas().crookedRows == [])
            if glyphs.isASCII { #expect(open.canvas().charactersBeyondASCII == []) }
            #expect(open.pressing(.escape).canvas().shows(app.canvas()))
        }
    }

    @Test("can be scrolled to its last line at 60x20", arguments: openers)
    func scrolledToTheEnd(opener: Key) {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing(opener)
        for _ in 0..<300 { app.press(.down) }
        let last =
            app.screens.last?.page(in: app)?.lines.last { !$0.isEmpty }?.map(\.text).joined() ?? ""
        let end = last.split(separator: " ").prefix(3).joined(separator: " ")
        #expect(!end.isEmpty)
        #expect(app.words.contains(end))
    }

    @Test("unfolds the size on the screen into its factors, down to the last byte")
    func why() {
        let progress = CourseProgress(answers: ["questions/size": AnswerRecord(isRevealed: true)])
        let app = QuestionLesson.app(.number, progress: progress).pressing(.character("w"))
        #expect(app.words.contains("Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each"))
        for product in ["128", "256", "2,048", "196,608", "201,326,592", "402,653,184"] {
            #expect(app.words.contains(" \(product) "))
        }
    }

    @Test("unfolds a size into nothing that its lesson has not come to")
    func whySoFar() {
        let heads = ShippedCourse.app("kv-cache", "query-heads").pressing(.character("w"))
        #expect(heads.words.contains("1,536 one token") && !heads.words.contains("layer"))
        let bytes = ShippedCourse.app("kv-cache", "bytes").pressing(.character("w"))
        #expect(bytes.words.contains("37.7 MB") && !bytes.words.contains("MQA"))
        let shared = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("w"))
        #expect(shared.words.contains("MQA 1/8 of it"))
    }

    @Test("gives no open question's answer away")
    func whyVeiled() {
        let app = QuestionLesson.app(.number).pressing(.character("w"))
        #expect(app.words.contains("Guess first"))
        #expect(!app.words.contains("403 MB"))
    }

    @Test("shows the setting as text that makes the same setting again")
    func settingText() throws {
        let app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.left, .character("y"))
        let line = try #require(app.rows.first { $0.contains("l=96,") })
        let text = line.split(separator: " ").first { $0.hasPrefix("l=") }
        #expect(try CacheSetting(text: String(text ?? "")) == app.setting)
        #expect(
            app.words.contains(
                "headroom learn gqa --step 5 --state \(app.setting.text)"))
    }

    @Test("is not closed by a turn of the mouse's wheel", arguments: openers)
    func wheel(opener: Key) {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(opener)
        let before = app
        for action in [Mouse.Action.wheelDown, .wheelUp] {
            _ = app.handle(.mouse(Mouse(action, at: Point(column: 5, row: 22))))
        }
        #expect(app.rows == before.rows)
    }

    @Test("runs no command of a paste", arguments: openers)
    func paste(opener: Key) {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(opener)
        #expect(app.handle(.paste("q\r\u{1B}q")) == [])
        #expect(app.open != nil)
    }

    @Test("leaves a blank screen blank until any key, which does nothing else")
    func blank() {
        let app = ShippedCourse.app("gqa", "from-end-to-end")
        let blank = app.pressing(.character("."))
        #expect(blank.canvas().cells.allSatisfy { $0 == .blank })
        for key in Key.all { #expect(blank.pressing(key).canvas().shows(app.canvas())) }
    }
}
