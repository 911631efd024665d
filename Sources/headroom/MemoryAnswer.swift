import AttentionEngine
import ModelCatalog

/// What a cache is computed of, and where it was found.
struct MemorySubject {
    enum Source {
        case model(Model)
        case file(String)
        case setting(CacheSetting, title: String?)
    }

    let shape: ModelShape
    /// What stands before a problem: "llama3-8b: ".
    let place: String
    let source: Source

    var setting: CacheSetting? {
        if case .setting(let setting, _) = source { setting } else { nil }
    }

    var model: Model? { if case .model(let model) = source { model } else { nil } }
}

/// What is asked about it.
struct MemoryRequest {
    let load: CacheLoad
    let gpus: Int
    /// Whether the GPUs were named.
    let isSpread: Bool
    /// Of each GPU.
    let memory: ByteCount?
    /// How much of that may be used.
    var utilization = 1.0
    /// Who says so.
    var utilizationRule = "--gpu-memory-utilization"
    /// The memory for the cache alone.
    var budget: ByteCount?
    /// What is to keep it; nil for attention alone.
    var engine: ServingEngine?
    var settings = EngineSettings()
    /// Another tool's figure.
    let stated: StatedSize?
    let isExplained: Bool
    let rules: Derivation.Rules
}

/// A computed cache with everything that was asked, as text and as JSON.
struct MemoryAnswer {
    let subject: MemorySubject
    let request: MemoryRequest
    /// All that is kept, part by part.
    let sizes: KeptSizes
    let bytesPerToken: ByteCount
    let plan: ServingPlan
    let derivation: Derivation?
    let comparison: SizeComparison?
    /// What the engine keeps of it on one GPU.
    let enginePlan: EnginePlan?

    /// What attention needs.
    var needed: ByteCount { sizes.keysAndValues }

    /// The engine's plan where there is room for one; what fits is what fits in it.
    var roomyEnginePlan: EnginePlan? { plan.hasRoom ? enginePlan : nil }

    /// Whether the load fits as it is kept, by the engine where one was named; nil without a
    /// memory.
    var fits: Bool? {
        guard let room = plan.room, let own = roomyEnginePlan else { return plan.fits }
        return own.total <= room
    }

    var shape: ModelShape { subject.shape }
    var load: CacheLoad { request.load }

    /// Throws where the cache cannot be that large, or not be written or shared out like that.
    init(subject: MemorySubject, request: MemoryRequest) throws(SettingError) {
        let stack = subject.shape.stack
        let load = request.load
        self.subject = subject
        self.request = request
        sizes = try subject.shape.kept.sizes(load)
        bytesPerToken = try stack.needed(CacheLoad(tokens: 1, format: load.format))
        let plan = try ServingPlan(
            shape: subject.shape, load: load, gpus: request.gpus, memory: request.memory,
            utilization: request.utilization, budget: request.budget)
        self.plan = plan
        let own = try Self.enginePlan(request, plan, load)
        enginePlan = own
        if let budget = request.budget,
            let requests = own?.capacity.requests ?? plan.requests, requests < 1
        {
            throw try Self.tooSmall(budget, request, plan)
        }
        derivation =
            request.isExplained ? try Derivation(subject.shape, load, rules: request.rules) : nil
        if let stated = request.stated {
            comparison = try SizeComparison(
                stated: stated, stack: stack, load: load, queryHeads: subject.shape.queryHeads,
                headDimension: subject.shape.headDimension,
                hiddenSize: subject.shape.hiddenSize,
                others: Self.others(sizes, plan, enginePlan, request))
        } else {
            comparison = nil
        }
    }

    /// What the engine keeps of a load on one GPU; nil without an engine.
    private static func enginePlan(
        _ request: MemoryRequest, _ plan: ServingPlan, _ load: CacheLoad
    ) throws(SettingError) -> EnginePlan? {
        // Without room there is no engine: what the load takes is told all the same.
        try request.engine?.plan(
            plan.kept, load, budget: plan.hasRoom ? plan.room : nil, memory: plan.memory,
            settings: request.settings,
            isFormatNamed: !["setting", "--bytes"].contains(request.rules.format))
    }

    /// The problem of a memory for the cache that holds not one request: what one takes, and which
    /// one would fit.
    private static func tooSmall(
        _ budget: ByteCount, _ request: MemoryRequest, _ plan: ServingPlan
    ) throws(SettingError) -> SettingError {
        let one = try CacheLoad(tokens: request.load.tokens, format: request.load.format)
        let own = try enginePlan(request, plan, one)
        let fitting =
            own.map(\.capacity.mostTokens)
            ?? plan.kept.mostTokens(in: budget, batch: 1, format: one.format)
        let alone = try plan.kept.sizes(one).total
        return .budgetTooSmall(
            budget, request: own?.total ?? alone, tokens: one.tokens, fitting: fitting ?? 0)
    }

    /// The sections that were asked for, with an empty line between them.
    var lines: [String] {
        var sections: [[String]]
        if case .setting(let setting, let title) = subject.source, load.format.numberWidth != nil,
            let own = try? setting.setting([
                .bytesPerNumber: load.format.numberWidth?.bits ?? 16
            ])
        {
            sections = [SettingAnswer(title: title, setting: own).lines]
            if shape.stack.hasWindows { sections.append(sizeLines) }
        } else {
            sections = [heading, strip, sizeLines, variantTable]
        }
        sections += [explanation, spread, room, engine, compared, remarks]
        return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    /// The sizes besides keys and values that another figure may mean, as they are shown.
    private static func others(
        _ sizes: KeptSizes, _ plan: ServingPlan, _ own: EnginePlan?, _ request: MemoryRequest
    ) -> [SizeComparison.Other] {
        var others = [SizeComparison.Other.total(of: sizes)]
        let gpus = grouped(plan.gpus)
        if plan.gpus > 1 {
            others += [
                .init(
                    member: "per_gpu.bytes", words: "what each of \(gpus) GPUs holds",
                    size: plan.cache),
                .init(
                    member: "per_gpu.total_bytes", words: "what \(gpus) GPUs hold together",
                    size: plan.allCaches),
            ]
        }
        if let own, let engine = request.engine {
            let place = plan.gpus > 1 ? " on each GPU" : ""
            others.append(
                .init(
                    member: "engine.bytes", words: "what \(engine.title) keeps\(place)",
                    size: own.total))
        }
        return others
    }
}
