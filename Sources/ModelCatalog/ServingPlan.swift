import AttentionEngine

/// A model served on GPUs: what each of them holds, and what fits beside the weights.
package struct ServingPlan: Hashable, Sendable {
    let shape: ModelShape
    let load: CacheLoad
    /// T, the GPUs that share out every layer's heads.
    package let gpus: Int
    /// Memory of each GPU; nil where the question is only what each holds.
    package let memory: ByteCount?
    /// How much of that memory may be used, from 0 to 1.
    package let utilization: Double
    /// Memory of each GPU for the cache alone; nil where it is what weights leave.
    package let budget: ByteCount?
    /// What one GPU keeps.
    package let kept: KeptMemory
    /// What this load takes on one GPU, part by part.
    package let sizes: KeptSizes
    /// All of that.
    package var cache: ByteCount { sizes.total }
    /// The layers as one GPU keeps them.
    package var share: LayerStack { kept.stack }

    /// Throws where the GPUs cannot share out the heads, and as sizes do.
    package init(
        shape: ModelShape, load: CacheLoad, gpus: Int = 1, memory: ByteCount? = nil,
        utilization: Double = 1, budget: ByteCount? = nil
    ) throws(SettingError) {
        self.shape = shape
        self.load = load
        self.gpus = gpus
        self.memory = memory
        self.utilization = utilization
        self.budget = budget
        kept = try shape.kept.share(gpus: gpus)
        sizes = try kept.sizes(load)
        let cache = sizes.total
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

    /// What of a GPU's memory may be used; nil without a memory.
    package var usable: ByteCount? {
        memory.map { utilization < 1 ? ByteCount(Int(Double($0.bytes) * utilization)) : $0 }
    }

    /// The memory for the cache: as it was given, or what the weights leave of a GPU's, nothing
    /// where they do not fit; all of it where their size is not known. Nil where neither was given.
    package var room: ByteCount? {
        budget ?? usable.map { ByteCount(max(0, $0.bytes - (weights?.bytes ?? 0))) }
    }

    /// Whether there is any.
    package var hasRoom: Bool { room.map { $0.bytes > 0 } ?? false }

    /// Whether this load's cache fits beside the weights.
    package var fits: Bool? {
        room.map { room in
            cache <= room
                && (budget != nil || (weights?.bytes ?? 0) <= usable?.bytes ?? 0)
        }
    }

    /// The longest context at this batch that fits.
    package var mostTokens: Most? {
        room.map { Most(kept.mostTokens(in: $0, batch: load.batch, format: load.format)) }
    }

    /// The most requests of this length that fit.
    package var mostRequests: Most? {
        room.map { Most(kept.mostRequests(in: $0, tokens: load.tokens, format: load.format)) }
    }

    /// The same, not rounded; nil where a request takes no cache, and without a memory.
    package var requests: Double? {
        guard let room, cache.bytes > 0 else { return nil }
        return Double(room.bytes) / (Double(cache.bytes) / Double(load.batch))
    }

    /// The widest format in which this load fits; nil where none does.
    package var widestFormat: CacheFormat? {
        room.flatMap { kept.widestFormat(in: $0, load: load) }
    }

    /// The largest legal g with which this load fits, 0 where not even one K/V head does; nil for
    /// latents, which have none, and without a memory.
    package var mostKeyValueHeads: Int? {
        guard let room, shape.latent == nil, shape.stack.growingLayers > 0 else { return nil }
        return divisors(of: shape.queryHeads).last { heads in
            guard
                let share = try? shape.kept.with(keyValueHeads: heads).share(gpus: gpus),
                let size = try? share.sizes(load).total
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
