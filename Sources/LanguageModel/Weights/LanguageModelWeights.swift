/// A model's weights: large matrices where they lie, small vectors in 32 bits.
///
///     w  model width   q  n · h   k  g · h   f  feed-forward width   v  vocabulary
package struct LanguageModelWeights: Sendable {
    /// One layer's.
    package struct Layer: Sendable {
        /// [w], before attention.
        package var attentionNorm: [Float]
        /// [q, w], [k, w], [k, w] and [w, q].
        package var query, key, value, attentionOutput: WeightMatrix
        /// [w], before the feed-forward layer.
        package var feedForwardNorm: [Float]
        /// [f, w], [f, w] and [w, f].
        package var gate, up, down: WeightMatrix

        /// All of a layer, not checked yet.
        package init(
            attentionNorm: [Float], query: WeightMatrix, key: WeightMatrix, value: WeightMatrix,
            attentionOutput: WeightMatrix, feedForwardNorm: [Float], gate: WeightMatrix,
            up: WeightMatrix, down: WeightMatrix
        ) {
            self.attentionNorm = attentionNorm
            self.query = query
            self.key = key
            self.value = value
            self.attentionOutput = attentionOutput
            self.feedForwardNorm = feedForwardNorm
            self.gate = gate
            self.up = up
            self.down = down
        }
    }

    /// [v, w], a token's numbers before the first layer.
    package var embedding: WeightMatrix
    /// One by one, from the embedding on.
    package var layers: [Layer]
    /// [w], behind the last layer.
    package var outputNorm: [Float]
    /// [v, w]; the embedding, where a model has no matrix of its own for it.
    package var output: WeightMatrix
    /// What divides the angle of each pair of a head's numbers, as Llama 3.1 has it; nil for none.
    package var rotaryFactors: [Float]?

    /// All of a model; `LanguageModel` checks them against its shape.
    package init(
        embedding: WeightMatrix, layers: [Layer], outputNorm: [Float], output: WeightMatrix,
        rotaryFactors: [Float]? = nil
    ) {
        self.embedding = embedding
        self.layers = layers
        self.outputNorm = outputNorm
        self.output = output
        self.rotaryFactors = rotaryFactors
    }
}
