import AttentionEngine
import ModelCatalog
import Testing

@Suite("The catalogue as a whole")
struct CatalogTests {
    @Test("Ids are unique, also where case and marks do not count")
    func idsAreUnique() {
        let plain = Catalog.models.map { $0.id.filter { $0.isLetter || $0.isNumber } }
        #expect(Set(plain).count == 107)
    }

    @Test("Weights that are published in 8 bits are counted so, and no word of a source is wide")
    func published() throws {
        for (id, gigabytes) in [
            ("minimax-m2", 230), ("grok-1", 314), ("deepseek-v3", 671), ("glm-4.6", 710),
        ] {
            let model = try #require(Catalog.model(id: id))
            #expect(model.shape.weights?.size == ByteCount(gigabytes * 1_000_000_000), "\(id)")
        }
        for word in Catalog.models.flatMap(\.sources).flatMap({ $0.split(separator: " ") }) {
            #expect(word.count <= 77, "\(word)")
        }
    }

    @Test("Every model has a source, a name that fits its column, and sentences that end")
    func textsAreWhole() {
        for model in Catalog.models {
            #expect(!model.sources.isEmpty && model.sources.allSatisfy { !$0.isEmpty })
            #expect((1...18).contains(model.name.count), "\(model.name)")
            #expect(!model.parameters.isEmpty && model.nativeFormat != "")
            for sentence in model.remarks + model.doubts.map(\.text) {
                #expect(sentence.hasSuffix(".") && sentence.count < 80, "\(sentence)")
            }
        }
    }

    @Test("Every shape is legal and its kind is what its numbers say")
    func shapesAreLegal() throws {
        for model in Catalog.models {
            _ = try AttentionShape(
                queryHeads: model.queryHeads, keyValueHeads: model.keyValueHeads,
                headDimension: model.headDimension ?? 1)
            let kind: AttentionVariant =
                model.latent != nil
                ? .mla
                : model.keyValueHeads == model.queryHeads
                    ? .mha : model.keyValueHeads == 1 ? .mqa : .gqa
            #expect(model.attention == kind, "\(model.id)")
            #expect(model.growingLayers >= (model.windowed?.layers ?? 0))
            #expect((model.headDimension == nil) == (model.id == "longcat-flash"))
        }
    }

    @Test("33 rows have a head width that is not hidden size / query heads, as their traps say")
    func headWidthTraps() {
        let traps = Catalog.models.filter { $0.headWidthTrap != nil }
        #expect(
            traps.map(\.id) == [
                "gemma-7b", "palm-540b", "mistral-nemo-12b", "mistral-small-3.1", "qwen3-0.6b",
                "qwen3-4b", "qwen3-30b-a3b", "qwen3-32b", "qwen3-235b-a22b", "qwen3-coder-480b",
                "glm-4.5", "glm-4.5-air", "glm-4.6", "minimax-m2", "gemma2-2b", "gemma2-9b",
                "gemma2-27b",
                "gemma3-1b", "gemma3-4b", "gemma3-12b", "gemma3-27b", "gpt-oss-20b", "gpt-oss-120b",
                "qwen3-next-80b", "gemma4-e2b", "gemma4-e4b", "gemma4-12b", "gemma4-26b-a4b",
                "gemma4-31b", "qwen3.5-4b", "qwen3.5-27b", "qwen3.5-35b-a3b", "qwen3.5-397b-a17b",
            ])
        #expect(
            Catalog.model(id: "glm-4.5")?.headWidthTrap
                == "The head width is 128, not hidden size / query heads = 53.33.")
    }

    @Test("Doubts about the figures shown are marked")
    func doubtfulModels() {
        #expect(
            Catalog.models.filter(\.isDoubtful).map(\.id) == [
                "gpt3-175b", "palm-540b", "nemotron-super-49b", "yi-6b", "lfm2-1.2b",
            ])
    }

    @Test("A kind says where some layers do not keep every token")
    func kinds() {
        let ids = ["gpt2", "falcon-7b", "gemma3-1b", "gpt-oss-20b", "qwen3-next-80b", "kimi-k2"]
        #expect(
            ids.map { Catalog.model(id: $0)?.kind } == [
                "MHA", "MQA", "MQA+window", "GQA+window", "GQA+linear", "MLA",
            ])
    }
}

@Suite("Finding a model")
struct CatalogLookupTests {
    @Test(
        "Case, dots, dashes, low lines and spaces do not count, and other names are known",
        arguments: [
            ("llama3.1-70b", "llama3.1-70b"), ("LLaMA_3-1 70B", "llama3.1-70b"),
            ("gpt-3", "gpt3-175b"), ("GPT3", "gpt3-175b"), ("deepseek", "deepseek-v3"),
            ("DeepSeek-R1", "deepseek-v3"), ("deepseek_v2.lite", "deepseek-v2-lite"),
            ("llama-3-8b", "llama3-8b"), ("llama-3-70b", "llama3-70b"),
            ("kimi-vl", "moonlight-16b"), ("qwen2.5-7b", "qwen2.5-7b"),
        ])
    func leniency(asked: String, id: String) {
        #expect(Catalog.model(id: asked)?.id == id)
    }

    @Test("Every id finds its own model")
    func everyIDIsFound() {
        #expect(Catalog.models.map { Catalog.model(id: $0.id) } == Catalog.models)
    }

    @Test("Llama 3 70B is 64 query heads on 8 K/V heads in 80 layers, as in the lecture")
    func llama370B() throws {
        let setting = try Catalog.model(id: "llama-3-70b")?.setting(tokens: 8192)
        #expect(setting?.text == "l=80,b=1,n=64,g=8,h=128,s=8192,bytes=2")
    }

    @Test("No other text is a model", arguments: ["", "-", "llama", "gpt", "deepseek-v", "8b"])
    func unknown(asked: String) { #expect(Catalog.model(id: asked) == nil) }

    @Test("The nearest of an unknown name is what was probably meant")
    func nearest() {
        let asked = [
            "lama3-8b", "gpt-oss-20", "qwen3-33b", "mixtral", "gemma4", "nemotron",
            "Qwen/Qwen3-33B-Instruct", "unsloth/Qwen3-8B-GGUF", "deepseek-ai/DeepSeek-V3-0324",
            "x/llama3-8b-tuned", "", "nope",
            "zebra",
        ]
        #expect(
            asked.map { Catalog.nearest(to: $0)?.id } == [
                "llama3-8b", "gpt-oss-20b", "qwen3-32b", "mixtral-8x7b", "gemma4-e2b",
                "nemotron-super-49b", "qwen3-32b", "qwen3-8b", "deepseek-v3", "llama3-8b", nil, nil,
                nil,
            ])
    }

    @Test(
        "Names are known as the Hugging Face Hub writes them",
        arguments: [
            ("meta-llama/Meta-Llama-3-8B", "llama3-8b"), ("google/gemma-2-27b-it", "gemma2-27b"),
            ("meta-llama/Llama-3.1-8B-Instruct", "llama3.1-8b"), ("Qwen/Qwen3-32B", "qwen3-32b"),
            ("mistralai/Mistral-7B-Instruct-v0.3", "mistral-7b-v0.3"),
            ("mistralai/Mixtral-8x7B-Instruct-v0.1", "mixtral-8x7b"),
            ("openai/gpt-oss-20b", "gpt-oss-20b"), ("Qwen/Qwen3-30B-A3B", "qwen3-30b-a3b"),
            ("meta-llama/Llama-3.3-70B-Instruct", "llama3.3-70b"), ("zai-org/GLM-5", "glm-5"),
            ("deepseek-ai/DeepSeek-R1", "deepseek-v3"),
            ("meta-llama/Llama-4-Scout-17B-16E-Instruct", "llama4-scout"),
            ("google/gemma-4-E4B-it", "gemma4-e4b"), ("Qwen/Qwen3.5-27B", "qwen3.5-27b"),
            ("mistralai/Mistral-Nemo-Instruct-2407", "mistral-nemo-12b"),
            ("mistralai/Mistral-Small-3.1-24B-Instruct-2503", "mistral-small-3.1"),
            ("microsoft/Phi-3-mini-4k-instruct", "phi-3-mini-4k"),
            ("deepseek-ai/DeepSeek-V3.2-Exp", "deepseek-v3.2"),
            ("moonshotai/Kimi-K2.5", "kimi-k2.5"), ("zai-org/GLM-4.6", "glm-4.6"),
            ("HuggingFaceTB/SmolLM3-3B", "smollm3-3b"), ("bigscience/bloom", "bloom-176b"),
            ("mistralai/Mixtral-8x22B-v0.1", "mixtral-8x22b"),
            ("Qwen/Qwen3-Coder-480B-A35B-Instruct", "qwen3-coder-480b"),
            ("nvidia/Llama-3_3-Nemotron-Super-49B-v1", "nemotron-super-49b"),
        ])
    func hubNames(name: String, id: String) {
        #expect(Catalog.model(id: name)?.id == id)
    }

    @Test("A search finds ids, names, kinds and other names; words may stand apart")
    func search() {
        func ids(_ text: String) -> [String] { Catalog.search(text).map(\.id) }
        #expect(ids("Yi") == ["yi-34b", "yi-6b"])
        #expect(ids("command r") == ["command-r-v01", "command-r-08-2024", "command-r-plus"])
        #expect(
            ids("llama 70b")
                == ["llama2-70b", "llama3-70b", "llama3.1-70b", "llama3.3-70b"])
        #expect(ids("deepseek r1") == ["deepseek-v3"])
        #expect(
            ids("+linear") == [
                "qwen3-next-80b", "lfm2-1.2b", "qwen3.5-4b", "qwen3.5-9b", "qwen3.5-27b",
                "qwen3.5-35b-a3b", "qwen3.5-397b-a17b",
            ])
        #expect(
            ids("mqa") == [
                "falcon-7b", "starcoder-15b", "gemma-2b", "palm-540b", "gemma3-1b", "gemma4-e2b",
            ])
        #expect(ids("zebra") == [])
        #expect(Catalog.search("") == Catalog.models)
        #expect(Catalog.search(" ") == Catalog.models)
    }
}
