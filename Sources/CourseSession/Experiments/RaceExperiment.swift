import AttentionEngine
import CourseContent

/// The recall race, or its control: the same with each variant widened.
struct RaceExperiment: Experiment {
    let isWidened: Bool

    static let usual = RaceExperiment(isWidened: false)
    static let widened = RaceExperiment(isWidened: true)

    static let runKey = RunKey(
        label: "race",
        help: "Train the variants here; again to pause and to go on, then with another seed"
    )

    var key: ExperimentKey { ExperimentKey(name: isWidened ? "widened" : "race") }
    var part: WritableKeyPath<SharedExperiments, RaceStatus?> { isWidened ? \.widened : \.race }
    /// Widened layers stand beside those of the race.
    var shown: [any Experiment] { isWidened ? [self, Self.usual] : [self] }
    /// What came with the program.
    var untouched: RaceStatus? { RaceStatus(results: .shipped(isWidened ? .widened : .race)) }

    var started: String {
        isWidened
            ? "Training the widened layers on this machine."
            : "Training the layers on this machine."
    }

    func accepts(_ status: RaceStatus) -> Bool {
        [status.plan, status.results.plan].allSatisfy { ($0.field == .widened) == isWidened }
    }

    func share(of status: RaceStatus) -> Double { status.run?.share ?? 1 }

    func label(in experiments: Experiments) -> String? {
        experiments.statuses.race(self).next.label
    }

    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        .order(.race(experiments.statuses.race(self).next.order))
    }
}

extension RacePlan {
    /// What trains by it.
    var experiment: any Experiment {
        switch field {
        case .race: RaceExperiment.usual
        case .widened: RaceExperiment.widened
        case .layer(let variant): LayerExperiment(variant: variant)
        }
    }
}

extension ExperimentStatuses {
    func race(_ race: RaceExperiment) -> RaceStatus {
        guard let status = self[race] else { preconditionFailure("a race comes with results") }
        return status
    }

    /// The race as the widened one was or is run, with the same seed and as long: the newest, or
    /// the one that came with the program; nil where neither is.
    var unwidened: RaceResults? {
        let widened = race(.widened).plan
        return [race(.usual).results, .shipped].first {
            $0.plan.seed == widened.seed && $0.plan.steps == widened.steps
        }
    }
}

/// How a race stands: the newest results, and the run under way.
package struct RaceStatus: ExperimentStatus {
    /// What the newest race found that ran to its end here, or else the one of the program.
    package var results: RaceResults
    /// The race under way; nil where none is.
    package var run: Run?

    /// A race on this machine that is not over.
    package struct Run: Hashable, Sendable {
        /// With rows of the variants that have a point so far.
        var soFar: RaceResults
        /// The share of the steps that is done.
        package let share: Double
        /// Seconds of training left if it goes on as it did; nil before the first slice.
        package let secondsLeft: Double?
        /// Whether it rests, with all that was trained.
        package let isPaused: Bool
    }

    /// What is shown: the run's rows while there is one.
    package var plan: RacePlan { (run?.soFar ?? results).plan }
    /// The rows that are shown: the run's while there is one, of variants with a point so far.
    package var rows: [RaceRow] { (run?.soFar ?? results).rows }

    var isRunning: Bool { run?.isPaused == false }
    var isUnderWay: Bool { run != nil }
    /// Results and runs are checked where they are read.
    var isPossible: Bool { true }

    /// Takes on how a run stands; what it found where it is over by this report.
    mutating func receive(_ plan: RacePlan, _ progress: RecallProgress, date: String)
        -> RaceResults?
    {
        let rows = progress.lanes.compactMap { RaceRow($0) }
        if progress.phase == .finished {
            let found = RaceResults(plan: plan, date: date, rows: rows)
            // A race that is over goes on saying so.
            let isNews = run != nil || results.date == nil || results.rows != rows
            run = nil
            guard isNews else { return nil }
            results = found
            return found
        }
        run = Run(
            soFar: RaceResults(plan: plan, date: nil, rows: rows), share: progress.fraction,
            secondsLeft: progress.secondsLeft,
            isPaused: progress.phase != .running && progress.phase != .ready)
        return nil
    }

    /// What the race's key asks for next, and what that is called.
    var next: (order: RaceOrder, label: String) {
        if let run { return run.isPaused ? (.goOn, "go on") : (.pause, "pause") }
        return results.date == nil
            ? (.start(results.plan), "train it here")
            : (.start(results.plan.reseeded), "another seed")
    }

    /// The run under way, or else the newest results where those did not come with the program.
    func told(isBeside: Bool) -> RaceStatus? {
        if !isBeside, var run {
            run.soFar = run.soFar.short
            return RaceStatus(results: .shipped(plan.field), run: run)
        }
        return results.date == nil ? nil : RaceStatus(results: results.short)
    }
}

extension RaceStatus: Codable {
    private enum CodingKeys: String, CodingKey { case results, run }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        run = try values.value(of: .run, or: nil)
        results = try values.value(of: .results, or: .shipped(run?.soFar.plan.field ?? .race))
    }

    /// What came with the program is everywhere.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(results.date == nil ? nil : results, forKey: .results)
        try values.encodeIfPresent(run, forKey: .run)
    }
}

extension RaceResults {
    fileprivate var short: RaceResults {
        RaceResults(plan: plan, date: date, rows: rows.map(\.short))
    }
}

extension RaceRow {
    /// Points of a curve at the most: all that a race of 6,000 steps has.
    private static let mostPoints = 240

    /// With a curve that takes little room in a file: five decimals, which no plot tells from all.
    fileprivate var short: RaceRow {
        let stride = max(1, (curve.count + Self.mostPoints - 1) / Self.mostPoints)
        let last = curve.count - 1
        let points = curve.enumerated().filter { (last - $0.offset) % stride == 0 }.map {
            RecallPoint(
                step: $0.element.step, accuracy: ($0.element.accuracy * 1e5).rounded() / 1e5)
        }
        return RaceRow(variant: variant, accuracy: accuracy, measured: measured, curve: points)
    }
}

extension RaceSpec {
    /// The race that is shown.
    var experiment: RaceExperiment { isWidened ? .widened : .usual }
}
