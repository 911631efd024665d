import AttentionEngine

/// What a race that ran to its end found.
package struct RaceResults: Hashable, Sendable {
    package let plan: RacePlan
    /// The day on which it ran on this machine, "2026-11-23"; nil where it came with the program.
    package let date: String?
    /// One row for each of the plan's variants, in its order.
    let rows: [RaceRow]
}

/// One variant's newest measurement, and its way there.
struct RaceRow: Hashable, Sendable {
    /// A point of a training curve.
    struct Point: Hashable, Sendable {
        let step: Int
        let accuracy: Double
    }

    let variant: RecallVariant
    let accuracy: Double
    /// Known when the training is over.
    let measured: Measured?
    let curve: [Point]

    struct Measured: Hashable, Sendable {
        /// Attributes that some head follows best.
        let perspectives: Int
        /// The mean Jensen-Shannon divergence between heads.
        let bits: Double
    }
}

extension RaceRow {
    /// A lane's; nil before its first slice.
    init?(_ lane: RecallProgress.Lane) {
        guard let last = lane.curve.last else { return nil }
        variant = lane.variant
        accuracy = lane.result?.accuracy ?? last.accuracy
        measured = lane.result.map(Measured.init)
        curve = lane.curve.map { Point(step: $0.step, accuracy: $0.accuracy) }
    }

    /// With the width that the race itself has, whatever it was widened to.
    var unwidened: RecallVariant { RecallVariant(id: variant.id) ?? variant }
}

extension RaceRow.Measured {
    init(_ result: RecallMeasurement) {
        self.init(perspectives: result.perspectives, bits: result.headDivergenceBits)
    }
}
