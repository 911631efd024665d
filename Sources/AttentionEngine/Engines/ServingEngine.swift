/// An engine that serves models, as far as its cache goes: what it is called, what can be set, and
/// one function that says what it keeps. Each has a file of its own.
package struct ServingEngine: Sendable {
    /// What is typed.
    package let name: String
    /// Its own spelling.
    package let title: String
    /// What can be set, by the engine's own names.
    package let options: [EngineOption]
    /// The formats that it keeps a cache in.
    let formats: [CacheFormat]
    /// Those of them that it takes from the checkpoint; of any other it makes 16 bits.
    let inherited: Set<CacheFormat>
    /// Where its rules were read.
    package let source: String
    /// What is to be said where several GPUs share out the heads: a sentence; nil for nothing.
    package let onSeveralGPUs: String?
    /// The part of a GPU's memory that it takes where it is not told, and whose figure that is in
    /// words; nil where it takes what the load needs, and no part of the memory.
    package let usualUtilization: (part: Double, rule: String)?
    /// What it keeps.
    let plan: @Sendable (EngineDemand) throws(SettingError) -> EnginePlan

    /// Those that are known.
    package static let all = [vllm, llamaCpp]

    /// The engine of that name; nil where there is none.
    package init?(name: String) {
        guard let engine = Self.all.first(where: { $0.name == name }) else { return nil }
        self = engine
    }

    init(
        name: String, title: String, options: [EngineOption], formats: [CacheFormat],
        inherited: Set<CacheFormat>, source: String, onSeveralGPUs: String? = nil,
        usualUtilization: (part: Double, rule: String)? = nil,
        plan: @escaping @Sendable (EngineDemand) throws(SettingError) -> EnginePlan
    ) {
        self.name = name
        self.title = title
        self.options = options
        self.formats = formats
        self.inherited = inherited
        self.source = source
        self.onSeveralGPUs = onSeveralGPUs
        self.usualUtilization = usualUtilization
        self.plan = plan
    }

    /// How it writes its cache where it is not told: as the checkpoint declares it, or in 16 bits.
    package func format(declared: CacheFormat?) -> CacheFormat {
        declared.flatMap { inherited.contains($0) ? $0 : nil } ?? .f16
    }

    /// Why it writes its cache in `format` where a file declares another: a sentence.
    package func reason(for format: CacheFormat, declared: CacheFormat) -> String {
        formats.contains(declared)
            ? "\(title) does not take \(declared.rawValue) from a file: \(format.rawValue) was taken."
            : "\(title) keeps no cache in \(declared.rawValue), so \(format.rawValue) was taken."
    }

    /// What was set, of texts such as "block-size=32" and "swa-full". Throws what is no option of
    /// this engine, or no value of it.
    package func settings(_ texts: [String]) throws(SettingError) -> EngineSettings {
        var settings = EngineSettings()
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].drop { $0 == "-" }
            guard let option = options.first(where: { $0.name == name }) else {
                throw .unknownEngineOption(
                    String(name), engine: title, options: options.map(\.name))
            }
            switch option.usual {
            case .off:
                guard parts.count == 1 || parts[1] == "true" else {
                    throw .engineFlag(option.name, given: String(parts[1]))
                }
                settings.values[option.name] = 1
            case .number(let usual):
                let given = parts.count == 1 ? "" : parts[1]
                guard let number = NumberText.plain(given).flatMap(Int.init),
                    (1...1 << 20).contains(number)
                else {
                    throw .engineNumber(option.name, given: String(given), usual: usual)
                }
                guard number % option.multiple == 0 else {
                    throw .engineMultiple(option.name, given: number, of: option.multiple)
                }
                settings.values[option.name] = number
            }
        }
        return settings
    }

    /// What it keeps of a load, and what a budget holds on a GPU of some memory. Throws where it
    /// has no such format, which was named or follows from a width of number, and as the sizes do.
    package func plan(
        _ kept: KeptMemory, _ load: CacheLoad, budget: ByteCount? = nil, memory: ByteCount? = nil,
        settings: EngineSettings = EngineSettings(), isFormatNamed: Bool = true
    ) throws(SettingError) -> EnginePlan {
        guard formats.contains(load.format) else {
            throw .formatIsNotOfEngine(
                load.format, isNamed: isFormatNamed, engine: title, formats: formats)
        }
        var answer = try plan(
            EngineDemand(
                kept: kept, load: load, budget: budget, memory: memory, settings: settings))
        if kept.uncountedStates > 0 {
            answer.remarks.append(
                "The states of \(counted(kept.uncountedStates, "linear layer")) are not known and "
                    + "not counted: it keeps more than this.")
        }
        return answer
    }
}

/// Something that can be set of an engine.
package struct EngineOption: Hashable, Sendable {
    /// The engine's own name for it, without dashes.
    package let name: String
    /// What holds where it is not set.
    let usual: Usual
    /// What its number must be a multiple of.
    let multiple: Int
    /// What it means: words for a sentence.
    package let meaning: String

    /// What an option has where nothing is said.
    enum Usual: Hashable, Sendable {
        case off
        case number(Int)
    }

    init(_ name: String, _ usual: Usual, _ meaning: String, multiple: Int = 1) {
        self.name = name
        self.usual = usual
        self.meaning = meaning
        self.multiple = multiple
    }

    /// "block-size=16", or the name of a flag.
    package var text: String {
        if case .number(let number) = usual { "\(name)=\(number)" } else { name }
    }
}

/// What was set of an engine.
package struct EngineSettings: Hashable, Sendable {
    /// By the options' names; 1 for a flag.
    package fileprivate(set) var values: [String: Int] = [:]

    /// Nothing is set.
    package init() {}

    /// Whether a flag is set.
    subscript(flag option: EngineOption) -> Bool { values[option.name] != nil }

    /// A number as it was set; nil where it was not.
    subscript(given option: EngineOption) -> Int? { values[option.name] }

    /// A number as it was set or is by default.
    subscript(option: EngineOption) -> Int {
        if let value = values[option.name] { return value }
        if case .number(let usual) = option.usual { return usual }
        return 0
    }
}

/// What an engine is asked.
struct EngineDemand {
    let kept: KeptMemory
    let load: CacheLoad
    /// The memory for its cache; nil for as much as the load takes.
    let budget: ByteCount?
    /// Of the whole GPU, where that is known.
    let memory: ByteCount?
    let settings: EngineSettings
}

/// What an engine keeps.
package struct EnginePlan: Hashable, Sendable {
    /// A line of the sum.
    package struct Part: Hashable, Sendable {
        /// Whose: "12 window layers".
        package let name: String
        /// What it takes for the whole load.
        package let size: ByteCount
        /// How that comes about.
        package let rule: String
    }

    /// What a memory for the cache holds.
    package struct Capacity: Hashable, Sendable {
        /// The requests of the load's length at once, not rounded; nil where one takes nothing.
        package let requests: Double?
        /// The longest context of the load's requests; nil without an end.
        package let mostTokens: Int?
        /// The tokens of the whole cache; nil where the engine does not count them.
        package let cacheTokens: Int?
        /// The same as the engine's former versions counted them, where that is another number.
        package var formerTokens: Int?
    }

    /// The lines of the sum.
    package let parts: [Part]
    /// What of it holds the load, or the budget.
    package let capacity: Capacity
    /// The same as the engine's log writes it.
    package let log: [String]
    /// What a reader should know: whole sentences.
    package fileprivate(set) var remarks: [String]

    /// All parts.
    package var total: ByteCount { ByteCount(parts.reduce(0) { $0 + $1.size.bytes }) }
}

extension Int {
    /// The quotient, rounded up.
    func dividedUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }

    /// The next multiple.
    func padded(to multiple: Int) -> Int { dividedUp(by: multiple) * multiple }
}
