/// A load on a cache: how long, how many at once, written how.
package struct CacheLoad: Hashable, Sendable {
    /// s, the tokens of each request, 1 or more.
    package let tokens: Int
    /// b, the requests kept at once, 1 or more.
    package let batch: Int
    /// How each cached number is written.
    package let format: CacheFormat

    /// Throws where tokens or batch are below one.
    package init(tokens: Int, batch: Int = 1, format: CacheFormat = .f16) throws(SettingError) {
        try AttentionShape.require(batch, .batch)
        try AttentionShape.require(tokens, .tokens)
        self.tokens = tokens
        self.batch = batch
        self.format = format
    }
}

/// All layers of a model as its cache sees them: the one computation of sizes for the catalogue,
/// for files and for settings, layer by layer where they differ.
package struct LayerStack: Hashable, Sendable {
    /// The layers in their order, neighbours of one kind together.
    package let runs: [LayerRun]

    /// Joins neighbouring runs that keep the same; runs without layers are dropped.
    package init(_ runs: [LayerRun]) {
        var joined: [LayerRun] = []
        for run in runs where run.layers > 0 {
            if let last = joined.last, last.cache == run.cache {
                joined[joined.count - 1] = LayerRun(
                    layers: last.layers + run.layers, cache: run.cache)
            } else {
                joined.append(run)
            }
        }
        self.runs = joined
    }

    /// One layer after the other.
    package init(_ layers: [LayerCache]) {
        self.init(layers.map { LayerRun(layers: 1, cache: $0) })
    }

    /// All layers, those that keep nothing included.
    package var layers: Int { runs.reduce(0) { $0 + $1.layers } }

    /// All layers of a kind together, in the order in which the kinds appear.
    package var groups: [LayerRun] {
        var groups: [LayerRun] = []
        for run in runs {
            if let index = groups.firstIndex(where: { $0.cache == run.cache }) {
                groups[index] = LayerRun(
                    layers: groups[index].layers + run.layers, cache: run.cache)
            } else {
                groups.append(run)
            }
        }
        return groups
    }

    /// How many layers are of a kind.
    package func count(_ kind: LayerCache.Kind) -> Int {
        runs.reduce(0) { $0 + ($1.cache.kind == kind ? $1.layers : 0) }
    }

    /// Layers whose cache grows with the tokens, windows included.
    package var growingLayers: Int {
        runs.reduce(0) { $0 + ($1.cache.entry == nil ? 0 : $1.layers) }
    }

    /// The different entries that layers keep, in order of appearance.
    package var entries: [TokenEntry] {
        var entries: [TokenEntry] = []
        for case let entry? in runs.map(\.cache.entry) where !entries.contains(entry) {
            entries.append(entry)
        }
        return entries
    }

    /// Whether some layers keep fewer tokens than there are, once there are enough.
    package var hasWindows: Bool { runs.contains { $0.cache.limit != nil } }

    /// Numbers that one more token takes over all layers while no window is full.
    package var numbersPerToken: Int {
        runs.reduce(0) { $0 + $1.layers * ($1.cache.entry?.numbers ?? 0) }
    }

    /// The same layers with their entries changed.
    package func mapEntries<Problem: Error>(
        _ change: (TokenEntry) throws(Problem) -> TokenEntry
    ) throws(Problem) -> LayerStack {
        var changed: [LayerRun] = []
        for run in runs {
            changed.append(LayerRun(layers: run.layers, cache: try run.cache.mapEntry(change)))
        }
        return LayerStack(changed)
    }

    /// The same layers, each growing one keeping every token.
    var withoutWindows: LayerStack {
        LayerStack(
            runs.map { run in
                LayerRun(layers: run.layers, cache: run.cache.entry.map { .full($0) } ?? run.cache)
            })
    }

    // MARK: Sizes

    /// What attention needs: windows and chunks keep no more than they look at. Exact; a half byte
    /// at the end counts whole. Throws where the format does not fit or the bits overflow.
    package func needed(_ load: CacheLoad) throws(SettingError) -> ByteCount {
        ByteCount(bits: try bits(load))
    }

    private func bits(_ load: CacheLoad) throws(SettingError) -> Int {
        var sum = 0
        for run in runs {
            guard let entry = run.cache.entry else { continue }
            let kept = min(run.cache.limit ?? load.tokens, load.tokens)
            var product = try load.format.bits(of: entry)
            for factor in [run.layers, kept, load.batch] {
                let (next, overflow) = product.multipliedReportingOverflow(by: factor)
                if overflow { throw .tooLarge }
                product = next
            }
            let (next, overflow) = sum.addingReportingOverflow(product)
            if overflow { throw .tooLarge }
            sum = next
        }
        return sum
    }
}
