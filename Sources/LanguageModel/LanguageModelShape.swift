import AttentionEngine

/// The dimensions of a model of the Llama kind: RMS norms, rotary keys, grouped-query attention and
/// a gated feed-forward layer (Touvron et al. 2023, arXiv 2302.13971; Ainslie et al. 2023).
package struct LanguageModelShape: Hashable, Sendable {
    /// Layers, one behind the other.
    package let layers: Int
    /// Numbers of a token between layers.
    package let width: Int
    /// Query heads, K/V heads and their width.
    package let attention: AttentionShape
    /// Numbers between the two halves of the feed-forward layer.
    package let feedForwardWidth: Int
    /// Tokens that there are.
    package let vocabulary: Int
    /// Tokens that the model was made for.
    package let context: Int
    /// Of each head's numbers the first so many are turned.
    package let rotaryDimension: Int
    /// Pair i of a head's numbers turns by position / base^(2i / rotaryDimension).
    package let rotaryBase: Float
    /// What is added to the mean square of a norm.
    package let normEpsilon: Float

    /// All of them as they are; throws where one is none.
    package init(
        layers: Int, width: Int, attention: AttentionShape, feedForwardWidth: Int, vocabulary: Int,
        context: Int, rotaryDimension: Int, rotaryBase: Float, normEpsilon: Float
    ) throws(LanguageModelProblem) {
        func check(_ value: Int, _ name: String, _ most: Int) throws(LanguageModelProblem) {
            guard 1...most ~= value else {
                throw LanguageModelProblem("has \(name) of \(value); expected 1 to \(most)")
            }
        }
        try check(layers, "a number of layers", 1_000)
        try check(width, "a width", 65_536)
        try check(attention.queryHeads * attention.headDimension, "a width of all heads", 65_536)
        try check(feedForwardWidth, "a feed-forward width", 1 << 20)
        try check(vocabulary, "a vocabulary", 1 << 22)
        try check(context, "a context", 1 << 24)
        guard rotaryDimension >= 0, rotaryDimension <= attention.headDimension,
            rotaryDimension % 2 == 0
        else {
            throw LanguageModelProblem(
                "rotates \(rotaryDimension) of a head's \(attention.headDimension) numbers, which "
                    + "are not pairs")
        }
        guard rotaryBase.isFinite, rotaryBase > 0, normEpsilon.isFinite, normEpsilon >= 0 else {
            throw LanguageModelProblem("has a rotary base or a norm's epsilon that is not a number")
        }
        self.layers = layers
        self.width = width
        self.attention = attention
        self.feedForwardWidth = feedForwardWidth
        self.vocabulary = vocabulary
        self.context = context
        self.rotaryDimension = rotaryDimension
        self.rotaryBase = rotaryBase
        self.normEpsilon = normEpsilon
    }

    /// Multiplications with weights that a token takes, attention's own left out.
    package var multiplicationsPerToken: Int {
        let attention = 2 * queryWidth + 2 * keyWidth
        return layers * width * (attention + 3 * feedForwardWidth) + vocabulary * width
    }

    /// Numbers of all query heads together.
    var queryWidth: Int { attention.queryHeads * attention.headDimension }
    /// Numbers of all K/V heads' keys, or of their values.
    var keyWidth: Int { attention.keyValueHeads * attention.headDimension }
}
