import AttentionEngine

extension CourseApp {
    /// Takes on how an experiment stands that runs beside the app, and says what the program must
    /// do.
    @discardableResult
    package mutating func receive(_ report: ExperimentReport) -> [Effect] {
        defer { updateLayout() }
        let before = progress
        keepTimes(report)
        let kept: [Effect] = measured.receive(report).map { [.keep($0)] } ?? []
        return progress == before ? kept : kept + [.save(progress)]
    }

    /// What `r` runs on this step; nil where there is nothing.
    var engine: Engine? {
        step.widgets.lazy.compactMap(\.engine).first { $0 != .forms || setting.latent != nil }
    }

    /// The caches a lesson fills or times at the most: no step may take a learner's machine over.
    static let mostBytes = ByteCount(512 << 20)

    /// Runs the step's engine once more, on the spot or beside the app.
    mutating func runEngine() -> [Effect] {
        switch engine {
        case .race, .widened: return race.map { order($0.nextOrder) } ?? []
        case .layer(let variant): return run(variant)
        case .times:
            if measured.times?.isRunning == true { return [.run(.stop)] }
            if let obstacle = timesObstacle {
                notice = obstacle
                return []
            }
            return [.run(.times(setting))]
        case .forms:
            if measured.forms?.isRunning == true { return [.run(.stop)] }
            if let obstacle = formsObstacle {
                notice = obstacle
                return []
            }
            return [.run(.forms(setting))]
        case .append:
            appendToken()
            return []
        case nil: return []
        }
    }

    /// Whether the step's own measurement is under way.
    var isMeasuring: Bool {
        switch engine {
        case .times: measured.times?.isRunning == true
        case .forms: measured.forms?.isRunning == true
        case .race, .widened, .layer, .append, nil: false
        }
    }

    /// Why the setting's step cannot be timed here.
    private var timesObstacle: String? {
        guard let format = setting.numberFormat else {
            return "Only numbers of 4 and 2 bytes are timed: the engine computes with no others."
        }
        guard
            let sweep = try? DecodeSweep(
                queryHeads: setting.queryHeads, headDimension: setting.headDimension,
                tokens: setting.tokens, format: format, threads: 1),
            sweep.memoryNeeded <= Self.mostBytes
        else {
            return "This would take more than \(Self.mostBytes.both) of memory: choose fewer "
                + "tokens or heads."
        }
        return nil
    }

    private var formsObstacle: String? {
        guard let widths = setting.latent else { return nil }
        let work = LatentForm.expanded.multiplications(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension, widths: widths,
            tokens: setting.tokens)
        if work > 3e10 {
            return "Expanded, this step would take minutes here: choose fewer tokens."
        }
        let memory = LatentComparison.memoryNeeded(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension, widths: widths,
            tokens: setting.tokens)
        guard let memory, memory <= Self.mostBytes else {
            return
                "This would take more than \(Self.mostBytes.both) of memory: choose fewer tokens."
        }
        return nil
    }

    private mutating func appendToken() {
        let size = ModelCache.bytesPerToken(setting)
        guard ModelCache(setting) != nil else {
            notice = "The engine holds numbers of 4 and 2 bytes, and no windows."
            return
        }
        guard Self.canHoldToken(of: setting) else {
            notice =
                "A token of \(size.both) is too large to be held here: take fewer layers or "
                + "heads."
            return
        }
        // Whoever followed goes on from the tokens that they saw.
        let tokens = seen.held?.tokens ?? 0
        if measured.cache?.tokens != tokens {
            measured.cache = ModelCache(setting)
            for _ in 0..<tokens { measured.cache?.appendToken() }
        }
        if let words = step.appended?.words.count, tokens == words {
            measured.cache = ModelCache(setting)
        } else {
            measured.cache?.appendToken()
        }
    }

    /// Whether a cache of a setting is small enough to be filled with as many tokens as a lesson
    /// may ask for.
    static func canHoldToken(of setting: CacheSetting) -> Bool {
        ModelCache.bytesPerToken(setting).bytes <= mostBytes.bytes / AppendSpec.mostWords
    }

    /// Brings what is computed on the spot up to the setting; to be called after every change.
    mutating func updateMeasured() {
        // Another setting's cache is another cache; it starts empty.
        if let held = measured.held,
            held.setting != setting || held.tokens > step.appended?.words.count ?? -1
        {
            measured.cache = nil
        }
        guard step.widgets.contains(.outputs) else { return }
        let shape = setting.shape
        if measured.sharing?.queryHeads != shape.queryHeads
            || measured.sharing?.keyValueHeads != shape.keyValueHeads
        {
            measured.sharing = SharingComparison(shape)
        }
    }
}

extension PreparedStep {
    /// The view of a cache that is filled by hand, where the step has one.
    var appended: AppendSpec? {
        widgets.lazy.compactMap { if case .append(let spec) = $0 { spec } else { nil } }.first
    }
}

extension CacheSetting {
    /// How the engine's caches write the setting's numbers; nil where they cannot.
    package var numberFormat: NumberFormat? {
        NumberFormat.allCases.first { $0.numberWidth == numberWidth }
    }
}
