import AttentionEngine

/// A model of the Llama kind that can be run: its shape and weights that fit each other.
package struct LanguageModel: Sendable {
    /// Its dimensions.
    package let shape: LanguageModelShape
    let weights: LanguageModelWeights

    /// Tokens that are read from an empty cache on where texts are measured: 1,024, or as many as
    /// the model can read.
    package var window: Int { min(1_024, shape.context) }

    /// 1 / (base^(2i / rotaryDimension) · factor i), the angle of each pair for one position.
    let frequencies: [Float]

    /// Throws, and says which, where a matrix or a vector is not of the shape's dimensions.
    package init(
        shape: LanguageModelShape, weights: LanguageModelWeights
    ) throws(LanguageModelProblem) {
        func check(
            _ matrix: WeightMatrix, _ rows: Int, _ columns: Int, _ name: String
        ) throws(LanguageModelProblem) {
            guard matrix.rows == rows, matrix.columns == columns else {
                throw LanguageModelProblem(
                    "has \(name) of \(matrix.rows) x \(matrix.columns) numbers, where its sizes "
                        + "ask for \(rows) x \(columns)")
            }
        }
        func check(
            _ vector: [Float], _ count: Int, _ name: String
        ) throws(LanguageModelProblem) {
            guard vector.count == count else {
                throw LanguageModelProblem(
                    "has \(name) of \(vector.count) numbers, where its sizes ask for \(count)")
            }
        }
        let (w, q, k) = (shape.width, shape.queryWidth, shape.keyWidth)
        try check(weights.embedding, shape.vocabulary, w, "token_embd")
        try check(weights.output, shape.vocabulary, w, "output")
        try check(weights.outputNorm, w, "output_norm")
        guard weights.layers.count == shape.layers else {
            throw LanguageModelProblem(
                "holds \(weights.layers.count) of its \(shape.layers) layers")
        }
        for (index, layer) in weights.layers.enumerated() {
            let name = "blk.\(index)."
            try check(layer.attentionNorm, w, name + "attn_norm")
            try check(layer.query, q, w, name + "attn_q")
            try check(layer.key, k, w, name + "attn_k")
            try check(layer.value, k, w, name + "attn_v")
            try check(layer.attentionOutput, w, q, name + "attn_output")
            try check(layer.feedForwardNorm, w, name + "ffn_norm")
            try check(layer.gate, shape.feedForwardWidth, w, name + "ffn_gate")
            try check(layer.up, shape.feedForwardWidth, w, name + "ffn_up")
            try check(layer.down, w, shape.feedForwardWidth, name + "ffn_down")
        }
        let pairs = shape.rotaryDimension / 2
        if let factors = weights.rotaryFactors {
            try check(factors, pairs, "rope_freqs")
            guard factors.allSatisfy({ $0.isFinite && $0 > 0 }) else {
                throw LanguageModelProblem("has rope_freqs that cannot be divided by")
            }
        }
        self.shape = shape
        self.weights = weights
        frequencies = (0..<pairs).map { pair in
            let exponent = Float(2 * pair) / Float(shape.rotaryDimension)
            return 1 / (power(shape.rotaryBase, exponent) * (weights.rotaryFactors?[pair] ?? 1))
        }
    }
}
