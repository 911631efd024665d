/// A record's out, read in one way, held against what rules give.
final class RecordComparison {
    let reading: AttentionReading
    let options: VerificationOptions
    private let maker: InputMaker
    private let keepsInfinities: Bool
    private var workOfRows = 0.0

    /// Where a row of out stands.
    struct Row: Hashable {
        let batch: Int
        let head: Int
        let query: Int
    }

    init(_ reading: AttentionReading, _ options: VerificationOptions) {
        (self.reading, self.options) = (reading, options)
        maker = InputMaker(reading.source, reading.sizes, options)
        keepsInfinities = reading.outputs.numbers.contains { !$0.isFinite }
    }

    /// Multiplications so far.
    var workDone: Double { workOfRows + maker.workDone }

    var rightRule: AttentionRule { AttentionRule(reading, options) }

    /// The right rule with mistakes in it.
    func rule(_ mistakes: [AttentionMistake]) -> AttentionRule {
        var rule = rightRule
        for mistake in mistakes { mistake.change(&rule) }
        return rule
    }

    /// All rows in order, without those of padding.
    var allRows: [Row] {
        let outputs = reading.outputs
        return (0..<outputs.batch).flatMap { batch in
            (0..<outputs.heads).flatMap { head in
                (0..<outputs.tokens).map { Row(batch: batch, head: head, query: $0) }
            }
        }.filter(isChecked)
    }

    /// Whether a row is a token's; what stands in one of padding is nobody's matter.
    func isChecked(_ row: Row) -> Bool {
        let sizes = reading.sizes
        guard !reading.there.isEmpty, reading.causal || sizes.queryTokens == sizes.tokens else {
            return true
        }
        return reading.there[row.batch].contains(sizes.tokens - sizes.queryTokens + row.query)
    }

    /// Whether what a mistake makes of rows that see nothing can be seen: there are such rows.
    func isOfItsOwn(_ mistake: AttentionMistake) -> Bool {
        let rule = rule([mistake])
        var plain = rule
        (plain.mask.emptyRow, plain.mask.keepsOwn) = (.zeros, false)
        return rule == plain || rule.axis != .keys
            || allRows.contains { plain.mask.seen($0.batch, $0.query, reading.sizes).isEmpty }
    }

    /// Whether each number of out's row is one.
    func isFinite(_ row: Row) -> Bool {
        let start = reading.outputs.start(row.batch, row.head, row.query)
        return reading.outputs.numbers[start..<start + reading.outputs.width]
            .allSatisfy(\.isFinite)
    }

    /// How many numbers of a row say something of their own: its weights sum to 1.
    func freedom(_ row: Row) -> Int {
        let seen = rightRule.mask.seen(row.batch, row.query, reading.sizes).count
        let ofHead = min(reading.sizes.valueWidth, max(1, seen - 1))
        guard case .projected = reading.finish else { return ofHead }
        return min(reading.outputs.width, reading.sizes.queryHeads * ofHead)
    }

    /// A few rows that rule most mistakes out: the worst, and some spread over all.
    func sample(around worst: Row) -> [Row] {
        let (heads, queries) = (reading.outputs.heads, reading.outputs.tokens)
        let fewHeads = Set([worst.head, 0, 1, heads / 2, heads - 1]).filter { $0 < heads }.sorted()
        let fewQueries = Set([worst.query, 0, 1, queries / 2, queries - 1])
            .filter { $0 < queries }.sorted()
        let others = fewHeads.flatMap { head in
            fewQueries.map { Row(batch: worst.batch, head: head, query: $0) }
        }
        return [worst] + others.filter { $0 != worst && isChecked($0) }
    }

    /// What computes a rule's rows; nil where the file does not hold what it needs, or where its
    /// rows are of another width than out's.
    private func outputs(_ rule: AttentionRule) -> RuleOutputs? {
        guard let inputs = maker.inputs(rule.inputs) else { return nil }
        if case .heads = reading.finish, inputs.values.width != reading.outputs.width { return nil }
        return RuleOutputs(
            rule, inputs: inputs, sizes: reading.sizes,
            finish: reading.finish.with(rule.projection),
            keepsInfinities: keepsInfinities)
    }

    /// The error that is no error: a part of the size of what was averaged, out's own rounding,
    /// and, where that is of 16 bits or less, what rounding inside does.
    private func allowed(_ expected: Double, size: Double, slack: Double) -> Double {
        let inside = reading.format.formatInside.map { $0.unitRoundoff * slack } ?? 0
        return options.tolerance * size + reading.format.roundingError(of: expected) + inside
    }

    // MARK: The right rule

    /// Everything that is told of the right rule.
    struct Tally {
        fileprivate(set) var worst: AttentionVerification.Difference?
        fileprivate var worstIsWrong = false
        fileprivate(set) var first: AttentionVerification.Difference?
        fileprivate(set) var wrongNumbers = 0
        fileprivate(set) var headIsWrong: [Bool]
        fileprivate(set) var firstWrongQuery: Int?
        /// Numbers that scores decide, and those of them that zeros would have had wrong.
        fileprivate var decided = 0
        fileprivate var told = 0
        /// Whether zeros would have been right, too: everywhere, or nearly so in 16 bits, where
        /// some score is always small.
        fileprivate(set) var isTooSmall = true
        /// Whether some number takes rounding inside the softmax to be right.
        fileprivate(set) var needsRoundingInside = false
        /// Independent numbers that are wrong.
        fileprivate(set) var freedom = 0
        /// What allows zeros, by the part of it in all that is allowed.
        fileprivate var ofTolerance = 0.0
        fileprivate var ofFormat = 0.0
        fileprivate var ofSoftmax = 0.0
        fileprivate var ofValues = 0.0

        /// Why zeros would be right, too.
        var smallness: AttentionVerification.Smallness {
            if ofValues == 0 { return .zeros }
            if ofSoftmax > max(ofTolerance, ofFormat) { return .scores }
            return ofFormat > ofTolerance ? .format : .tolerance
        }

        mutating func add(_ difference: AttentionVerification.Difference, isWrong: Bool) {
            if isWrong {
                wrongNumbers += 1
                headIsWrong[difference.head] = true
                if first == nil { first = difference }
                firstWrongQuery = min(firstWrongQuery ?? difference.query, difference.query)
            }
            let size = difference.error.isNaN ? Double.infinity : difference.error
            let isWorse = size > worst.map { $0.error.isNaN ? .infinity : $0.error } ?? -1
            if isWrong == worstIsWrong ? isWorse : isWrong {
                worst = difference
                worstIsWrong = isWrong
            }
        }
    }

    /// Compares all of out with the right rule; nil where out has another width than it gives.
    func tally(_ progress: (Double) -> Void) throws(VerificationProblem) -> Tally? {
        guard let outputs = outputs(rightRule) else { return nil }
        var tally = Tally(headIsWrong: Array(repeating: false, count: reading.outputs.heads))
        let rows = allRows
        let isNarrow = reading.format.formatInside != nil
        // One key has all weight, whatever its score: such a row tells little.
        let isChosen = { (row: Row) in
            self.rightRule.mask.seen(row.batch, row.query, self.reading.sizes).count > 1
        }
        let hasChoice = isNarrow && rows.contains(where: isChosen)
        for (index, row) in rows.enumerated() {
            if index & 63 == 0 { progress(Double(index) / Double(rows.count)) }
            let wrongBefore = tally.wrongNumbers
            let counts = !hasChoice || isChosen(row)
            outputs.compute(batch: row.batch, head: row.head, query: row.query, withSlack: isNarrow)
            let start = reading.outputs.start(row.batch, row.head, row.query)
            for (place, expected) in outputs.outputs.enumerated() {
                guard expected.isFinite else {
                    throw VerificationProblem(
                        "has numbers so large that attention over them has no finite result")
                }
                let difference = AttentionVerification.Difference(
                    batch: row.batch, head: row.head, query: row.query, coordinate: place,
                    output: reading.outputs.numbers[start + place], expected: expected)
                let (size, slack) = (outputs.sizes[place], outputs.slackOfSoftmax[place])
                let most = allowed(expected, size: size, slack: slack)
                guard most.isFinite, !difference.output.isFinite || difference.error.isFinite else {
                    throw VerificationProblem(
                        "has numbers so large that the error of out is not finite")
                }
                if counts { tally.decided += 1 }
                if counts, abs(expected) > most { tally.told += 1 }
                tally.ofTolerance += options.tolerance * size
                tally.ofFormat += reading.format.roundingError(of: expected)
                tally.ofSoftmax += allowed(0, size: 0, slack: slack) - allowed(0, size: 0, slack: 0)
                tally.ofValues += size
                if !(difference.error <= allowed(expected, size: size, slack: 0)) {
                    tally.needsRoundingInside = true
                }
                // Not `>`: what is no number is never near.
                tally.add(difference, isWrong: !(difference.error <= most))
            }
            if tally.wrongNumbers > wrongBefore {
                tally.freedom += min(tally.wrongNumbers - wrongBefore, freedom(row))
            }
        }
        workOfRows += outputs.workDone
        tally.isTooSmall = isNarrow ? tally.told * 20 < tally.decided : tally.told == 0
        return tally
    }

    // MARK: Any rule

    /// How far out is from a rule.
    struct Closeness {
        /// Whether every number is allowed.
        var isExact = true
        /// Whether it takes no scores rounded to 16 bits for that.
        var isStrict = true
        /// Whether every number is where rounding to a format inside the softmax can have put it.
        var isWithin: [FloatFormat: Bool] = [:]
        var squaredError = 0.0

        /// Whether it is exact, or within the rounding of some format.
        var isPossible: Bool { isExact || isWithin.values.contains(true) }
    }

    /// Compares some rows with a rule, up to the first number that rules it out; nil where so much
    /// work is done before that is known. Of a rule that the file cannot show nothing is possible.
    /// `formats`: those whose rounding inside the softmax is thought of, in a file of more bits.
    /// `toTheEnd`: whether rows behind such a number count, too.
    func closeness(
        to rule: AttentionRule, in rows: [Row], formats: [FloatFormat] = [], upTo mostWork: Double,
        toTheEnd: Bool = false, progress: (Double) -> Void = { _ in }
    ) -> Closeness? {
        var closeness = Closeness()
        for format in formats { closeness.isWithin[format] = true }
        guard let outputs = outputs(rule) else {
            return Closeness(isExact: false, isStrict: false, squaredError: .infinity)
        }
        let input = rule.addsInput ? reading.input : nil
        let before = workOfRows
        defer { workOfRows = before + outputs.workDone }
        let withSlack = !formats.isEmpty || reading.format.formatInside != nil
        for (index, row) in rows.enumerated() {
            guard before + outputs.workDone + maker.workDone < mostWork else { return nil }
            if index & 63 == 0 { progress(Double(index) / Double(rows.count)) }
            outputs.compute(
                batch: row.batch, head: row.head, query: row.query, withSlack: withSlack)
            let start = reading.outputs.start(row.batch, row.head, row.query)
            for (place, expected) in outputs.outputs.enumerated() {
                let output = reading.outputs.numbers[start + place] - (input?[start + place] ?? 0)
                // Nothing is told from sums that the format cannot hold.
                if !output.isFinite, outputs.sizes[place] >= reading.format.largest / 2 { continue }
                if !output.isFinite || !expected.isFinite {
                    if output.isFinite != expected.isFinite {
                        closeness.ruleOut()
                    }
                    continue
                }
                let error = abs(output - expected)
                let rest =
                    rule.rounding == nil ? error : output - reading.format.rounded(expected)
                closeness.squaredError += rest * rest
                let (size, slack) = (outputs.sizes[place], outputs.slackOfSoftmax[place])
                let few = allowed(expected, size: size, slack: outputs.slackOfWeights[place])
                let most = allowed(expected, size: size, slack: slack)
                if !isNear(error, few) { closeness.isStrict = false }
                if !isNear(error, most) { closeness.isExact = false }
                for format in formats where !isNear(error, few + format.unitRoundoff * slack) {
                    closeness.isWithin[format] = false
                }
            }
            if !closeness.isPossible, !toTheEnd { return closeness }
        }
        return closeness
    }

    /// The sum of squared errors of some rows, for finding a number that a rule has.
    func error(of rule: AttentionRule, in rows: [Row]) -> Double {
        let closeness = closeness(to: rule, in: rows, upTo: .infinity, toTheEnd: true)
        return closeness?.squaredError ?? .infinity
    }

    /// A row of the rule's outputs, and how far each number may be away.
    func row(_ row: Row, of rule: AttentionRule) -> (expected: [Double], allowed: [Double])? {
        guard let outputs = outputs(rule) else { return nil }
        outputs.compute(
            batch: row.batch, head: row.head, query: row.query,
            withSlack: reading.format.formatInside != nil)
        workOfRows += outputs.workDone
        return (
            outputs.outputs,
            outputs.outputs.indices.map {
                allowed(
                    outputs.outputs[$0], size: outputs.sizes[$0], slack: outputs.slackOfSoftmax[$0])
            }
        )
    }

    func inputs(_ rule: InputRule) -> HeadInputs? { maker.inputs(rule) }

    private func isNear(_ error: Double, _ bound: Double) -> Bool {
        error <= bound && bound.isFinite
    }
}

extension RecordComparison.Closeness {
    /// A number of out that is none where a rule has one, or the reverse.
    fileprivate mutating func ruleOut() {
        (isExact, isStrict, squaredError) = (false, false, .infinity)
        for format in isWithin.keys { isWithin[format] = false }
    }
}
