import AttentionEngine
import ModelCatalog
import TerminalCanvas
import Testing

@testable import LessonScreens

@Suite("A chosen model")
struct ChosenModelTests {
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
        #expect(app.modelMatches(kind) == models)
        #expect(app.words.contains("Models: \(models.count) "))
    }

    @Test("is marked where something of it is not certain, and says what and where it was read")
    func doubts() throws {
        let model = try #require(Catalog.model(id: "gemma3-1b"))
        var app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character("m"))
        app.type(characters: "gemma3-1b")
        #expect(app.words.contains("Gemma-3-1B*"))
        for doubt in model.doubts { #expect(app.words.contains("Not certain: \(doubt.text)")) }
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
        for doubt in model.doubts { #expect(app.words.contains("Not certain: \(doubt.text)")) }
        #expect(app.words.contains(model.sources[0].prefix(12)))
    }
}
