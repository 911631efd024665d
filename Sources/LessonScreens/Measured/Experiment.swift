import AttentionEngine

/// What runs under a step and takes longer than a key may wait. `r` runs it, beside the app.
public enum Experiment: Hashable, Sendable {
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
public enum ExperimentReport: Sendable {
    /// How a race stands, and today's date for when it is over.
    case race(RacePlan, RecallProgress, date: String)
    /// What a race found on this machine before.
    case kept(RaceResults)
    case times(TimesStanding)
    case forms(FormsStanding)
}

/// What is known of every experiment: what comes with the program, or what was found on this
/// machine.
struct Measured: Sendable {
    var race = RaceStanding(.shipped)
    /// The control of the race.
    var widened = RaceStanding(.shippedWidened)
    /// The race's layers that were trained here, or are being trained.
    var layers: [RecallVariant: LayerStanding] = [:]
    var times: TimesStanding?
    var forms: FormsStanding?
    /// The cache that the learner fills token by token.
    var cache: ModelCache?
    var sharing: SharingComparison?

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
        layers = layers.filter { $0.value.result != nil }
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

/// How the timing of decode steps stands.
public struct TimesStanding: Hashable, Sendable {
    /// All steps to be timed, MHA first.
    let steps: [DecodeStep]
    let rows: [DecodeTimes]
    let threads: Int
    /// The share of the work that is done.
    let share: Double
    let isRunning: Bool

    public init(_ sweep: DecodeSweep, isRunning: Bool) {
        steps = sweep.steps
        rows = sweep.rows
        threads = sweep.threads
        share = sweep.progress
        self.isRunning = isRunning
    }

    /// Whether the times are those of a setting's step, whatever its g.
    func describes(_ setting: CacheSetting) -> Bool {
        guard let step = steps.first else { return false }
        return step.shape.queryHeads == setting.queryHeads
            && step.shape.headDimension == setting.headDimension && step.tokens == setting.tokens
            && step.format.numberWidth == setting.numberWidth
    }
}

/// How the comparison of latent attention's two forms stands.
public struct FormsStanding: Sendable {
    let comparison: LatentComparison
    let isRunning: Bool

    public init(_ comparison: LatentComparison, isRunning: Bool) {
        self.comparison = comparison
        self.isRunning = isRunning
    }

    func describes(_ setting: CacheSetting) -> Bool {
        comparison.queryHeads == setting.queryHeads
            && comparison.headDimension == setting.headDimension
            && comparison.widths == setting.latent && comparison.tokens == setting.tokens
    }
}
