/// vLLM: one pool of blocks, from which each kind of layer takes what a request needs.
///
/// Read in vllm/v1/kv_cache_interface.py @001cabc1, vllm/v1/core/kv_cache_utils.py @bbf906a8 and
/// vllm/model_executor/models/config.py (HybridAttentionMambaModelConfig). Layers of one kind share
/// a table of blocks. Where kinds differ all pages become as large as the largest, and layers are
/// put into groups of as many as the rarest kind has; a block then holds a page for each layer of a
/// group. A window keeps window - 1 tokens and those read at once, and one block more, since it
/// need not begin where a block does. A state takes a page, for which the blocks of attention are
/// made as large. Kernels take multiples of 16 tokens (v1/attention/backends/flash_attn.py), a
/// GPU's memory is used to gpu_memory_utilization (config/cache.py @002f10e0), and fp8 is
/// fp8_ds_mla for sparse attention on latents (models/config.py, DeepseekV32ForCausalLM), which no
/// other kernel reads (v1/attention/backends/mla/flashmla_sparse.py).
extension ServingEngine {
    static let vllm = ServingEngine(
        name: "vllm", title: "vLLM",
        options: [blockSize, batchedTokens, fullWindows, prefixCaching],
        formats: [.f16, .bf16, .f32, .fp8, .fp8Latent], inherited: [.f16, .bf16, .fp8, .fp8Latent],
        source: "vllm-project/vllm vllm/v1/core/kv_cache_utils.py @bbf906a8",
        usualUtilization: (0.92, "0.92 is vLLM's default, in earlier versions 0.9")
    ) { demand throws(SettingError) in try VLLMPool(demand).plan }

    private static let blockSize = EngineOption(
        "block-size", .number(16), "tokens of a block; 64 by default for latents (FlashMLA)",
        multiple: 16)
    private static let batchedTokens = EngineOption(
        "max-num-batched-tokens", .number(8192),
        "tokens read at once, for which windows have room; 2048 on A100s and below 70 GiB")
    private static let fullWindows = EngineOption(
        "disable-hybrid-kv-cache-manager", .off, "window layers keep every token")
    private static let prefixCaching = EngineOption(
        "enable-prefix-caching", .off, "two pages for the state of a request, not one")

    /// The pool and what a request takes of it.
    private struct VLLMPool {
        let demand: EngineDemand
        /// The kinds of layers, their pages as large as each other's where they are in groups.
        private var specs: [Spec] = []
        /// Layers of a group; nil where all layers share one table.
        private var groupSize: Int?
        /// Lines that the log has about pages.
        private var pageLines: [String] = []
        /// How it writes keys and values.
        private let format: CacheFormat
        /// Whether it has kernels for that.
        private let hasKernels: Bool

        /// Layers that need the same of the pool.
        private struct Spec {
            let name: String
            let layers: Int
            /// Bytes of a page: a block of one layer.
            var page: Int
            /// Tokens of a block.
            var block: Int
            let holding: Holding

            enum Holding: Hashable {
                /// All tokens, or no more than so many; and so many blocks more.
                case tokens(limit: Int?, spare: Int)
                /// Pages that do not grow.
                case pages(Int)
            }

            /// What a request of that many tokens takes.
            func blocks(_ tokens: Int) -> Int {
                switch holding {
                case .tokens(let limit, let spare):
                    min(limit ?? tokens, tokens, VLLMPool.mostTokens).dividedUp(by: block) + spare
                case .pages(let count): count
                }
            }
        }

        /// No count of blocks overflows below.
        private static let mostTokens = 1 << 48

        init(_ demand: EngineDemand) throws(SettingError) {
            self.demand = demand
            let settings = demand.settings
            let isLatent = demand.kept.stack.entries.contains { $0.keyValueHeads == nil }
            let isSparse = isLatent && demand.kept.indexKeys != nil
            format = isSparse && demand.load.format == .fp8 ? .fp8Latent : demand.load.format
            hasKernels = isSparse || format != .fp8Latent
            var block = settings[given: blockSize] ?? (isLatent ? 64 : settings[blockSize])
            let state = demand.kept.states.map { states in
                // In 16 bits unless the checkpoint says otherwise; Kimi's always in 32.
                let width: NumberWidth =
                    states.rule == .kimiDelta ? .bits32 : states.declaredWidth ?? .bits16
                return (states, page: states.bytes(convolution: .bits16, recurrence: width))
            }
            if let state, state.page > 0, let entry = demand.kept.stack.entries.first {
                let token = try bytes(entry)
                // What kernels take at a time.
                let step = max(block, isLatent ? 64 : 16)
                let needed = step * state.page.dividedUp(by: step * token)
                if needed > block {
                    block = needed
                    pageLines.append(
                        "Setting attention block size to \(block) tokens to ensure that attention "
                            + "page size is >= mamba page size.")
                }
                let padding = Double(block * token - state.page) / Double(state.page) * 100
                pageLines.append(
                    "Padding mamba page size by \(fixed(padding, decimals: 2))% to ensure that "
                        + "mamba page size and attention page size are exactly equal.")
            }
            specs = try attention(block: block)
            if let state, state.page > 0 {
                specs.append(
                    Spec(
                        name: "states", layers: state.0.layers,
                        page: state.page, block: block,
                        holding: .pages(settings[flag: prefixCaching] ? 2 : 1)))
            }
            group()
            let layers = specs.reduce(0) { $0 + $1.layers }
            _ = try ByteCount(product: [specs.map(\.page).max() ?? 0, layers])
        }

        private func bytes(_ entry: TokenEntry) throws(SettingError) -> Int {
            let bytes = try format.bits(of: entry) / 8
            guard (1..<1 << 40).contains(bytes) else { throw .tooLarge }
            return bytes
        }

        private func attention(block: Int) throws(SettingError) -> [Spec] {
            let kept = demand.kept
            let growing = kept.stack.groups.filter { $0.cache.entry != nil }
            let keepsAll =
                demand.settings[flag: fullWindows] && growing.contains { $0.cache.limit == nil }
            var specs: [Spec] = []
            for run in growing {
                guard let entry = run.cache.entry else { continue }
                let holding: Spec.Holding =
                    switch run.cache {
                    case .window(_, let tokens) where !keepsAll:
                        .tokens(limit: tokens - 1 + readAtOnce, spare: 1)
                    case .chunked(_, let tokens) where !keepsAll:
                        .tokens(limit: tokens + readAtOnce, spare: 0)
                    default: .tokens(limit: nil, spare: 0)
                    }
                let kind = growing.count > 1 ? "\(run.cache.kind.rawValue) " : ""
                specs.append(
                    Spec(
                        name: counted(run.layers, "\(kind)layer"), layers: run.layers,
                        page: try ByteCount(product: [block, bytes(entry)]).bytes, block: block,
                        holding: holding))
            }
            if let keys = kept.indexKeys {
                specs.append(
                    Spec(
                        name: "index keys", layers: keys.layers,
                        page: try ByteCount(
                            product: [block, keys.bytesPerToken(in: format)]
                        ).bytes, block: block,
                        holding: .tokens(limit: nil, spare: 0)))
            }
            return specs
        }

        /// Tokens read at once: as set, or what vLLM takes for a GPU of that memory.
        private var readAtOnce: Int {
            if let given = demand.settings[given: batchedTokens] { return given }
            let isSmall = demand.memory.map { $0.bytes < 70 << 30 } ?? false
            return isSmall ? 2048 : demand.settings[batchedTokens]
        }

        /// Makes pages equal and counts the layers of a group, where not all need the same.
        private mutating func group() {
            guard Set(specs.map(\.holding)).count > 1 else { return }
            let page = specs.map(\.page).max() ?? 0
            for index in specs.indices where specs[index].page < page {
                if page % specs[index].page == 0, case .tokens = specs[index].holding {
                    specs[index].block *= page / specs[index].page
                }
                specs[index].page = page
            }
            let (least, most) = (
                specs.map(\.layers).min() ?? 1, specs.map(\.layers).max() ?? 1
            )
            groupSize = Double(most) < 1.5 * Double(least) ? most : least
        }

        // MARK: Blocks

        private func groups(of spec: Spec) -> Int {
            groupSize.map { spec.layers.dividedUp(by: $0) } ?? 1
        }

        private func blocks(of spec: Spec, _ tokens: Int) -> Int {
            groups(of: spec) * spec.blocks(tokens)
        }

        /// Blocks of the pool that a request takes.
        private func blocks(_ tokens: Int) -> Int {
            groupSize == nil
                ? specs.first?.blocks(tokens) ?? 0
                : specs.reduce(0) { $0 + blocks(of: $1, tokens) }
        }

        private var bytesPerBlock: Int {
            groupSize.map { $0 * (specs.first?.page ?? 0) }
                ?? specs.reduce(0) { $0 + $1.page * $1.layers }
        }

        // MARK: The answer

        var plan: EnginePlan {
            get throws(SettingError) {
                let load = demand.load
                guard load.tokens <= Self.mostTokens else { throw .tooLarge }
                let each = bytesPerBlock
                let needed = blocks(load.tokens)
                _ = try ByteCount(product: [each, needed, load.batch])
                let parts = try specs.map { spec throws(SettingError) in
                    let blocks = blocks(of: spec, load.tokens)
                    return EnginePlan.Part(
                        name: spec.name,
                        size: try ByteCount(
                            product: [
                                blocks, groupSize.map { $0 * spec.page } ?? spec.page * spec.layers,
                                load.batch,
                            ]),
                        rule: rule(spec, blocks))
                }
                let pool =
                    demand.budget.map { each == 0 ? 0 : $0.bytes / each }
                    ?? needed * load.batch
                let concurrency = needed == 0 ? 0 : Double(pool) / Double(needed)
                let tokens = Int(min(concurrency * Double(load.tokens), 0x1p60))
                let most = largestFitting { tokens in
                    let (all, overflow) = blocks(tokens).multipliedReportingOverflow(
                        by: load.batch)
                    return !overflow && all <= pool
                }
                let memory = demand.budget ?? ByteCount(pool * each)
                return EnginePlan(
                    parts: parts,
                    capacity: EnginePlan.Capacity(
                        requests: needed == 0 ? nil : concurrency, mostTokens: most,
                        cacheTokens: tokens, formerTokens: former(pool, tokens)),
                    log: demand.kept.uncountedStates > 0 || !hasKernels
                        ? []
                        : pageLines
                            + (pool < needed
                                ? refusal(ByteCount(needed * each), memory, pool)
                                : log(memory, tokens, concurrency)),
                    remarks: remarks(former(pool, tokens)))
            }
        }

        private func rule(_ spec: Spec, _ blocks: Int) -> String {
            let count = "\(counted(blocks, "block")) a request"
            let (groups, each) = (groups(of: spec), groupSize.map { $0 * spec.page })
            let bytes = grouped(each ?? spec.page * spec.layers)
            let padding = groupSize.map { groups * $0 - spec.layers } ?? 0
            let padded = padding > 0 ? ", \(counted(padding, "layer")) of padding" : ""
            if case .pages = spec.holding, let states = demand.kept.states {
                return "\(states.rule.name): \(count), \(bytes) bytes each\(padded)"
            }
            return "\(count), each of \(counted(spec.block, "token")) and \(bytes) bytes\(padded)"
        }

        private func log(
            _ memory: ByteCount, _ tokens: Int, _ concurrency: Double
        ) -> [String] {
            [
                "Available KV cache memory: \(gibibytes(memory)) GiB",
                "GPU KV cache size: \(grouped(tokens)) tokens",
                "Maximum concurrency for \(grouped(demand.load.tokens)) tokens per request: "
                    + "\(fixed(concurrency, decimals: 2).filter { $0 != "," })x",
            ]
        }

        /// What it says where not one request fits; it does not start then.
        private func refusal(
            _ needed: ByteCount, _ memory: ByteCount, _ pool: Int
        ) -> [String] {
            let most = largestFitting { blocks($0) <= pool } ?? demand.load.tokens
            return [
                "Available KV cache memory: \(gibibytes(memory)) GiB",
                "To serve at least one request with the model's max seq len "
                    + "(\(demand.load.tokens)), (\(gibibytes(needed)) GiB KV cache is needed, which "
                    + "is larger than the available KV cache memory (\(gibibytes(memory)) GiB). "
                    + "Based on the available memory, the estimated maximum model length is "
                    + "\(most).",
            ]
        }

        private func gibibytes(_ size: ByteCount) -> String {
            fixed(Double(size.bytes) / 0x1p30, decimals: 2).filter { $0 != "," }
        }

        /// The tokens of the pool as the log counted them before version 0.21 (vllm#43308): its
        /// blocks over the groups.
        private func former(_ pool: Int, _ tokens: Int) -> Int? {
            guard groupSize != nil, let block = specs.map(\.block).min() else { return nil }
            let former = pool / specs.reduce(0) { $0 + groups(of: $1) } * block
            return former == tokens ? nil : former
        }

        private func remarks(_ former: Int?) -> [String] {
            var remarks: [String] = []
            if format != demand.load.format {
                remarks.append(
                    "Sparse attention on latents: vLLM makes fp8_ds_mla of fp8, 656 bytes a token "
                        + "and layer.")
            }
            if !hasKernels {
                remarks.append(
                    "vLLM has fp8_ds_mla for sparse attention alone (index keys): it does not start "
                        + "with this model in that format.")
            }
            if let former {
                remarks.append(
                    "Before version 0.21 vLLM's log counted blocks / groups: GPU KV cache size: "
                        + "\(grouped(former)) tokens.")
            }
            if specs.contains(where: {
                if case .tokens(_?, _) = $0.holding { true } else { false }
            }) {
                remarks.append(
                    "Windows and chunks have room for "
                        + "\(grouped(readAtOnce)) tokens read at once "
                        + "(max-num-batched-tokens).")
            }
            if demand.kept.stack.count(.chunked) > 0, !demand.settings[flag: fullWindows] {
                remarks.append(
                    "Some versions keep chunks whole (disable-hybrid-kv-cache-manager) unless "
                        + "VLLM_ALLOW_CHUNKED_LOCAL_ATTN_WITH_HYBRID_KV_CACHE is 1.")
            }
            return remarks
        }
    }
}
