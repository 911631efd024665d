/// A cache spread over several GPUs, each computing some of the heads (Megatron-LM, arXiv
/// 1909.08053, section 3; what serving engines call tensor parallelism).
extension TokenEntry {
    /// What one GPU keeps of a token: g / gpus K/V heads, or one where there are more GPUs than
    /// heads; a latent whole, since it has no heads to split.
    ///
    /// Throws where the GPUs neither divide the K/V heads nor are divided by them.
    package func share(gpus: Int) throws(SettingError) -> TokenEntry {
        if gpus < 1 { throw .tooFewGPUs(gpus) }
        guard let heads = keyValueHeads else { return self }
        guard heads % gpus == 0 || gpus % heads == 0 else {
            throw .gpusDoNotSplit(gpus: gpus, keyValueHeads: heads)
        }
        return with(keyValueHeads: max(1, heads / gpus))
    }

    /// On how many of the GPUs each number is kept.
    package func copies(gpus: Int) -> Int { keyValueHeads.map { max(1, gpus / $0) } ?? gpus }
}

extension LayerStack {
    /// The layers as one of several GPUs keeps them; errors as for an entry's share.
    package func share(gpus: Int) throws(SettingError) -> LayerStack {
        if gpus < 1 { throw .tooFewGPUs(gpus) }
        return try mapEntries { entry throws(SettingError) in try entry.share(gpus: gpus) }
    }

    /// The same layers with another number of K/V heads in each.
    package func with(keyValueHeads: Int) -> LayerStack {
        mapEntries { $0.with(keyValueHeads: keyValueHeads) }
    }
}

/// What fits into the memory that weights leave, found by halving: a cache never shrinks when its
/// load grows. Cost: some 50 sizes each.
extension LayerStack {
    /// Longer contexts than this are called unlimited; no size below it overflows a search.
    private static let unlimited = 1 << 50

    /// The longest context of so many requests; 0 where not even one token fits, nil where any
    /// does, since no layer keeps every token.
    package func mostTokens(
        in room: ByteCount, batch: Int, format: CacheFormat
    ) -> Int? {
        Self.largest { fits(in: room, tokens: $0, batch: batch, format: format) }
    }

    /// The most requests of so many tokens each; nil where a request takes no cache at all.
    package func mostRequests(
        in room: ByteCount, tokens: Int, format: CacheFormat
    ) -> Int? {
        Self.largest { fits(in: room, tokens: tokens, batch: $0, format: format) }
    }

    /// Whether a load fits; one that cannot be sized does not.
    private func fits(in room: ByteCount, tokens: Int, batch: Int, format: CacheFormat) -> Bool {
        guard let load = try? CacheLoad(tokens: tokens, batch: batch, format: format),
            let size = try? needed(load)
        else { return false }
        return size <= room
    }

    /// The widest format in which a load fits, of those that this cache can be written in; among
    /// equals the first of the list. Nil where none is narrow enough.
    package func widestFormat(in room: ByteCount, load: CacheLoad) -> CacheFormat? {
        var best: (format: CacheFormat, size: ByteCount)?
        for format in CacheFormat.allCases where format != .int4 {
            guard let own = try? CacheLoad(tokens: load.tokens, batch: load.batch, format: format),
                let size = try? needed(own), size <= room
            else { continue }
            if size > best?.size ?? ByteCount(-1) { best = (format, size) }
        }
        return best?.format
    }

    private static func largest(_ fits: (Int) -> Bool) -> Int? {
        guard !fits(unlimited) else { return nil }
        var (low, high) = (0, unlimited)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if fits(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
