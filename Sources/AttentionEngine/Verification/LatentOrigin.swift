/// The latents that a core of MLA was computed from, where they are not those that were saved.
///
/// What a layer does before its cache is not in the file, but out tells it: query t sees one token
/// more than query t - 1, so that the latents are found one after the other, from n h_v numbers
/// each. A norm that is missing, or another, leaves one factor a token unknown, and that of the
/// first for each number; all rows must agree with what is found so.
struct LatentOrigin {
    /// What explains out; empty where nothing known does.
    private(set) var mistakes: [AttentionMistake] = []
    /// Whether so many numbers agree that chance does not.
    private(set) var isCertain = true
    /// Whether all rows agree.
    var isProven: Bool { mistakes.contains { $0.subject == .norm } }
    /// What the first query shows where nothing explains the rest.
    private(set) var remark: String?

    private let comparison: RecordComparison
    private let source: LatentSource
    private let latent: HeadTensor
    private let rotaryKey: HeadTensor

    /// Nil where the file is no core, or does not begin with the first token. Cost:
    /// c² (n h_v + c), and some hundred times the first rows.
    init?(_ comparison: RecordComparison) {
        let (reading, sizes) = (comparison.reading, comparison.reading.sizes)
        guard reading.form == .latentCore, case .latent(let source) = reading.source,
            case .cached(let latent, let key) = source.keys, sizes.queryTokens == sizes.tokens,
            reading.outputs.width == sizes.valueWidth
        else { return nil }
        (self.comparison, self.source) = (comparison, source)
        (self.latent, rotaryKey) = (latent, key)
        let first = firstLatent
        let factors = first.flatMap { LatentFactors($0, Array(latent.numbers[..<latent.width])) }
        let others =
            AttentionMistake.scales(sizes, comparison.options)
            + AttentionMistake.latent(sizes, isWhole: false).filter {
                $0.subject == .rotary || $0.subject == .scale
            }
        for other in [[]] + others.map({ [$0] }) {
            guard var norm = norm(factors, comparison.rule(other)) else { continue }
            // What lacks a norm may have any other.
            norm.isOneOfSeveral = norm.id.hasSuffix("-missing")
            mistakes = [norm] + other
            return
        }
        guard let first, let factors else { return }
        if isFromTheFront(first) {
            // A sign each.
            isCertain = latent.width >= 10
            mistakes = [Self.split(source.widths)]
        } else if !factors.isOne {
            let first = "The first query, which sees one token, "
            remark =
                factors.areEqual
                ? first
                    + "has in all heads \(LatentFactors.range(factors.factors)) times the right "
                    + "numbers."
                : first + "shows that its values came from another latent than the saved one: "
                    + "\(factors.words)."
        }
    }

    /// The latent that all heads' first rows are the value weights times: n h_v equations for c
    /// numbers.
    private var firstLatent: [Double]? {
        let (n, h, v, c) = (
            source.sizes.queryHeads, source.widths.nope, source.sizes.valueWidth, latent.width
        )
        guard n * v >= c, Double(c * c) * Double(n * v + c) <= 0x1p30 else { return nil }
        // Each number of the latent has a column of the value weights.
        let columns = (0..<c).map { place in
            (0..<n * v).map { row in
                source.keyValueWeights[(row / v * (h + v) + h + row % v) * c + place]
            }
        }
        return weights(of: columns, giving: row(0))
    }

    /// All heads' out of a query.
    private func row(_ query: Int) -> [Double] {
        let outputs = comparison.reading.outputs
        return (0..<outputs.heads).flatMap { head -> ArraySlice<Double> in
            let start = outputs.start(0, head, query)
            return outputs.numbers[start..<start + outputs.width]
        }
    }

    // MARK: The norm

    private func norm(_ first: LatentFactors?, _ rule: AttentionRule) -> AttentionMistake? {
        let (c, format) = (latent.width, comparison.reading.format)
        guard let own = LatentChain(source, latent, rotaryKey, rule, format) else {
            return nil
        }
        if own.factors(of: row, both: true) != nil {
            return AttentionMistake(
                "norm-over-latent-and-rotary-key", .norm,
                "the norm goes over latent and rotary key together",
                "Every token's latent and rotary key are those that such a norm gives. It is of the "
                    + "\(c) numbers of the latent; the rotary key has none."
            ) { _ in }
        }
        if let factors = own.factors(of: row, both: false) {
            let words = LatentFactors.range(factors)
            let isOne = factors.allSatisfy { abs($0 - factors[0]) < 2e-3 * factors[0] }
            if isOne, abs(factors[0] - 1) < 2e-3 { return nil }
            return isOne
                ? AttentionMistake(
                    "norm-scaled", .norm, "every latent is \(words) times the saved one",
                    "kv_a_layernorm divides by the root of the mean square"
                        + (abs(factors[0] * Double(c).squareRoot() - 1) < 2e-3
                            ? ", and this by the length, sqrt(\(c)) times as much." : ".")
                ) { _ in }
                : AttentionMistake(
                    "norm-missing", .norm, "the latent's norm is missing, or another",
                    "Each token's latent is the saved one times a number of its own, \(words). "
                        + "kv_a_layernorm comes between the latent and its weights."
                ) { _ in }
        }
        guard let first, first.arePositive, !first.isOne else { return nil }
        let chain = LatentChain(
            source, latent.scaled(by: first.factors), rotaryKey, rule, format)
        let isGain = chain?.holds(row) == true
        guard isGain || chain?.factors(of: row, both: false) != nil else { return nil }
        return isGain
            ? AttentionMistake(
                "norm-gain-missing", .norm, "the norm's gain is missing, or another",
                "The same factor is missing in each token's latent, number by number, "
                    + "\(first.words). kv_a_layernorm multiplies by its weight."
            ) { _ in }
            : AttentionMistake(
                "norm-missing", .norm, "the latent's norm is missing, or another",
                "Each token's latent is the saved one with other factors than the norm's. "
                    + "kv_a_layernorm comes between the latent and its weights, once."
            ) { _ in }
    }

    // MARK: The split

    /// Whether the signs are those of latent and rotary key, cut behind the first r numbers.
    private func isFromTheFront(_ first: [Double]) -> Bool {
        let (c, r) = (latent.width, rotaryKey.width)
        guard r < c else { return false }
        let saved = Array(latent.numbers[r..<c]) + Array(rotaryKey.numbers[..<r])
        return zip(first, saved).allSatisfy { $0 * $1 > 0 }
    }

    private static func split(_ widths: AttentionSizes.Latent) -> AttentionMistake {
        AttentionMistake(
            "latent-split-at-the-wrong-end", .split,
            "the rotary key is taken from the front of kv_a_proj_with_mqa's output",
            "The first query, which sees one token, shows which latent its values came from: its "
                + "signs are those behind the first \(widths.rope) numbers. The first "
                + "\(widths.latent) numbers are the latent, the last \(widths.rope) the rotary key."
        ) { _ in }
    }
}

/// What the first token's latent is, number by number, of the saved one.
private struct LatentFactors {
    let factors: [Double]

    /// Nil where a number that was saved is 0.
    init?(_ found: [Double], _ saved: [Double]) {
        guard saved.allSatisfy({ $0 != 0 }) else { return nil }
        factors = zip(found, saved).map { $0 / $1 }
    }

    var arePositive: Bool { factors.allSatisfy { $0 > 0 } }

    /// Whether it is the saved one.
    var isOne: Bool { factors.allSatisfy { abs($0 - 1) < 2e-3 } }

    var areEqual: Bool { factors.allSatisfy { abs($0 / factors[0] - 1) < 2e-3 } }

    /// In what range they are: "0.41 to 2.2".
    var words: String { Self.range(factors) + (arePositive ? " times that" : ", signs differ") }

    static func range(_ factors: [Double]) -> String {
        let (least, most) = (factors.min() ?? 1, factors.max() ?? 1)
        return abs(most - least) < 2e-3 * abs(most)
            ? AttentionMistake.short(most)
            : "\(AttentionMistake.short(least)) to \(AttentionMistake.short(most))"
    }
}

/// Rows of a core whose latents are saved ones times a number for each token, found one token after
/// the other.
private struct LatentChain {
    private let sizes: AttentionSizes
    private let widths: AttentionSizes.Latent
    private let inputs: HeadInputs
    private let factor: Double
    /// The part of a row's square that may be left.
    private let mostRest: Double

    init?(
        _ source: LatentSource, _ latent: HeadTensor, _ key: HeadTensor, _ rule: AttentionRule,
        _ format: FloatFormat
    ) {
        (sizes, widths, factor) = (source.sizes, source.widths, rule.factor)
        mostRest = max(4e-6, 16 * format.unitRoundoff * format.unitRoundoff)
        let rule = rule.inputs.latent
        let other = LatentSource(
            sizes: source.sizes, widths: source.widths, rotary: source.rotary,
            queries: source.queries, keys: .cached(latent, key),
            keyValueWeights: source.keyValueWeights)
        guard let parts = other.parts(rule) else { return nil }
        inputs = other.inputs(parts, rule)
    }

    /// Whether the first rows are those of the latents as they are.
    func holds(_ row: (Int) -> [Double]) -> Bool {
        (0..<min(sizes.tokens, 24)).allSatisfy { query in
            let out = row(query)
            let length = out.reduce(0) { $0 + $1 * $1 }
            return error(query, Array(repeating: (1, 1), count: query + 1), out)
                <= mostRest * length
        }
    }

    /// The numbers of the first tokens; nil where a row is none that they give. `both`: whether
    /// latent and rotary key are divided by the root of their common mean square.
    func factors(of row: (Int) -> [Double], both: Bool) -> [Double]? {
        var found: [Part] = []
        for query in 0..<min(sizes.tokens, 24) {
            let out = row(query)
            let length = out.reduce(0) { $0 + $1 * $1 }
            guard length.isFinite, length > 0 else { return nil }
            func own(_ logarithmOfNumber: Double) -> Part {
                let number = exponential(logarithmOfNumber)
                return both ? normed(number, query) : (number, 1)
            }
            func error(_ logarithmOfNumber: Double) -> Double {
                self.error(query, found + [own(logarithmOfNumber)], out)
            }
            guard let best = leastPlace(from: -6, to: 6, steps: 48, of: error),
                error(best) <= mostRest * length
            else { return nil }
            found.append(own(best))
        }
        return found.map(\.latent)
    }

    /// By what a token's saved latent and rotary key are multiplied.
    private typealias Part = (latent: Double, key: Double)

    /// Of a latent whose root mean square was `root` before its norm: what a norm over the rotary
    /// key, too, makes of the saved latent and of that key.
    private func normed(_ root: Double, _ token: Int) -> Part {
        let (c, r, h) = (Double(widths.latent), Double(widths.rope), widths.nope)
        let start = inputs.keys.start(0, 0, token) + h
        let square = inputs.keys.numbers[start..<start + widths.rope].reduce(0) { $0 + $1 * $1 }
        let common = ((c * root * root + square) / (c + r)).squareRoot()
        return (root / common, 1 / common)
    }

    private func error(_ query: Int, _ tokens: [Part], _ out: [Double]) -> Double {
        let (h, r, v) = (widths.nope, widths.rope, sizes.valueWidth)
        var sum = 0.0
        for head in 0..<sizes.queryHeads {
            let q = inputs.queries.start(0, head, query)
            var scores: [Double] = []
            for (token, of) in tokens.enumerated() {
                let k = inputs.keys.start(0, head, token)
                var (one, two) = (0.0, 0.0)
                for place in 0..<h {
                    one += inputs.queries.numbers[q + place] * inputs.keys.numbers[k + place]
                }
                for place in h..<h + r {
                    two += inputs.queries.numbers[q + place] * inputs.keys.numbers[k + place]
                }
                scores.append(factor * (of.latent * one + of.key * two))
            }
            let largest = scores.max() ?? 0
            let powers = scores.map { exponential($0 - largest) }
            let all = powers.reduce(0, +)
            for place in 0..<v {
                var value = 0.0
                for (token, of) in tokens.enumerated() {
                    let row = inputs.values.start(0, head, token)
                    value += powers[token] / all * of.latent * inputs.values.numbers[row + place]
                }
                let error = out[head * v + place] - value
                sum += error * error
            }
        }
        return sum
    }
}

extension HeadTensor {
    /// Each row times a row of factors.
    fileprivate func scaled(by factors: [Double]) -> HeadTensor {
        var other = self
        for index in numbers.indices { other.numbers[index] *= factors[index % width] }
        return other
    }
}
