import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("Every model of the catalogue, read from a file")
struct CatalogueThroughFilesTests {
    @Test("takes what was worked out elsewhere, from a config.json", arguments: ModelFacts.all)
    func config(facts: ModelFacts) throws {
        let shape = try ConfigFile.shape(of: JSONValue(parsing: facts.config), name: "file")
        try expectSame(shape, facts)
    }

    @Test("takes what was worked out elsewhere, from a GGUF header", arguments: ModelFacts.all)
    func gguf(facts: ModelFacts) throws {
        for (version, isBigEndian) in [(3, false), (3, true), (2, false), (1, false)] {
            var writer = facts.gguf
            writer.version = version
            writer.isBigEndian = isBigEndian
            let header = try GGUFHeader(reading: FileBytes(writer.bytes))
            #expect(header.version == version && header.isBigEndian == isBigEndian)
            let shape = try GGUFModel.shape(of: header, name: "file")
            #expect(shape.name == facts.id)
            try expectSame(shape, facts)
        }
    }

    @Test("is among these")
    func complete() {
        #expect(Set(ModelFacts.all.map(\.id)) == Set(Catalog.models.map(\.id)))
    }

    private func expectSame(_ shape: ModelShape, _ facts: ModelFacts) throws {
        let model = try #require(Catalog.model(id: facts.id))
        #expect(shape.stack.numbersPerToken == facts.numbersPerToken)
        #expect(
            try shape.stack.needed(CacheLoad(tokens: 32_768)) == model.cacheSize(tokens: 32_768))
        #expect(shape.stack == model.stack)
        #expect(shape.queryHeads == model.queryHeads)
        #expect(shape.attention == model.attention)
    }
}
