import AttentionEngine
import CourseContent
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The GPUs")
struct ServingPageTests {
    /// Exploring a model at 8,192 tokens, with the page open.
    private func opened(_ id: String, size: Size = .usual) throws -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size).pressing(
            .character("e"), .character("m"))
        app.type(characters: id)
        app.press(.enter)
        try app.session.apply([.tokens: 8192])
        #expect(app.model?.id == id)
        return app.pressing(.character("g"))
    }

    @Test("says of how much fits that no weights are counted, where they are not")
    func weightless() {
        var app = ShippedCourse.app("gqa", "gpt-3-with-eight-k-v-heads")
        app.press("e", "g")
        #expect(app.words.contains("198 requests of 1,024 tokens, weights not counted"))
        app.session.set(.weights, to: 16_000_000_000)
        #expect(!app.words.contains("weights not counted"))
    }

    @Test("hold one K/V head each of eight, half the heads each of sixteen, two copies of four")
    func dealt() throws {
        var app = try opened("llama3.1-70b").pressing(.right, .right, .right)
        #expect(app.session.gpus.count == 8)
        #expect(app.words.contains("1 of 8 K/V heads on each. "))
        #expect(app.words.contains("cache 336 MB (320 MiB)"))
        app.press(.down, .down, .down, .right)
        #expect(app.words.contains("2 of 16 K/V heads on each. "))
        #expect(app.words.contains("cache 671 MB (640 MiB)"))
        app.press(.left, .left)
        #expect(app.words.contains("1 of 4 K/V heads on each: every head is kept twice."))
        #expect(app.words.contains("cache 336 MB (320 MiB)"))
    }

    @Test("hold a latent whole, which has no slider for heads")
    func latent() throws {
        let app = try opened("deepseek-v3").pressing(.right, .right)
        #expect(app.words.contains("The latent whole on each: MLA has no heads to split"))
        #expect(!app.rows.contains { $0.contains("K/V heads   ") })
    }

    @Test("hold the states of a model with linear layers, which are named")
    func states() throws {
        let app = try opened("qwen3-next-80b").pressing(.right, .right)
        let model = try #require(Catalog.model(id: "qwen3-next-80b"))
        let plan = try ServingPlan(
            shape: model.shape, load: CacheLoad(tokens: 8192), gpus: 4,
            memory: ByteCount(80_000_000_000))
        #expect(plan.sizes.states.bytes == 36 * (8192 * 3 * 2 + 32 * 128 * 128 * 4) / 4)
        #expect(app.words.contains("cache \(plan.cache.both)"))
        #expect(app.words.contains("of the cache states \(plan.sizes.states.both)"))
    }

    @Test("fit as many users as the plan of the model says, weights taken off")
    func users() throws {
        let app = try opened("llama3-8b").pressing(.right)
        let model = try #require(Catalog.model(id: "llama3-8b"))
        let plan = try ServingPlan(
            shape: model.shape, load: CacheLoad(tokens: 8192), gpus: 2,
            memory: ByteCount(80_000_000_000))
        guard case .number(let users)? = plan.mostRequests else {
            Issue.record("no number of requests")
            return
        }
        #expect(users > 0)
        #expect(app.words.contains("\(grouped(users)) requests of 8,192 tokens"))
        #expect(app.words.contains("weights 8.03 GB"))
    }

    @Test("stop at powers of two that share the heads out, and say why others cannot")
    func legalCounts() throws {
        // 24 query heads on 3 K/V heads each: g = 8.
        var app = try opened("llama3.2-3b")
        try app.session.apply([.keyValueHeads: 3])
        app.press(.end)
        #expect(app.session.gpus.count == 1)
        app.press(.character("="))
        app.type(characters: "4")
        app.press(.enter)
        #expect(app.words.contains("4 GPUs can neither split 3 K/V heads"))
        app.press(.backspace)
        app.type(characters: "6")
        app.press(.enter)
        #expect(app.session.gpus.count == 6)
        #expect(app.words.contains("1 of 3 K/V heads on each: every head is kept twice."))
    }

    @Test("become fewer where another g can no longer be shared out, and it is said")
    func settled() throws {
        var app = try opened("llama3.2-3b").pressing(.right, .right, .right, .down, .down, .down)
        #expect(app.session.gpus.count == 8)
        app.press(.left)
        #expect(app.setting.keyValueHeads == 6)
        #expect(app.session.gpus.count == 6)
        #expect(app.words.contains("T is now 6: 8 GPUs can neither split nor copy 6 K/V heads"))
    }

    @Test("become fewer, and it is said, also where that g is typed")
    func settledByTyping() throws {
        var app = try opened("llama3.2-3b").pressing(.right, .right, .right, .down, .down, .down)
        app.press(.character("="), .character("6"), .enter)
        #expect(app.open == "GPUsScreen" && app.setting.keyValueHeads == 6)
        #expect(app.session.gpus.count == 6)
        #expect(app.words.contains("T is now 6: 8 GPUs can neither split nor copy 6 K/V heads"))
        #expect(!app.words.contains("8 GPUs can neither split 6 K/V heads"))
        #expect(app.words.contains("1 of 6 K/V heads on each."))
    }

    @Test("become fewer, and it is said, also where the mouse is pressed on that g")
    func settledByMouse() throws {
        let start = try opened("llama3.2-3b").pressing(.right, .right, .right)
        #expect(start.session.gpus.count == 8)
        let row = try #require(start.rows.firstIndex { $0.contains("K/V heads   ") })
        let pressed = (0..<start.size.width).lazy.map { column in
            var app = start
            _ = app.handle(.mouse(Mouse(.press, at: Point(column: column, row: row))))
            return app
        }
        let app = try #require(pressed.first { $0.setting.keyValueHeads == 6 })
        #expect(app.session.gpus.count == 6)
        #expect(app.words.contains("T is now 6: 8 GPUs can neither split nor copy 6 K/V heads"))
    }

    @Test("become fewer without a word where the learner asks for fewer")
    func fewer() throws {
        var app = try opened("llama3.2-3b").pressing(.right, .right, .right)
        for count in [4, 2, 1] {
            app.press(.left)
            #expect(app.session.gpus.count == count && app.notice == nil)
        }
    }

    @Test("are explained by w as the setting shares, where the step is about another way")
    func why() throws {
        var app = ShippedCourse.app("kv-cache", "gpt-3")
        app.session.reveal()
        app.press("g", .down, .down, .down, .left, "w")
        #expect(app.setting.keyValueHeads == 48)
        #expect(app.words.contains("48 K/V heads, 2 query heads each"))
    }

    @Test("take typed sizes with their units, and refuse them without")
    func typedSizes() throws {
        var app = try opened("llama3-8b").pressing(.down, .character("="))
        app.type(characters: "32")
        app.press(.enter)
        #expect(app.words.contains("a size is written with its unit"))
        app.type(characters: " GB")
        app.press(.enter, .down, .character("="))
        #expect(app.session.gpus.memory.bytes == 32_000_000_000)
        app.type(characters: "40GB")
        app.press(.enter)
        #expect(app.words.contains("does not fit"))
        #expect(app.words.contains("no requests"))
        app.press(.home)
        #expect(app.words.contains("not counted"))
    }

    @Test("say at 60x20 what fits, beside the chosen slider", arguments: Size.supported)
    func everySize(size: Size) throws {
        var app = try opened("llama3-8b", size: size).pressing(.right, .right)
        for _ in app.session.gpuControls {
            #expect(app.canvas().crookedRows == [])
            #expect(app.words.contains("requests of 8,192 tokens"))
            #expect(app.rows.contains { $0.hasPrefix(" ▸") })
            app.press(.down)
        }
    }

    @Test("are shared with those who follow")
    func shared() throws {
        let app = try opened("llama3-8b").pressing(.right, .right, .down, .left)
        var follower = CourseApp(course: ShippedCourse.course, size: .usual)
        follower.show(app.shared)
        #expect(follower.session.gpus == app.session.gpus)
        #expect(follower.words.contains("2 of 8 K/V heads on each."))
        for text in [
            "gpus", "gpus 0 1", "gpus 8 -1", "gpus 9999999 1", "gpus 8 80 1 1", "gpus a b",
        ] {
            #expect(GPUChoice(text: text) == nil, "\(text)")
        }
    }
}

@Suite("Another tool's figure")
struct ComparisonPageTests {
    private func asked(_ id: String, tokens: Int, _ figure: String) throws -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .wide).pressing(
            .character("e"), .character("m"))
        app.type(characters: id)
        app.press(.enter)
        try app.session.apply([.tokens: tokens])
        #expect(app.model?.id == id)
        app.press(.character("v"))
        app.type(characters: figure)
        return app.pressing(.enter)
    }

    @Test(
        "is answered by the mistake that leads to it, as seen in real calculators",
        arguments: [
            ("deepseek-v3", 8192, "13.34 GiB", "counted MLA as K/V heads over the hidden width"),
            ("falcon-7b", 8192, "4.44 GiB", "counted the 71 query heads"),
            ("llama3.1-8b", 8192, "4.00 GiB", "counted the 32 query heads (the hidden width)"),
            ("qwen3-32b", 32_768, "5.0 GiB", "took the head width for hidden / heads = 80"),
        ])
    func named(id: String, tokens: Int, figure: String, cause: String) throws {
        let app = try asked(id, tokens: tokens, figure)
        #expect(app.words.contains(cause), "\(app.words)")
    }

    @Test(
        "is agreed with where it is right",
        arguments: [("qwen2.5-7b", 8192, "0.4375 GiB"), ("llama3-8b", 32_768, "4.00 GiB")])
    func agrees(id: String, tokens: Int, figure: String) throws {
        #expect(try asked(id, tokens: tokens, figure).words.contains("is the same."))
    }

    @Test("must be a size, and is corrected like any line")
    func unreadable() throws {
        var app = try asked("llama3-8b", tokens: 8192, "lots")
        #expect(app.words.contains("That is not a size."))
        app.press(.control("u"))
        app.type(characters: "1,07 GB")
        app.press(.enter)
        #expect(app.words.contains("of three digits only; write 1.07 GB."), "\(app.words)")
        app.press(.control("u"))
        app.type(characters: "1.07 GB")
        app.press(.enter)
        #expect(app.words.contains("is the same, rounded to 3 digits."))
        app.press(.escape)
        #expect(app.open == nil)
    }

    @Test("is not asked for while a question hides the size")
    func veiled() {
        let app = QuestionLesson.app(.number).pressing(.character("v"))
        #expect(app.open == nil)
        #expect(app.pressing(.character("g")).open == nil)
    }

    @Test("is held against the variant whose formula stands on the screen")
    func variant() throws {
        // GPT-3 with multi-head attention at 1,024 tokens, though g may be another.
        let lesson = """
            ---
            title: A lesson
            summary: For a test.
            setting: l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
            ---

            ## A step

            Words.

            ```{memory}
            variants: [mha]
            ```
            """
        var app = CourseApp(course: Course(files: [("1-a.md", lesson)]), size: .usual)
        app.press(.character("v"))
        #expect(app.words.contains("Ours is 4.83 GB (4.50 GiB) for this setting as MHA."))
        app.type(characters: "4.50 GB")
        app.press(.enter)
        #expect(app.words.contains("It wrote GB for GiB."))
    }
}
