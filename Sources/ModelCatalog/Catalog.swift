/// The models that Headroom knows, each with its sources.
package enum Catalog {
    /// All models: by the way their heads share, then by family. Ids are unique.
    package static let models: [Model] =
        multiHead + multiQuery + groupedLlama + groupedQwen + grouped + windowed + gemma4 + qwen35
        + latent

    /// Other names by which models are asked for, as `plain` spells them.
    static let aliases: [String: String] = [
        "gpt3": "gpt3-175b",
        "deepseek": "deepseek-v3",
        "deepseekr1": "deepseek-v3",
        "kimivl": "moonlight-16b",
        "llama4scout17b16e": "llama4-scout",
        "mixtral8x7bv01": "mixtral-8x7b",
        "mixtral8x22bv01": "mixtral-8x22b",
        "starcoder": "starcoder-15b",
        "bloom": "bloom-176b",
        "tinyllama11bv10": "tinyllama",
        "c4aicommandrv01": "command-r-v01",
        "c4aicommandr082024": "command-r-08-2024",
        "c4aicommandrplus": "command-r-plus",
        "llama33nemotronsuper49bv1": "nemotron-super-49b",
        "qwen3coder480ba35b": "qwen3-coder-480b",
        "deepseekv32exp": "deepseek-v3.2",
        "llama4maverick17b128e": "llama4-maverick",
        "mistralnemo2407": "mistral-nemo-12b",
        "mistralsmall3124b2503": "mistral-small-3.1",
    ]

    /// Bytes of a name or search at the most: longer ones are no model's, and are not looked at.
    private static let longestName = 200

    /// The model of an id or another name, also as the Hugging Face Hub writes it; upper case, ".",
    /// "-", "_" and spaces do not count.
    package static func model(id: String) -> Model? {
        guard id.utf8.count <= longestName else { return nil }
        for wanted in [plain(id), hubName(id)] where !wanted.isEmpty {
            if let place = places[wanted] { return models[place] }
        }
        return nil
    }

    /// Where the model of an id, a name or another name stands, each as `plain` spells it; ids go
    /// before names of others, and both before other names.
    private static let places: [String: Int] = {
        let ids = models.map { plain($0.id) }
        let others = aliases.compactMap { name, id in
            models.firstIndex { $0.id == id }.map { (name, $0) }
        }
        let all =
            Array(zip(ids, models.indices))
            + zip(models.map { plain($0.name) }, models.indices) + others
        return Dictionary(all) { first, _ in first }
    }()

    /// A name on the Hub without its owner and without what it was trained to do: of
    /// "meta-llama/Meta-Llama-3-8B-Instruct" what "llama3-8b" is without marks.
    private static func hubName(_ name: String, without others: Set<String> = []) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let words = last.lowercased().split(separator: "-").map(String.init)
        let dropped: Set = ["meta", "instruct", "chat", "it", "pt", "hf", "base", "bf16", "fp8"]
        return plain(
            words.filter { !dropped.contains($0) && !others.contains($0) }.joined(separator: "-"))
    }

    /// Words of the Hub's names for weights that were quantised, which no row of the catalogue has.
    private static let quantised: Set = [
        "gguf", "awq", "gptq", "bnb", "mlx", "nvfp4", "mxfp4", "int4", "int8", "4bit", "8bit",
    ]

    /// The models whose id, name, kind or other name holds the text, in the catalogue's order;
    /// where none holds the whole of it, those that hold all its words. All for an empty text.
    package static func search(_ text: String) -> [Model] {
        guard text.utf8.count <= longestName else { return [] }
        let whole = plain(text)
        let hits = models.filter { model in searchTexts(model).contains { $0.contains(whole) } }
        if !hits.isEmpty || whole.isEmpty { return whole.isEmpty ? models : hits }
        let words = text.split(separator: " ").map { plain(String($0)) }
        return models.filter { model in
            words.allSatisfy { word in searchTexts(model).contains { $0.contains(word) } }
        }
    }

    /// The model whose id or name comes closest to a name that `model(id:)` does not know; nil
    /// where none holds it and none is of a third other letters at the most.
    package static func nearest(to name: String) -> Model? {
        guard name.utf8.count <= longestName else { return nil }
        let hub = hubName(name, without: quantised)
        for text in [plain(name), hub] where text.utf8.count > 2 {
            if let hit = model(id: text) ?? search(text).first { return hit }
        }
        // A later edition of one, or one that was trained further.
        let begun = models.filter { hub.hasPrefix(plain($0.id)) }
        if let hit = begun.max(by: { plain($0.id).utf8.count < plain($1.id).utf8.count }) {
            return hit
        }
        let wanted = Array(hub.unicodeScalars)
        var best: (model: Model, distance: Int)?
        for model in models {
            let own = Array(plain(model.id).unicodeScalars)
            let distance = editDistance(wanted, own)
            guard distance <= max(wanted.count, own.count) / 3 else { continue }
            if distance < best?.distance ?? .max { best = (model, distance) }
        }
        return best?.model
    }

    /// "; the nearest is 'gpt2'", of a name that `model(id:)` does not know; nothing where none is
    /// near.
    package static func nearestHint(to name: String) -> String {
        nearest(to: name).map { "; the nearest is '\($0.id)'" } ?? ""
    }

    /// A name without what `model(id:)` ignores.
    static func plain(_ name: String) -> String {
        name.lowercased().filter { !".-_ ".contains($0) }
    }

    private static func searchTexts(_ model: Model) -> [String] {
        [plain(model.id), plain(model.name), plain(model.kind)]
            + aliases.filter { $0.value == model.id }.map(\.key)
    }

    /// Insertions, deletions and replacements between two names (Levenshtein). Cost: O(a·b).
    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}

/// Sources that many models share.
enum Source {
    static let gemma4 = [
        "transformers convert_gemma4_weights.py @0f3f0632", "configuration_gemma4.py @008e5742",
    ]
    static let qwen35 = "transformers configuration_qwen3_5.py @008e5742"
    static let qwen35Context = "xorbitsai/inference:doc/source/models/builtin/llm/qwen3.5.rst"
    static func maxText(_ file: String) -> String {
        "AI-Hypercomputer/maxtext \(file)"
    }
    static func slime(_ name: String) -> String {
        "THUDM/slime:scripts/models/qwen3.5-\(name).sh@624b824a"
    }
    static let litgpt = "Lightning-AI/litgpt:litgpt/config.py@26857050fe3f"
    static let llmViz = "bbycroft/llm-viz:src/llm/Program.ts@9da93742382f"
    static let lmCache =
        "LMCache/LMCache:examples/kv_cache_calculator/modelconfig.json@0ac4671b15d9"
    static let vllm =
        "vllm-project/vllm:tests/config/base_model_arch_groundtruth.json@1ac8cdb4c760"
}
