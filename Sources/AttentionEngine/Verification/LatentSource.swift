/// What a file holds of multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1),
/// brought to one form: what is cut into queries, latent and rotary key before it is turned.
struct LatentSource {
    let sizes: AttentionSizes
    let widths: AttentionSizes.Latent
    /// The layout and base that the right one turns with.
    let rotary: Rotary
    /// Each head's query, not turned: [b, n, s_q, h + r], the rotary numbers last.
    let queries: HeadTensor
    /// The same with another norm, where queries have one.
    var queriesNormed: ((LatentRule.Norm) -> HeadTensor)?
    let keys: Keys
    /// [n (h + v), c]: of each head the rows for its key, then those for its value.
    let keyValueWeights: [Double]

    /// What latent and rotary key come from.
    enum Keys {
        /// The latent after its norm, [b, 1, s, c], and the rotary key, not turned, [b, 1, s, r].
        case cached(HeadTensor, HeadTensor)
        /// x @ kv_a_proj_with_mqa, [b, 1, s, c + r], and the norm's factors, [c].
        case projected(HeadTensor, [Double])
    }

    /// Keys without positions and values, of all heads.
    struct Parts {
        let keys: HeadTensor
        let values: HeadTensor
        let valueSizes: HeadTensor
        let latent: HeadTensor
        let rotaryKey: HeadTensor
    }

    /// In multiplications.
    var workOfParts: Double {
        Double(sizes.batch * sizes.queryHeads * sizes.tokens * widths.latent)
            * Double(widths.nope + 2 * sizes.valueWidth)
    }

    /// Latent and rotary key before it is turned; nil where the file does not hold what they are
    /// made of.
    func cached(_ rule: LatentRule) -> (latent: HeadTensor, rotaryKey: HeadTensor)? {
        switch keys {
        case .cached(let latent, let key):
            guard rule.norm == .right, !rule.splitsLatentAtWrongEnd, !rule.turnsLatentBeforeNorm
            else { return nil }
            return (turned(latent, rule), rotaryKey(key, rule))
        case .projected(let both, let gain):
            var both = both
            let (c, r) = (widths.latent, widths.rope)
            if rule.norm == .withRotaryKey { both.normalise(from: 0, count: c + r) }
            let (latentStart, keyStart) = rule.splitsLatentAtWrongEnd ? (r, 0) : (0, c)
            var latent = both.cut(from: latentStart, count: c)
            if rule.turnsLatentBeforeNorm { latent = latent.turned(rotary, times: 1, first: 0) }
            latent = latent.normed(rule.norm, gain)
            return (turned(latent, rule), rotaryKey(both.cut(from: keyStart, count: r), rule))
        }
    }

    private func rotaryKey(_ key: HeadTensor, _ rule: LatentRule) -> HeadTensor {
        var key = key
        if rule.normsRotaryKey { key.normalise(from: 0, count: key.width) }
        return key
    }

    private func turned(_ latent: HeadTensor, _ rule: LatentRule) -> HeadTensor {
        guard rule.turnsLatent else { return latent }
        return latent.turned(rotary, times: 1, first: 0)
    }

    func parts(_ rule: LatentRule) -> Parts? {
        guard let (latent, rotaryKey) = cached(rule) else { return nil }
        var (ofKeys, ofValues) = (latent, latent)
        if rule.keysSkipNorm || rule.valuesSkipNorm {
            var raw = rule
            raw.norm = .missing
            guard let other = cached(raw)?.latent else { return nil }
            if rule.keysSkipNorm { ofKeys = other }
            if rule.valuesSkipNorm { ofValues = other }
        }
        let (n, h, c) = (sizes.queryHeads, widths.nope, widths.latent)
        let v = rule.forgetsValueWeights && !rule.cutsLatent ? c : sizes.valueWidth
        var keys = HeadTensor(zeros: sizes.batch, n, sizes.tokens, h)
        var values = HeadTensor(zeros: sizes.batch, n, sizes.tokens, v)
        var valueSizes = values
        keyValueWeights.withUnsafeBufferPointer { weights in
            ofKeys.numbers.withUnsafeBufferPointer { keyRows in
                ofValues.numbers.withUnsafeBufferPointer { valueRows in
                    for b in 0..<sizes.batch {
                        for i in 0..<n {
                            for t in 0..<sizes.tokens {
                                let start = latent.start(b, 0, t)
                                let key = keys.start(b, i, t)
                                for place in 0..<h {
                                    keys.numbers[key + place] = dot(
                                        keyRows.baseAddress! + start,
                                        weights.baseAddress! + keyRow(i, place, rule) * c, c)
                                }
                                let value = values.start(b, i, t)
                                let row = valueRows.baseAddress! + start
                                for place in 0..<v {
                                    guard !rule.forgetsValueWeights else {
                                        values.numbers[value + place] = row[place]
                                        valueSizes.numbers[value + place] = abs(row[place])
                                        continue
                                    }
                                    let of = weights.baseAddress! + valueRow(i, place, rule) * c
                                    values.numbers[value + place] = dot(row, of, c)
                                    valueSizes.numbers[value + place] = sizeOfProduct(row, of, c)
                                }
                            }
                        }
                    }
                }
            }
        }
        return Parts(
            keys: keys, values: values, valueSizes: valueSizes, latent: latent,
            rotaryKey: rotaryKey)
    }

    private func keyRow(_ head: Int, _ place: Int, _ rule: LatentRule) -> Int {
        let (h, v) = (widths.nope, sizes.valueWidth)
        return switch rule.order {
        case .eachHead: head * (h + v) + place
        case .allKeysFirst: head * h + place
        case .allValuesFirst: sizes.queryHeads * v + head * h + place
        case .valuesFirst: head * (h + v) + v + place
        case .headsInside: place * sizes.queryHeads + head
        }
    }

    private func valueRow(_ head: Int, _ place: Int, _ rule: LatentRule) -> Int {
        let (h, v) = (widths.nope, sizes.valueWidth)
        return switch rule.order {
        case .eachHead: head * (h + v) + h + place
        case .allKeysFirst: sizes.queryHeads * h + head * v + place
        case .allValuesFirst: head * v + place
        case .valuesFirst: head * (h + v) + place
        case .headsInside: (h + place) * sizes.queryHeads + head
        }
    }

    /// Queries and keys with their rotary parts turned.
    func inputs(_ parts: Parts, _ rule: LatentRule) -> HeadInputs {
        let (h, r, v) = (widths.nope, widths.rope, sizes.valueWidth)
        func used(_ turn: LatentRule.Turn) -> Rotary {
            Rotary(
                base: turn.base ?? rotary.base,
                layout: turn.isInOtherLayout ? rotary.layout.other : rotary.layout,
                signs: turn.signs)
        }
        let (first, last) = (sizes.tokens - sizes.queryTokens, sizes.tokens - 1)
        let (ofQuery, ofKey) = (rule.queryTurn, rule.keyTurn)
        var queries =
            rule.queryNorm == .right ? queries : queriesNormed?(rule.queryNorm) ?? queries
        if rule.splitsQueries { queries = queries.splitWithoutTranspose }
        if let blocks = rule.queryBlocks { queries = queries.inBlocks(blocks, h, r) }
        let wrongEnd = rule.splitsQueryAtWrongEnd
        var rotaryQuery = queries.cut(from: wrongEnd ? 0 : h, count: r)
        rotaryQuery = rotaryQuery.turned(
            used(ofQuery), times: ofQuery.times,
            first: ofQuery.isAtLast ? last : first + ofQuery.shift, step: ofQuery.isAtLast ? 0 : 1)
        var query = queries.cut(from: wrongEnd ? r : 0, count: h)
        if rule.sharesQuery { query = query.ofFirstHead }
        if rule.sharesRotaryQuery { rotaryQuery = rotaryQuery.ofFirstHead }
        var rotaryKey = parts.rotaryKey.turned(
            used(ofKey), times: ofKey.times, first: ofKey.isAtLast ? last : ofKey.shift,
            step: ofKey.isAtLast ? 0 : 1)
        var (key, values, valueSizes) = (parts.keys, parts.values, parts.valueSizes)
        if rule.splitsKeysAndValues {
            let both = key.joined(values).splitWithoutTranspose
            (key, values) = (both.cut(from: 0, count: h), both.cut(from: h, count: v))
            valueSizes = parts.keys.joined(valueSizes).splitWithoutTranspose.cut(from: h, count: v)
        }
        if rule.valuesAreKeys { (values, valueSizes) = (key, key.magnitudes) }
        if rule.turnsWhole {
            query = query.turned(used(ofQuery), times: 1, first: first)
            key = key.turned(used(ofKey), times: 1, first: 0)
        }
        if rule.turnsValues { values = values.turned(rotary, times: 1, first: 0) }
        if !rule.usesRotaryKey { rotaryKey = HeadTensor(zeros: sizes.batch, 1, sizes.tokens, r) }
        query.scale(by: rule.factorOfNope)
        rotaryQuery.scale(by: rule.factorOfRope)
        return HeadInputs(
            queries: query.joined(rotaryQuery), keys: key.joined(rotaryKey),
            values: values, valueSizes: valueSizes)
    }
}

/// How large a sum of products is where its terms have signs at random.
private func sizeOfProduct(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int
) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += a[index] * b[index] * (a[index] * b[index]) }
    return sum.squareRoot()
}

extension HeadTensor {
    /// Each row after a norm with this gain; what goes over other numbers, too, is done before.
    func normed(_ norm: LatentRule.Norm, _ gain: [Double]) -> HeadTensor {
        var other = self
        if norm == .layerNorm { other.centre(from: 0, count: width) }
        if norm == .overTokens { return other.normedOverTokens(gain) }
        for _ in 0..<(norm == .twice ? 2 : 1) {
            switch norm {
            case .missing, .withRotaryKey: break
            case .epsilon(let epsilon):
                other.normalise(from: 0, count: width, epsilon: epsilon)
            case .withoutRoot: other.normalise(from: 0, count: width, power: 1)
            case .rootTwice: other.normalise(from: 0, count: width, power: 0.25)
            default: other.normalise(from: 0, count: width)
            }
            let factors = gain.map { gain in
                switch norm {
                case .missing, .withoutGain: 1.0
                case .gainPlusOne: 1 + gain
                case .gainTwice: gain * gain
                case .byLength: gain / Double(width).squareRoot()
                default: gain
                }
            }
            for index in other.numbers.indices { other.numbers[index] *= factors[index % width] }
        }
        return other
    }

    /// Each number divided by the root of the mean square of its place in all tokens.
    private func normedOverTokens(_ gain: [Double]) -> HeadTensor {
        var other = self
        for place in 0..<width {
            for sequence in 0..<batch {
                let all = (0..<tokens).map { start(sequence, 0, $0) + place }
                let sum = all.reduce(0) { $0 + numbers[$1] * numbers[$1] }
                let factor = gain[place] / (sum / Double(tokens) + 1e-6).squareRoot()
                for index in all { other.numbers[index] *= factor }
            }
        }
        return other
    }

    /// The first head's rows for all.
    fileprivate var ofFirstHead: HeadTensor { rows { ($0, 0 * $1, $2) } }

    fileprivate var magnitudes: HeadTensor {
        var other = self
        for index in numbers.indices { other.numbers[index] = abs(numbers[index]) }
        return other
    }

    /// Rows turned by their tokens' angles; of an odd width all but the last number.
    func turned(_ rotary: Rotary, times: Int, first: Int, step: Int = 1) -> HeadTensor {
        var other = self
        other.turn(rotary, times: times, first: first, step: step, count: width / 2 * 2)
        return other
    }

    /// Each token's numbers, [n, h + r], read as those of all heads without position and then the
    /// rotary ones, or the reverse.
    fileprivate func inBlocks(_ blocks: LatentRule.Blocks, _ h: Int, _ r: Int) -> HeadTensor {
        var other = self
        let (nopeStart, ropeStart) = blocks == .nopeFirst ? (0, heads * h) : (heads * r, 0)
        for b in 0..<batch {
            for i in 0..<heads {
                for t in 0..<tokens {
                    for place in 0..<width {
                        let from =
                            place < h
                            ? nopeStart + i * h + place : ropeStart + i * r + place - h
                        other.numbers[start(b, i, t) + place] =
                            numbers[start(b, from / width, t) + from % width]
                    }
                }
            }
        }
        return other
    }

    fileprivate mutating func scale(by factor: Double) {
        guard factor != 1 else { return }
        for index in numbers.indices { numbers[index] *= factor }
    }

    /// Divides `count` numbers of each row, from a place on, by the root of their mean square, or
    /// by another power of it.
    mutating func normalise(
        from offset: Int, count: Int, power exponent: Double = 0.5, epsilon: Double = 1e-6
    ) {
        for row in 0..<batch * heads * tokens {
            let start = row * width + offset
            var sum = 0.0
            for index in start..<start + count { sum += numbers[index] * numbers[index] }
            let factor = power(sum / Double(count) + epsilon, -exponent)
            for index in start..<start + count { numbers[index] *= factor }
        }
    }

    /// Subtracts their mean from `count` numbers of each row, from a place on.
    mutating func centre(from offset: Int, count: Int) {
        for row in 0..<batch * heads * tokens {
            let range = row * width + offset..<row * width + offset + count
            let mean = numbers[range].reduce(0, +) / Double(count)
            for index in range { numbers[index] -= mean }
        }
    }

    /// `count` numbers of each row, from a place on.
    func cut(from offset: Int, count: Int) -> HeadTensor {
        var part = HeadTensor(zeros: batch, heads, tokens, count)
        for row in 0..<batch * heads * tokens {
            for place in 0..<count {
                part.numbers[row * count + place] = numbers[row * width + offset + place]
            }
        }
        return part
    }

    /// Each row with another's behind it, which may be the same for all heads.
    func joined(_ other: HeadTensor) -> HeadTensor {
        var both = HeadTensor(zeros: batch, heads, tokens, width + other.width)
        for b in 0..<batch {
            for i in 0..<heads {
                for t in 0..<tokens {
                    let to = both.start(b, i, t)
                    let (one, two) = (start(b, i, t), other.start(b, i % other.heads, t))
                    for place in 0..<width { both.numbers[to + place] = numbers[one + place] }
                    for place in 0..<other.width {
                        both.numbers[to + width + place] = other.numbers[two + place]
                    }
                }
            }
        }
        return both
    }
}
