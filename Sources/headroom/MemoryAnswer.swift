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
    /// Another tool's figure.
    let stated: StatedSize?
    let isExplained: Bool
    let rules: Derivation.Rules
}

/// A computed cache with everything that was asked, as text and as JSON.
struct MemoryAnswer {
    let subject: MemorySubject
    let request: MemoryRequest
    let needed: ByteCount
    /// What sparse attention keeps beside that.
    let indexKeys: ByteCount?
    let reserved: ByteCount
    let bytesPerToken: ByteCount
    let plan: ServingPlan
    let derivation: Derivation?
    let comparison: SizeComparison?

    /// All that is kept.
    var total: ByteCount { ByteCount(needed.bytes + (indexKeys?.bytes ?? 0)) }

    var shape: ModelShape { subject.shape }
    var load: CacheLoad { request.load }

    /// Throws where the cache cannot be that large, or not be written or shared out like that.
    init(subject: MemorySubject, request: MemoryRequest) throws(SettingError) {
        let stack = subject.shape.stack
        let load = request.load
        self.subject = subject
        self.request = request
        needed = try stack.needed(load)
        if let keys = subject.shape.indexKeys {
            indexKeys = try keys.size(load)
        } else {
            indexKeys = nil
        }
        reserved = try stack.reserved(load)
        bytesPerToken = try stack.needed(CacheLoad(tokens: 1, format: load.format))
        plan = try ServingPlan(
            shape: subject.shape, load: load, gpus: request.gpus, memory: request.memory)
        derivation =
            request.isExplained ? try Derivation(subject.shape, load, rules: request.rules) : nil
        if let stated = request.stated {
            comparison = try SizeComparison(
                stated: stated, stack: stack, load: load, queryHeads: subject.shape.queryHeads,
                headDimension: subject.shape.headDimension,
                hiddenSize: subject.shape.hiddenSize)
        } else {
            comparison = nil
        }
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
            if shape.stack.hasWindows { sections.append(sizes) }
        } else {
            sections = [heading, strip, sizes, variantTable]
        }
        sections += [explanation, spread, room, compared, remarks]
        return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }
}
