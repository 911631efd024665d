import ModelFiles
import Testing

@Suite("A config.json of a family without a cache")
struct ConfigFamilyTests {
    @Test(
        "is refused by its model_type, and not taken for attention in all layers",
        arguments: [
            ("mamba2", "keeps a fixed state"), ("rwkv", "keeps a fixed state"),
            ("bert", "reads a whole text at once and writes none"),
        ])
    func refused(family: String, reason: String) throws {
        let text = """
            {"model_type": "\(family)", "num_hidden_layers": 4, "num_attention_heads": 8,
            "hidden_size": 64}
            """
        #expect(
            throws: FileProblem(
                "model_type is \(family), which \(reason): it has no key/value cache that grows")
        ) {
            try ConfigFile.shape(of: JSONValue(parsing: Array(text.utf8)), name: "x")
        }
    }
}
