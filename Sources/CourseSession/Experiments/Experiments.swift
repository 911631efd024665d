import AttentionEngine
import CourseContent

/// How experiments stand, each under what it is of, and where that was found.
package struct ExperimentStatuses: Equatable, Sendable {
    /// Where and when something was found.
    package enum Origin: Hashable, Sendable {
        /// On this machine, since the program was started.
        case here
        /// On the machine whose screen is followed.
        case there
        /// Here, before the program was started.
        case before(date: String)

        /// "here" or "there"
        package var place: String { self == .there ? "there" : "here" }
        /// The same of the machine, as long in words, so that both screens are laid out alike.
        package var machine: String { self == .there ? "on that machine" : "on this machine" }
        /// "on this machine", or when it was found, "on 2026-11-30 08:00", where that was before.
        var inWords: String { dateBefore.map { "on \($0)" } ?? machine }
        /// When it was found, where that was before the program was started.
        package var dateBefore: String? { if case .before(let date) = self { date } else { nil } }
    }

    private var statuses: [ExperimentKey: any ExperimentStatus] = [:]
    private var origins: [ExperimentKey: Origin] = [:]

    subscript<Kind: Experiment>(experiment: Kind) -> Kind.Status? {
        get { statuses[experiment.key] as? Kind.Status ?? experiment.untouched }
        set { statuses[experiment.key] = newValue }
    }

    /// Takes on a status of an experiment's own kind.
    mutating func set(
        _ experiment: some Experiment, _ status: (any ExperimentStatus)?,
        from origin: Origin = .here
    ) {
        statuses[experiment.key] = status
        origins[experiment.key] = origin
    }

    /// The same experiments, standing the same.
    package static func == (one: ExperimentStatuses, other: ExperimentStatuses) -> Bool {
        one.origins == other.origins
            && one.statuses.mapValues { AnyHashable($0) }
                == other.statuses.mapValues { AnyHashable($0) }
    }

    func isRunning<Status: ExperimentStatus>(_ kind: Status.Type) -> Bool {
        statuses.values.contains { ($0 as? Status)?.isRunning == true }
    }

    func origin(of experiment: some Experiment) -> Origin { origins[experiment.key] ?? .here }
}

/// What is known of experiments on this machine, and what they are made with.
package struct Experiments: Sendable {
    /// A lane of a race that has a layer, and its looks at a question: each costs a pass.
    typealias Layer = (lane: RecallProgress.Lane, steps: Int, looks: Memo<Int, LayerStatus?>)

    /// How those stand that leave nothing but their status.
    var statuses = ExperimentStatuses()
    /// The race's layers that were trained here, or are being trained.
    private(set) var layers: [RecallVariant: Layer] = [:]
    /// Which of its unseen questions a layer is asked.
    var question = 0
    /// The cache that the learner fills token by token.
    var cache: ModelCache?
    /// The learner's own model, where one is open, and what it goes on with.
    var liveModel: LiveModel?
    var beginning: String?
    /// What the learner typed for it, by the names of experiments.
    var typedWords: [String: String] = [:]
    private let sharings = Memo<AttentionShape, SharingComparison>()

    /// How far sharing moves outputs at a shape.
    func sharing(at shape: AttentionShape) -> SharingComparison {
        sharings.value(of: shape) { SharingComparison($0) }
    }

    /// Takes on how an experiment stands; results to keep, where a race is over by this report.
    mutating func receive(_ report: ExperimentReport) -> RaceResults? {
        switch report {
        case .kept(let results):
            guard let race = results.plan.experiment as? RaceExperiment else { return nil }
            statuses[race]?.results = results
        case .race(let plan, let progress, let date):
            if plan.field != .widened {
                for lane in progress.lanes {
                    layers[lane.variant] = lane.trained == nil ? nil : (lane, plan.steps, Memo())
                }
            }
            guard let race = plan.experiment as? RaceExperiment else { return nil }
            return statuses[race]?.receive(plan, progress, date: date)
        case .measured(let measured): statuses.set(measured.experiment, measured.status)
        }
        return nil
    }

    /// Forgets the training under way where an order ends it: there is one at a time. Whether a
    /// race was.
    mutating func take(_ order: RaceOrder) -> Bool {
        if order == .pause || order == .goOn { return false }
        defer {
            for race in Self.races { statuses[race]?.run = nil }
            layers = layers.filter { $0.value.lane.result != nil }
        }
        return isRaceUnderWay
    }

    private static let races = [RaceExperiment.usual, .widened]

    /// Whether a race was begun that is not over.
    var isRaceUnderWay: Bool { Self.races.contains { statuses[$0]?.run != nil } }

    /// The caches a lesson fills or times at the most: no step may take a learner's machine over.
    static let mostBytes = ByteCount(512 << 20)

    /// Why something is not run here; nil where it takes no more memory. bytes: nil where they
    /// cannot be counted.
    static func refusal(ofBytes bytes: ByteCount?, advice: String) -> String? {
        if let bytes, bytes <= mostBytes { return nil }
        return "This would take more than \(mostBytes.both) of memory: \(advice)."
    }

    /// Why something is not run now; nil where the system gives it the memory, and as much as
    /// threads take of addresses for their stacks and heaps.
    static func lack(ofBytes bytes: ByteCount) -> String? {
        if memoryIsGiven(bytes.bytes + 1 << 28) { return nil }
        return "This takes \(bytes.both) of memory, which is not available."
    }
}

extension PreparedStep {
    /// What its widgets show at a setting.
    func experiments(at setting: CacheSetting) -> [any Experiment] {
        widgets.flatMap { $0.experiment(at: setting)?.shown ?? [] }
    }
}

extension WidgetSpec {
    /// What `r` runs in it at a setting; nil where there is nothing to run.
    func experiment(at setting: CacheSetting) -> (any Experiment)? {
        switch self {
        case .race(let spec): spec.experiment
        case .perspectives(let spec): LayerExperiment(variant: spec.variant)
        case .append(let spec): TokensExperiment(setting: setting, words: spec.words.count)
        case .times: TimesExperiment(setting)
        case .groups(let spec): spec.showsTimes ? TimesExperiment(setting) : nil
        case .forms: FormsExperiment(setting)
        case .clocks: MachineExperiment()
        case .writing(let spec): WritingExperiment(spec, setting)
        case .looks: LooksExperiment()
        case .diversity: DiversityExperiment()
        case .losses: LossesExperiment()
        default: nil
        }
    }
}
