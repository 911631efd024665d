import AttentionEngine
import ModelCatalog
import ModelFiles
import Testing

@Suite("How a size comes about")
struct DerivationTests {
    /// The lines of a model's derivation, columns apart by bars.
    private func lines(_ id: String, tokens: Int = 8192, batch: Int = 1) throws -> [String] {
        let facts = try #require(ModelFacts.all.first { $0.id == id })
        let shape = try ConfigFile.shape(of: JSONValue(parsing: facts.config), name: id)
        let derivation = try Derivation(
            shape, CacheLoad(tokens: tokens, batch: batch, format: shape.format ?? .f16),
            rules: Derivation.Rules(tokens: "--tokens", batch: "--batch", format: "torch_dtype"))
        return derivation.lines.map { "\($0.name) | \($0.value) | \($0.rule)" }
    }

    @Test("MHA: as many K/V heads as query heads, the head width divided out")
    func mha() throws {
        #expect(
            try lines("opt-66b") == [
                "layers | 64 | num_hidden_layers",
                "K/V heads | 72 | num_attention_heads: no field for K/V heads",
                "head width | 128 | hidden_size / num_attention_heads = 9,216 / 72",
                "key and value | 2 | each K/V head keeps both",
                "bytes per number | 2 | torch_dtype",
                "a token | 2,359,296 | bytes in all layers",
                "tokens | 8,192 | --tokens",
                "batch | 1 | --batch",
                "all | 19,327,352,832 | bytes",
            ])
    }

    @Test("MQA: one K/V head, by a flag")
    func mqa() throws {
        #expect(
            try lines("falcon-7b") == [
                "layers | 32 | num_hidden_layers",
                "K/V heads | 1 | multi_query is true",
                "head width | 64 | hidden_size / num_attention_heads = 4,544 / 71",
                "key and value | 2 | each K/V head keeps both",
                "bytes per number | 2 | torch_dtype",
                "a token | 8,192 | bytes in all layers",
                "tokens | 8,192 | --tokens",
                "batch | 1 | --batch",
                "all | 67,108,864 | bytes",
            ])
    }

    @Test("GQA: a head width that is not hidden size / heads")
    func gqa() throws {
        #expect(
            try lines("qwen3-32b", tokens: 32_768) == [
                "layers | 64 | num_hidden_layers",
                "K/V heads | 8 | num_key_value_heads",
                "head width | 128 | head_dim",
                "key and value | 2 | each K/V head keeps both",
                "bytes per number | 2 | torch_dtype",
                "a token | 262,144 | bytes in all layers",
                "tokens | 32,768 | --tokens",
                "batch | 1 | --batch",
                "all | 8,589,934,592 | bytes",
            ])
    }

    @Test("Every model of the catalogue says where its tokens kept are from")
    func catalogueSources() throws {
        for model in Catalog.models {
            let derivation = try Derivation(
                model.shape, CacheLoad(tokens: 131_072),
                rules: Derivation.Rules(tokens: "--tokens", batch: "--batch", format: "f16"))
            for line in derivation.lines where line.name == "tokens kept" {
                #expect(line.rule.contains(" (catalogue) and 131,072 tokens"), "\(model.id)")
            }
        }
    }

    @Test("MLA: latent and rotary width, no 2 and no heads")
    func mla() throws {
        #expect(
            try lines("deepseek-v3") == [
                "layers | 61 | num_hidden_layers",
                "latent + rotary | 576 | 512 kv_lora_rank + 64 qk_rope_head_dim; no 2, no heads",
                "bytes per number | 2 | torch_dtype",
                "a token | 70,272 | bytes in all layers",
                "tokens | 8,192 | --tokens",
                "batch | 1 | --batch",
                "all | 575,668,224 | bytes",
            ])
    }

    @Test("A hybrid model: layer by kind of layer, then together")
    func hybrid() throws {
        #expect(
            try lines("gemma4-31b", tokens: 32_768, batch: 4) == [
                "50 window layers |  | text_config.layer_types",
                "layers | 50 | ",
                "K/V heads | 16 | text_config.num_key_value_heads",
                "head width | 256 | text_config.head_dim",
                "key and value | 2 | each K/V head keeps both",
                "bytes per number | 2 | torch_dtype",
                "a token | 819,200 | bytes in these layers",
                "tokens kept | 1,024 | the smaller of 1,024 (text_config.sliding_window) and "
                    + "32,768 tokens",
                "these layers | 838,860,800 | bytes a request",
                "10 full layers |  | text_config.layer_types",
                "layers | 10 | ",
                "K/V heads | 4 | text_config.num_global_key_value_heads",
                "head width | 512 | text_config.global_head_dim",
                "key and value | 2 | each K/V head keeps both",
                "bytes per number | 2 | torch_dtype",
                "a token | 81,920 | bytes in these layers",
                "tokens | 32,768 | --tokens",
                "these layers | 2,684,354,560 | bytes a request",
                "a request | 3,523,215,360 | bytes, all layers",
                "batch | 4 | --batch",
                "all | 14,092,861,440 | bytes",
            ])
    }

    @Test("A model with layers of a fixed state names them and counts the others")
    func linear() throws {
        #expect(
            try lines("qwen3-next-80b").prefix(4) == [
                "36 linear layers |  | a state of fixed size, below",
                "12 full layers |  | full_attention_interval 4",
                "layers | 12 | ",
                "K/V heads | 2 | num_key_value_heads",
            ])
    }
}
