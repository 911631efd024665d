/// What a file holds of multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1),
/// brought to one form: what is cut into queries, latent and rotary key before it is turned.
struct LatentSource {
    let sizes: AttentionSizes
    let widths: AttentionSizes.Latent
    /// The layout and base that the right one turns with.
    let rotary: Rotary
    /// Each head's query, not turned: [b, n, s_q, h + r], the rotary numbers last.
    let queries: HeadTensor
    /// The same without q_a_layernorm, where there is one.
    var queriesWithoutNorm: HeadTensor?
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
            return rule.norm == .latent && !rule.splitsLatentAtWrongEnd ? (latent, key) : nil
        case .projected(let both, let gain):
            var both = both
            let (c, r) = (widths.latent, widths.rope)
            if rule.norm == .withRotaryKey { both.normalise(from: 0, count: c + r) }
            let (latentStart, keyStart) = rule.splitsLatentAtWrongEnd ? (r, 0) : (0, c)
            if rule.norm == .layerNorm { both.centre(from: latentStart, count: c) }
            if rule.norm != .missing, rule.norm != .withRotaryKey {
                both.normalise(from: latentStart, count: c)
            }
            var latent = both.cut(from: latentStart, count: c)
            for index in latent.numbers.indices {
                switch rule.norm {
                case .missing, .withoutGain: break
                case .gainPlusOne: latent.numbers[index] *= 1 + gain[index % c]
                case .byLength:
                    latent.numbers[index] *= gain[index % c] / Double(c).squareRoot()
                case .latent, .withRotaryKey, .layerNorm: latent.numbers[index] *= gain[index % c]
                }
            }
            return (latent, both.cut(from: keyStart, count: r))
        }
    }

    func parts(_ rule: LatentRule) -> Parts? {
        guard let (latent, rotaryKey) = cached(rule) else { return nil }
        let (n, h, c) = (sizes.queryHeads, widths.nope, widths.latent)
        let v = rule.forgetsValueWeights ? c : sizes.valueWidth
        var keys = HeadTensor(zeros: sizes.batch, n, sizes.tokens, h)
        var values = HeadTensor(zeros: sizes.batch, n, sizes.tokens, v)
        var valueSizes = values
        keyValueWeights.withUnsafeBufferPointer { weights in
            latent.numbers.withUnsafeBufferPointer { rows in
                for b in 0..<sizes.batch {
                    for i in 0..<n {
                        for t in 0..<sizes.tokens {
                            let row = rows.baseAddress! + latent.start(b, 0, t)
                            let key = keys.start(b, i, t)
                            for place in 0..<h {
                                keys.numbers[key + place] = dot(
                                    row, weights.baseAddress! + keyRow(i, place, rule) * c, c)
                            }
                            let value = values.start(b, i, t)
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
        return Parts(
            keys: keys, values: values, valueSizes: valueSizes, latent: latent,
            rotaryKey: rotaryKey)
    }

    private func keyRow(_ head: Int, _ place: Int, _ rule: LatentRule) -> Int {
        let (h, v) = (widths.nope, sizes.valueWidth)
        return switch rule.order {
        case .eachHead: head * (h + v) + place
        case .allKeysFirst: head * h + place
        case .valuesFirst: head * (h + v) + v + place
        }
    }

    private func valueRow(_ head: Int, _ place: Int, _ rule: LatentRule) -> Int {
        let (h, v) = (widths.nope, sizes.valueWidth)
        return switch rule.order {
        case .eachHead: head * (h + v) + h + place
        case .allKeysFirst: sizes.queryHeads * h + head * v + place
        case .valuesFirst: head * (h + v) + place
        }
    }

    /// Queries and keys with their rotary parts turned.
    func inputs(_ parts: Parts, _ rule: LatentRule) -> HeadInputs {
        let (h, r) = (widths.nope, widths.rope)
        var used = rotary
        if rule.turnsInOtherLayout { used.layout = rotary.layout.other }
        // Turned a second time, it is as the right code turns.
        let wrongEnd = rule.splitsQueryAtWrongEnd
        let queries = rule.skipsQueryNorm ? queriesWithoutNorm ?? queries : queries
        var rotaryQuery = queries.cut(from: wrongEnd ? 0 : h, count: r)
        var query = queries.cut(from: wrongEnd ? r : 0, count: h)
        let first = sizes.tokens - sizes.queryTokens
        rotaryQuery.turn(used, times: rule.queryTurns, first: first, count: r)
        var rotaryKey = parts.rotaryKey
        rotaryKey.turn(used, times: rule.keyTurns, first: rule.keyShift, count: r)
        var key = parts.keys
        if rule.turnsWhole {
            query.turn(used, times: 1, first: first, count: h / 2 * 2)
            key.turn(used, times: 1, first: 0, count: h / 2 * 2)
        }
        if !rule.usesRotaryKey { rotaryKey = HeadTensor(zeros: sizes.batch, 1, sizes.tokens, r) }
        return HeadInputs(
            queries: query.joined(rotaryQuery), keys: key.joined(rotaryKey),
            values: parts.values, valueSizes: parts.valueSizes)
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
    /// Divides `count` numbers of each row, from a place on, by the root of their mean square.
    mutating func normalise(from offset: Int, count: Int) {
        for row in 0..<batch * heads * tokens {
            let start = row * width + offset
            var sum = 0.0
            for index in start..<start + count { sum += numbers[index] * numbers[index] }
            let factor = 1 / (sum / Double(count) + 1e-6).squareRoot()
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
