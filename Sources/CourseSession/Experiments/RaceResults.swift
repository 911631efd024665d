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
    /// What was trained.
    package let variant: RecallVariant
    /// The share of answers that are right at the end, or at the newest point, 0 to 1.
    package let accuracy: Double
    /// Known when the training is over.
    package let measured: Measured?
    /// The way there, in the order of training steps.
    package let curve: [RecallPoint]

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
        curve = lane.curve
    }

    /// With the width that the race itself has, whatever it was widened to.
    package var unwidened: RecallVariant { RecallVariant(id: variant.id) ?? variant }
}

/// Results as they are kept in a file. What cannot have been measured is not taken.
extension RaceResults: Codable {
    package init(from decoder: any Decoder) throws {
        let form = try RaceForm(from: decoder)
        guard form.version == RaceForm.version, let results = form.possible, results.isWhole,
            results.date.map(Self.isDate) == true
        else { throw decoder.problem("not as it is written") }
        self = results
    }

    package func encode(to encoder: any Encoder) throws {
        try RaceForm(self, version: RaceForm.version).encode(to: encoder)
    }

    private var isWhole: Bool {
        rows.map(\.variant) == plan.variants && rows.allSatisfy { $0.measured != nil }
    }

    /// Whether a text is a day as it is written here, "2026-11-23".
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2]
            && parts.joined().allSatisfy { $0.isASCII && $0.isNumber }
    }
}

/// A run as others are told of it.
extension RaceStatus.Run: Codable {
    /// More is no time that a race takes.
    private static let mostSeconds = 1e7

    package init(from decoder: any Decoder) throws {
        let form = try RaceForm(from: decoder)
        guard let soFar = form.possible, let share = form.share, let isPaused = form.isPaused,
            0...1 ~= share, 0...Self.mostSeconds ~= form.secondsLeft ?? 0
        else { throw decoder.problem("not as it is written") }
        self.init(soFar: soFar, share: share, secondsLeft: form.secondsLeft, isPaused: isPaused)
    }

    package func encode(to encoder: any Encoder) throws {
        var form = RaceForm(soFar)
        (form.share, form.secondsLeft, form.isPaused) = (share, secondsLeft, isPaused)
        try form.encode(to: encoder)
    }
}

/// A race in a file, over or not.
private struct RaceForm: Codable {
    /// Changes when older files can no longer be understood.
    static let version = 1

    var version: Int?
    let date: String?
    let seed: UInt64
    let steps: Int
    let widened: Bool
    let rows: [Row]
    var share: Double?
    var secondsLeft: Double?
    var isPaused: Bool?

    /// A curve is one list of steps and one of accuracies.
    struct Row: Codable {
        let variant: String
        let accuracy: Double
        let perspectives: Int?
        let headDivergenceBits: Double?
        let curveSteps: [Int]
        let curveAccuracy: [Double]

        enum CodingKeys: String, CodingKey {
            case variant, accuracy, perspectives
            case headDivergenceBits = "head_divergence_bits"
            case curveSteps = "curve_steps"
            case curveAccuracy = "curve_accuracy"
        }
    }

    enum CodingKeys: String, CodingKey {
        case version, date, seed, steps, widened, rows, share
        case secondsLeft = "seconds_left"
        case isPaused = "is_paused"
    }

    init(_ race: RaceResults, version: Int? = nil) {
        self.version = version
        date = race.date
        (seed, steps, widened) = (race.plan.seed, race.plan.steps, race.plan.field == .widened)
        rows = race.rows.map {
            Row(
                variant: $0.variant.id, accuracy: $0.accuracy,
                perspectives: $0.measured?.perspectives, headDivergenceBits: $0.measured?.bits,
                curveSteps: $0.curve.map(\.step), curveAccuracy: $0.curve.map(\.accuracy))
        }
    }

    /// What it holds, with rows of some of the plan's variants in its order; nil where a race
    /// cannot have found it.
    var possible: RaceResults? {
        let plan = RacePlan(widened ? .widened : .race, seed: seed, steps: steps)
        let variants = plan.variants.filter { variant in
            rows.contains { $0.variant == variant.id }
        }
        let found = zip(rows, variants).map { RaceRow($0, of: $1) }
        guard 1...1_000_000 ~= steps, rows.map(\.variant) == variants.map(\.id),
            found.allSatisfy({ $0.isPossible(steps: steps) })
        else { return nil }
        return RaceResults(plan: plan, date: date, rows: found)
    }
}

extension RaceRow {
    fileprivate init(_ row: RaceForm.Row, of variant: RecallVariant) {
        self.variant = variant
        accuracy = row.accuracy
        measured = row.perspectives.flatMap { perspectives in
            row.headDivergenceBits.map { .init(perspectives: perspectives, bits: $0) }
        }
        curve = zip(row.curveSteps, row.curveAccuracy).map { .init(step: $0, accuracy: $1) }
    }

    /// Whether a race of some steps can have found this, on its way or at its end.
    fileprivate func isPossible(steps: Int) -> Bool {
        guard let last = curve.last else { return false }
        let isRising = zip(curve, curve.dropFirst()).allSatisfy { $0.step < $1.step }
        return 0...1 ~= accuracy && isRising && curve[0].step >= 0
            && curve.allSatisfy { 0...1 ~= $0.accuracy }
            && (measured.map { $0.isPossible && last.step == steps } ?? (last.step <= steps))
    }
}

extension RaceRow.Measured {
    /// Whether a layer can look so, by the ranges of both.
    var isPossible: Bool { 1...RecallTask.queryHeads ~= perspectives && 0...3 ~= bits }
}
