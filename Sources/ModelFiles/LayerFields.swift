import AttentionEngine

/// A field of a config by which it says which layers keep what: a row of `common`, or one of a
/// family's own.
struct LayerField {
    /// Its name, with that of the object around it: "linear_attn_config.full_attn_layers".
    let key: String
    /// How it says it.
    let form: Form
    /// A flag without which it counts for nothing.
    var flag: String?

    /// How a field says what layers keep.
    enum Form {
        /// A name for each layer, of `LayerField.names`.
        case names
        /// A letter for each layer.
        case letters([Character: LayerCache.Kind])
        /// 1 or 0 for each layer.
        case flags(LayerCache.Kind, else: LayerCache.Kind)
        /// The numbers of some layers, counted from 0 or 1.
        case numbers(from: Int, LayerCache.Kind, else: LayerCache.Kind)
        /// A period: one layer in every so many is full.
        case period(Place, else: LayerCache.Kind)
        /// The same, or letters that repeat: L and G for full.
        case windowPattern
        /// A list that repeats: the window of a layer, or null where it keeps every token. A number
        /// says nothing of which layers keep it.
        case windows
        /// How many layers at the beginning are full.
        case first(else: LayerCache.Kind)
    }

    /// Which layer of a period is the full one.
    enum Place {
        case first, middle, last
        /// The last, and all of a period that the layers do not fill.
        case lastOrRest
        /// The one whose number a further field gives.
        case field(String)
    }

    init(_ key: String, _ form: Form, flag: String? = nil) {
        self.key = key
        self.form = form
        self.flag = flag
    }

    /// What these mean in the files of every family, in the order in which they count.
    static let common = [
        LayerField("layer_types", .names), LayerField("layers_block_type", .names),
        LayerField("attention_layers", .names),
        LayerField("attn_type_list", .flags(.full, else: .linear)),
        LayerField("full_attn_idxs", .numbers(from: 0, .full, else: .linear)),
        LayerField("attn_layer_indices", .numbers(from: 0, .full, else: .linear)),
        // Nemotron-H.
        LayerField(
            "hybrid_override_pattern", .letters(["*": .full, "M": .linear, "-": .none, "E": .none])),
        LayerField("full_attention_interval", .period(.last, else: .linear)),
        LayerField("attn_layer_period", .period(.field("attn_layer_offset"), else: .linear)),
        LayerField("sliding_window_pattern", .windowPattern),
        LayerField("_sliding_window_pattern", .windowPattern),
        // As vLLM reads Mistral's files: `_remap_mistral_sliding_window`.
        LayerField("sliding_window", .windows), LayerField("_sliding_window", .windows),
    ]

    /// The names that lists of layers use.
    static let names: [String: LayerCache.Kind] = [
        "full_attention": .full, "attention": .full, "global": .full, "hybrid": .full,
        "deepseek_sparse_attention": .full, "indexed_attention": .full, "minimax_m3_sparse": .full,
        "sliding_attention": .window, "hybrid_sliding": .window, "local": .window,
        "chunked_attention": .chunked, "linear_attention": .linear, "mamba": .linear,
        "mamba2": .linear, "conv": .linear, "recurrent": .linear, "moe": .none, "mlp": .none,
    ]

    /// Fields that no reader understands yet, whatever the family: they change what layers keep.
    static let refused = [
        "compress_ratios", "cross_attention_layers", "block_types", "_block_types",
        "block_overrides", "attn",
    ]

    /// Words in the name of a field, between low lines and points, that say that it changes what
    /// layers keep: where the family is not known, such a field is refused if nothing reads it.
    static let decisiveWords = searched([
        "swa", "sliding", "window", "chunk", "cla", "mamba", "ssm", "kda", "hybrid", "recurrent",
        "sparse_attention", "linear_attn", "linear_attention", "layer_group", "per_layer_config",
        "global_attn", "attn_every", "full_attn", "kv_shared", "shared_kv", "layers_block_type",
        "local_layer", "compress", "compression", "indexer", "mixer", "attn_types",
        "attention_types",
    ])

    /// Those of them that say how wide the heads of some layers are.
    static let widthWords = searched(["swa", "cla", "per_layer_config", "compress", "compression"])

    /// Those of them that mean something else, or nothing, in no known family whose layers all keep
    /// the same.
    static let foreignWords = searched([
        "swa", "cla", "attention_chunk", "layer_group", "per_layer_config", "global_attn",
        "interleaved_sliding", "attn_types", "attention_types", "window_size",
    ])

    private static let underscore = UInt8(ascii: "_")

    private static func searched(_ words: [String]) -> [[UInt8]] {
        words.map { [underscore] + Array($0.utf8) + [underscore] }
    }

    /// Whether a field's name has one of these words. Bytes are compared: the last character of a
    /// name may take what follows into its own.
    static func isDecisive(_ name: String, _ words: [[UInt8]] = decisiveWords) -> Bool {
        guard name.utf8.count <= 200 else { return false }
        let bytes =
            [underscore] + name.utf8.map { $0 == UInt8(ascii: ".") ? underscore : $0 }
            + [underscore]
        return words.contains { searched in
            guard searched.count <= bytes.count else { return false }
            return (0...bytes.count - searched.count).contains { start in
                bytes[start] == underscore && bytes[start...].starts(with: searched)
            }
        }
    }
}
