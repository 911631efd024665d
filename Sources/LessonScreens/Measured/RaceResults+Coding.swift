import AttentionEngine

/// Results as they are kept in a file. What cannot have been measured is not taken.
extension RaceResults: Codable {
    /// Changes when older files can no longer be understood.
    private static let version = 1

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: RaceKeys.self)
        try values.demand(try values.decode(Int.self, forKey: .version) == Self.version, .version)
        let date = try values.decode(String.self, forKey: .date)
        try values.demand(Self.isDate(date), .date)
        plan = try values.plan()
        self.date = date
        rows = try values.rows(of: plan)
        try values.demand(
            rows.map(\.variant) == plan.variants && rows.allSatisfy { $0.measured != nil }, .rows)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: RaceKeys.self)
        try values.encode(Self.version, forKey: .version)
        try values.encode(date, forKey: .date)
        try values.encode(plan, rows)
    }

    /// Whether a text is a day as it is written here, "2026-11-23".
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2]
            && parts.joined().allSatisfy { $0.isASCII && $0.isNumber }
    }
}

/// A run as others are told of it.
extension RaceStanding.Run: Codable {
    /// More is no time that a race takes.
    private static let mostSeconds = 1e7

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: RaceKeys.self)
        plan = try values.plan()
        rows = try values.rows(of: plan)
        share = try values.decode(Double.self, forKey: .share)
        try values.demand(0...1 ~= share, .share)
        secondsLeft = try values.decodeIfPresent(Double.self, forKey: .secondsLeft)
        try values.demand(0...Self.mostSeconds ~= secondsLeft ?? 0, .secondsLeft)
        isPaused = try values.decode(Bool.self, forKey: .isPaused)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: RaceKeys.self)
        try values.encode(plan, rows)
        try values.encode(share, forKey: .share)
        try values.encodeIfPresent(secondsLeft, forKey: .secondsLeft)
        try values.encode(isPaused, forKey: .isPaused)
    }
}

private enum RaceKeys: String, CodingKey {
    case version, date, seed, steps, widened, rows, share
    case secondsLeft = "seconds_left"
    case isPaused = "is_paused"
}

extension KeyedDecodingContainer<RaceKeys> {
    fileprivate func demand(_ holds: Bool, _ key: RaceKeys) throws {
        guard holds else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "not as it is written")
        }
    }

    fileprivate func plan() throws -> RacePlan {
        let steps = try decode(Int.self, forKey: .steps)
        try demand(1...1_000_000 ~= steps, .steps)
        return RacePlan(
            try decode(Bool.self, forKey: .widened) ? .widened : .race,
            seed: try decode(UInt64.self, forKey: .seed), steps: steps)
    }

    /// Rows of some of the plan's variants, in its order.
    fileprivate func rows(of plan: RacePlan) throws -> [RaceRow] {
        let kept = try decode([KeptRow].self, forKey: .rows)
        let variants = plan.variants.filter { variant in
            kept.contains { $0.variant == variant.id }
        }
        try demand(kept.map(\.variant) == variants.map(\.id), .rows)
        let rows = zip(kept, variants).map { $0.row(of: $1) }
        try demand(rows.allSatisfy { $0.isPossible(steps: plan.steps) }, .rows)
        return rows
    }
}

extension KeyedEncodingContainer<RaceKeys> {
    fileprivate mutating func encode(_ plan: RacePlan, _ rows: [RaceRow]) throws {
        try encode(plan.seed, forKey: .seed)
        try encode(plan.steps, forKey: .steps)
        try encode(plan.field == .widened, forKey: .widened)
        try encode(rows.map(KeptRow.init), forKey: .rows)
    }
}

/// A row in a file; its curve as one list of steps and one of accuracies.
private struct KeptRow: Codable {
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

    init(_ row: RaceRow) {
        variant = row.variant.id
        accuracy = row.accuracy
        perspectives = row.measured?.perspectives
        headDivergenceBits = row.measured?.bits
        curveSteps = row.curve.map(\.step)
        curveAccuracy = row.curve.map(\.accuracy)
    }

    func row(of variant: RecallVariant) -> RaceRow {
        RaceRow(
            variant: variant, accuracy: accuracy,
            measured: perspectives.flatMap { perspectives in
                headDivergenceBits.map { .init(perspectives: perspectives, bits: $0) }
            },
            curve: zip(curveSteps, curveAccuracy).map { .init(step: $0, accuracy: $1) })
    }
}

extension RaceRow {
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
