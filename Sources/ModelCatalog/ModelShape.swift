import AttentionEngine

/// A model as its memory sees it, wherever it was found: in the catalogue, in a file, or as a
/// setting. Everything computed about a cache starts here.
public struct ModelShape: Hashable, Sendable {
    /// For people.
    public let name: String
    /// n.
    public let queryHeads: Int
    /// h of a head, for comparing with attention that caches heads; nil where it is not known.
    public let headDimension: Int?
    /// The width of the model, where it is known.
    public let hiddenSize: Int?
    /// What each layer keeps.
    public let stack: LayerStack
    /// The longest context, in tokens, where it is known.
    public let maximumTokens: Int?
    /// The format its numbers have unless told otherwise, where the source says one.
    public let format: CacheFormat?
    /// What its weights take, where that is known.
    public let weights: Weights?
    /// The values, each with the rule that gave it.
    public let resolved: [ResolvedValue]
    /// Fallbacks, contradictions and what is not counted: whole sentences.
    public let remarks: [String]

    public init(
        name: String, queryHeads: Int, headDimension: Int?, hiddenSize: Int?, stack: LayerStack,
        maximumTokens: Int?, format: CacheFormat?, weights: Weights?, resolved: [ResolvedValue],
        remarks: [String]
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
    }

    /// The same model with its weights' size from elsewhere.
    public func with(weights: Weights) -> ModelShape {
        ModelShape(
            name: name, queryHeads: queryHeads, headDimension: headDimension,
            hiddenSize: hiddenSize, stack: stack, maximumTokens: maximumTokens, format: format,
            weights: weights, resolved: resolved, remarks: remarks)
    }
}

/// What a model's weights take, and how that is known.
public struct Weights: Hashable, Sendable {
    public let size: ByteCount
    public let rule: String

    public init(size: ByteCount, rule: String) {
        self.size = size
        self.rule = rule
    }
}

/// One value of a model and the rule that gave it: the name of a field, or what was computed.
public struct ResolvedValue: Hashable, Sendable {
    /// What the value is; the raw value is its name in JSON.
    public enum Field: String, Hashable, Sendable {
        case layers
        case queryHeads = "query_heads"
        case keyValueHeads = "kv_heads"
        case headDimension = "head_dim"
        case valueDimension = "value_dim"
        case latent
        case rotary
        case fullKeyValueHeads = "full_layer_kv_heads"
        case fullHeadDimension = "full_layer_head_dim"
        case window
        case chunk
        case layerKinds = "layer_kinds"
        case sharedLayers = "shared_layers"
        case format = "kv_dtype"
        case maximumTokens = "max_tokens"
        case weights

        /// The name in words.
        public var name: String {
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

    public enum Value: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    public let field: Field
    public let value: Value
    public let rule: String

    public init(_ field: Field, _ value: Value, _ rule: String) {
        self.field = field
        self.value = value
        self.rule = rule
    }

    public init(_ field: Field, _ number: Int, _ rule: String) {
        self.init(field, .number(number), rule)
    }
}

extension ModelShape {
    /// How its heads share keys and values.
    public var attention: AttentionVariant {
        let heads = stack.entries.compactMap(\.keyValueHeads)
        if heads.count < stack.entries.count { return .mla }
        if heads.allSatisfy({ $0 == queryHeads }) { return .mha }
        return heads.allSatisfy { $0 == 1 } ? .mqa : .gqa
    }

    /// "GQA"; "GQA+window" where layers keep a window or chunk; else "GQA+linear" where some keep
    /// a fixed state.
    public var kind: String {
        attention.shortName
            + (stack.hasWindows ? "+window" : stack.count(.linear) > 0 ? "+linear" : "")
    }

    /// The K/V heads of its layers; nil where they differ or a latent stands for them.
    public var keyValueHeads: Int? {
        stack.entries.count == 1 ? stack.entries[0].keyValueHeads : nil
    }

    /// c and r, where latents are kept.
    public var latent: LatentWidths? {
        for case .latent(let widths) in stack.entries { return widths }
        return nil
    }
}

/// Why no single setting of the memory engine describes a model.
public enum NoSetting: Hashable, Sendable, CustomStringConvertible {
    /// Not all layers keep the same of a token.
    case layersOfTwoShapes
    /// No source gives the head width, so MHA and GQA with its heads cannot be sized.
    case headDimensionUnknown
    /// Windows of more than one size.
    case windowsOfTwoSizes
    /// Keys are wider than values, or the other way round.
    case keysAndValuesDiffer
    /// No layer keeps keys and values.
    case nothingCached

    public var description: String {
        switch self {
        case .layersOfTwoShapes: "its layers do not all have the same K/V heads"
        case .headDimensionUnknown: "its head width is not published"
        case .windowsOfTwoSizes: "its windows have more than one size"
        case .keysAndValuesDiffer: "its keys and values differ in width"
        case .nothingCached: "none of its layers keeps keys and values"
        }
    }
}

extension ModelShape {
    /// Why `setting` gives nil; nil where it gives a setting.
    public var noSetting: NoSetting? {
        guard let entry = stack.entries.first else { return .nothingCached }
        if stack.entries.count > 1 { return .layersOfTwoShapes }
        if headDimension == nil { return .headDimensionUnknown }
        if case .heads(_, let keyWidth, let valueWidth) = entry, keyWidth != valueWidth {
            return .keysAndValuesDiffer
        }
        return Set(stack.runs.compactMap(\.cache.limit)).count > 1 ? .windowsOfTwoSizes : nil
    }

    /// The model as a setting of the memory engine, or nil where `noSetting` says why there is none.
    ///
    /// Its layers are those that grow with the tokens; with latent attention g is n, since every
    /// query head gets its own K and V from the latent.
    /// Throws where tokens or batch are below one, or where MHA's cache would overflow.
    public func setting(
        tokens: Int, batch: Int = 1, numberWidth: NumberWidth = .bits16
    ) throws(SettingError) -> CacheSetting? {
        guard noSetting == nil, let headDimension else { return nil }
        let limited = stack.groups.filter { $0.cache.limit != nil }
        return try CacheSetting(
            layers: stack.growingLayers, batch: batch,
            shape: AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads ?? queryHeads,
                headDimension: headDimension),
            tokens: tokens, numberWidth: numberWidth, latent: latent,
            windowed: limited.first.map { first in
                WindowedLayers(
                    layers: limited.reduce(0) { $0 + $1.layers }, window: first.cache.limit ?? 0)
            })
    }

    /// A setting as a model: the variant it names is MLA where it has a latent.
    public init(_ setting: CacheSetting, name: String) {
        let entry: TokenEntry =
            setting.latent.map { .latent($0) }
            ?? .heads(setting.keyValueHeads, setting.headDimension)
        let rule = "setting"
        var values = [
            ResolvedValue(.layers, setting.layers, rule),
            ResolvedValue(.queryHeads, setting.queryHeads, rule),
        ]
        if let latent = setting.latent {
            values.append(ResolvedValue(.latent, latent.latentRank, rule))
            values.append(ResolvedValue(.rotary, latent.rotaryDimension, rule))
        } else {
            values.append(ResolvedValue(.keyValueHeads, setting.keyValueHeads, rule))
            values.append(ResolvedValue(.headDimension, setting.headDimension, rule))
        }
        var runs: [LayerRun] = []
        if let windowed = setting.windowed {
            values.append(ResolvedValue(.window, windowed.window, rule))
            runs.append(
                LayerRun(
                    layers: windowed.layers, cache: .window(entry, tokens: windowed.window)))
        }
        runs.append(
            LayerRun(
                layers: setting.layers - (setting.windowed?.layers ?? 0), cache: .full(entry)))
        self.init(
            name: name, queryHeads: setting.queryHeads, headDimension: setting.headDimension,
            hiddenSize: nil, stack: LayerStack(runs), maximumTokens: nil,
            format: CacheFormat(setting.numberWidth), weights: nil, resolved: values, remarks: [])
    }
}

extension ModelShape {
    /// The same layers with each way to share: MHA, GQA with the shape's own g, MQA, and MLA where
    /// it has a latent. Only its own way where `noSetting` says why no other can be sized.
    public var variants: [(variant: AttentionVariant, stack: LayerStack)] {
        guard noSetting == nil, let headDimension else { return [(attention, stack)] }
        func heads(_ count: Int) -> LayerStack {
            stack.mapEntries { _ in .heads(count, headDimension) }
        }
        var variants: [(variant: AttentionVariant, stack: LayerStack)] = [
            (.mha, heads(queryHeads)), (.gqa, heads(keyValueHeads ?? queryHeads)), (.mqa, heads(1)),
        ]
        if latent != nil { variants.append((.mla, stack)) }
        return variants
    }
}
