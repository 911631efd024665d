import ModelFiles
import Testing

/// A published model: its shape, how files of its family name it, and what a token takes.
struct ModelFacts: Sendable, CustomTestStringConvertible {
    /// How files of a family name their fields.
    enum Family: Sendable {
        case gpt2, noGroups, bloom, mpt, falcon, bigCode, plainNames, dbrx, chatGLM, nemotron
        case mistral, gemma2, gemma3, gemma4, gptOSS, llama4, qwen2, qwen3Next, qwen35, lfm2
        case deepSeek, longCat, kimiVL, llama
    }

    let id: String
    let family: Family
    let layers: Int
    let queryHeads: Int
    let keyValueHeads: Int
    let headDimension: Int
    let hiddenSize: Int
    let latent: (rank: Int, rotary: Int)?
    let window: Int?
    let numbersPerToken: Int
    /// Of Gemma 4: the layers of a period, the heads of its full layers, and the layers that share.
    let every: Int
    let fullHeads: Int
    let shared: Int

    init(
        _ id: String, _ family: Family, layers: Int, queryHeads: Int, keyValueHeads: Int,
        headDimension: Int, hiddenSize: Int, latent: (Int, Int)? = nil, window: Int? = nil,
        every: Int = 6, fullHeads: Int = 4, shared: Int = 0, numbersPerToken: Int
    ) {
        self.id = id
        self.family = family
        self.layers = layers
        self.queryHeads = queryHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
        self.hiddenSize = hiddenSize
        self.latent = latent
        self.window = window
        self.numbersPerToken = numbersPerToken
        self.every = every
        self.fullHeads = fullHeads
        self.shared = shared
    }

    static let all = firstHalf + secondHalf + thirdPart

    var testDescription: String { id }

    /// The layers of LFM2 that attend; the others are convolutions.
    static let attending: Set<Int> = [2, 5, 8, 10, 12, 14]
}

extension ModelFacts {
    /// A config.json of our own for this model, with the names that its family uses and the traps
    /// that its files hold.
    var config: [UInt8] { Array(JSONText.encode(.object(fields)).utf8) }

    private var fields: [String: JSONValue] {
        let grouped: [String: JSONValue] = [
            "hidden_size": .int(hiddenSize), "num_hidden_layers": .int(layers),
            "num_attention_heads": .int(queryHeads), "num_key_value_heads": .int(keyValueHeads),
            "head_dim": .int(headDimension), "torch_dtype": .string("bfloat16"),
        ]
        switch family {
        case .llama: return grouped.with(["model_type": "llama"])
        case .gpt2:
            return [
                "n_layer": .int(layers), "n_head": .int(queryHeads), "n_embd": .int(hiddenSize),
                "n_positions": 1024,
            ]
        case .noGroups:
            return grouped.without("num_key_value_heads").with(["head_dim": .null])
        case .bloom:
            return [
                "n_layer": .int(layers), "n_head": .int(queryHeads),
                "hidden_size": .int(hiddenSize), "model_type": "bloom",
            ]
        case .mpt:
            return [
                "n_layers": .int(layers), "n_heads": .int(queryHeads), "d_model": .int(hiddenSize),
                "attn_config": .object(["alibi": .bool(true)]), "model_type": "mpt",
            ]
        case .dbrx:
            return [
                "n_layers": .int(layers), "n_heads": .int(queryHeads), "d_model": .int(hiddenSize),
                "attn_config": .object(["kv_n_heads": .int(keyValueHeads)]), "model_type": "dbrx",
            ]
        case .falcon:
            let isNew = keyValueHeads > 1
            return grouped.without("num_key_value_heads", "head_dim").with([
                "model_type": "falcon", "multi_query": .bool(true),
                "new_decoder_architecture": .bool(isNew),
                "num_kv_heads": .int(isNew ? keyValueHeads : queryHeads),
            ])
        case .bigCode:
            return [
                "model_type": "gpt_bigcode", "n_layer": .int(layers), "n_head": .int(queryHeads),
                "n_embd": .int(hiddenSize), "multi_query": .bool(true),
            ]
        case .plainNames:
            return [
                "num_layers": .int(layers), "num_heads": .int(queryHeads),
                "num_kv_heads": .int(keyValueHeads), "attention_head_dim": .int(headDimension),
            ]
        case .chatGLM:
            return [
                "model_type": "chatglm", "num_layers": .int(layers),
                "num_attention_heads": .int(queryHeads), "hidden_size": .int(hiddenSize),
                "kv_channels": .int(headDimension), "multi_query_attention": .bool(true),
                "multi_query_group_num": .int(keyValueHeads), "num_key_value_heads": 32,
            ]
        case .nemotron:
            let attention: JSONValue = .object([
                "no_op": .bool(false), "replace_with_linear": .bool(false),
                "n_heads_in_group": .int(queryHeads / keyValueHeads), "window_length": .null,
            ])
            let block: JSONValue = .object(["attention": attention])
            return grouped.with([
                "num_key_value_heads": .null,
                "block_configs": .array(Array(repeating: block, count: layers)),
            ])
        case .qwen2:
            return grouped.with([
                "model_type": "qwen2", "sliding_window": 131_072,
                "use_sliding_window": .bool(false), "max_window_layers": .int(layers),
            ])
        default: return hybridFields(grouped)
        }
    }

    private func hybridFields(_ grouped: [String: JSONValue]) -> [String: JSONValue] {
        let window = window.map(JSONValue.int) ?? .null
        switch family {
        case .mistral: return grouped.with(["model_type": "mistral", "sliding_window": window])
        case .gemma2: return grouped.with(["model_type": "gemma2", "sliding_window": window])
        case .gemma3:
            let text = grouped.with([
                "model_type": "gemma3_text", "sliding_window": window, "sliding_window_pattern": 6,
            ])
            // The smallest one does not see, so its file does not nest.
            return layers == 26
                ? text : ["model_type": "gemma3", "text_config": .object(text)]
        case .gemma4:
            return [
                "text_config": .object(
                    grouped.with([
                        "model_type": "gemma4_text", "sliding_window": window,
                        "layer_types": types { ($0 + 1) % every == 0 ? nil : "sliding_attention" },
                        "global_head_dim": 512, "num_global_key_value_heads": .int(fullHeads),
                        "attention_k_eq_v": .bool(true),
                        "num_kv_shared_layers": .int(shared),
                    ]))
            ]
        case .gptOSS:
            return grouped.with([
                "model_type": "gpt_oss", "sliding_window": window,
                "layer_types": types { $0 % 2 == 0 ? "sliding_attention" : nil },
            ])
        case .llama4:
            return [
                "text_config": .object(
                    grouped.with([
                        "model_type": "llama4_text", "attention_chunk_size": window,
                        "no_rope_layer_interval": 4, "no_rope_layers": .array([]),
                    ]))
            ]
        case .qwen3Next:
            return grouped.with(["model_type": "qwen3_next", "full_attention_interval": 4])
        case .qwen35:
            // The class's own rule places the layers that attend.
            return ["text_config": .object(grouped.with(["model_type": "qwen3_5_text"]))]
        case .lfm2:
            return grouped.with([
                "model_type": "lfm2",
                "layer_types": types { Self.attending.contains($0) ? nil : "conv" },
            ])
        case .deepSeek, .longCat, .kimiVL:
            var fields = grouped.with([
                "head_dim": 64, "kv_lora_rank": .int(latent?.rank ?? 0),
                "qk_rope_head_dim": .int(latent?.rotary ?? 0), "v_head_dim": 128,
            ])
            if family == .longCat {
                fields = fields.without("num_hidden_layers").with([
                    "model_type": "longcat_flash", "num_layers": .int(layers / 2),
                ])
            }
            return family == .kimiVL
                ? ["model_type": "kimi_vl", "text_config": .object(fields)] : fields
        default: return grouped
        }
    }

    /// A list with a kind for each layer, full where `other` is nil.
    private func types(_ other: (Int) -> String?) -> JSONValue {
        .array((0..<layers).map { .string(other($0) ?? "full_attention") })
    }
}

extension [String: JSONValue] {
    func with(_ other: [String: JSONValue]) -> Self { merging(other) { $1 } }

    func without(_ keys: String...) -> Self { filter { !keys.contains($0.key) } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .string(value) }

    public init(integerLiteral value: Int) { self = .int(value) }
}

/// Writes JSON, keys in order.
enum JSONText {
    static func encode(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): "\"\(text)\""
        case .array(let items): "[" + items.map(encode).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { "\"\($0.key)\":\(encode($0.value))" }.joined(separator: ",") + "}"
        }
    }
}
