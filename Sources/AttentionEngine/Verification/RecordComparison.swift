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

    /// Rows of one query head.
    struct Rows {
        let batch: Int
        let head: Int
        let queries: [Int]
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
        var worst: AttentionVerification.Difference
        var wrongNumbers = 0
        /// Numbers that the rounding of out alone does not make up for.
        var beyondRounding = 0
        var headIsWrong: [Bool]
        var firstWrongQuery: Int?
    }

    /// Compares all of out with the right rule.
    func tally(
        _ rule: AttentionRule, progress: (Double) -> Void
    ) throws(VerificationProblem) -> Tally {
        var tally: Tally?
        var worstIsWrong = false
        let all = allRows(rule)
        let outputs = RuleOutputs(rule, of: record, planes: planes)
        let heads = record.shape.queryHeads
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
                    var next =
                        tally
                        ?? Tally(
                            worst: difference, headIsWrong: Array(repeating: false, count: heads))
                    let isWrong =
                        difference.error > allowed(expected, outputs.slackOfWeights[place])
                    if difference.error > allowed(expected, 0) { next.beyondRounding += 1 }
                    if isWrong {
                        next.wrongNumbers += 1
                        next.headIsWrong[rows.head] = true
                        next.firstWrongQuery = min(next.firstWrongQuery ?? query, query)
                    }
                    if isWrong == worstIsWrong
                        ? difference.error > next.worst.error : isWrong
                    {
                        next.worst = difference
                        worstIsWrong = isWrong
                    }
                    tally = next
                }
            }
        }
        guard let tally else { throw VerificationProblem("has nothing to check") }
        return tally
    }

    /// Compares some rows with a rule, up to the first number that rules it out. `formats`: those
    /// whose rounding inside the softmax is thought of.
    func closeness(
        to rule: AttentionRule, in parts: [Rows], formats: [FloatFormat],
        progress: (Double) -> Void = { _ in }
    ) throws(VerificationProblem) -> Closeness {
        var closeness = Closeness()
        for format in formats { closeness.isWithin[format] = true }
        let outputs = RuleOutputs(rule, of: record, planes: planes)
        for (index, rows) in parts.enumerated() {
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
                    // Not `>`: what is no number is never near.
                    if !(error <= strict) { closeness.isStrict = false }
                    if !(error <= allowed) { closeness.isExact = false }
                    for format in formats {
                        let slack = format.unitRoundoff * outputs.slackOfSoftmax[place]
                        if !(error <= strict + slack) { closeness.isWithin[format] = false }
                    }
                }
            }
            if !closeness.isPossible { return closeness }
        }
        return closeness
    }

    /// The error that is no error. With 16 bits the product with v takes weights of 16 bits, in
    /// PyTorch's own attention too.
    private func allowed(_ expected: Double, _ slackOfWeights: Double) -> Double {
        let format = record.format
        return tolerance + format.roundingError(of: expected)
            + (format.isSixteenBits ? format.unitRoundoff * slackOfWeights : 0)
    }

    /// All rows, in portions of a moment's work and in the order in which a rule's softmax is
    /// cheapest.
    func allRows(_ rule: AttentionRule) -> [Rows] {
        let queries = record.queryTokens
        let perQuery = record.tokens * max(16, record.shape.headDimension)
        let portion = max(1, (1 << 22) / perQuery)
        let starts = Array(stride(from: 0, to: queries, by: portion))
        let heads = Array(0..<record.shape.queryHeads)
        return (0..<record.batch).flatMap { batch in
            func rows(_ head: Int, _ start: Int) -> Rows {
                Rows(
                    batch: batch, head: head,
                    queries: Array(start..<min(queries, start + portion)))
            }
            return rule.axis == .heads
                ? starts.flatMap { start in heads.map { rows($0, start) } }
                : heads.flatMap { head in starts.map { rows(head, $0) } }
        }
    }

    /// A few rows that rule most mistakes out: the worst, and some spread over all.
    func sample(around worst: AttentionVerification.Difference) -> [Rows] {
        let (heads, queries) = (record.shape.queryHeads, record.queryTokens)
        let few = Set([worst.query, 0, 1, queries / 2, queries - 1]).filter { $0 < queries }
        return Set([worst.head, 0, 1, heads / 2, heads - 1]).filter { $0 < heads }.sorted().map {
            Rows(batch: worst.batch, head: $0, queries: few.sorted())
        }
    }
}
