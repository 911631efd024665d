import AttentionEngine
import CourseContent
import Lessons
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CourseExport
@testable import CourseScreens
@testable import CourseSession

@Suite("A step taken along")
struct HandoutTests {
    /// The app that a command line opens: lesson, step, whether all sliders are free, model and
    /// setting.
    private static func reopened(_ command: ShellLine, size: Size) throws -> CourseApp {
        let words = command.text.split(separator: " ").map(String.init)
        try #require(words.count >= 7 && words[0...1] == ["headroom", "learn"])
        let lesson = try #require(ShippedCourse.course.index(of: words[2]))
        let step = try #require(Int(words[4]))
        try #require(words[3] == "--step" && words[words.count - 2] == "--state")
        var app = CourseApp(
            course: ShippedCourse.course, size: size, lesson: lesson, step: step - 1)
        if words.contains("--explore") { app.session.toggleExplore() }
        if let option = words.firstIndex(of: "--model") {
            let model = try #require(Catalog.model(id: words[option + 1]))
            #expect(app.session.apply(model) == nil)
        }
        try app.session.apply(text: words[words.count - 1])
        return app
    }

    @Test("its command opens the very screen it was taken from", arguments: ShippedCourse.places)
    func commandReopens(place: ShippedCourse.Place) throws {
        var app = ShippedCourse.app(place)
        #expect(try Self.reopened(app.command, size: .usual).canvas().shows(app.canvas()))
        app.press(.left, .left)
        #expect(try Self.reopened(app.command, size: .usual).setting == app.setting)
    }

    @Test("its command opens a model's screen with all sliders free")
    func explored() throws {
        var app = ShippedCourse.app("gqa", "a-prime-number-of-heads")
        app.press(.character("e"), .character("m"))
        app.type(characters: "deepseek-v3")
        app.press(.enter)
        app.session.notice = nil
        let again = try Self.reopened(app.command, size: .usual)
        #expect(again.canvas().rows.dropFirst() == app.canvas().rows.dropFirst())
        #expect(again.rows[0].contains("Explore") && again.rows[0].contains("DeepSeek-V3"))
    }

    @Test("its command brings a model's setting back, whatever the step's own has")
    func modelReopens() throws {
        for place in [
            ShippedCourse.app("mla", "what-is-kept"), ShippedCourse.app("gqa", "llama-3"),
        ] {
            for id in ["llama3-8b", "deepseek-v3", "gpt-oss-20b"] {
                let model = try #require(Catalog.model(id: id))
                var app = place
                app.session.take(try #require(try model.setting(tokens: 2048)))
                #expect(try Self.reopened(app.command, size: .usual).setting == app.setting)
            }
        }
    }

    @Test("a setting in part changes the step's own, one that is wrong changes nothing")
    func partialSetting() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        try app.session.apply(text: "g=4,s=2048")
        #expect(app.setting.text == "l=96,b=1,n=96,g=4,h=128,s=2048,bytes=2")
        #expect(throws: SettingError.self) { try app.session.apply(text: "g=7") }
        #expect(throws: SettingError.self) {
            try app.session.apply(text: "l=1,b=1,n=9,g=7,h=1,s=1,bytes=2")
        }
        #expect(app.setting.text == "l=96,b=1,n=96,g=4,h=128,s=2048,bytes=2")
    }

    @Test("y shows the command, in one line where it fits")
    func settingPage() {
        let wide = ShippedCourse.app("gqa", "llama-3", size: .wide).pressing(.character("y"))
        #expect(wide.words.contains(wide.command.text))
        let narrow = ShippedCourse.app("gqa", "llama-3", size: .least).pressing(.character("y"))
        for line in narrow.command.lines(width: 54) {
            #expect(narrow.rows.contains { $0.contains(line) }, "\(line)")
        }
    }

    @Test("a course of one's own is named in the command as one word")
    func ownCourse() {
        let course = Course(files: ShippedCourse.files, folder: "my course")
        let app = CourseApp(course: course, size: .usual, lesson: 0, step: 0)
        #expect(
            app.command.text
                == "headroom learn start --step 1 --state l=1,b=1,n=8,g=8,h=64,s=16,bytes=2 "
                + "--lessons 'my course'")
    }

    @Test(
        "on a hand-out it is whole: every line of its prose, however small the screen",
        arguments: ShippedCourse.places)
    func whole(place: ShippedCourse.Place) {
        for size in [Size.least, .usual, .wide] {
            let app = ShippedCourse.app(place, size: size)
            let rows = app.wholeSheetScreen.canvas.rows
            let text = rows.joined(separator: "\n")
            for line in app.stepLayout.lines {
                var words = line.map(\.text).joined()
                while words.last == " " { words.removeLast() }
                #expect(words.isEmpty || text.contains(words), "\(words)")
            }
            #expect(rows.last != "")
        }
    }

    @Test("as Markdown its prose reads back as the same blocks", arguments: ShippedCourse.places)
    func markdownReadsBack(place: ShippedCourse.Place) throws {
        let app = ShippedCourse.app(place)
        let step = app.step
        let markdown = MarkdownText(figure: { $0.written }, headingLevel: 3)
        let read = try Self.read(markdown.text(step.prose))
        #expect(read.map(\.shape) == step.prose.map(\.shape))
        #expect(app.markdown().contains(app.command.text))
    }

    @Test(
        "as Markdown signs mean only themselves",
        arguments: [
            "a*b*c _d_ `e` [f](g) <h> | i ~~j~~ &amp; \\k", "# no heading", "- no list",
            "1. no list",
            "12) no list", "+ no list", "--- no rule", "> no quote", "=== no heading",
        ])
    func markdownEscapes(text: String) throws {
        let markdown = MarkdownText(figure: { $0.written }, headingLevel: 3)
        let block = Block.paragraph([.text(text, SourcePlace(line: 1, column: 1))])
        #expect(try Self.read(markdown.text([block])).map(\.shape) == [block.shape])
        let table = Block.table(
            Table(
                header: [[.text(text, SourcePlace(line: 1, column: 1))]], alignments: [.left],
                rows: [[[.code(text, SourcePlace(line: 1, column: 1))]]]))
        if !text.contains("`") {
            #expect(try Self.read(markdown.text([table])).map(\.shape) == [table.shape])
        }
    }

    @Test("as Markdown an open page stands in place of the step")
    func markdownOfPage() {
        let app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("w"))
        #expect(
            app.markdown() == """
                ## From end to end

                ```text
                Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each

                h, numbers of a key                 128  one key
                × 2 (a key, a value)                256  one K/V head
                × 8 K/V heads                     2,048  one layer
                × 96 layers                     196,608  one token
                × 1,024 tokens              201,326,592  one sequence
                × 1 in the batch            201,326,592  all sequences
                × 2 bytes each              402,653,184  bytes

                MHA   12 times as much: 4.83 GB (4.50 GiB)
                MQA   1/8 of it: 50.3 MB (48.0 MiB)
                ```

                ```sh
                headroom learn gqa --step 5 --state l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
                ```
                """)
    }

    @Test("as Markdown a question asks first and answers once it is answered")
    func markdownQuestion() throws {
        var app = ShippedCourse.app("gqa", "half-of-g")
        #expect(app.markdown().contains("**How large is the cache with g = 4?**"))
        #expect(!app.markdown().contains("201 MB"))
        app.press(.enter)
        app.type(characters: "201 MB")
        app.press(.enter)
        #expect(app.markdown().contains("It is 201 MB (192 MiB)."))
    }

    private static func read(_ markdown: String) throws -> [Block] {
        let lesson = Lesson.parse(
            "---\ntitle: T\nsummary: S\n---\n\n## Step\n\n\(markdown)\n", file: "1-t.md")
        #expect(lesson.findings == [])
        return try #require(lesson.steps.first).blocks
    }
}

extension Block {
    /// What kind of block it is and the text in it, without places, figures as they are written.
    fileprivate var shape: String {
        switch self {
        case .paragraph(let inlines, _): "paragraph " + inlines.shape
        case .heading(let level, let inlines): "heading \(level) " + inlines.shape
        case .list(let start, let items):
            "list \(start ?? -1) \(items.map { $0.map(\.shape) })"
        case .quote(let blocks): "quote \(blocks.map(\.shape))"
        case .code(_, let lines, _): "code \(lines)"
        case .table(let table):
            "table \(table.header.map(\.shape)) \(table.alignments) "
                + "\(table.rows.map { $0.map(\.shape) })"
        case .directive(let directive): "directive \(directive.name)"
        }
    }
}

extension [Inline] {
    fileprivate var shape: String {
        map { inline in
            switch inline {
            case .text(let text, _): text
            case .emphasis(let inner): "<em>\(inner.shape)</em>"
            case .strong(let inner): "<b>\(inner.shape)</b>"
            case .code(let text, _): "<code>\(text)</code>"
            case .figure(let figure): figure.written
            case .link(let inner, let destination): "<a \(destination)>\(inner.shape)</a>"
            case .lineBreak: "<br>"
            }
        }.joined()
    }
}
