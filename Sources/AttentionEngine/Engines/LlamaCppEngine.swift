/// llama.cpp: cells for the whole context, reserved when it starts.
///
/// A sequence's context is padded to 256 cells (llama-context.cpp). Layers with a window, or a
/// chunk, have a cache of their own of window + ubatch cells, padded likewise
/// (llama-kv-cache-iswa.cpp @02c28f53); an ubatch is no larger than a batch, 2,048 tokens unless
/// --batch-size is given (llama-context.cpp). Where all layers have a window, or the family's is
/// not read, it keeps every token (llama-model.cpp). The recurrent memory is in single precision
/// (llama-memory-recurrent.cpp, llama-hparams.cpp n_embd_r and n_embd_s), the indexer's keys are in
/// the cache's format (llama-kv-cache-dsa.cpp).
extension ServingEngine {
    static let llamaCpp = ServingEngine(
        name: "llama.cpp", title: "llama.cpp", options: [ubatch, fullWindows, unified],
        formats: [.f32, .f16, .bf16, .q8, .q5Offset, .q5, .q4Offset, .q4], inherited: [],
        source: "ggml-org/llama.cpp src/llama-kv-cache-iswa.cpp @02c28f53",
        onSeveralGPUs: "llama.cpp shares out layers, not heads, unless -sm row or tensor is given."
    ) { demand throws(SettingError) in try LlamaCppCaches(demand).plan }

    private static let ubatch = EngineOption(
        "ubatch-size", .number(512), "tokens read at once, for which window layers have room")
    private static let fullWindows = EngineOption(
        "swa-full", .off, "window layers keep every token")
    private static let unified = EngineOption(
        "kv-unified", .off, "all sequences share the cells")

    /// The caches of one context.
    private struct LlamaCppCaches {
        let demand: EngineDemand
        /// The layers as it keeps them.
        let stack: LayerStack
        let hasWindows: Bool

        init(_ demand: EngineDemand) {
            self.demand = demand
            let rebuilt = demand.kept.rebuilt
            let own = demand.kept.stack.mapEntries { entry in
                if case .latent = entry { rebuilt ?? entry } else { entry }
            }
            let growing = own.runs.filter { $0.cache.entry != nil }
            let hasWindows =
                !demand.kept.hasUnreadWindows
                && growing.contains { $0.cache.limit != nil }
                && growing.contains { $0.cache.limit == nil }
            self.hasWindows = hasWindows
            stack = LayerStack(
                own.runs.map { run in
                    guard !hasWindows, run.cache.limit != nil, let entry = run.cache.entry else {
                        return run
                    }
                    return LayerRun(layers: run.layers, cache: .full(entry))
                })
        }

        /// One cache with its cells.
        private struct Cache {
            let title: String
            let what: String
            let layers: Int
            let cells: Int
            let size: ByteCount
        }

        // MARK: Cells

        /// The cells of a context, and of a window of so many tokens, of all sequences.
        private func cells(_ load: CacheLoad, window: Int?) -> Int {
            let settings = demand.settings
            let isUnified = settings[flag: unified]
            let (streams, sequences) = isUnified ? (1, load.batch) : (load.batch, 1)
            let all = (load.tokens * sequences).padded(to: 256)
            guard let window, hasWindows, !settings[flag: fullWindows], window < all / sequences
            else { return all * streams }
            return min(all, window * sequences + readAtOnce).padded(to: 256) * streams
        }

        /// Tokens of an ubatch, which a batch bounds.
        private var readAtOnce: Int { min(demand.settings[ubatch], Self.batchSize) }

        private static let batchSize = 2048

        private func caches(_ load: CacheLoad) throws(SettingError) -> [Cache] {
            // Nothing beyond can be sized, and cells must be countable until then.
            guard load.tokens <= 1 << 50, load.batch <= 1 << 50,
                !load.tokens.multipliedReportingOverflow(by: 2 * load.batch).overflow
            else { throw .tooLarge }
            var caches: [Cache] = []
            let groups = stack.groups.filter { $0.cache.entry != nil }
            for isWindow in [false, true] {
                for run in groups where (run.cache.limit != nil && hasWindows) == isWindow {
                    guard let entry = run.cache.entry else { continue }
                    let cells = cells(load, window: run.cache.limit)
                    let bits = try load.format.bits(of: entry)
                    let size = try ByteCount(product: [bits, run.layers, cells])
                    let kind = hasWindows ? "\(run.cache.kind.rawValue) " : ""
                    caches.append(
                        Cache(
                            title: isWindow ? "    SWA KV" : hasWindows ? "non-SWA KV" : "KV",
                            what: counted(run.layers, "\(kind)layer")
                                + (demand.kept.rebuilt == nil ? "" : ", rebuilt"),
                            layers: run.layers,
                            cells: cells, size: ByteCount(bits: size.bytes)))
                }
            }
            if let keys = demand.kept.indexKeys {
                let cells = cells(load, window: nil)
                let bits = try load.format.bits(
                    of: .heads(count: 1, keyWidth: keys.width, valueWidth: 0))
                let size = try ByteCount(product: [bits, keys.layers, cells])
                caches.append(
                    Cache(
                        title: "indexer KV", what: "index keys", layers: keys.layers,
                        cells: cells, size: ByteCount(bits: size.bytes)))
            }
            // No sum of some of them overflows below.
            var sum = 0
            for cache in caches {
                sum += cache.size.bytes
                if sum >= 1 << 60 { throw .tooLarge }
            }
            return caches
        }

        private func states(_ load: CacheLoad) throws(SettingError) -> ByteCount {
            guard let states = demand.kept.states else { return ByteCount(0) }
            let bytes = states.bytes(convolution: .bits32, recurrence: .bits32)
            return try ByteCount(product: [bytes, states.layers, load.batch])
        }

        private func size(tokens: Int, batch: Int) throws(SettingError) -> Int {
            let load = try CacheLoad(tokens: tokens, batch: batch, format: demand.load.format)
            return try caches(load).reduce(try states(load).bytes) { $0 + $1.size.bytes }
        }

        // MARK: The answer

        var plan: EnginePlan {
            get throws(SettingError) {
                let load = demand.load
                let caches = try caches(load)
                var parts = caches.map { cache in
                    EnginePlan.Part(
                        name: cache.what, size: cache.size,
                        rule: "\(grouped(cache.cells)) cells"
                            + (cache.what.hasPrefix(String(cache.layers))
                                ? "" : " in \(counted(cache.layers, "layer"))"))
                }
                if let states = demand.kept.states {
                    parts.append(
                        EnginePlan.Part(
                            name: "states", size: try self.states(load),
                            rule: "\(states.rule.name): \(counted(load.batch, "sequence")) in "
                                + "\(counted(states.layers, "layer")), 4 bytes a number"))
                }
                return EnginePlan(
                    parts: parts, capacity: try capacity, log: log(caches, try states(load)),
                    remarks: remarks)
            }
        }

        private var capacity: EnginePlan.Capacity {
            get throws(SettingError) {
                let load = demand.load
                let one = try size(tokens: load.tokens, batch: 1)
                guard let budget = demand.budget else {
                    return EnginePlan.Capacity(
                        requests: one > 0 ? Double(load.batch) : nil, mostTokens: load.tokens,
                        cacheTokens: nil)
                }
                func fits(_ tokens: Int, _ batch: Int) -> Bool {
                    (try? size(tokens: tokens, batch: batch)).map { $0 <= budget.bytes } ?? false
                }
                // Sequences with cells of their own are as large as the first.
                let requests: Double? =
                    one == 0
                    ? nil
                    : demand.settings[flag: unified]
                        ? Double(largestFitting { fits(load.tokens, $0) } ?? 0)
                        : Double(budget.bytes) / Double(one)
                return EnginePlan.Capacity(
                    requests: requests, mostTokens: largestFitting { fits($0, load.batch) },
                    cacheTokens: nil)
            }
        }

        /// What llama.cpp prints, cache by cache, those of one kind together.
        private func log(_ caches: [Cache], _ states: ByteCount) -> [String] {
            func mebibytes(_ bytes: Int) -> String {
                fixed(Double(bytes) / 0x1p20, decimals: 2).filter { $0 != "," } + " MiB"
            }
            var lines: [String] = []
            var titles: [String] = []
            for cache in caches where !titles.contains(cache.title) {
                titles.append(cache.title)
                let own = caches.filter { $0.title == cache.title }
                if cache.title != "KV" {
                    let each =
                        cache.cells / (demand.settings[flag: unified] ? 1 : demand.load.batch)
                    lines.append("creating \(cache.title) cache, size = \(each) cells")
                }
                lines.append(
                    "KV buffer size = \(mebibytes(own.reduce(0) { $0 + $1.size.bytes }))")
            }
            if states.bytes > 0 { lines.append("RS buffer size = \(mebibytes(states.bytes))") }
            return lines
        }

        private var remarks: [String] {
            var remarks: [String] = []
            if demand.kept.rebuilt != nil {
                remarks.append(
                    "The file is of the old kind: llama.cpp keeps rebuilt keys and values in place "
                        + "of the latent.")
            }
            if demand.settings[ubatch] > Self.batchSize {
                remarks.append(
                    "An ubatch is no larger than a batch: \(grouped(Self.batchSize)) tokens unless "
                        + "llama.cpp is given a larger --batch-size.")
            }
            if demand.kept.hasUnreadWindows, demand.kept.stack.hasWindows {
                remarks.append(
                    "llama.cpp reads no window of this family: all layers keep every token.")
            } else if !hasWindows, demand.kept.stack.hasWindows {
                remarks.append(
                    "llama.cpp keeps every token where all layers have a window: it does not read "
                        + "such a model's window.")
            }
            return remarks
        }
    }
}
