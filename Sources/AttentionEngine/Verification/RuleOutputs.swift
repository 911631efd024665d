#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The outputs that a rule gives for a record's queries, keys and values: in double precision, a
/// row at a time, with one head's numbers in memory.
final class RuleOutputs {
    let rule: AttentionRule
    private let record: AttentionRecord
    private let planes: RecordPlanes
    private let factor: Double
    /// What the softmax over queries or heads divides by, for the rows asked for last.
    private var normalisers: (of: NormaliserPlace, values: [Normaliser])?

    /// The row asked for last: [h].
    private(set) var outputs: [Double]
    /// For each of its numbers, by how many times a unit roundoff it may move where only weights
    /// are rounded; filled on request.
    private(set) var slackOfWeights: [Double]
    /// The same where scores are rounded too, several times.
    private(set) var slackOfSoftmax: [Double]
    /// Room for a row of scores, which become weights, and for those scores. No arrays: each look
    /// into one of a class is checked, which takes as long as what is done with the number.
    private let weights: UnsafeMutableBufferPointer<Double>
    private let scores: UnsafeMutableBufferPointer<Double>

    init(_ rule: AttentionRule, of record: AttentionRecord, planes: RecordPlanes) {
        self.rule = rule
        self.record = record
        self.planes = planes
        factor = rule.factor(record.shape)
        outputs = [Double](repeating: 0, count: record.shape.headDimension)
        slackOfWeights = outputs
        slackOfSoftmax = outputs
        weights = .allocate(capacity: record.tokens)
        weights.initialize(repeating: 0)
        scores = .allocate(capacity: record.tokens)
        scores.initialize(repeating: 0)
    }

    deinit {
        weights.deallocate()
        scores.deallocate()
    }

    /// Computes some rows of a query head, and calls `row` after each with its query. Cost: for
    /// each row 2 s_k h multiplications; for a softmax over heads n times as many once for the
    /// same queries in a row, over queries s_q times once for the same head.
    func forRows(
        batch: Int, head: Int, queries: [Int], withSlack: Bool,
        _ row: (Int) throws(VerificationProblem) -> Void
    ) throws(VerificationProblem) {
        switch rule.axis {
        case .queries: try normaliseOverQueries(batch: batch, head: head)
        case .heads: try normaliseOverHeads(batch: batch, queries: queries)
        case .keys, .none: break
        }
        let q = try planes.numbers(.queries, batch, head)
        let k = try keys(batch, head)
        let v = try values(batch, head)
        for (index, query) in queries.enumerated() {
            let seen = visible(query)
            score(q, query, k, seen)
            weigh(seen, row: index)
            mix(v, seen)
            if withSlack { bound(v, seen) }
            try row(query)
        }
    }

    private var width: Int { record.shape.headDimension }

    private func visible(_ query: Int) -> Int {
        rule.visible(query, queryTokens: record.queryTokens, tokens: record.tokens)
    }

    private func keys(_ batch: Int, _ head: Int) throws(VerificationProblem) -> [Double] {
        try planes.numbers(
            rule.isSwapped ? .values : .keys, batch,
            rule.keyHeads.head(ofQueryHead: head, record.shape))
    }

    private func values(_ batch: Int, _ head: Int) throws(VerificationProblem) -> [Double] {
        try planes.numbers(
            rule.isSwapped ? .keys : .values, batch,
            rule.valueHeads.head(ofQueryHead: head, record.shape))
    }

    // MARK: A row

    private func score(_ q: [Double], _ query: Int, _ k: [Double], _ seen: Int) {
        planes.workDone += record.workOfRow(seen)
        q.withUnsafeBufferPointer { q in
            k.withUnsafeBufferPointer { k in
                let row = q.baseAddress! + query * width
                for key in 0..<seen {
                    let product = dot(row, k.baseAddress! + key * width, width)
                    weights[key] =
                        rule.rounding.map { $0.score(product, factor) }
                        ?? product * factor
                }
            }
        }
    }

    /// Scores to weights, the scores kept beside them.
    private func weigh(_ seen: Int, row: Int) {
        for key in 0..<seen { scores[key] = weights[key] }
        switch rule.axis {
        case .none: break
        case .keys:
            var normaliser = Normaliser()
            for key in 0..<seen { normaliser.largest = max(normaliser.largest, weights[key]) }
            for key in 0..<seen {
                let exponential = exp(weights[key] - normaliser.largest)
                normaliser.sum += exponential
                weights[key] = rule.rounding?.exponential(exponential) ?? exponential
            }
            for key in 0..<seen { weights[key] /= normaliser.sum }
        case .queries, .heads:
            let start = rule.axis == .heads ? row * record.tokens : 0
            guard let values = normalisers?.values else { return }
            for key in 0..<seen { weights[key] = values[start + key].weight(of: weights[key]) }
        }
        if let rounding = rule.rounding, rounding.weights == .quotients {
            for key in 0..<seen { weights[key] = rounding.format.rounded(weights[key]) }
        }
    }

    private func mix(_ v: [Double], _ seen: Int) {
        let width = width
        v.withUnsafeBufferPointer { v in
            outputs.withUnsafeMutableBufferPointer { outputs in
                for place in 0..<width { outputs[place] = 0 }
                for key in 0..<seen {
                    let (weight, row) = (weights[key], key * width)
                    for place in 0..<width { outputs[place] += weight * v[row + place] }
                }
            }
        }
    }

    /// Weights rounded once move the output by at most u Σ w |v|. A score is rounded when the
    /// product is written and when it is scaled, a weight when it is an exponential, a quotient,
    /// and by the rounding of the sum: to the first order that moves the output by at most
    /// u (2 Σ w |s| |v - out| + 3 Σ w |v|), and |v - out| is at most |v| + |out|.
    private func bound(_ v: [Double], _ seen: Int) {
        var moved = 0.0
        let width = width
        v.withUnsafeBufferPointer { v in
            slackOfWeights.withUnsafeMutableBufferPointer { ofWeights in
                slackOfSoftmax.withUnsafeMutableBufferPointer { ofSoftmax in
                    for place in 0..<width { (ofWeights[place], ofSoftmax[place]) = (0, 0) }
                    for key in 0..<seen {
                        let (weight, row) = (abs(weights[key]), key * width)
                        let ofScore = 2 * weight * abs(scores[key])
                        moved += ofScore
                        for place in 0..<width {
                            let value = abs(v[row + place])
                            ofWeights[place] += weight * value
                            ofSoftmax[place] += ofScore * value
                        }
                    }
                    for place in 0..<width {
                        ofSoftmax[place] += 3 * ofWeights[place] + moved * abs(outputs[place])
                    }
                }
            }
        }
    }

    // MARK: The wrong axes

    /// For each key, over all queries that see it.
    private func normaliseOverQueries(batch: Int, head: Int) throws(VerificationProblem) {
        let place = NormaliserPlace(batch: batch, head: head, queries: [])
        if normalisers?.of == place { return }
        var values = [Normaliser](repeating: Normaliser(), count: record.tokens)
        let q = try planes.numbers(.queries, batch, head)
        let k = try keys(batch, head)
        for query in 0..<record.queryTokens {
            let seen = visible(query)
            score(q, query, k, seen)
            for key in 0..<seen { values[key].add(weights[key]) }
        }
        normalisers = (place, values)
    }

    /// For each of these queries and each key, over all heads.
    private func normaliseOverHeads(
        batch: Int, queries: [Int]
    ) throws(VerificationProblem) {
        let place = NormaliserPlace(batch: batch, head: nil, queries: queries)
        if normalisers?.of == place { return }
        var values = [Normaliser](
            repeating: Normaliser(), count: queries.count * record.tokens)
        for head in 0..<record.shape.queryHeads {
            let q = try planes.numbers(.queries, batch, head)
            let k = try keys(batch, head)
            for (index, query) in queries.enumerated() {
                let seen = visible(query)
                score(q, query, k, seen)
                for key in 0..<seen { values[index * record.tokens + key].add(weights[key]) }
            }
        }
        normalisers = (place, values)
    }
}

extension AttentionRule.Rounding {
    fileprivate func score(_ product: Double, _ factor: Double) -> Double {
        switch scores {
        case .kept: product * factor
        case .scaled: format.rounded(product * factor)
        case .productAndScaled: format.rounded(format.rounded(product) * factor)
        }
    }

    fileprivate func exponential(_ value: Double) -> Double {
        weights == .exponentials ? format.rounded(value) : value
    }
}

/// What a softmax divides by, found one score after the other.
private struct Normaliser {
    var largest = -Double.infinity
    var sum = 0.0

    mutating func add(_ score: Double) {
        if score > largest {
            sum = sum * exp(largest - score) + 1
            largest = score
        } else {
            sum += exp(score - largest)
        }
    }

    func weight(of score: Double) -> Double { exp(score - largest) / sum }
}

private struct NormaliserPlace: Equatable {
    let batch: Int
    let head: Int?
    let queries: [Int]
}

/// A record's numbers, of each tensor the head that was asked for last, and what was made of them.
final class RecordPlanes {
    /// Of all rows so far, as the record counts work.
    fileprivate(set) var workDone = 0.0
    private let record: AttentionRecord
    private var last: [AttentionRecord.Part: (batch: Int, head: Int, numbers: [Double])] = [:]

    init(_ record: AttentionRecord) { self.record = record }

    func numbers(
        _ part: AttentionRecord.Part, _ batch: Int, _ head: Int
    ) throws(VerificationProblem) -> [Double] {
        if let last = last[part], last.batch == batch, last.head == head { return last.numbers }
        // Let go of before the next is read: two heads would be in memory otherwise.
        last[part] = nil
        let numbers = try record.numbers(part, batch: batch, head: head)
        workDone += Double(numbers.count)
        last[part] = (batch, head, numbers)
        return numbers
    }
}

/// In four sums, which processors add side by side.
private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
    var index = 0
    while index + 4 <= count {
        first += a[index] * b[index]
        second += a[index + 1] * b[index + 1]
        third += a[index + 2] * b[index + 2]
        fourth += a[index + 3] * b[index + 3]
        index += 4
    }
    while index < count {
        first += a[index] * b[index]
        index += 1
    }
    return first + second + (third + fourth)
}
