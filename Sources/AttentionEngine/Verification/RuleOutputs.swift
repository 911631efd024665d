/// The outputs that a rule gives for a file's inputs, in double precision, a row at a time.
final class RuleOutputs {
    /// The row asked for last.
    private(set) var outputs: [Double]
    /// What its numbers would be as large as if no values in them cancelled.
    private(set) var sizes: [Double]
    /// By how many times a unit roundoff each may move where only weights are rounded; filled on
    /// request.
    private(set) var slackOfWeights: [Double]
    /// The same where scores are rounded too, several times.
    private(set) var slackOfSoftmax: [Double]
    /// Multiplications so far.
    private(set) var workDone = 0.0

    private let rule: AttentionRule
    private let inputs: HeadInputs
    private let of: AttentionSizes
    private let finish: Finish
    /// Whether out holds what is no number, so that scores of -inf count as such.
    private let keepsInfinities: Bool
    private var head: HeadRow
    /// Room for a row of scores, for what becomes of them, and for those of other rows. No arrays:
    /// each look into one of a class is checked.
    private let scores: UnsafeMutableBufferPointer<Double>
    private let weights: UnsafeMutableBufferPointer<Double>
    private let others: UnsafeMutableBufferPointer<Double>
    private var normalisers: [NormaliserPlace: [Normaliser]] = [:]
    private var normaliserCount = 0
    /// Whether a softmax over another axis had no score at some key.
    private var isEmptySomewhere = false

    private struct HeadRow {
        var outputs: [Double]
        var sizes: [Double]
        var slackOfWeights: [Double]
        var slackOfSoftmax: [Double]
    }

    init(
        _ rule: AttentionRule, inputs: HeadInputs, sizes of: AttentionSizes, finish: Finish,
        keepsInfinities: Bool
    ) {
        (self.rule, self.inputs, self.of, self.finish) = (rule, inputs, of, finish)
        self.keepsInfinities = keepsInfinities
        let width = inputs.values.width
        let zeros = [Double](repeating: 0, count: width)
        head = HeadRow(outputs: zeros, sizes: zeros, slackOfWeights: zeros, slackOfSoftmax: zeros)
        let all: [Double]
        switch finish {
        case .heads: all = zeros
        case .projected(let weights, let width):
            all = Array(repeating: 0, count: weights.count / width)
        }
        (outputs, sizes, slackOfWeights, slackOfSoftmax) = (all, all, all, all)
        func room() -> UnsafeMutableBufferPointer<Double> {
            let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: of.tokens)
            room.initialize(repeating: 0)
            return room
        }
        (scores, weights, others) = (room(), room(), room())
    }

    deinit { for room in [scores, weights, others] { room.deallocate() } }

    /// Computes a row of out; where out is projected, `head` is 0 and means all.
    func compute(batch: Int, head index: Int, query: Int, withSlack: Bool) {
        switch finish {
        case .heads:
            computeHead(batch, index, query, withSlack)
            (outputs, sizes) = (head.outputs, head.sizes)
            (slackOfWeights, slackOfSoftmax) = (head.slackOfWeights, head.slackOfSoftmax)
        case .projected(let matrix, let width): project(batch, query, matrix, width, withSlack)
        }
    }

    private func project(
        _ batch: Int, _ query: Int, _ matrix: [Double], _ width: Int, _ withSlack: Bool
    ) {
        var merged: [Double] = []
        var squares: [Double] = []
        var (ofWeights, ofSoftmax): ([Double], [Double]) = ([], [])
        for index in 0..<of.queryHeads {
            computeHead(batch, index, query, withSlack)
            merged += head.outputs
            squares += head.sizes.map { $0 * $0 }
            ofWeights += head.slackOfWeights.map { $0 * $0 }
            ofSoftmax += head.slackOfSoftmax.map { $0 * $0 }
        }
        workDone += Double(matrix.count) * (withSlack ? 4 : 2)
        let row = RuleOutputs.Finish.Row(
            matrix, width, merged, squares, ofWeights: ofWeights, ofSoftmax: ofSoftmax,
            withSlack: withSlack)
        (outputs, sizes) = (row.outputs, row.sizes)
        (slackOfWeights, slackOfSoftmax) = (row.slackOfWeights, row.slackOfSoftmax)
    }

    // MARK: A head's row

    private func computeHead(_ place: Int, _ index: Int, _ query: Int, _ withSlack: Bool) {
        let batch = rule.sequences.isEmpty ? place : rule.sequences[place]
        var (head, query) = rule.view.source(index, query, of)
        if case .listed(let list) = rule.headOrder { head = list[head] }
        workDone += of.workOfRow
        let seen = rule.mask.seen(batch, query, of)
        let used = rule.mask.used(batch, query, of)
        guard !used.isEmpty else { return fillEmptyRow(batch, head, query) }
        score(batch, head, query, used, into: scores)
        weigh(batch, head, query, used, seen)
        mix(batch, head, query, used)
        if withSlack { bound(batch, head, query, used) }
    }

    private func score(
        _ batch: Int, _ head: Int, _ query: Int, _ used: Range<Int>,
        into scores: UnsafeMutableBufferPointer<Double>
    ) {
        let (queries, keys) = (inputs.queries, inputs.keys)
        let width = queries.width
        let from = rule.keyHeads.head(ofQueryHead: head, of)
        let newest = of.tokens - of.queryTokens + query
        queries.numbers.withUnsafeBufferPointer { q in
            keys.numbers.withUnsafeBufferPointer { k in
                for key in used {
                    let product: Double
                    if rule.isTransposed {
                        product = dot(
                            q.baseAddress! + queries.start(batch, head, key),
                            k.baseAddress! + keys.start(batch, from, query), width)
                    } else if let source = rule.keyOrder.source(
                        key, head: from, heads: keys.heads, newest: rule.last(query, of))
                    {
                        product = dot(
                            q.baseAddress! + queries.start(batch, head, query),
                            k.baseAddress! + keys.start(batch, source.head, source.token), width)
                    } else {
                        product = 0
                    }
                    scores[key] = score(of: product)
                }
            }
        }
        let seen = rule.mask.seen(batch, query, of)
        for key in used {
            switch rule.mask.fill {
            case .number(let fill): if !seen.contains(key) { scores[key] = fill }
            case .onesOnSeen: if seen.contains(key) { scores[key] += 1 }
            case .onesOnOthers: if !seen.contains(key) { scores[key] += 1 }
            case .excluded, .afterSoftmax, .afterExponent: break
            }
        }
        // Two of a score weigh as one that is larger by the logarithm of 2.
        let twice = rule.twice.map { $0 == .first ? 0 : newest }
        if let twice, used.contains(twice) { scores[twice] += logarithm(2) }
    }

    private func score(of product: Double) -> Double {
        var score = rule.rounding?.score(product, rule.factor) ?? product * rule.factor
        if let cap = rule.cap { score = cap * hyperbolicTangent(score / cap) }
        return score
    }

    /// Scores to weights, the scores kept beside them.
    private func weigh(
        _ batch: Int, _ head: Int, _ query: Int, _ used: Range<Int>, _ seen: Range<Int>
    ) {
        switch (rule.normalisation, rule.axis) {
        case (.softmax, .keys), (.logarithms, _), (.twice, _), (.lessLargest, _):
            weighOverKeys(query, used, seen)
        case (.softmax, _):
            let normalisers = normalisers(batch, head, query)
            isEmptySomewhere = normalisers.contains { $0.sum == 0 }
            for key in used { weights[key] = normalisers[key].weight(of: scores[key]) }
        case (.none, _): for key in used { weights[key] = scores[key] }
        case (.sigmoids, _):
            for key in used { weights[key] = 1 / (1 + exponential(-scores[key])) }
        case (.exponentials, _): for key in used { weights[key] = exponential(scores[key]) }
        }
        if rule.mask.fill == .afterSoftmax {
            for key in used where !seen.contains(key) { weights[key] = 0 }
        }
        for key in used where rule.factorBehind != 1 { weights[key] *= rule.factorBehind }
        if let rounding = rule.rounding, rounding.weights == .quotients {
            for key in used { weights[key] = rounding.format.rounded(weights[key]) }
        }
    }

    private func weighOverKeys(_ query: Int, _ used: Range<Int>, _ seen: Range<Int>) {
        var normaliser = Normaliser()
        for key in used { normaliser.largest = max(normaliser.largest, scores[key]) }
        if let sink = rule.sink { normaliser.largest = max(normaliser.largest, sink) }
        let empty = rule.emptySlots?.count(query, queryTokens: of.queryTokens) ?? 0
        if empty > 0 { normaliser.largest = max(normaliser.largest, 0) }
        if rule.mask.fill == .afterExponent { return weighLate(used, seen, normaliser.largest) }
        if let format = rule.overflow { return weighPlainly(used, format) }
        for key in used {
            let power = exponential(scores[key] - normaliser.largest)
            normaliser.sum += power
            weights[key] = rule.rounding?.exponential(power) ?? power
        }
        if let sink = rule.sink { normaliser.sum += exponential(sink - normaliser.largest) }
        if empty > 0 {
            normaliser.sum += Double(empty) * exponential(-normaliser.largest)
        }
        switch rule.normalisation {
        case .logarithms:
            let constant = normaliser.largest + logarithm(normaliser.sum)
            for key in used { weights[key] = scores[key] - constant }
        case .lessLargest: break
        default:
            for key in used { weights[key] /= normaliser.sum }
            guard rule.normalisation == .twice else { return }
            for key in used { weights[key] = exponential(weights[key]) }
            let sum = used.reduce(0) { $0 + weights[$1] }
            for key in used { weights[key] /= sum }
        }
    }

    /// Exponentials of scores as they are, divided by their sum.
    private func weighPlainly(_ used: Range<Int>, _ format: FloatFormat) {
        for key in used { weights[key] = format.overflowing(exponential(scores[key])) }
        let sum = format.overflowing(used.reduce(0) { $0 + weights[$1] })
        for key in used { weights[key] /= sum }
    }

    /// Weights of which those of hidden keys become 0 behind the exponent, or behind a softmax, and
    /// the rest is divided by its sum.
    private func weighLate(_ used: Range<Int>, _ seen: Range<Int>, _ largest: Double) {
        let format = rule.rounding?.format ?? .float64
        for key in used { weights[key] = exponential(format.rounded(scores[key] - largest)) }
        let divides = rule.rounding?.weights == .quotients
        let all = divides ? used.reduce(0) { $0 + weights[$1] } : 1
        for key in used {
            weights[key] = seen.contains(key) ? format.rounded(weights[key] / all) : 0
        }
        let sum = format.rounded(seen.reduce(0) { $0 + weights[$1] })
        for key in used { weights[key] /= sum }
    }

    private func fillEmptyRow(_ batch: Int, _ head: Int, _ query: Int) {
        let zeros = [Double](repeating: 0, count: inputs.values.width)
        self.head = HeadRow(
            outputs: rule.mask.emptyRow == .notNumbers ? zeros.map { _ in .nan } : zeros,
            sizes: zeros, slackOfWeights: zeros, slackOfSoftmax: zeros)
        guard rule.mask.emptyRow == .mean else { return }
        for key in 0..<of.tokens { weights[key] = 1 / Double(of.tokens) }
        mix(batch, head, query, 0..<of.tokens)
    }

    private func valueRow(_ batch: Int, _ head: Int, _ query: Int, _ key: Int) -> Int? {
        let from = rule.valueHeads.head(ofQueryHead: head, of)
        return rule.valueOrder.source(
            key, head: from, heads: inputs.values.heads, newest: rule.last(query, of)
        ).map { inputs.values.start(batch, $0.head, $0.token) }
    }

    private func mix(_ batch: Int, _ head: Int, _ query: Int, _ used: Range<Int>) {
        let width = inputs.values.width
        // Out of the object while both of its arrays are written.
        var mixed = HeadRow(outputs: [], sizes: [], slackOfWeights: [], slackOfSoftmax: [])
        swap(&mixed, &self.head)
        defer { swap(&mixed, &self.head) }
        inputs.values.numbers.withUnsafeBufferPointer { v in
            inputs.valueSizes.numbers.withUnsafeBufferPointer { vSizes in
                mixed.outputs.withUnsafeMutableBufferPointer { outputs in
                    mixed.sizes.withUnsafeMutableBufferPointer { sizes in
                        for place in 0..<width { (outputs[place], sizes[place]) = (0, 0) }
                        for key in used {
                            guard let row = valueRow(batch, head, query, key) else { continue }
                            let (weight, size) = (weights[key], abs(weights[key]))
                            for place in 0..<width {
                                outputs[place] += weight * v[row + place]
                                sizes[place] += size * vSizes[row + place]
                            }
                        }
                    }
                }
            }
        }
        // A weight of -inf gives no number, whatever its value; nor does one of 0/0.
        let isInfinite = rule.normalisation == .none || rule.normalisation == .logarithms
        if keepsInfinities && isInfinite && used.count < of.tokens
            || isEmptySomewhere && rule.mask.emptyRow == .notNumbers
        {
            for place in 0..<width { mixed.outputs[place] = .nan }
        }
    }

    /// By how much rounding inside may move the row.
    private func bound(_ batch: Int, _ head: Int, _ query: Int, _ used: Range<Int>) {
        let isCertain = of.latent == nil && rule.isCertain(over: used.count)
        let width = inputs.values.width
        let times = isCertain ? 0.0 : of.latent != nil ? 3 : 1
        for place in 0..<width {
            self.head.slackOfWeights[place] = self.head.sizes[place] * times
            self.head.slackOfSoftmax[place] = 0
        }
        if isCertain { return }
        // A weight of 0 moves nothing, though its score be infinite.
        let rows = used.filter { weights[$0] != 0 }.compactMap { key in
            valueRow(batch, head, query, key).map { (key: key, value: $0) }
        }
        if let widths = of.latent {
            self.head.slackOfSoftmax = inputs.slackOfLatent(
                (batch, head, query), keyHead: rule.keyHeads.head(ofQueryHead: head, of),
                widths: widths, factor: rule.factor, keys: rows,
                weights: rows.map { weights[$0.key] }, scores: rows.map { scores[$0.key] },
                outputs: self.head.outputs)
            return
        }
        self.head.slackOfSoftmax = inputs.slackOfHeads(
            rows.map(\.value), weights: rows.map { weights[$0.key] },
            scores: rows.map { scores[$0.key] }, largest: largestOfAll(batch, head, query),
            outputs: self.head.outputs, ofWeights: self.head.slackOfWeights)
    }

    /// The largest score of a row; of hidden keys, too, which code that hides them behind the
    /// exponent has subtracted.
    private func largestOfAll(_ batch: Int, _ head: Int, _ query: Int) -> Double {
        score(batch, head, query, 0..<of.tokens, into: others)
        workDone += of.workOfRow
        return others.filter(\.isFinite).max() ?? 0
    }

    /// What the softmax divides by for each key, over all queries, heads or sequences that see it.
    private func normalisers(_ batch: Int, _ head: Int, _ query: Int) -> [Normaliser] {
        let place = NormaliserPlace(rule.axis, batch: batch, head: head, query: query)
        if let known = normalisers[place] { return known }
        var values = [Normaliser](repeating: Normaliser(), count: of.tokens)
        for b in place.batch.map({ $0..<$0 + 1 }) ?? 0..<of.batch {
            for i in place.head.map({ $0..<$0 + 1 }) ?? 0..<of.queryHeads {
                for t in place.query.map({ $0..<$0 + 1 }) ?? 0..<of.queryTokens {
                    let used = rule.mask.used(b, t, of)
                    score(b, i, t, used, into: others)
                    workDone += of.workOfRow
                    for key in used { values[key].add(others[key]) }
                }
            }
        }
        if rule.axis == .all {
            var all = Normaliser()
            for value in values { all.add(value) }
            values = values.map { _ in all }
        }
        normaliserCount += of.tokens
        if normaliserCount > 1 << 20 { (normalisers, normaliserCount) = ([:], of.tokens) }
        normalisers[place] = values
        return values
    }
}
