import AttentionEngine

/// What is trained: which layers, from which seed, for how many steps.
public struct RacePlan: Hashable, Sendable {
    /// Which layers are trained.
    public enum Field: Hashable, Sendable {
        /// The race's five variants.
        case race
        /// The same, each widened until it has as many parameters as MHA.
        case widened
        /// One of the race's layers by itself.
        case layer(RecallVariant)
    }

    /// Which layers are trained.
    public var field: Field
    /// What random numbers begin from; the same seed gives the same race.
    public var seed: UInt64
    /// Training steps of each variant.
    public var steps: Int

    /// Training steps of a race where nothing else is said.
    static let usualSteps = 1500
    /// Training steps of the longer race.
    static let longSteps = 6000

    /// The race as it is where nothing else is said.
    public init(_ field: Field = .race, seed: UInt64 = 0, steps: Int = 1500) {
        self.field = field
        self.seed = seed
        self.steps = steps
    }

    /// What is trained, in the race's order.
    public var variants: [RecallVariant] {
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
