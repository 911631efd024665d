import AttentionEngine

/// How a cache's size comes about, one factor a line, each with the rule that gave it.
package struct Derivation: Hashable, Sendable {
    /// One row: what, how much, and where that is from.
    package struct Line: Hashable, Sendable {
        /// How a row stands to those above it.
        package enum Kind: Hashable, Sendable {
            /// Begins the layers of one kind.
            case heading
            /// The first factor of a product.
            case first
            /// A further factor of the product.
            case factor
            /// What the factors above come to.
            case result
        }

        /// What the row does in its product.
        package let kind: Kind
        /// What is counted, in words.
        package let name: String
        /// Empty for a heading.
        package let value: String
        /// The field or computation that gave the value; empty where there is nothing to say.
        package let rule: String
    }

    /// The rows in reading order, one product after another and their sum at the end.
    package let lines: [Line]

    /// Where the load's numbers come from, in words.
    package struct Rules: Hashable, Sendable {
        var tokens: String
        var batch: String
        /// Where the format comes from: an option, the file, or what is usual.
        package var format: String

        /// The rules of a load's three numbers, each as it will stand in a row.
        package init(tokens: String, batch: String, format: String) {
            self.tokens = tokens
            self.batch = batch
            self.format = format
        }
    }

    /// Derives what attention needs. Throws as the sizes do.
    package init(_ shape: ModelShape, _ load: CacheLoad, rules: Rules) throws(SettingError) {
        var lines: [Line] = []
        let groups = shape.stack.groups
        let growing = groups.filter { $0.cache.entry != nil }
        let isPlain = groups.count == 1 && growing.count == 1
        let one = try CacheLoad(tokens: 1, batch: 1, format: load.format)
        for group in groups {
            guard let entry = group.cache.entry else {
                lines.append(
                    Line(
                        kind: .heading,
                        name: "\(grouped(group.layers)) \(group.cache.kind.longName) layers",
                        value: "", rule: group.cache.kind.keeps(states: shape.states)))
                continue
            }
            if isPlain {
                lines.append(
                    Line(
                        kind: .first, name: "layers", value: grouped(group.layers),
                        rule: shape.rule(.layers)))
            } else {
                lines.append(
                    Line(
                        kind: .heading,
                        name: "\(grouped(group.layers)) \(group.cache.kind.longName) layers",
                        value: "", rule: shape.rule(.layerKinds)))
                lines.append(
                    Line(kind: .first, name: "layers", value: grouped(group.layers), rule: ""))
            }
            lines += Self.factors(of: entry, in: shape, isFull: group.cache.kind == .full)
            lines.append(
                Line(
                    kind: .factor, name: "bytes per number", value: load.format.bytesText,
                    rule: rules.format))
            let stack = LayerStack([group])
            lines.append(
                Line(
                    kind: .result, name: "a token", value: grouped(try stack.needed(one).bytes),
                    rule: "bytes in \(growing.count == 1 ? "all" : "these") layers"))
            lines.append(Self.kept(group.cache, load, shape, rules))
            if growing.count > 1 {
                let own = try CacheLoad(tokens: load.tokens, batch: 1, format: load.format)
                lines.append(
                    Line(
                        kind: .result, name: "these layers",
                        value: grouped(try stack.needed(own).bytes), rule: "bytes a request"))
            }
        }
        if growing.count > 1 {
            let own = try CacheLoad(tokens: load.tokens, batch: 1, format: load.format)
            lines.append(
                Line(
                    kind: .result, name: "a request",
                    value: grouped(try shape.stack.needed(own).bytes), rule: "bytes, all layers"))
        }
        lines.append(
            Line(kind: .factor, name: "batch", value: grouped(load.batch), rule: rules.batch))
        lines.append(
            Line(
                kind: .result, name: "all", value: grouped(try shape.stack.needed(load).bytes),
                rule: "bytes"))
        if let keys = shape.indexKeys { lines += try Self.index(keys, load, rules) }
        if let states = shape.states { lines += try Self.states(states, load, rules) }
        if shape.indexKeys != nil || shape.states != nil {
            lines.append(
                Line(
                    kind: .result, name: "together",
                    value: grouped(try shape.kept.sizes(load).total.bytes), rule: "bytes"))
        }
        self.lines = lines
    }

    /// What layers keep of a sequence, whatever its length.
    private static func states(
        _ states: FixedStates, _ load: CacheLoad, _ rules: Rules
    ) throws(SettingError) -> [Line] {
        [
            Line(
                kind: .heading, name: "\(grouped(states.layers)) layers with a state", value: "",
                rule: "\(states.rule.name), of a sequence of any length"),
            Line(kind: .first, name: "layers", value: grouped(states.layers), rule: ""),
            Line(
                kind: .factor, name: "bytes a state", value: grouped(states.bytesPerSequence),
                rule: states.formula),
            Line(kind: .factor, name: "batch", value: grouped(load.batch), rule: rules.batch),
            Line(
                kind: .result, name: "states", value: grouped(try states.size(load).bytes),
                rule: "bytes"),
        ]
    }

    /// What sparse attention keeps beside.
    private static func index(
        _ keys: IndexKeys, _ load: CacheLoad, _ rules: Rules
    ) throws(SettingError) -> [Line] {
        [
            Line(
                kind: .heading, name: "\(grouped(keys.layers)) layers with index keys", value: "",
                rule: ""),
            Line(kind: .first, name: "layers", value: grouped(keys.layers), rule: ""),
            Line(
                kind: .factor, name: "bytes a token",
                value: grouped(try keys.bytesPerToken(in: load.format)),
                rule: keys.isInCacheFormat
                    ? "of an index key of \(grouped(keys.width)) numbers, in \(load.format.rawValue)"
                    : "of an index key, in any format"),
            Line(kind: .factor, name: "tokens", value: grouped(load.tokens), rule: rules.tokens),
            Line(kind: .factor, name: "batch", value: grouped(load.batch), rule: rules.batch),
            Line(
                kind: .result, name: "index keys", value: grouped(try keys.size(load).bytes),
                rule: "bytes"),
        ]
    }

    private static func factors(
        of entry: TokenEntry, in shape: ModelShape, isFull: Bool
    ) -> [Line] {
        func factor(_ name: String, _ value: Int, _ rule: String) -> Line {
            Line(kind: .factor, name: name, value: grouped(value), rule: rule)
        }
        switch entry {
        case .latent(let widths):
            return [
                factor(
                    "latent + rotary", entry.numbers,
                    "\(widths.latentRank) \(shape.rule(.latent)) + "
                        + "\(widths.rotaryDimension) \(shape.rule(.rotary)); "
                        + "no 2, no heads")
            ]
        case .heads(let count, let keyWidth, let valueWidth):
            // Layers with heads of their own have rules of their own.
            let headRule = isFull ? shape.ownRule(.fullKeyValueHeads) : nil
            let widthRule = isFull ? shape.ownRule(.fullHeadDimension) : nil
            let heads = factor("K/V heads", count, headRule ?? shape.rule(.keyValueHeads))
            if keyWidth == valueWidth {
                return [
                    heads,
                    factor("head width", keyWidth, widthRule ?? shape.rule(.headDimension)),
                    factor("key and value", 2, "each K/V head keeps both"),
                ]
            }
            return [
                heads,
                factor(
                    "key + value", keyWidth + valueWidth,
                    "\(keyWidth) \(shape.rule(.headDimension)) + \(valueWidth) "
                        + shape.rule(.valueDimension)),
            ]
        }
    }

    private static func kept(
        _ cache: LayerCache, _ load: CacheLoad, _ shape: ModelShape, _ rules: Rules
    ) -> Line {
        guard let limit = cache.limit else {
            return Line(
                kind: .factor, name: "tokens", value: grouped(load.tokens), rule: rules.tokens)
        }
        let rule = shape.rule(cache.kind == .chunked ? .chunk : .window)
        return Line(
            kind: .factor, name: "tokens kept", value: grouped(min(limit, load.tokens)),
            rule: "the smaller of \(grouped(limit)) (\(rule)) and \(grouped(load.tokens)) tokens")
    }
}

extension ModelShape {
    /// The rule that gave a value; empty where the value was not resolved.
    package func rule(_ field: ResolvedValue.Field) -> String { ownRule(field) ?? "" }

    fileprivate func ownRule(_ field: ResolvedValue.Field) -> String? {
        resolved.first { $0.field == field }?.rule
    }
}

extension LayerCache.Kind {
    /// The kind as it stands before "layers".
    package var longName: String { self == .none ? "attention-free" : rawValue }

    /// What layers of the kind keep, in words.
    func keeps(states: FixedStates?) -> String {
        switch self {
        case .full: "every token"
        case .window: "the newest tokens"
        case .chunked: "the newest chunk of tokens"
        case .linear: "a state of fixed size, " + (states == nil ? "not counted" : "below")
        case .shared: "nothing: they read another layer's cache"
        case .none: "nothing: they have no attention"
        }
    }
}
