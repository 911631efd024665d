import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("Which model is open, and what is kept for it")
struct OpenModelTests {
    private static let small = Size(width: 60, height: 20)

    private func app(_ step: String, size: Size = .usual, name: String? = nil) -> CourseApp {
        var app = ShippedCourse.app("real", step, size: size)
        if let name {
            let model = LiveModel(
                name: name, content: "another",
                begin: { order, _ in LiveModelTests.Silent(order: order) },
                read: { _, _ in nil }, measures: LiveMeasuresTests.measures())
            app.session.open(model, beginning: nil)
        }
        return app
    }

    @Test("every step says which file is open, in its first row")
    func header() {
        for step in ShippedCourse.app("real", "it-writes").session.lesson?.stepIDs ?? [] {
            for size in [Self.small, .usual, .wide] {
                #expect(app(step, size: size).rows[0].contains("SmolLM2-135M"))
                let opened = app(step, size: size, name: "Qwen2-0.5B")
                #expect(opened.rows[0].contains("Qwen2-0.5B is open"), "\(step)")
                #expect(!opened.rows[0].contains("SmolLM2"))
                let long = app(step, size: size, name: String(repeating: "Llama", count: 12))
                #expect(long.rows[0].contains("LlamaLlama") && long.rows[0].contains("is open"))
            }
        }
        let elsewhere = ShippedCourse.app("gqa", "half-of-g")
        #expect(!elsewhere.rows[0].contains("is open"))
        let plain = PlainCourse(app("as-mha", name: "Qwen2-0.5B").session, width: 200)
        #expect(plain.told().map(\.text).contains("Qwen2-0.5B is open."))
    }

    @Test(
        "a sentence without a file is kept, and told what it needs",
        arguments: [
            ("it-writes", "go on"), ("where-its-heads-look", "be read"),
            ("fewer-bits", "go on"),
        ])
    func kept(step: String, what: String) {
        var app = app(step, size: .wide).pressing("i", .control("u"))
        app.type(characters: "My own sentence.")
        app.press(.escape)
        #expect(app.notice == "Kept on this step; m opens the model's file that it needs.")
        let words = "Needs a model's file (m) to \(what): \"My own sentence.\""
        #expect(app.words.contains(words))
        let told = app.step.widgets.flatMap { $0.words(app.scene) }.map(\.text)
        #expect(told.contains { $0.hasPrefix(words) })
        app.session.goOn()
        app.session.goBack()
        #expect(app.words.contains(words))
        // With Enter too, once the list of files is closed.
        var entered = self.app(step, size: .wide).pressing("i", .control("u"))
        entered.type(characters: "My own sentence.")
        entered.press(.enter, .escape)
        #expect(entered.words.contains(words))
    }

    @Test("with a file Esc says that r takes what is kept, until that is read")
    func keptWithFile() {
        var app = app("where-its-heads-look", size: .wide, name: "Own")
            .pressing("i", .control("u"))
        app.type(characters: "My own sentence.")
        app.press(.escape)
        #expect(app.notice == "Kept; r has the model take it.")
        #expect(app.words.contains("r reads: \"My own sentence.\""))
        app.press("i", .escape)
        #expect(app.notice == nil)
        let head = MeasuredModel.coded([[100], [40, 60], [10, 20, 70]])
        let status = LooksStatus(
            model: "Own", content: "another", tokens: ["My", " own", " sentence."], groupSize: 1,
            layers: [[head]], isRunning: false)
        app.receive(.measured(MeasuredStatus(LooksExperiment(), status)))
        #expect(!app.words.contains("r reads"))
        // Of two tokens, and of parts of characters, the sentence itself tells.
        for (words, sentence) in [("My own sentence.", true), ("Another.", false)] {
            var short = LooksStatus(
                model: "Own", content: "another", tokens: ["\u{FFFD}", "\u{FFFD}"], groupSize: 1,
                layers: [[MeasuredModel.coded([[100], [40, 60]])]], isRunning: false)
            short.sentence = words
            app.receive(.measured(MeasuredStatus(LooksExperiment(), short)))
            #expect(app.words.contains("r reads") != sentence)
        }
    }

    @Test("what has no room while it is typed is said, wherever something is typed")
    func limit() {
        var app = app("it-writes").pressing("i", .control("u"))
        app.type(characters: String(repeating: "a", count: 200))
        #expect(app.notice == nil)
        app.press("a")
        #expect(app.notice == "No more than 200 characters are taken here.")
        app.press(.backspace)
        #expect(app.notice == nil)
        _ = app.handle(.paste("two words"))
        #expect(app.notice == "No more than 200 characters are taken here.")
        var search = self.app("it-writes").pressing("/")
        search.type(characters: String(repeating: "a", count: 41))
        #expect(search.notice == "No more than 40 characters are taken here.")
    }

    @Test("what r or i has run comes into view where everything scrolls")
    func scrolled() {
        for keys: [Key] in [["r"], ["i", .enter]] {
            var app = app("where-its-heads-look", size: Self.small, name: "Own")
            #expect(!app.words.contains("kv2"))
            app.press(keys)
            #expect(app.words.contains("kv2") && app.words.contains("Layer 13"))
        }
    }

    @Test("sliders come into view with the picture that they move, where that has room")
    func slid() {
        var app = app("where-its-heads-look", size: Self.small)
        app.press(.right)
        #expect(app.words.contains("Layer 14") && app.words.contains("kv2"))
        #expect(app.words.contains("token that asks"))
    }

    @Test("a question takes no rows that it does not fill")
    func question() {
        for size in [Size(width: 70, height: 30), Size(width: 80, height: 28)] {
            let layout = app("as-mha", size: size).stepLayout
            for section in layout.sections where section.part == .question {
                let lines = app("as-mha", size: size).questionPanel(in: section.area).lines().lines
                #expect(lines.count == section.area.height, "\(size)")
            }
        }
    }

    @Test("the table of layers has them all where they have room")
    func layers() throws {
        var app = app("how-different-are-they", size: .wide)
        app.session.reveal()
        app.press("t")
        for row in DiversityFigures(app.scene).cells(ofEvery: 1) {
            let number = try Regex("\\b\(row[0]) +\(row[1]) +\(row[2])\\b")
            #expect(app.rows.contains { $0.contains(number) }, "layer \(row[0])")
        }
        #expect(!app.words.contains("A row for one of every"))
        var small = self.app("how-different-are-they", size: Self.small)
        small.session.reveal()
        small.press("t")
        small.scroll = 100
        #expect(small.words.contains("A row for one of every 3 layers; the plot has them all."))
    }

    @Test("w says how the bytes of a token come, once the question is answered")
    func why() {
        var app = app("it-writes").pressing("w")
        #expect(app.notice == Session.veiledWords)
        app.session.reveal()
        app.press("w")
        let words = "A token: 384 numbers x 30 layers x 16 bits = 23,040 bytes."
        #expect(app.notice == words)
        var plain = PlainCourse(app.session, width: 200)
        #expect(plain.take("why").lines.contains(words))
        var hidden = PlainCourse(self.app("it-writes").session, width: 200)
        #expect(hidden.take("why").lines.contains(Session.veiledWords))
    }

    @Test("a token that shows nothing is headed as blank")
    func blank() {
        var app = app("where-its-heads-look", size: .wide)
        let head = MeasuredModel.coded([[100], [40, 60]])
        let status = LooksStatus(
            model: "Own", content: "2", tokens: ["A", " "], groupSize: 1, layers: [[head]],
            isRunning: false)
        app.receive(.measured(MeasuredStatus(LooksExperiment(), status)))
        #expect(LooksFigures(app.scene).tokens == ["A", "(blank)"])
    }
}
