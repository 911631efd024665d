/// What one layer stores for each token, apart from what it computes with it.
///
/// A library that expands MLA's latent and caches the result has the layout `perHead`, whatever
/// its attention is called.
package enum KVCacheLayout: Hashable, Sendable {
    /// A key and a value of `headDimension` numbers for each K/V head.
    case perHead(keyValueHeads: Int, headDimension: Int)
    /// One latent and one rotary key for all heads: `latentRank + rotaryDimension` numbers, with
    /// no factor 2 and no head count (DeepSeek-V2, arXiv 2405.04434, section 2.1).
    case latent(latentRank: Int, rotaryDimension: Int)

    /// Numbers stored for one token in one layer.
    package var numbersPerToken: Int {
        switch self {
        case .perHead(let keyValueHeads, let headDimension): 2 * keyValueHeads * headDimension
        case .latent(let latentRank, let rotaryDimension): latentRank + rotaryDimension
        }
    }
}

/// Layers that keep only their newest tokens.
package struct WindowedLayers: Hashable, Sendable {
    /// How many of the layers are such.
    package let layers: Int
    /// How many tokens each keeps; it holds min(window, tokens).
    package let window: Int

    /// Both as they are; `CacheSetting` checks them against its layers.
    package init(layers: Int, window: Int) {
        self.layers = layers
        self.window = window
    }
}

/// The widths of multi-head latent attention: c and r.
package struct LatentWidths: Hashable, Sendable {
    /// c, numbers of the latent that keys and values of all heads are rebuilt from.
    package let latentRank: Int
    /// r, numbers of the one rotary key that all heads share; may be 0.
    package let rotaryDimension: Int

    /// Both as they are; `CacheSetting` checks them.
    package init(latentRank: Int, rotaryDimension: Int) {
        self.latentRank = latentRank
        self.rotaryDimension = rotaryDimension
    }
}
