import AttentionEngine

/// What is trained: which layers, from which seed, for how many steps.
package struct RacePlan: Hashable, Sendable {
    package enum Field: Hashable, Sendable {
        /// The race's five variants.
        case race
        /// The same, each widened until it has as many parameters as MHA.
        case widened
        /// One of the race's layers by itself.
        case layer(RecallVariant)
    }

    package var field: Field
    package var seed: UInt64
    package var steps: Int

    /// A race of the length it has where nothing else is said, and the longer one.
    static let usualSteps = 1500
    static let longSteps = 6000

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
    var reseeded: RacePlan { RacePlan(field, seed: seed &+ 1, steps: steps) }

    /// The same, longer, or of the usual length where it is longer.
    var ofOtherLength: RacePlan {
        RacePlan(
            field, seed: seed, steps: steps == Self.longSteps ? Self.usualSteps : Self.longSteps)
    }

    /// "seed 3, 6,000 steps"
    var inWords: String { "seed \(seed), \(grouped(steps)) steps" }
}

extension RecallVariant {
    /// With embeddings so wide that it has as many parameters as MHA.
    var widened: RecallVariant { matchingParameters(of: Self.race[0]) }
}

/// What the app asks of the training that runs beside it; there is one at a time.
package enum RaceOrder: Hashable, Sendable {
    case start(RacePlan)
    case pause
    case goOn
    case stop
}
