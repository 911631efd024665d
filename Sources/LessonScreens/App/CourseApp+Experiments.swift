import AttentionEngine

extension CourseApp {
    /// Takes on how an experiment stands that runs beside the app, and says what the program must
    /// do.
    @discardableResult
    public mutating func receive(_ report: ExperimentReport) -> [Effect] {
        defer { updateLayout() }
        return measured.receive(report).map { [.keep($0)] } ?? []
    }

    /// The engine under the step that `r` runs; nil where there is none.
    var engine: Engine? { step.widgets.lazy.compactMap(\.engine).first }

    /// The race that the step shows; nil where it shows none.
    var race: RaceStanding? {
        switch engine {
        case .race: measured.race
        case .widened: measured.widened
        case .layer, nil: nil
        }
    }

    /// What `r` does next.
    var runLabel: String? {
        switch engine {
        case .race, .widened: race?.nextLabel
        case .layer(let variant):
            measured.layers[variant] == nil ? "train it here" : "another question"
        case nil: nil
        }
    }

    /// Runs the step's engine once more, on the spot or beside the app.
    mutating func runEngine() -> [Effect] {
        switch engine {
        case .race, .widened: race.map { order($0.nextOrder) } ?? []
        case .layer(let variant):
            if measured.layers[variant] == nil {
                // As the race's results were found, so that they belong to the same layers.
                order(
                    .start(
                        RacePlan(
                            .layer(variant), seed: measured.race.plan.seed,
                            steps: measured.race.plan.steps)))
            } else {
                nextQuestion()
            }
        case nil: []
        }
    }

    /// The race with the other number of steps.
    mutating func runOtherLength() -> [Effect] {
        race.map { order(.start($0.plan.ofOtherLength)) } ?? []
    }

    mutating func stopRace() -> [Effect] {
        notice = "Stopped. What was measured before stays."
        return order(.stop)
    }

    private mutating func nextQuestion() -> [Effect] {
        lookedAt += 1
        return []
    }

    /// There is one training at a time: what is under way ends where another starts.
    private mutating func order(_ order: RaceOrder) -> [Effect] {
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
