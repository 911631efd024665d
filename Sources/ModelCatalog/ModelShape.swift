import AttentionEngine

/// A model as its memory sees it, wherever it was found: in the catalogue, in a file, or as a
/// setting. Everything computed about a cache starts here.
package struct ModelShape: Hashable, Sendable {
    /// For people.
    package let name: String
    /// n.
    package let queryHeads: Int
    /// h of a head, for comparing with attention that caches heads; nil where it is not known.
    package let headDimension: Int?
    /// The width of the model, where it is known.
    package let hiddenSize: Int?
    /// What each layer keeps.
    package private(set) var stack: LayerStack
    /// The longest context, in tokens, where it is known.
    package let maximumTokens: Int?
    /// The format its numbers have unless told otherwise, where the source says one.
    package let format: CacheFormat?
    /// What its weights take, where that is known.
    package private(set) var weights: Weights?
    /// The values, each with the rule that gave it.
    package let resolved: [ResolvedValue]
    /// Fallbacks, contradictions and what is not counted: whole sentences.
    package private(set) var remarks: [String]

    /// The name of its family as its file gives it, where the rules of that family are not known:
    /// the sizes are those of a usual model with its fields.
    package let unknownFamily: String?

    /// What its sparse attention keeps beside keys and values, where that is known.
    package let indexKeys: IndexKeys?

    /// What its layers keep of each sequence, however long it is, where that is known.
    package let states: FixedStates?

    /// What llama.cpp keeps of a token in place of a latent that it cannot read from this file.
    package let rebuilt: TokenEntry?

    /// Whether llama.cpp reads no window of its family.
    package let hasUnreadWindows: Bool

    /// A shape of values that were read and resolved already; nothing is checked.
    package init(
        name: String, queryHeads: Int, headDimension: Int?, hiddenSize: Int?, stack: LayerStack,
        maximumTokens: Int?, format: CacheFormat?, weights: Weights?, resolved: [ResolvedValue],
        remarks: [String], unknownFamily: String? = nil, indexKeys: IndexKeys? = nil,
        states: FixedStates? = nil, rebuilt: TokenEntry? = nil, hasUnreadWindows: Bool = false
    ) {
        self.name = name
        self.queryHeads = queryHeads
        self.headDimension = headDimension
        self.hiddenSize = hiddenSize
        self.stack = stack
        self.maximumTokens = maximumTokens
        self.format = format
        self.weights = weights
        self.resolved = resolved
        self.remarks = remarks
        self.unknownFamily = unknownFamily
        self.indexKeys = indexKeys
        self.states = states
        self.rebuilt = rebuilt
        self.hasUnreadWindows = hasUnreadWindows
    }

    /// All that it keeps.
    package var kept: KeptMemory {
        KeptMemory(
            stack, indexKeys: indexKeys, states: states, rebuilt: rebuilt,
            hasUnreadWindows: hasUnreadWindows)
    }

    /// The same model with its weights' size from elsewhere.
    package func with(weights: Weights) -> ModelShape {
        var shape = self
        shape.weights = weights
        return shape
    }

    /// The same model with one more remark.
    package func with(remark: String) -> ModelShape {
        var shape = self
        shape.remarks.append(remark)
        return shape
    }

    /// The same model with other layers.
    package func with(stack: LayerStack) -> ModelShape {
        var shape = self
        shape.stack = stack
        return shape
    }
}

/// What a model's weights take, and how that is known.
package struct Weights: Hashable, Sendable {
    /// Bytes of all weights together.
    package let size: ByteCount
    /// Where the size is from: the tensors' own bytes, or what a file or option says.
    package let rule: String

    /// A size with the rule that gave it.
    package init(size: ByteCount, rule: String) {
        self.size = size
        self.rule = rule
    }
}

/// One value of a model and the rule that gave it: the name of a field, or what was computed.
package struct ResolvedValue: Hashable, Sendable {
    /// What the value is; the raw value is its name in JSON.
    package enum Field: String, Hashable, Sendable {
        /// All layers.
        case layers
        /// n.
        case queryHeads = "query_heads"
        /// g, of all layers or of those that keep less than everything.
        case keyValueHeads = "kv_heads"
        /// h of keys, and of values where nothing else is said.
        case headDimension = "head_dim"
        /// h of values.
        case valueDimension = "value_dim"
        /// c.
        case latent
        /// r.
        case rotary
        /// g of the layers that keep every token, where it is another.
        case fullKeyValueHeads = "full_layer_kv_heads"
        /// h of those layers, where it is another.
        case fullHeadDimension = "full_layer_head_dim"
        /// The heads of the layers with a window, where they are others.
        case windowHeads = "window_layer_heads"
        /// Layers with heads that a file gives one by one.
        case ownLayers = "layers_with_own_heads"
        /// Tokens that a layer with a window keeps.
        case window
        /// Tokens of a chunk, where layers keep chunks.
        case chunk
        /// How many layers keep what.
        case layerKinds = "layer_kinds"
        /// Layers that read what an earlier one keeps.
        case sharedLayers = "shared_layers"
        /// How cached numbers are written.
        case format = "kv_dtype"
        /// The longest context, in tokens.
        case maximumTokens = "max_tokens"
        /// Bytes of the weights.
        case weights

        /// The name in words.
        var name: String {
            switch self {
            case .layers: "layers"
            case .queryHeads: "query heads"
            case .keyValueHeads: "K/V heads"
            case .headDimension: "head width"
            case .valueDimension: "value width"
            case .latent: "latent width"
            case .rotary: "rotary width"
            case .fullKeyValueHeads: "K/V heads, full layers"
            case .fullHeadDimension: "head width, full layers"
            case .windowHeads: "heads, window layers"
            case .ownLayers: "layers of their own"
            case .window: "window"
            case .chunk: "chunk"
            case .layerKinds: "kinds of layer"
            case .sharedLayers: "layers that share"
            case .format: "number format"
            case .maximumTokens: "longest context"
            case .weights: "weights"
            }
        }
    }

    /// A value as it is printed: JSON has numbers and texts.
    package enum Value: Hashable, Sendable {
        /// A count, or a size in bytes.
        case number(Int)
        /// Words, as of kinds of layer or a format.
        case text(String)
    }

    /// What the value is.
    package let field: Field
    /// How much, or which.
    package let value: Value
    /// The name of the field it was read from, or how it was computed.
    package let rule: String

    /// A value of either kind.
    package init(_ field: Field, _ value: Value, _ rule: String) {
        self.field = field
        self.value = value
        self.rule = rule
    }

    /// The same for a number.
    package init(_ field: Field, _ number: Int, _ rule: String) {
        self.init(field, .number(number), rule)
    }
}

extension ModelShape {
    /// How its heads share keys and values.
    package var attention: AttentionVariant {
        let heads = stack.entries.compactMap(\.keyValueHeads)
        if heads.count < stack.entries.count { return .mla }
        if heads.allSatisfy({ $0 == queryHeads }) { return .mha }
        return heads.allSatisfy { $0 == 1 } ? .mqa : .gqa
    }

    /// "GQA"; "GQA+window" where layers keep a window or chunk; else "GQA+linear" where some keep
    /// a fixed state.
    package var kind: String {
        attention.shortName
            + (stack.hasWindows ? "+window" : stack.count(.linear) > 0 ? "+linear" : "")
    }

    /// The K/V heads of its layers; nil where they differ or a latent stands for them.
    package var keyValueHeads: Int? {
        stack.entries.count == 1 ? stack.entries[0].keyValueHeads : nil
    }

    /// c and r, where latents are kept.
    package var latent: LatentWidths? {
        for case .latent(let widths) in stack.entries { return widths }
        return nil
    }
}
