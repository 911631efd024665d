/// Looks for the mistakes that give a record's out, for some seconds at the most.
struct MistakeSearch {
    /// Whether nothing was left out for want of time.
    private(set) var isWhole = true
    private let comparison: RecordComparison
    private let causal: Bool
    private let sample: [RowPortions.Rows]
    private let mostWork: Double
    private let progress: (Double) -> Void

    init(
        _ comparison: RecordComparison, causal: Bool, worst: AttentionVerification.Difference,
        mostWork: Double, progress: @escaping (Double) -> Void
    ) {
        self.comparison = comparison
        self.causal = causal
        self.progress = progress
        sample = comparison.sample(around: worst)
        self.mostWork = comparison.workDone + mostWork
    }

    private var record: AttentionRecord { comparison.record }

    private func rule(_ mistakes: [AttentionMistake]) -> AttentionRule {
        var rule = AttentionRule(causal: causal)
        for mistake in mistakes { mistake.apply(to: &rule) }
        return rule.canonical(record)
    }

    /// Formats whose rounding inside the softmax is thought of: a file of 16 bits was made in
    /// them, any other may have passed through either.
    private var formats: [FloatFormat] {
        record.format.isSixteenBits ? [record.format] : [.float16, .bfloat16]
    }

    /// Single mistakes that can be made with these heads. One K/V head has no neighbour, and of two
    /// each is the other's on both sides.
    private var candidates: [AttentionMistake] {
        AttentionMistake.candidates(causal: causal).filter {
            switch $0 {
            case .valuesOfNextGroup: record.shape.keyValueHeads > 1
            case .valuesOfPreviousGroup: record.shape.keyValueHeads > 2
            default: true
            }
        }
    }

    /// Single mistakes that also give this out.
    mutating func unseen() throws(VerificationProblem) -> [AttentionMistake] {
        let right = rule([])
        var unseen: [AttentionMistake] = []
        for mistake in candidates {
            // Where keys and values may be tiled, either may.
            let isHalf = mistake == .keysTiled || mistake == .valuesTiled
            if isHalf, unseen.contains(.headsTiled) { continue }
            let rule = rule([mistake])
            let isSame = rule == right
            if isSame {
                unseen.append(mistake)
            } else if try closeness(to: rule, formats: [])?.isExact == true {
                unseen.append(mistake)
            }
        }
        return unseen
    }

    /// Sets of mistakes that give this out, the likeliest first.
    mutating func explanations() throws(VerificationProblem) -> [[AttentionMistake]] {
        var tried: [AttentionRule: Bool] = [:]
        var exact: [[AttentionMistake]] = []
        var rounded: [(mistakes: [AttentionMistake], squaredError: Double)] = []
        let pairs = pairsAreCheap ? AttentionMistake.pairs(causal: causal) : []
        for mistakes in [[]] + candidates.map({ [$0] }) + pairs {
            // A pair adds nothing to a mistake that is enough.
            if exact.contains(where: { Set($0).isSubset(of: mistakes) }) { continue }
            let rule = rule(mistakes)
            if let isExact = tried[rule] {
                // Two names for one thing at these sizes, as 1/h and 1/√(n h) where n = h.
                if isExact, mistakes.count == 1 { exact.append(mistakes) }
                continue
            }
            guard let closeness = try closeness(to: rule, formats: formats) else { continue }
            tried[rule] = closeness.isExact
            let rounding = try roundingFormat(rule, closeness)
            let all = mistakes + (rounding.map { [.sixteenBitSoftmax($0)] } ?? [])
            if closeness.isExact {
                exact.append(all)
            } else if rounding != nil {
                rounded.append((all, closeness.squaredError))
            }
        }
        if !exact.isEmpty { return exact }
        return rounded.min { $0.squaredError < $1.squaredError }.map { [$0.mistakes] } ?? []
    }

    /// Of all rows where the sample does not rule the rule out; nil where that is not known in
    /// time.
    private mutating func closeness(
        to rule: AttentionRule, formats: [FloatFormat]
    ) throws(VerificationProblem) -> RecordComparison.Closeness? {
        let first = try closeness(to: rule, in: sample, formats: formats)
        guard let first, first.isPossible else { return first }
        return try closeness(to: rule, in: comparison.allRows(rule), formats: formats)
    }

    private mutating func closeness(
        to rule: AttentionRule, in rows: some Collection<RowPortions.Rows>, formats: [FloatFormat]
    ) throws(VerificationProblem) -> RecordComparison.Closeness? {
        let closeness = try comparison.closeness(
            to: rule, in: rows, formats: formats, upTo: mostWork, progress: progress)
        if closeness == nil { isWhole = false }
        return closeness
    }

    /// A few rows for each of some hundred pairs.
    private var pairsAreCheap: Bool { record.work <= 0x1p32 }

    /// The format of 16 bits that scores were rounded to inside the softmax, where that makes up
    /// what is left of the error.
    private mutating func roundingFormat(
        _ rule: AttentionRule, _ closeness: RecordComparison.Closeness
    ) throws(VerificationProblem) -> FloatFormat? {
        let isOfFile = record.format.isSixteenBits
        if closeness.isStrict || closeness.isExact && !isOfFile { return nil }
        for format in formats where closeness.isWithin[format] == true {
            // Any small error is within the bound, so the very rounding must be seen; where a file
            // of 16 bits has more than weights account for, that is enough.
            if isOfFile, !closeness.isExact { return format }
            if try showsRounding(to: format, rule) { return format }
        }
        return nil
    }

    /// Whether rounding scores, or in a file of more bits weights, halves the error of the sample
    /// at least.
    mutating func showsRounding(
        to format: FloatFormat, _ rule: AttentionRule
    ) throws(VerificationProblem) -> Bool {
        var (legal, mistaken) = (Double.infinity, Double.infinity)
        for scores in AttentionRule.Rounding.Scores.allCases {
            for weights in AttentionRule.Rounding.Weights.allCases {
                var rule = rule
                rule.rounding = AttentionRule.Rounding(
                    format: format, scores: scores, weights: weights)
                guard let closeness = try closeness(to: rule, in: sample, formats: [format])
                else { return false }
                let error = closeness.isPossible ? closeness.squaredError : .infinity
                let isLegal =
                    scores == .kept && (weights == .kept || record.format.isSixteenBits)
                if isLegal { legal = min(legal, error) } else { mistaken = min(mistaken, error) }
            }
        }
        return legal > 0 && mistaken.isFinite && mistaken * 4 <= legal
    }
}
