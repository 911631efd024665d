import AttentionEngine

/// What is known of the recall race: the results that come with the program, or those of a race on
/// this machine as it runs and when it has run.
public struct RaceStanding: Hashable, Sendable {
    /// One variant's newest measurement.
    struct Result: Hashable, Sendable {
        let variant: RecallVariant
        let accuracy: Double
        /// Attributes that some head follows best; known when the training is over.
        let perspectives: Int?
    }

    enum State: Hashable, Sendable {
        /// Came with the program.
        case shipped
        case running(share: Double, secondsLeft: Double?)
        case paused(share: Double)
        case finished
    }

    let results: [Result]
    let seed: UInt64
    let steps: Int
    let state: State

    /// `headroom race` prints these again, to the last digit, on any machine.
    public static let shipped = RaceStanding(
        results: zip(
            RecallVariant.race,
            [(0.7216, 6), (0.3696, 4), (0.3000, 3), (0.1791, 1), (0.4873, 4)]
        ).map { Result(variant: $0, accuracy: $1.0, perspectives: $1.1) },
        seed: 0, steps: 1500, state: .shipped)

    public init(_ progress: RecallProgress) {
        results = progress.lanes.compactMap { lane in
            lane.curve.last.map {
                Result(
                    variant: lane.variant, accuracy: lane.result?.accuracy ?? $0.accuracy,
                    perspectives: lane.result?.perspectives)
            }
        }
        seed = progress.seed
        steps = progress.steps
        switch progress.phase {
        case .ready, .running:
            state = .running(share: progress.fraction, secondsLeft: progress.secondsLeft)
        case .paused, .stopped: state = .paused(share: progress.fraction)
        case .finished: state = .finished
        }
    }

    private init(results: [Result], seed: UInt64, steps: Int, state: State) {
        self.results = results
        self.seed = seed
        self.steps = steps
        self.state = state
    }

    /// What the race's key asks for next.
    var nextOrder: RaceOrder {
        switch state {
        case .shipped: .start(seed: seed, steps: steps)
        case .running: .pause
        case .paused: .goOn
        case .finished: .start(seed: seed + 1, steps: steps)
        }
    }
}

/// What the app asks of the race that runs beside it.
public enum RaceOrder: Hashable, Sendable {
    case start(seed: UInt64, steps: Int)
    case pause
    case goOn
}
