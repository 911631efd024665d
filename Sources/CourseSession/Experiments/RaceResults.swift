import AttentionEngine
import CourseContent

/// What a race that ran to its end found.
package struct RaceResults: Hashable, Sendable {
    /// What was trained.
    package let plan: RacePlan
    /// The day on which it ran on this machine, "2026-11-23"; nil where it came with the program.
    package let date: String?
    /// One row for each of the plan's variants, in its order.
    package let rows: [RaceRow]
}

/// One variant's newest measurement, and its way there.
package struct RaceRow: Hashable, Sendable {
    /// A point of a training curve.
    package struct Point: Hashable, Sendable {
        /// Training steps behind it.
        package let step: Int
        /// The share of answers that were right there, 0 to 1.
        package let accuracy: Double
    }

    /// What was trained.
    package let variant: RecallVariant
    /// The share of answers that are right at the end, or at the newest point, 0 to 1.
    package let accuracy: Double
    /// Known when the training is over.
    package let measured: Measured?
    /// The way there, in the order of training steps.
    package let curve: [Point]

    /// What is measured of a layer besides its accuracy.
    package struct Measured: Hashable, Sendable {
        /// Attributes that some head follows best.
        package let perspectives: Int
        /// The mean Jensen-Shannon divergence between heads.
        package let bits: Double
    }
}

extension RaceRow {
    /// A lane's; nil before its first slice.
    init?(_ lane: RecallProgress.Lane) {
        guard let last = lane.curve.last else { return nil }
        variant = lane.variant
        accuracy = lane.result?.accuracy ?? last.accuracy
        measured = lane.result.map {
            Measured(perspectives: $0.perspectives, bits: $0.headDivergenceBits)
        }
        curve = lane.curve.map { Point(step: $0.step, accuracy: $0.accuracy) }
    }

    /// With the width that the race itself has, whatever it was widened to.
    package var unwidened: RecallVariant { RecallVariant(id: variant.id) ?? variant }
}
