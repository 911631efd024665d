/// What a check is asked for, besides the file.
package struct VerificationOptions: Sendable {
    /// Whether a query sees no later token. MLA and decoding are causal without it.
    package var causal = false
    /// Whether the rows of out come from a decoding loop, one a step.
    package var isDecoding = false
    /// Whether the file must hold multi-head latent attention.
    package var isLatent = false
    /// n, where the shapes leave it open.
    package var heads: Int?
    /// The width of an MLA head's key without its rotary part, which the shapes must agree with.
    package var nope: Int?
    /// Tokens that a query sees at the most, its own included.
    package var window: Int?
    /// The base of the rotary angles.
    package var ropeBase = 10_000.0
    /// Which numbers MLA turns together; nil for pairs.
    package var ropeLayout: RotaryLayout?
    /// The factor on scores, where it is another than 1/√h.
    package var scale: Double?
    /// The error allowed, as a part of the size of the values that were averaged.
    package var tolerance = 1e-4

    /// Nothing asked for.
    package init() {}
}

/// Which two numbers of a row a rotary embedding turns together.
package enum RotaryLayout: String, CaseIterable, Hashable, Sendable {
    /// Neighbours, as in the paper and DeepSeek's weights.
    case pairs
    /// Number i and number i + r/2, as in Llama's code.
    case halves

    var other: RotaryLayout { self == .pairs ? .halves : .pairs }
}

/// The sizes of an attention that is checked.
package struct AttentionSizes: Hashable, Sendable {
    /// b; 1 where there is no batch.
    package var batch: Int
    /// n.
    package var queryHeads: Int
    /// g.
    package var keyValueHeads: Int
    /// h, of a query and a key.
    package var keyWidth: Int
    /// Of a value; often h.
    package var valueWidth: Int
    /// s_q.
    package var queryTokens: Int
    /// s_k.
    package var tokens: Int
    /// MLA's own widths.
    package var latent: Latent?

    /// The widths of multi-head latent attention.
    package struct Latent: Hashable, Sendable {
        /// Of a head's key without its rotary part.
        package var nope: Int
        /// Of the rotary key, which all heads share.
        package var rope: Int
        /// Of what is cached of a token.
        package var latent: Int
        /// d, where the file holds the layer's input.
        package var model: Int?
    }

    /// n / g.
    package var groupSize: Int { queryHeads / keyValueHeads }

    /// 1/√h, with all of an MLA head's key.
    var rightFactor: Double { 1 / Double(keyWidth).squareRoot() }

    /// What one row takes, in multiplications; an exponential as much as 16.
    var workOfRow: Double { 64 + Double(tokens) * Double(keyWidth + valueWidth + 16) }

    /// What all rows take, with what makes MLA's keys, values and outputs.
    var work: Double {
        let (n, rows) = (Double(queryHeads), Double(batch) * Double(tokens))
        let ofLatent = latent.map {
            rows * n
                * (Double($0.nope + 2 * valueWidth) * Double($0.latent)
                    + Double(valueWidth) * Double($0.model ?? 0))
        }
        return Double(batch) * n * (4_096 + Double(queryTokens) * workOfRow) + (ofLatent ?? 0)
    }
}
