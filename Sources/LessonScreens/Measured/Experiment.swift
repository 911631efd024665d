import AttentionEngine

/// What runs under a step and takes longer than a key may wait. `r` runs it, beside the app.
public enum Experiment: Hashable, Sendable {
    /// The recall race.
    case race(RaceOrder)
}

/// How an experiment stands, told to the app while it runs and when it is done.
public enum ExperimentReport: Sendable {
    case race(RecallProgress)
}

/// What is known of every experiment: what comes with the program, or what was found on this
/// machine.
struct Measured: Sendable {
    var race = RaceStanding.shipped

    mutating func receive(_ report: ExperimentReport) {
        switch report {
        case .race(let progress): race = RaceStanding(progress)
        }
    }
}

/// A step's view that `r` runs.
enum Engine: Hashable, Sendable {
    case race
}
