import AttentionEngine
import ModelCatalog

extension GGUFReader {
    /// All layers of the model, each with what it keeps.
    mutating func stack(layers: Int, heads: Heads) throws(FileProblem) -> LayerStack {
        let keepsState =
            fields.object["shortconv.l_cache"] != nil
            || fields.object["ssm.conv_kernel"] != nil || fields.object["ssm.state_size"] != nil
        var kinds = heads.keyValueHeads.map { count -> LayerCache.Kind in
            count > 0 ? .full : keepsState ? .linear : .none
        }
        var rule = kinds.contains(.full) && Set(kinds).count > 1 ? "attention.head_count_kv" : nil
        if let linear = try linearLayers(layers: layers) {
            for index in 0..<layers where linear.layers[index] { kinds[index] = .linear }
            rule = linear.rule
        }
        var limit = 0
        if let limited = try limitedLayers(layers: layers) {
            limit = limited.tokens
            for index in 0..<layers where limited.layers[index] && kinds[index] == .full {
                kinds[index] = limited.kind
            }
            findings.note(limited.kind == .window ? .window : .chunk, limit, limited.limitRule)
            rule = limited.rule
        }
        if let shared = try fields.whole("attention.shared_kv_layers", in: 0...layers - 1),
            shared > 0
        {
            for index in layers - shared..<layers where kinds[index] != .none {
                kinds[index] = .shared
            }
            findings.note(.sharedLayers, shared, fields.name("attention.shared_kv_layers"))
        }
        if let rule {
            findings.note(.layerKinds, kindsText(kinds), rule)
        } else if !isKnown {
            findings.remark(
                "The architecture '\(shortened(plainText(architecture)))' is not known: assumed to "
                    + "have full attention in all layers.")
        }
        return LayerStack(
            kinds.enumerated().map { index, kind in
                let count = heads.keyValueHeads[index]
                return switch kind {
                case .full: .full(heads.entry(count, false))
                case .window: .window(heads.entry(count, true), tokens: limit)
                case .chunked: .chunked(heads.entry(count, true), tokens: limit)
                case .linear: .linear
                case .shared: .shared
                case .none: .none
                }
            })
    }

    /// Families whose layers keep a fixed state but for one in every so many.
    private static let intervals: [String: Int] = ["qwen3next": 4, "qwen35": 4, "qwen35moe": 4]

    private func linearLayers(
        layers: Int
    ) throws(FileProblem) -> (layers: [Bool], rule: String)? {
        let key = "full_attention_interval"
        let own = try fields.whole(key, in: 1...ConfigFields.Limit.layers)
        guard let every = own ?? Self.intervals[architecture] else { return nil }
        return (
            (0..<layers).map { ($0 + 1) % every != 0 },
            own == nil
                ? "\(plainText(architecture)): one in every \(every) layers attends"
                : "\(fields.name(key)) \(every)"
        )
    }

    private var isKnown: Bool {
        Self.fullAttention.contains(architecture) || Self.everywhere.contains(architecture)
            || Self.intervals[architecture] != nil || Self.conventions[architecture] != nil
    }

    /// Families of llama.cpp that attend to every token in each layer, where their keys do not say
    /// otherwise.
    private static let fullAttention: Set<String> = [
        "afmoe", "apertus", "arcee", "arctic", "baichuan", "bailingmoe", "bailingmoe2", "bitnet",
        "bloom", "chameleon", "chatglm", "codeshell", "cogvlm", "command-r", "dbrx", "deci",
        "deepseek", "deepseek2", "dots1", "dream", "ernie4_5", "ernie4_5-moe", "exaone", "falcon",
        "falcon-h1", "gemma", "glm4", "glm4moe", "gpt2", "gptj", "gptneox", "granite",
        "granitehybrid", "granitemoe", "grok", "grovemoe", "hunyuan-dense", "hunyuan-moe",
        "internlm2", "jais", "jamba", "lfm2", "lfm2moe", "llada", "llada-moe", "llama4",
        "minicpm", "minicpm3", "minimax-m2", "mistral3", "mpt", "nemotron", "nemotron_h",
        "nemotron_h_moe", "olmo", "olmoe", "openelm", "orion", "pangu-embedded", "phi2",
        "phimoe", "plamo", "plamo2", "plm", "qwen", "qwen2", "qwen2moe", "qwen2vl", "qwen3",
        "qwen3moe", "qwen3vl", "qwen3vlmoe", "refact", "rnd1", "seed_oss", "smollm3", "stablelm",
        "starcoder", "xverse",
    ]

    /// Why the model has no cache that grows; nil where it may have one.
    var cachelessReason: String? { modelFamilyWithoutCache(architecture) }

    // MARK: Windows

    /// Layers that keep a window or a chunk.
    private struct LimitedLayers {
        let kind: LayerCache.Kind
        let tokens: Int
        let layers: [Bool]
        let rule: String
        let limitRule: String
    }

    /// Where llama.cpp places the layers that keep every token: one in every so many, the last of
    /// them, or the first where `isFirst`.
    private static let conventions: [String: (every: Int, isFirst: Bool)] = [
        "gemma2": (2, false), "gemma3": (6, false), "gemma3n": (5, false), "gpt-oss": (2, false),
        "cohere2": (4, false), "olmo2": (4, false), "exaone4": (4, false),
        "exaone-moe": (4, false), "gemma-embedding": (6, false), "plamo3": (8, false),
        "cohere2moe": (4, true), "smallthinker": (4, true), "laguna": (4, true),
    ]
    /// Families whose every layer keeps the window.
    private static let everywhere: Set<String> = ["llama", "phi3", "starcoder2"]

    private mutating func limitedLayers(layers: Int) throws(FileProblem) -> LimitedLayers? {
        let key = "attention.sliding_window"
        let window = try fields.whole(key, in: 0...ConfigFields.Limit.tokens)
        if architecture == "llama4" {
            // Its files have no key for the chunk; a window of 0 says that there is none.
            return window == 0 ? nil : chunks(of: window ?? 8192, isTold: window != nil, layers)
        }
        guard let window, window > 0 else { return nil }
        let pattern = try windowPattern(layers: layers)
        guard let pattern else {
            throw FileProblem(
                "\(fields.name(key)) is \(grouped(window)), but nothing says which layers keep it; "
                    + "looked for \(fields.name("attention.sliding_window_pattern"))")
        }
        return LimitedLayers(
            kind: .window, tokens: window, layers: pattern.layers, rule: pattern.rule,
            limitRule: fields.name(key))
    }

    private mutating func chunks(of tokens: Int, isTold: Bool, _ layers: Int) -> LimitedLayers {
        LimitedLayers(
            kind: .chunked, tokens: tokens, layers: (0..<layers).map { ($0 + 1) % 4 != 0 },
            rule: "llama4: one in every 4 layers keeps all tokens",
            limitRule: isTold ? fields.name("attention.sliding_window") : "llama4: 8,192 tokens")
    }

    private mutating func windowPattern(
        layers: Int
    ) throws(FileProblem) -> (layers: [Bool], rule: String)? {
        let key = "attention.sliding_window_pattern"
        let convention = Self.conventions[architecture]
        if case .array(let items)? = fields.object[key] {
            guard items.count >= layers else {
                throw FileProblem(
                    "\(fields.name(key)) has \(items.count) items; expected one for each of "
                        + "the \(layers) layers")
            }
            var windows: [Bool] = []
            for (index, item) in items.prefix(layers).enumerated() {
                if case .bool(let flag) = item {
                    windows.append(flag)
                } else {
                    let name = "\(fields.name(key))[\(index)]"
                    windows.append(try ConfigFields.whole(item, name, in: 0...1) == 1)
                }
            }
            return (windows, fields.name(key))
        }
        let own = try fields.whole(key, in: 0...ConfigFields.Limit.layers)
        if let every = own ?? convention?.every {
            // 0 is llama.cpp's way to say that all layers keep the window.
            let full = convention?.isFirst == true ? 0 : every - 1
            return (
                (0..<layers).map { every == 0 || $0 % every != full },
                own == nil
                    ? "\(plainText(architecture)): one in every \(every) layers keeps all tokens"
                    : "\(fields.name(key)) \(every)"
            )
        }
        guard Self.everywhere.contains(architecture) else { return nil }
        findings.remark("No key says which layers keep the window: all are assumed to.")
        return (Array(repeating: true, count: layers), "attention.sliding_window in all layers")
    }
}
