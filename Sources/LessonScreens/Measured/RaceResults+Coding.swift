import AttentionEngine

/// Results as they are kept in a file. What cannot have been measured is not taken.
extension RaceResults: Codable {
    /// Changes when older files can no longer be understood.
    private static let version = 1

    private enum CodingKeys: String, CodingKey {
        case version, date, seed, steps, widened, rows
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func demand(_ holds: Bool, _ key: CodingKeys) throws {
            guard holds else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: values, debugDescription: "not as it is written")
            }
        }
        try demand(try values.decode(Int.self, forKey: .version) == Self.version, .version)
        let date = try values.decode(String.self, forKey: .date)
        try demand(Self.isDate(date), .date)
        let steps = try values.decode(Int.self, forKey: .steps)
        try demand(1...1_000_000 ~= steps, .steps)
        plan = RacePlan(
            try values.decode(Bool.self, forKey: .widened) ? .widened : .race,
            seed: try values.decode(UInt64.self, forKey: .seed), steps: steps)
        self.date = date
        let kept = try values.decode([KeptRow].self, forKey: .rows)
        let variants = plan.variants
        try demand(kept.map(\.variant) == variants.map(\.id), .rows)
        rows = zip(kept, variants).map { $0.row(of: $1) }
        try demand(rows.allSatisfy { $0.isPossible(steps: steps) }, .rows)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Self.version, forKey: .version)
        try values.encode(date, forKey: .date)
        try values.encode(plan.seed, forKey: .seed)
        try values.encode(plan.steps, forKey: .steps)
        try values.encode(plan.field == .widened, forKey: .widened)
        try values.encode(rows.map(KeptRow.init), forKey: .rows)
    }

    /// Whether a text is a day as it is written here, "2026-11-23".
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2]
            && parts.joined().allSatisfy { $0.isASCII && $0.isNumber }
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
    /// Whether a race of some steps can have found this.
    fileprivate func isPossible(steps: Int) -> Bool {
        guard let measured, let last = curve.last else { return false }
        let heads = 1...RecallTask.queryHeads
        let isRising = zip(curve, curve.dropFirst()).allSatisfy { $0.step < $1.step }
        return 0...1 ~= accuracy && heads ~= measured.perspectives && 0...3 ~= measured.bits
            && isRising && curve[0].step >= 0 && last.step == steps
            && curve.allSatisfy { 0...1 ~= $0.accuracy }
    }
}
