import AttentionEngine
import CourseContent

/// What a follower sees of the experiments on another screen; the follower's own stay as they are.
/// Made of what may come from anywhere: what cannot have been measured is left out, as if nothing
/// had been run.
struct Watched: Sendable {
    /// The parts that the step on that screen shows, whether anything was run or not.
    private(set) var engines: Set<Engine> = []
    /// How those stand.
    private(set) var measured = Measured()
    private(set) var proposal: SharedProposal?

    /// What is shown of a step, at the setting on the other screen.
    init(_ shared: SharedMeasured, of step: PreparedStep, at setting: CacheSetting) {
        for widget in step.widgets {
            guard let engine = widget.engine else { continue }
            engines.formUnion(engine.shown)
            if case .race(let spec) = widget, spec.proposal != nil { proposal = shared.proposal }
            if case .append(let spec) = widget {
                measured.held = shared.cache?.held(at: setting, most: spec.words.count)
            }
        }
        measured.race = shared.race?.standing(.shipped) ?? measured.race
        measured.widened = shared.widened?.standing(.shippedWidened) ?? measured.widened
        for layer in shared.layers ?? [] {
            guard let variant = RecallVariant.race.first(where: { $0.id == layer.variant })
            else { continue }
            measured.layers[variant] = layer.standing
        }
        measured.times = shared.times?.standing(at: setting)
        measured.forms = shared.forms?.standing(at: setting)
    }

    /// Whether there is something to see at a setting.
    func has(_ engine: Engine, of step: PreparedStep, at setting: CacheSetting) -> Bool {
        switch engine {
        case .race, .widened: true
        case .layer(let variant): measured.layers[variant] != nil
        case .times: measured.times?.describes(setting) == true
        case .forms: measured.forms?.describes(setting) == true
        case .append:
            measured.held.map {
                $0.setting == setting && $0.tokens <= step.appended?.words.count ?? 0
            } ?? false
        }
    }

    /// Leaves an engine to the follower's own.
    mutating func leave(_ engine: Engine) { engines.subtract(engine.shown) }

    mutating func leaveProposal() { proposal = nil }

    /// What became of it, for a follower who has let go: what is told no more stays as it was, unless
    /// it was under way.
    mutating func goOn(with news: Watched?) {
        for engine in engines {
            if let news, news.engines.contains(engine) {
                measured.take(engine, from: news.measured)
            } else if measured.isUnderWay(engine) {
                engines.remove(engine)
            }
        }
    }
}

extension Engine {
    /// What is shown where it runs: widened layers stand beside those of the race.
    fileprivate var shown: Set<Engine> { self == .widened ? [.race, .widened] : [self] }
}

extension Measured {
    fileprivate func isUnderWay(_ engine: Engine) -> Bool {
        switch engine {
        case .race: race.run != nil
        case .widened: widened.run != nil
        case .layer(let variant): layers[variant].map { $0.found == nil } ?? false
        case .times: times?.isRunning == true
        case .forms: forms?.isRunning == true
        case .append: false
        }
    }
}

// MARK: What can have been measured

extension SharedRace {
    /// How a race stands, given what came with the program; results of the other race are none.
    fileprivate func standing(_ shipped: RaceResults) -> RaceStanding {
        func isSame(_ plan: RacePlan) -> Bool { plan.field == shipped.plan.field }
        return RaceStanding(
            results.flatMap { isSame($0.plan) ? $0 : nil } ?? shipped,
            run: run.flatMap { isSame($0.plan) ? $0 : nil })
    }
}

extension SharedLayer {
    fileprivate var standing: LayerStanding? {
        let look = LayerLook(
            attention: attention, answers: answers, right: right, targets: targets,
            followed: followed)
        guard 1...1_000_000 ~= steps, 1...steps ~= step, 0...1 ~= accuracy, look.isPossible
        else { return nil }
        var found: LayerStanding.Found?
        if let followed {
            guard let perspectives, let bits, step == steps else { return nil }
            let measured = RaceRow.Measured(perspectives: perspectives, bits: bits)
            guard measured.isPossible else { return nil }
            found = .init(measured: measured, followed: followed)
        }
        return LayerStanding(
            seed: seed, step: step, steps: steps, accuracy: accuracy, found: found, look: look)
    }
}

extension LayerLook {
    /// Whether every list is as long as the task has it, and holds nothing that the task has not.
    fileprivate var isPossible: Bool {
        func holds(_ list: [Int], _ count: Int, below end: Int) -> Bool {
            list.count == count && list.allSatisfy { 0..<end ~= $0 }
        }
        let (heads, parts) = (RecallTask.queryHeads, RecallTask.attributes)
        return attention.count == heads
            && attention.allSatisfy { shares in
                shares.count == RecallTask.items && shares.allSatisfy { 0...1 ~= $0 }
            }
            && holds(answers, parts, below: RecallTask.values)
            && holds(right, parts, below: RecallTask.values)
            && holds(targets, parts, below: RecallTask.items)
            && holds(followed ?? Array(repeating: 0, count: heads), heads, below: parts)
    }
}

extension SharedTimes {
    fileprivate func standing(at setting: CacheSetting) -> TimesStanding? {
        let seconds = rows.flatMap { [$0.shared, $0.repeated] }
        guard 1...65_536 ~= threads, 0...1 ~= share,
            seconds.allSatisfy({ SharedDuration.possible ~= $0 }),
            let standing = TimesStanding(
                setting,
                rows: rows.map { (.seconds($0.shared), .seconds($0.repeated)) },
                threads: threads, share: share, isRunning: isRunning),
            // MHA first, none left out.
            standing.rows.map(\.step.shape.keyValueHeads) == rows.map(\.g)
        else { return nil }
        return standing
    }
}

/// Times of one step, in seconds.
private enum SharedDuration {
    static let possible = 1e-9...1e6
}

extension SharedForms {
    fileprivate func standing(at setting: CacheSetting) -> FormsStanding? {
        let times = [expanded, absorbed]
        let outputs = [largestDifference, largestOutput]
        guard 0...setting.queryHeads ~= heads, 0..<1 << 40 ~= bytesHeld,
            times.allSatisfy({ 0...SharedDuration.possible.upperBound ~= $0 }),
            outputs.allSatisfy({ 0...1e6 ~= $0 })
        else { return nil }
        return FormsStanding(
            setting, heads: heads, bytesHeld: ByteCount(bytesHeld),
            times: [.expanded: .seconds(expanded), .absorbed: .seconds(absorbed)],
            largestDifference: largestDifference, largestOutput: largestOutput,
            isRunning: isRunning)
    }
}

extension SharedCache {
    fileprivate func held(at setting: CacheSetting, most: Int) -> HeldTokens? {
        guard 0...most ~= tokens, 0...CourseApp.mostBytes.bytes ~= bytesHeld,
            CourseApp.canHoldToken(of: setting)
        else { return nil }
        return HeldTokens(setting: setting, tokens: tokens, bytes: ByteCount(bytesHeld))
    }
}
