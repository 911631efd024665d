import AttentionEngine
import CourseContent

/// Training under the steps: the race, its control, and single layers.
extension CourseApp {
    /// The race that the step shows; nil where it shows none.
    var race: RaceStanding? {
        switch engine {
        case .race: measured.race
        case .widened: measured.widened
        default: nil
        }
    }

    /// What `r` does next.
    var runLabel: String? {
        switch engine {
        case .race, .widened: race?.nextLabel
        case .layer(let variant):
            measured.layers[variant] == nil ? "train it here" : "another question"
        default: nil
        }
    }

    /// Trains the layer under the step, or has it answer another question.
    mutating func run(_ variant: RecallVariant) -> [Effect] {
        guard measured.layers[variant] == nil else {
            lookedAt += 1
            return []
        }
        // As the race's results were found, so that they belong to the same layers.
        let plan = measured.race.plan
        return order(.start(RacePlan(.layer(variant), seed: plan.seed, steps: plan.steps)))
    }

    /// The race with the other number of steps.
    mutating func runOtherLength() -> [Effect] {
        race.map { order(.start($0.plan.ofOtherLength)) } ?? []
    }

    mutating func stopRace() -> [Effect] {
        notice = "Stopped. What was measured before stays."
        return order(.stop)
    }

    /// There is one training at a time: what is under way ends where another starts.
    mutating func order(_ order: RaceOrder) -> [Effect] {
        switch order {
        case .start:
            if measured.race.run != nil || measured.widened.run != nil {
                notice = "The race that was under way was stopped."
            }
            measured.stop()
        case .stop: measured.stop()
        case .pause, .goOn: break
        }
        return [.run(.race(order))]
    }
}
