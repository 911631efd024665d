import AttentionEngine

/// What one pass through a model's layers asks of the machine under it: a token written for each
/// text, or each text's prompt read.
///
/// Of memory: all weights once, whatever the batch, and every text's own cache once. Of arithmetic,
/// a multiplication with its addition being two operations: two for each weight and token; for
/// scores and mixing 4nh for each token and each that it meets, whatever g is. A latent is met
/// absorbed where a token is written, 2n(2c + r), and expanded where a prompt is read, 2n(2h + r).
/// What `LatentStep` counts besides, to fold and to rebuild, is here among the weights' work. A
/// prompt's tokens meet those before them and themselves.
package struct PassCost: Hashable, Sendable {
    /// What the pass is for.
    package enum Work: Hashable, Sendable {
        /// One token more for each text.
        case writing
        /// All tokens of each text at once.
        case reading
    }

    /// Bytes of weights that are read; 0 where attention alone is counted.
    package let weightBytes: Double
    /// Bytes of caches that are read.
    package let cacheBytes: Double
    /// Operations of both kinds.
    package let operations: Double
    /// The tokens that the pass is for, of all texts.
    package let tokens: Double

    /// Of a setting. weights: how many there are and what they take; nil counts attention alone.
    package init(
        _ setting: CacheSetting, _ work: Work, weights: (count: Int, size: ByteCount)? = nil
    ) {
        let report = MemoryReport(setting)
        let batch = Double(setting.batch)
        let cache = setting.latent == nil ? report[.gqa] : report[.mla]
        weightBytes = Double(weights?.size.bytes ?? 0)
        cacheBytes = Double(cache?.size.bytes ?? 0)
        tokens = work == .writing ? batch : batch * Double(setting.tokens)
        let met = work == .writing ? Double(setting.tokensKeptOverLayers) : setting.tokensMet
        operations =
            2 * Double(weights?.count ?? 0) * tokens
            + batch * met * setting.operationsForTokenMet(work)
    }

    /// What the machine takes for it, in seconds.
    package func times(at speeds: MachineSpeeds) -> Times {
        Times(
            weights: weightBytes / speeds.bytesPerSecond,
            caches: cacheBytes / speeds.bytesPerSecond,
            computing: operations / speeds.operationsPerSecond)
    }

    /// Seconds that a pass takes; reading and computing run side by side.
    package struct Times: Hashable, Sendable {
        /// To read the weights.
        package let weights: Double
        /// To read the caches.
        package let caches: Double
        /// To compute.
        package let computing: Double

        /// To read both.
        package var reading: Double { weights + caches }
        /// The longer one, which is the pass's own.
        package var whole: Double { max(reading, computing) }
        /// Whether memory is what it waits for.
        package var waitsForMemory: Bool { reading >= computing }
    }
}

extension CacheSetting {
    /// Tokens that a prompt's tokens meet, summed over them and over all layers.
    fileprivate var tokensMet: Double {
        func met(window: Int) -> Double {
            let (own, all) = (Double(min(window, tokens)), Double(tokens))
            return own * (own + 1) / 2 + (all - own) * own
        }
        let narrow = windowed.map { Double($0.layers) * met(window: $0.window) } ?? 0
        return narrow + Double(layers - (windowed?.layers ?? 0)) * met(window: tokens)
    }

    /// Operations of a layer's heads for one token and one that it meets.
    fileprivate func operationsForTokenMet(_ work: PassCost.Work) -> Double {
        let (heads, width) = (Double(queryHeads), Double(headDimension))
        guard let latent else { return 4 * heads * width }
        let (rank, rotary) = (Double(latent.latentRank), Double(latent.rotaryDimension))
        return 2 * heads * (2 * (work == .writing ? rank : width) + rotary)
    }
}
