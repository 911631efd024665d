/// How an attention is computed, right or with mistakes in it.
///
///     weights = softmax over `axis` of mask(scale * q @ transpose(k))
///     out     = weights @ v
struct AttentionRule: Hashable {
    /// Which K/V head a query head reads.
    enum Heads: Hashable { case grouped, tiled, next, previous }

    enum Scale: Hashable { case rootOfWidth, none, width, rootOfModelWidth }

    enum Mask: Hashable {
        case none
        /// The last query sees every key.
        case bottomRight
        /// The first query sees the first key only.
        case topLeft
    }

    enum Axis: Hashable { case keys, queries, heads, none }

    /// 16 bits inside, and the outputs rounded to what the record has them in.
    struct Rounding: Hashable {
        enum Scores: CaseIterable { case kept, scaled, productAndScaled }
        /// Exponentials are rounded where they are divided by their sum after the product with v.
        enum Weights: CaseIterable { case kept, quotients, exponentials }

        var format: FloatFormat
        var scores: Scores
        var weights: Weights
    }

    var keyHeads = Heads.grouped
    var valueHeads = Heads.grouped
    var scale = Scale.rootOfWidth
    var mask: Mask
    var axis = Axis.keys
    var isSwapped = false
    var rounding: Rounding?

    /// The right one.
    init(causal: Bool) { mask = causal ? .bottomRight : .none }

    /// The factor on q @ transpose(k).
    func factor(_ shape: AttentionShape) -> Double {
        let width = Double(shape.headDimension)
        return switch scale {
        case .rootOfWidth: 1 / width.squareRoot()
        case .none: 1
        case .width: 1 / width
        case .rootOfModelWidth: 1 / (Double(shape.queryHeads) * width).squareRoot()
        }
    }

    /// Keys that a query sees, from the first on.
    func visible(_ query: Int, queryTokens: Int, tokens: Int) -> Int {
        switch mask {
        case .none: tokens
        case .bottomRight: max(0, tokens - queryTokens + query + 1)
        case .topLeft: min(tokens, query + 1)
        }
    }

    /// The same rule written in one way only, where several ways come to the same for a record's
    /// sizes.
    func canonical(_ record: AttentionRecord) -> AttentionRule {
        let shape = record.shape
        var rule = self
        rule.keyHeads = keyHeads.canonical(shape)
        rule.valueHeads = valueHeads.canonical(shape)
        let same: [Scale] = [.rootOfWidth, .none, .width, .rootOfModelWidth]
        rule.scale =
            same.first {
                var other = self
                other.scale = $0
                return other.factor(shape) == factor(shape)
            } ?? scale
        if mask == .topLeft, record.queryTokens == record.tokens { rule.mask = .bottomRight }
        if rule.mask == .bottomRight, record.queryTokens == 1 { rule.mask = .none }
        if rule.mask == .topLeft, record.tokens == 1 { rule.mask = .none }
        return rule
    }
}

extension AttentionRule.Heads {
    func head(ofQueryHead queryHead: Int, _ shape: AttentionShape) -> Int {
        let (own, heads) = (shape.keyValueHead(ofQueryHead: queryHead), shape.keyValueHeads)
        return switch self {
        case .grouped: own
        case .tiled: shape.tiledKeyValueHead(ofQueryHead: queryHead)
        case .next: (own + 1) % heads
        case .previous: (own + heads - 1) % heads
        }
    }

    fileprivate func canonical(_ shape: AttentionShape) -> Self {
        let heads = shape.keyValueHeads
        if heads == 1 || self == .tiled && heads == shape.queryHeads { return .grouped }
        return self == .previous && heads == 2 ? .next : self
    }
}
