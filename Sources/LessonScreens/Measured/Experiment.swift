import AttentionEngine

/// What runs under a step and takes longer than a key may wait. `r` runs it, beside the app.
public enum Experiment: Hashable, Sendable {
    /// The recall race, or one of its layers.
    case race(RaceOrder)
}

/// How an experiment stands, told to the app while it runs and when it is done.
public enum ExperimentReport: Sendable {
    /// How a race stands, and today's date for when it is over.
    case race(RacePlan, RecallProgress, date: String)
    /// What a race found on this machine before.
    case kept(RaceResults)
}

/// What is known of every experiment: what comes with the program, or what was found on this
/// machine.
struct Measured: Sendable {
    var race = RaceStanding(.shipped)
    /// The control of the race.
    var widened = RaceStanding(.shippedWidened)
    /// The race's layers that were trained here, or are being trained.
    var layers: [RecallVariant: LayerStanding] = [:]

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

/// A step's view that `r` runs.
enum Engine: Hashable, Sendable {
    case race
    /// The race with each variant widened.
    case widened
    case layer(RecallVariant)
}
