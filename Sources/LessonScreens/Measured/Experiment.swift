import AttentionEngine

/// What runs under a step and takes longer than a key may wait. `r` runs it, beside the app.
package enum Experiment: Hashable, Sendable {
    /// The recall race, or one of its layers.
    case race(RaceOrder)
    /// Time a decode step of the setting's n, h, s and bytes for every legal g.
    case times(CacheSetting)
    /// Compute a decode step of the setting's latent attention expanded and absorbed.
    case forms(CacheSetting)
    /// End what `times` or `forms` began; what was found stays.
    case stop
}

/// How an experiment stands, told to the app while it runs and when it is done.
package enum ExperimentReport: Sendable {
    /// How a race stands, and today's date for when it is over.
    case race(RacePlan, RecallProgress, date: String)
    /// What a race found on this machine before.
    case kept(RaceResults)
    case times(TimesStanding)
    case forms(FormsStanding)
}

/// What is known of every experiment: what comes with the program, or what was found on this
/// machine, or there where a screen is shared.
struct Measured: Sendable {
    var race = RaceStanding(.shipped)
    /// The control of the race.
    var widened = RaceStanding(.shippedWidened)
    /// The race's layers that were trained here, or are being trained.
    var layers: [RecallVariant: LayerStanding] = [:]
    var times: TimesStanding?
    var forms: FormsStanding?
    /// The cache that the learner fills token by token.
    var cache: ModelCache? { didSet { held = cache.map(HeldTokens.init) } }
    /// What the cache holds.
    var held: HeldTokens?
    var sharing: SharingComparison?
    /// What was not found here, but there where the screen is shared that is followed.
    private(set) var there: Set<Engine> = []

    /// The race as the widened one was or is run, with the same seed and as long: the newest, or
    /// the one that came with the program; nil where neither is.
    var unwidened: RaceResults? {
        [race.results, .shipped].first {
            $0.plan.seed == widened.plan.seed && $0.plan.steps == widened.plan.steps
        }
    }

    /// Takes on how an experiment stands; results to keep, where it is over by this report.
    mutating func receive(_ report: ExperimentReport) -> RaceResults? {
        switch report {
        case .kept(let results):
            results.plan.field == .widened ? widened.take(results) : race.take(results)
        case .race(let plan, let progress, let date):
            if plan.field == .widened {
                return widened.receive(plan, progress, date: date)
            }
            for lane in progress.lanes {
                layers[lane.variant] = LayerStanding(lane, steps: plan.steps)
            }
            if plan.field == .race { return race.receive(plan, progress, date: date) }
        case .times(let standing): times = standing
        case .forms(let standing): forms = standing
        }
        return nil
    }

    /// Forgets what is under way, because it was stopped.
    mutating func stop() {
        race.stop()
        widened.stop()
        layers = layers.filter { $0.value.found != nil }
    }

    /// Takes on what was found there where a screen is shared.
    mutating func take(_ engine: Engine, from shared: Measured) {
        there.insert(engine)
        switch engine {
        case .race: race = shared.race
        case .widened: widened = shared.widened
        case .layer(let variant): layers[variant] = shared.layers[variant]
        case .times: times = shared.times
        case .forms: forms = shared.forms
        case .append: held = shared.held
        }
    }

    /// "here", or "there" where it was found on the machine whose screen is followed.
    func place(of engine: Engine) -> String { there.contains(engine) ? "there" : "here" }

    /// The same of the machine, as long in words, so that both screens are laid out alike.
    func machine(of engine: Engine) -> String {
        there.contains(engine) ? "on that machine" : "on this machine"
    }
}

/// What a cache holds that is filled token by token.
struct HeldTokens: Hashable, Sendable {
    let setting: CacheSetting
    let tokens: Int
    /// Counted as they were written.
    let bytes: ByteCount
}

extension HeldTokens {
    init(_ cache: ModelCache) {
        self.init(setting: cache.setting, tokens: cache.tokens, bytes: cache.bytesHeld)
    }
}

/// What `r` runs on a step.
enum Engine: Hashable, Sendable {
    case race
    /// The race with each variant widened.
    case widened
    case layer(RecallVariant)
    case times, forms, append
}
