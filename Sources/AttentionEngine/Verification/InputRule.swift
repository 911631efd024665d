/// How queries, keys and values are made of what a file holds.
struct InputRule: Hashable {
    /// Which sequence's rows each sequence reads; empty where its own.
    typealias Sequences = [Int]

    /// How often a row is turned by its position.
    struct Turn: Hashable {
        var layout: RotaryLayout
        var times = 1
    }

    var isSwapped = false
    var averagesWhatIsCompared = false
    /// Whether keys and values were made as many as queries along the tokens.
    var repeatsTokens = false
    var splitsQueries = false
    var splitsKeys = false
    var splitsValues = false
    var queriesOf: Sequences = []
    var keysOf: Sequences = []
    var valuesOf: Sequences = []
    /// Whether all sequences read the mean of their keys and values.
    var averagesBatch = false
    var averagesKeys = false
    var averagesValues = false
    var queryTurn: Turn?
    var keyTurn: Turn?
    var valueTurn: Turn?
    var latent = LatentRule()
}

/// The same of multi-head latent attention.
struct LatentRule: Hashable {
    enum Norm: Hashable {
        case right, missing, withRotaryKey
        case withoutGain, gainPlusOne, layerNorm
        /// Divided by the length, not by the root of the mean square.
        case byLength
        /// Norm and gain, or the gain alone.
        case twice, gainTwice
        /// Divided by the mean square, or by its fourth root.
        case withoutRoot, rootTwice
        /// Of all tokens together.
        case overTokens
        case epsilon(Double)
    }
    /// How the rows of kv_b_proj are dealt out.
    enum Order: Hashable { case eachHead, allKeysFirst, allValuesFirst, valuesFirst, headsInside }

    /// How a side's rotary numbers are turned.
    struct Turn: Hashable {
        var times = 1
        /// Positions too far.
        var shift = 0
        /// Whether every token is turned by the last one's position.
        var isAtLast = false
        var isInOtherLayout = false
        /// In place of the right one.
        var base: Double?
        var signs = Rotary.Signs.right
    }

    /// What a query's row of all heads is read as, in place of each head's h, then its r numbers.
    enum Blocks { case nopeFirst, ropeFirst }

    var splitsQueryAtWrongEnd = false
    var queryBlocks: Blocks?
    var splitsLatentAtWrongEnd = false
    /// Whether [t, n w] was read as [n, t, w].
    var splitsQueries = false
    var splitsKeysAndValues = false
    var norm = Norm.right
    var queryNorm = Norm.right
    var order = Order.eachHead
    var queryTurn = Turn()
    var keyTurn = Turn()
    var turnsWhole = false
    var turnsLatent = false
    var turnsLatentBeforeNorm = false
    /// Whether keys, or values, are made of the latent before its norm.
    var keysSkipNorm = false
    var valuesSkipNorm = false
    /// Whether all heads have the first one's queries: the rotary part, or the rest.
    var sharesRotaryQuery = false
    var sharesQuery = false
    var valuesAreKeys = false
    var turnsValues = false
    var usesRotaryKey = true
    var normsRotaryKey = false
    /// Factors on each part's scores, besides the scale.
    var factorOfNope = 1.0
    var factorOfRope = 1.0
    /// Whether the latent itself is averaged.
    var forgetsValueWeights = false
    /// Whether only as many of its numbers as a value has.
    var cutsLatent = false

    /// What keys and values without positions depend on.
    var ofLatent: LatentRule {
        var rule = LatentRule()
        (rule.splitsLatentAtWrongEnd, rule.norm, rule.order) = (
            splitsLatentAtWrongEnd, norm, order
        )
        (rule.turnsLatent, rule.normsRotaryKey) = (turnsLatent, normsRotaryKey)
        rule.turnsLatentBeforeNorm = turnsLatentBeforeNorm
        (rule.keysSkipNorm, rule.valuesSkipNorm) = (keysSkipNorm, valuesSkipNorm)
        (rule.forgetsValueWeights, rule.cutsLatent) = (forgetsValueWeights, cutsLatent)
        return rule
    }
}
