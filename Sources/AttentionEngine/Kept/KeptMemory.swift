/// All that a model keeps while it serves requests: keys and values, and what stands beside them.
package struct KeptMemory: Hashable, Sendable {
    /// Keys and values, layer by layer.
    package let stack: LayerStack
    /// The index keys of sparse attention; nil without.
    package let indexKeys: IndexKeys?
    /// The states of layers that do not keep tokens; nil without, or where they are not known.
    package let states: FixedStates?
    /// What llama.cpp keeps of a token in place of a latent that it cannot read from this file.
    package let rebuilt: TokenEntry?
    /// Whether llama.cpp reads no window of its family.
    package let hasUnreadWindows: Bool

    /// Keys and values alone, or with what else is kept.
    package init(
        _ stack: LayerStack, indexKeys: IndexKeys? = nil, states: FixedStates? = nil,
        rebuilt: TokenEntry? = nil, hasUnreadWindows: Bool = false
    ) {
        self.stack = stack
        self.indexKeys = indexKeys
        self.states = states
        self.rebuilt = rebuilt
        self.hasUnreadWindows = hasUnreadWindows
    }

    /// Layers whose states are not known and so not counted.
    package var uncountedStates: Int { states == nil ? stack.count(.linear) : 0 }

    /// The bytes of each part under a load. Throws as the sizes do.
    package func sizes(_ load: CacheLoad) throws(SettingError) -> KeptSizes {
        KeptSizes(
            keysAndValues: try stack.needed(load),
            indexKeys: try indexKeys?.size(load) ?? ByteCount(0),
            states: try states?.size(load) ?? ByteCount(0))
    }

    /// What one of several GPUs keeps. Throws where they cannot share out the K/V heads.
    package func share(gpus: Int) throws(SettingError) -> KeptMemory {
        KeptMemory(
            try stack.share(gpus: gpus), indexKeys: indexKeys, states: states?.share(gpus: gpus),
            rebuilt: try rebuilt?.share(gpus: gpus), hasUnreadWindows: hasUnreadWindows)
    }

    /// The same with another number of K/V heads in each layer.
    package func with(keyValueHeads: Int) -> KeptMemory {
        KeptMemory(
            stack.with(keyValueHeads: keyValueHeads), indexKeys: indexKeys, states: states)
    }
}

/// The parts of what is kept.
package struct KeptSizes: Hashable, Sendable {
    /// What attention needs.
    package let keysAndValues: ByteCount
    /// The index keys of sparse attention.
    package let indexKeys: ByteCount
    /// The fixed states.
    package let states: ByteCount

    /// All of them.
    package var total: ByteCount {
        ByteCount(keysAndValues.bytes + indexKeys.bytes + states.bytes)
    }
}

/// What fits into the memory that weights leave, found by halving: what is kept never shrinks when
/// its load grows. Cost: some 50 sizes each.
extension KeptMemory {
    /// The longest context of so many requests; 0 where not even one token fits, nil where any
    /// does, since no layer keeps every token.
    package func mostTokens(in room: ByteCount, batch: Int, format: CacheFormat) -> Int? {
        largestFitting { fits(in: room, tokens: $0, batch: batch, format: format) }
    }

    /// The most requests of so many tokens each; nil where a request takes no cache at all.
    package func mostRequests(in room: ByteCount, tokens: Int, format: CacheFormat) -> Int? {
        largestFitting { fits(in: room, tokens: tokens, batch: $0, format: format) }
    }

    /// Whether a load fits; one that cannot be sized does not.
    private func fits(in room: ByteCount, tokens: Int, batch: Int, format: CacheFormat) -> Bool {
        guard let load = try? CacheLoad(tokens: tokens, batch: batch, format: format),
            let sizes = try? sizes(load)
        else { return false }
        return sizes.total <= room
    }

    /// The widest format in which a load fits, of those that this cache can be written in; among
    /// equals the first of the list. Nil where none is narrow enough.
    package func widestFormat(in room: ByteCount, load: CacheLoad) -> CacheFormat? {
        var best: (format: CacheFormat, size: ByteCount)?
        for format in CacheFormat.allCases where format != .int4 {
            guard let own = try? CacheLoad(tokens: load.tokens, batch: load.batch, format: format),
                let size = try? sizes(own).total, size <= room
            else { continue }
            if size > best?.size ?? ByteCount(-1) { best = (format, size) }
        }
        return best?.format
    }
}

/// The largest number that fits, 0 where not even 1 does; nil beyond what is called unlimited.
func largestFitting(_ fits: (Int) -> Bool) -> Int? {
    // No size below it overflows a search.
    let unlimited = 1 << 50
    guard !fits(unlimited) else { return nil }
    var (low, high) = (0, unlimited)
    while high - low > 1 {
        let middle = low + (high - low) / 2
        if fits(middle) { low = middle } else { high = middle }
    }
    return low
}
