import AttentionEngine
import CourseContent

/// What is known of a race: the newest results, and the run under way.
struct RaceStanding: Sendable {
    private(set) var results: RaceResults
    private(set) var run: Run?

    /// A race on this machine that is not over.
    struct Run: Hashable, Sendable {
        let plan: RacePlan
        /// Rows of the variants that have a point so far.
        let rows: [RaceRow]
        /// The share of the steps that is done.
        let share: Double
        let secondsLeft: Double?
        let isPaused: Bool
    }

    init(_ results: RaceResults, run: Run? = nil) {
        self.results = results
        self.run = run
    }

    /// What is shown: the run's rows while there is one.
    var plan: RacePlan { run?.plan ?? results.plan }
    var rows: [RaceRow] { run?.rows ?? results.rows }

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
            plan: plan, rows: rows, share: progress.fraction, secondsLeft: progress.secondsLeft,
            isPaused: progress.phase != .running && progress.phase != .ready)
        return nil
    }

    mutating func take(_ kept: RaceResults) { results = kept }

    /// Forgets the run under way.
    mutating func stop() { run = nil }

    /// What the race's key asks for next.
    var nextOrder: RaceOrder {
        if let run { return run.isPaused ? .goOn : .pause }
        return .start(results.date == nil ? results.plan : results.plan.reseeded)
    }

    /// What that is called.
    var nextLabel: String {
        if let run { return run.isPaused ? "go on" : "pause" }
        return results.date == nil ? "train it here" : "another seed"
    }
}
