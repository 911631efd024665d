/// A record's out held against what rules give.
struct RecordComparison {
    let record: AttentionRecord
    let tolerance: Double
    private let planes: RecordPlanes

    init(_ record: AttentionRecord, tolerance: Double) {
        self.record = record
        self.tolerance = tolerance
        planes = RecordPlanes(record)
    }

    /// How far out is from a rule.
    struct Closeness {
        /// Whether every number is allowed.
        var isExact = true
        /// Whether the rounding of out alone makes up for every difference.
        var isStrict = true
        /// Whether every number is where rounding to a format inside the softmax can have put it.
        var isWithin: [FloatFormat: Bool] = [:]
        var squaredError = 0.0

        /// Whether it is exact, or within the rounding of some format.
        var isPossible: Bool { isExact || isWithin.values.contains(true) }
    }

    /// Everything that is told of the right rule.
    struct Tally {
        private(set) var worst: AttentionVerification.Difference?
        private var worstIsWrong = false
        private(set) var wrongNumbers = 0
        /// Numbers that the rounding of out alone does not make up for.
        private(set) var beyondRounding = 0
        private(set) var headIsWrong: [Bool]
        private(set) var firstWrongQuery: Int?

        init(heads: Int) { headIsWrong = Array(repeating: false, count: heads) }

        mutating func add(
            _ difference: AttentionVerification.Difference, isWrong: Bool, isBeyondRounding: Bool
        ) {
            if isBeyondRounding { beyondRounding += 1 }
            if isWrong {
                wrongNumbers += 1
                headIsWrong[difference.head] = true
                firstWrongQuery = min(firstWrongQuery ?? difference.query, difference.query)
            }
            let isWorse = difference.error > worst?.error ?? -1
            if isWrong == worstIsWrong ? isWorse : isWrong {
                worst = difference
                worstIsWrong = isWrong
            }
        }
    }

    /// Compares all of out with the right rule.
    func tally(
        _ rule: AttentionRule, progress: (Double) -> Void
    ) throws(VerificationProblem) -> Tally {
        var tally = Tally(heads: record.shape.queryHeads)
        let all = allRows(rule)
        let outputs = RuleOutputs(rule, of: record, planes: planes)
        for (index, rows) in all.enumerated() {
            progress(Double(index) / Double(all.count))
            let given = try planes.numbers(.outputs, rows.batch, rows.head)
            try outputs.forRows(
                batch: rows.batch, head: rows.head, queries: rows.queries,
                withSlack: record.format.isSixteenBits
            ) { (query) throws(VerificationProblem) in
                for (place, expected) in outputs.outputs.enumerated() {
                    guard expected.isFinite else {
                        throw VerificationProblem(
                            "has numbers so large that attention over them has no finite result")
                    }
                    let difference = AttentionVerification.Difference(
                        batch: rows.batch, head: rows.head, query: query, coordinate: place,
                        output: given[query * outputs.outputs.count + place], expected: expected)
                    let slack = outputs.slackOfWeights[place]
                    guard difference.error.isFinite, allowed(expected, slack).isFinite else {
                        throw VerificationProblem(
                            "has numbers so large that the error of out is not finite")
                    }
                    tally.add(
                        difference, isWrong: difference.error > allowed(expected, slack),
                        isBeyondRounding: difference.error > allowed(expected, 0))
                }
            }
        }
        return tally
    }

    /// Multiplications so far, as a record counts its work.
    var workDone: Double { planes.workDone }

    /// Compares some rows with a rule, up to the first number that rules it out; nil where so much
    /// work is done before that is known. `formats`: those whose rounding inside the softmax is
    /// thought of.
    func closeness(
        to rule: AttentionRule, in parts: some Collection<RowPortions.Rows>, formats: [FloatFormat],
        upTo mostWork: Double, progress: (Double) -> Void = { _ in }
    ) throws(VerificationProblem) -> Closeness? {
        var closeness = Closeness()
        for format in formats { closeness.isWithin[format] = true }
        let outputs = RuleOutputs(rule, of: record, planes: planes)
        for (index, rows) in parts.enumerated() {
            guard workDone < mostWork else { return nil }
            progress(Double(index) / Double(parts.count))
            let given = try planes.numbers(.outputs, rows.batch, rows.head)
            try outputs.forRows(
                batch: rows.batch, head: rows.head, queries: rows.queries,
                withSlack: !formats.isEmpty || record.format.isSixteenBits
            ) { (query) throws(VerificationProblem) in
                guard closeness.isPossible else { return }
                for (place, expected) in outputs.outputs.enumerated() {
                    let output = given[query * outputs.outputs.count + place]
                    let error = abs(output - expected)
                    let rest =
                        rule.rounding == nil ? error : output - record.format.rounded(expected)
                    closeness.squaredError += rest * rest
                    let strict = allowed(expected, 0)
                    let allowed = allowed(expected, outputs.slackOfWeights[place])
                    // Not `>`: what is no number is never near, nor is what no bound holds.
                    if !isNear(error, strict) { closeness.isStrict = false }
                    if !isNear(error, allowed) { closeness.isExact = false }
                    for format in formats {
                        let slack = format.unitRoundoff * outputs.slackOfSoftmax[place]
                        if !isNear(error, strict + slack) { closeness.isWithin[format] = false }
                    }
                }
            }
            if !closeness.isPossible { return closeness }
        }
        return closeness
    }

    private func isNear(_ error: Double, _ bound: Double) -> Bool {
        error <= bound && bound.isFinite
    }

    /// The error that is no error. With 16 bits the product with v takes weights of 16 bits, in
    /// PyTorch's own attention too.
    private func allowed(_ expected: Double, _ slackOfWeights: Double) -> Double {
        let format = record.format
        return tolerance + format.roundingError(of: expected)
            + (format.isSixteenBits ? format.unitRoundoff * slackOfWeights : 0)
    }

    /// All rows.
    func allRows(_ rule: AttentionRule) -> RowPortions { RowPortions(of: record, for: rule) }

    /// A few rows that rule most mistakes out: the worst, and some spread over all.
    func sample(around worst: AttentionVerification.Difference) -> [RowPortions.Rows] {
        let (heads, queries) = (record.shape.queryHeads, record.queryTokens)
        let few = Set([worst.query, 0, 1, queries / 2, queries - 1]).filter { $0 < queries }
        return Set([worst.head, 0, 1, heads / 2, heads - 1]).filter { $0 < heads }.sorted().map {
            RowPortions.Rows(batch: worst.batch, head: $0, queries: few.sorted())
        }
    }
}
