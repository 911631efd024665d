/// How an attention is computed, right or with mistakes in it.
///
///     weights = normalise(mask(factor * q @ transpose(k)))
///     out     = weights @ v
struct AttentionRule: Hashable {
    /// Which K/V head a query head reads.
    enum Heads: Hashable {
        case grouped, tiled, next, previous
        /// i // g in place of i // (n/g).
        case quotient
        case first, last
        /// Its own, of as many as there are query heads.
        case own
        /// As the list says for each query head.
        case listed([Int])
    }

    /// Which query head's result stands at a head of out.
    enum HeadOrder: Hashable {
        case own
        case listed([Int])
    }

    /// What is made of scores before they weigh values.
    enum Normalisation: Hashable {
        case softmax, none, logarithms, sigmoids, exponentials
        /// Exponentials of what a score is less than the row's largest.
        case lessLargest
        /// A softmax of the weights.
        case twice
    }

    enum Axis: Hashable { case keys, queries, heads, batch, all }

    /// What a cache holds at a place.
    enum Order: Hashable {
        case own
        case newestFirst
        /// What belongs this many places before, around the end.
        case rolled(Int)
        /// The same without what comes around: zeros.
        case shifted(Int)
        /// The first token's; zeros behind it.
        case firstOnly
        /// The newest is missing, so that the one before it is read for it.
        case previousForNewest
        /// The first token's at every place.
        case first
        /// The newest token's at every place.
        case newest
        /// Each token's twice.
        case eachTwice
        /// The first token's twice.
        case firstTwice
        /// Concatenated along the heads and read as [g, tokens].
        case acrossHeads
    }

    /// Slots of zeros that a row sees besides its keys.
    struct EmptySlots: Hashable {
        /// Behind the last row's key; a row before it has one more.
        var behind: Int
        /// How many of them a row sees at the most; nil for all.
        var most: Int?

        func count(_ query: Int, queryTokens: Int) -> Int {
            min(most ?? .max, behind + queryTokens - 1 - query)
        }
    }

    /// How out's rows became what they are without a transpose.
    enum View: Hashable {
        case own
        /// [n, s, h] read as [s, n h].
        case merged
        /// [s, n h] read as [n, s, h].
        case split
    }

    /// What a whole layer does to its merged heads.
    enum Projection: Hashable { case right, missing, transposed }

    /// Which key a cache holds twice, with its value.
    enum Twice: Hashable { case first, newest }

    /// 16 bits inside, and the outputs rounded to what the record has them in.
    struct Rounding: Hashable {
        enum Scores: CaseIterable { case kept, scaled, productAndScaled, product }
        /// Exponentials are rounded where they are divided by their sum after the product with v.
        enum Weights: CaseIterable { case kept, quotients, exponentials }

        var format: FloatFormat
        var scores: Scores
        var weights: Weights
        /// Whether what is too large becomes infinite.
        var overflows = false
    }

    var inputs = InputRule()
    var keyHeads = Heads.grouped
    var valueHeads = Heads.grouped
    var headOrder = HeadOrder.own
    var view = View.own
    /// The factor on q @ transpose(k).
    var factor: Double
    /// Scores go through cap · tanh(score / cap).
    var cap: Double?
    var mask: AttentionMask
    var axis = Axis.keys
    var normalisation = Normalisation.softmax
    /// A score without a value, in every row.
    var sink: Double?
    var emptySlots: EmptySlots?
    var twice: Twice?
    /// Whether each weight is that of the key on the query.
    var isTransposed = false
    /// What weights are multiplied by behind the softmax.
    var factorBehind = 1.0
    var keyOrder = Order.own
    var valueOrder = Order.own
    /// Whether their last row is the last of all, not the query's own as in a loop.
    var ordersAll = false
    /// The format in which exponentials are taken of scores as they are, and become infinite.
    var overflow: FloatFormat?
    /// Which sequence's result stands at a sequence of out; empty where its own.
    var sequences: [Int] = []
    var rounding: Rounding?
    var projection = Projection.right
    /// Whether a whole layer's input is added to its out.
    var addsInput = false

    /// Whether the weights of so many keys are 1, however they are computed.
    func isCertain(over keys: Int) -> Bool {
        keys == 1 && sink == nil && emptySlots == nil && normalisation == .softmax && axis == .keys
    }

    /// The right one.
    init(_ reading: AttentionReading, _ options: VerificationOptions) {
        factor = options.scale ?? reading.sizes.rightFactor
        mask = AttentionMask(
            kind: reading.causal ? .bottomRight : .none, window: options.window,
            there: reading.there)
    }
}

/// Which keys a query sees, and what is done to the others.
struct AttentionMask: Hashable {
    enum Kind: Hashable {
        case none
        /// The last query sees every key.
        case bottomRight
        /// The first query sees the first key only.
        case topLeft
        /// Its own key and those after it.
        case transposed
        /// Those after its own only.
        case inverted
        /// The first key only.
        case first
        /// Its own key only.
        case newest
        /// Of tokens that come so many at a time: those that came with its own, up to its own.
        case chunkAlone(Int)
        /// As many keys, from the first on.
        case chunkInCorner(Int)
        /// All that have come.
        case chunkWhole(Int)
    }

    enum Fill: Hashable {
        case excluded
        /// A score in place of -inf.
        case number(Double)
        /// 1 added to the scores that are seen.
        case onesOnSeen
        /// 1 added to the scores that are not.
        case onesOnOthers
        /// Weights of 0, after the softmax over all.
        case afterSoftmax
        /// Exponentials of 0, before their sum.
        case afterExponent
    }

    /// What a row that sees nothing holds, or one with a key that no row of its softmax sees.
    enum EmptyRow: Hashable { case zeros, notNumbers, mean }

    var kind: Kind
    /// The first tokens, whose queries see what is right.
    var prompt = 0
    /// Keys more than is right; negative for fewer.
    var shift = 0
    var window: Int?
    /// Each sequence's keys that are no padding; empty where all are none.
    var there: [Range<Int>]
    var fill = Fill.excluded
    /// Whether only padding is filled so, and other hidden keys are excluded.
    var fillsPaddingOnly = false
    /// The first keys, which are hidden from all.
    var without = 0
    /// Whether the query's own key is seen even so.
    var keepsOwn = false
    var emptyRow = EmptyRow.zeros

    /// The keys that a sequence's query sees.
    func seen(_ batch: Int, _ query: Int, _ sizes: AttentionSizes) -> Range<Int> {
        let range = withPadding(query, sizes)
        return there.isEmpty ? range : range.clamped(to: there[batch])
    }

    /// The keys of which it makes scores.
    func used(_ batch: Int, _ query: Int, _ sizes: AttentionSizes) -> Range<Int> {
        if fill == .excluded { return seen(batch, query, sizes) }
        return fillsPaddingOnly ? withPadding(query, sizes) : 0..<sizes.tokens
    }

    /// The keys that a query would see if none were padding.
    private func withPadding(_ query: Int, _ sizes: AttentionSizes) -> Range<Int> {
        let tokens = sizes.tokens
        let own = tokens - sizes.queryTokens + query
        func clamped(_ place: Int) -> Int { min(max(0, place), tokens) }
        let (kind, shift) = (0..<prompt).contains(own) ? (.bottomRight, 0) : (kind, shift)
        var range =
            switch kind {
            case .none: 0..<tokens
            case .bottomRight: 0..<clamped(own + 1 + shift)
            case .topLeft: 0..<clamped(query + 1 + shift)
            case .transposed: clamped(own + shift)..<tokens
            case .inverted: clamped(own + 1 + shift)..<tokens
            case .first: 0..<min(1, tokens)
            case .newest: clamped(own)..<clamped(own + 1)
            case .chunkAlone(let size): clamped(own / size * size)..<clamped(own + 1)
            case .chunkInCorner(let size): 0..<clamped(own % size + 1)
            case .chunkWhole(let size): 0..<clamped((own / size + 1) * size)
            }
        if let window {
            let end = kind == .none ? clamped(own + 1) : range.upperBound
            range = min(range.upperBound, max(range.lowerBound, end - window))..<range.upperBound
        }
        guard without > 0 else { return range }
        let first = keepsOwn ? min(without, max(0, own)) : without
        return min(range.upperBound, max(range.lowerBound, first))..<range.upperBound
    }
}

extension AttentionRule.Heads {
    func head(ofQueryHead head: Int, _ sizes: AttentionSizes) -> Int {
        let heads = sizes.keyValueHeads
        let own = head / sizes.groupSize
        return switch self {
        case .grouped: own
        case .tiled: head % heads
        case .next: (own + 1) % heads
        case .previous: (own + heads - 1) % heads
        case .quotient: head / heads % heads
        case .first: 0
        case .own: head
        case .last: heads - 1
        case .listed(let list): list[head]
        }
    }
}
