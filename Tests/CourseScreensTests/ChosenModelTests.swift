import AttentionEngine
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A chosen model")
struct ChosenModelTests {
    @Test("is named with the layers that keep a cache, where others keep none")
    func keptLayers() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: .wide)
        app.press(.character("e"))
        app.session.take(try #require(Catalog.model(id: "qwen3-next-80b")))
        #expect(app.notice?.contains("12 of its 48 layers with a cache") == true)
        #expect(app.rows[0].contains("Qwen3-Next-80B-A3B, 12 of its 48 layers with a cache"))
        app.session.take(try #require(Catalog.model(id: "llama3-8b")))
        #expect(app.rows[0].hasSuffix("Llama-3-8B"))
    }

    private func chosen(_ id: String, size: Size = .usual) -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end", size: size).pressing(.character("m"))
        app.type(characters: id)
        return app.pressing(.enter)
    }

    @Test("stays in view as it was built while another g is tried")
    func asBuilt() {
        var app = chosen("llama3-8b")
        #expect(!app.words.contains("built"))
        app.press(.left)
        #expect(app.words.contains("1/2 of Llama-3-8B as built"))
        #expect(app.rows.contains { $0.contains("built 8 K/V") && $0.contains("134 MB") })
        app.press(.right)
        #expect(!app.words.contains("built"))
    }

    @Test("is found by its kind", arguments: ["mha", "mqa", "gqa", "mla", "window"])
    func kinds(kind: String) {
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("m"))
        app.type(characters: kind)
        let models = Catalog.models.filter { $0.kind.lowercased().contains(kind) }
        #expect(!models.isEmpty)
        let page = app.screens.last?.page(in: app)
        #expect(
            page?.lines.compactMap {
                $0.first?.text.split(separator: "*").first.map { String($0).trimmed }
            }
                == models.map(\.name))
        #expect(app.words.contains("Models: \(models.count) "))
    }

    @Test("is marked where something of it is not certain, and says what and where it was read")
    func doubts() throws {
        let model = try #require(Catalog.model(id: "gemma3-1b"))
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("m"))
        app.type(characters: "gemma3-1b")
        #expect(app.words.contains("Gemma-3-1B*"))
        for doubt in model.doubts { #expect(app.words.contains("Uncertain: \(doubt.text)")) }
        #expect(app.words.contains("Read in \(model.sources[0])"))
    }

    @Test("whose layers differ is unfolded kind by kind, and says where it was read")
    func layers() throws {
        let app = chosen("gpt-oss-20b", size: .huge).pressing(.character("w"))
        let model = try #require(Catalog.model(id: "gpt-oss-20b"))
        #expect(app.words.contains("12 window layers"))
        #expect(app.words.contains("12 full layers"))
        #expect(app.words.contains("the smaller of 128 (catalogue) and 1,024 tokens"))
        #expect(app.words.contains("= 28,311,552 bytes"))
        for doubt in model.doubts { #expect(app.words.contains("Uncertain: \(doubt.text)")) }
        #expect(app.words.contains(model.sources[0].prefix(12)))
    }
}

@Suite("A model in a lesson about another way to share")
struct ForeignModelTests {
    private func chosen(_ id: String, _ lesson: String, _ step: String) -> CourseApp {
        var app = ShippedCourse.app(lesson, step).pressing(.character("m"))
        app.type(characters: id)
        return app.pressing(.enter)
    }

    @Test("is named as what is made of it, beside its own cache")
    func foreign() {
        let app = chosen("falcon-7b", "mha", "deepseeks-heads")
        #expect(app.rows[0].contains("Falcon-7B as MHA"))
        #expect(app.words.contains("71 times Falcon-7B as built"))
        #expect(app.words.contains("The text is for the step's own values; 0 restores them."))
        let other = chosen("llama3-8b", "mqa", "n-times-less")
        #expect(other.rows[0].contains("Llama-3-8B as MQA"))
        #expect(other.rows.contains { $0.contains("built 8 K/V") && $0.contains("134 MB") })
    }

    @Test("with a latent is one of the ways that the lesson is about, and no latent")
    func latent() {
        let app = chosen("deepseek-v3", "kv-cache", "query-heads")
        #expect(app.rows[0].contains("DeepSeek-V3 / R1 as MHA"))
        #expect(app.words.contains("cache = n 128"))
        #expect(app.words.contains("= 32,768 numbers"))
    }

    @Test("is compared with another tool's figure as it is shown")
    func compared() {
        var app = chosen("deepseek-v3", "mha", "deepseeks-heads").pressing(.character("v"))
        #expect(app.words.contains("for DeepSeek-V3 / R1 as MHA."))
        app.press(.escape)
        #expect(app.pressing(.character("w")).words.contains("multi-head attention"))
    }

    @Test("that shares as the lesson does is itself")
    func own() {
        let app = chosen("gpt3-175b", "mha", "deepseeks-heads")
        #expect(!app.words.contains("as MHA") && !app.words.contains("built"))
    }
}
