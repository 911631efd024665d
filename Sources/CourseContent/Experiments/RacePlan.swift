import AttentionEngine

/// What is trained: which layers, from which seed, for how many steps.
package struct RacePlan: Hashable, Sendable {
    /// Which of the race's layers a plan trains.
    package enum Field: Hashable, Sendable {
        /// The race's five variants.
        case race
        /// The same, each widened until it has as many parameters as MHA.
        case widened
        /// One of the race's layers by itself.
        case layer(RecallVariant)
    }

    /// Which layers are trained.
    package var field: Field
    /// What their first weights and all questions are drawn from.
    package var seed: UInt64
    /// Training steps of each layer.
    package var steps: Int

    /// Training steps of a race where nothing else is said.
    static let usualSteps = 1500
    /// Training steps of the longer race.
    static let longSteps = 6000

    /// Of the usual length, where nothing else is said.
    package init(_ field: Field = .race, seed: UInt64 = 0, steps: Int = 1500) {
        self.field = field
        self.seed = seed
        self.steps = steps
    }

    /// What is trained, in the race's order.
    package var variants: [RecallVariant] {
        switch field {
        case .race: RecallVariant.race
        case .widened: RecallVariant.race.map(\.widened)
        case .layer(let variant): [variant]
        }
    }

    /// The same with another seed.
    package var reseeded: RacePlan { RacePlan(field, seed: seed &+ 1, steps: steps) }

    /// The same, longer, or of the usual length where it is longer.
    package var ofOtherLength: RacePlan {
        RacePlan(
            field, seed: seed, steps: steps == Self.longSteps ? Self.usualSteps : Self.longSteps)
    }

    /// "seed 3, 6,000 steps"
    package var inWords: String { "seed \(seed), \(grouped(steps)) steps" }
}

extension RecallVariant {
    /// With embeddings so wide that it has as many parameters as MHA.
    package var widened: RecallVariant { matchingParameters(of: Self.race[0]) }
}

/// What the app asks of the training that runs beside it; there is one at a time.
package enum RaceOrder: Hashable, Sendable {
    /// Begin a training, and end the one under way.
    case start(RacePlan)
    /// Rest, with all that was trained.
    case pause
    /// Go on after a rest.
    case goOn
    /// End the training without results.
    case stop
}
