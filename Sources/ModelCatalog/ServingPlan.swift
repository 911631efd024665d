import AttentionEngine

/// A model served on GPUs: what each of them holds, and what fits beside the weights.
package struct ServingPlan: Hashable, Sendable {
    let shape: ModelShape
    let load: CacheLoad
    /// T, the GPUs that share out every layer's heads.
    package let gpus: Int
    /// Memory of each GPU; nil where the question is only what each holds.
    package let memory: ByteCount?
    /// The layers as one GPU keeps them.
    package let share: LayerStack
    /// This load's cache on one GPU.
    package let cache: ByteCount

    /// Throws where the GPUs cannot share out the heads, and as sizes do.
    package init(
        shape: ModelShape, load: CacheLoad, gpus: Int = 1, memory: ByteCount? = nil
    ) throws(SettingError) {
        self.shape = shape
        self.load = load
        self.gpus = gpus
        self.memory = memory
        share = try shape.stack.share(gpus: gpus)
        cache = try share.needed(load)
        // What all of them hold is shown too.
        if cache.bytes.multipliedReportingOverflow(by: gpus).overflow { throw .tooLarge }
    }

    /// The cache on all GPUs, copies included.
    package var allCaches: ByteCount { ByteCount(cache.bytes * gpus) }

    /// On how many GPUs the least split layer is kept: 1 where every number is kept once.
    package var copies: Int { shape.stack.entries.map { $0.copies(gpus: gpus) }.max() ?? 1 }

    /// One GPU's part of the weights, which split evenly; nil where their size is not known.
    package var weights: ByteCount? {
        shape.weights.map { ByteCount(($0.size.bytes + gpus - 1) / gpus) }
    }

    /// What the weights leave of a GPU's memory, nothing where they do not fit; all of it where
    /// their size is not known. Nil without a memory.
    package var room: ByteCount? {
        memory.map { ByteCount(max(0, $0.bytes - (weights?.bytes ?? 0))) }
    }

    /// Whether this load's cache fits beside the weights.
    package var fits: Bool? {
        room.map { cache <= $0 && (weights?.bytes ?? 0) <= memory?.bytes ?? 0 }
    }

    /// The longest context at this batch that fits.
    package var mostTokens: Most? {
        room.map { Most(share.mostTokens(in: $0, batch: load.batch, format: load.format)) }
    }

    /// The most requests of this length that fit.
    package var mostRequests: Most? {
        room.map { Most(share.mostRequests(in: $0, tokens: load.tokens, format: load.format)) }
    }

    /// The widest format in which this load fits; nil where none does.
    package var widestFormat: CacheFormat? {
        room.flatMap { share.widestFormat(in: $0, load: load) }
    }

    /// The largest legal g with which this load fits, 0 where not even one K/V head does; nil for
    /// latents, which have none, and without a memory.
    package var mostKeyValueHeads: Int? {
        guard let room, shape.latent == nil, shape.stack.growingLayers > 0 else { return nil }
        return divisors(of: shape.queryHeads).last { heads in
            guard
                let share = try? shape.stack.with(keyValueHeads: heads).share(gpus: gpus),
                let size = try? share.needed(load)
            else { return false }
            return size <= room
        } ?? 0
    }

    /// The most of something that fits.
    package enum Most: Hashable, Sendable {
        /// So many, 0 where none fits.
        case number(Int)
        /// The cache stops growing before the memory is full.
        case unlimited

        init(_ number: Int?) { self = number.map { .number($0) } ?? .unlimited }
    }
}
