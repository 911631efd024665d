import AttentionEngine

/// Attention as a learner writes it, in loops over plain arrays, with mistakes on request. Nothing
/// of the engine's arithmetic is used.
struct MistakenAttention: Sendable {
    var queryHeads: Int
    var keyValueHeads: Int
    var width: Int
    var queryTokens: Int
    var tokens: Int
    var batch = 1
    var causal = false
    var mistakes: Set<String> = []
    /// What scores pass through on their way to the softmax, and weights behind it.
    var inside: @Sendable (Double) -> Double = { $0 }
    /// Whether weights pass through it, too.
    var weightsPassInside = true
    /// What scores are multiplied by besides the scale.
    var scoreFactor = 1.0
    /// What weights pass through before the product with v.
    var weightsBefore: @Sendable (Double) -> Double = { $0 }

    struct Tensors {
        var queries: [Double]
        var keys: [Double]
        var values: [Double]
        var outputs: [Double] = []
    }

    /// Inputs whose scores differ enough for a softmax to choose.
    func inputs(
        seed: UInt64, rounded: (Double) -> Double = { Double(Float($0)) }
    ) -> Tensors {
        var random = SeededGenerator(seed: seed)
        func take(_ heads: Int, _ tokens: Int) -> [Double] {
            random.numbers(batch * heads * tokens * width, times: 2).map { rounded(Double($0)) }
        }
        return Tensors(
            queries: take(queryHeads, queryTokens), keys: take(keyValueHeads, tokens),
            values: take(keyValueHeads, tokens))
    }

    private func head(of queryHead: Int, tiled: Bool) -> Int {
        tiled ? queryHead % keyValueHeads : queryHead / (queryHeads / keyValueHeads)
    }

    private func sees(_ query: Int, _ key: Int) -> Bool {
        if mistakes.contains("mask-missing") { return true }
        guard causal || mistakes.contains("mask-unwanted") else { return true }
        let shift = mistakes.contains("mask-at-top-left") ? 0 : tokens - queryTokens
        return key <= query + shift
    }

    private var scale: Double {
        if mistakes.contains("scale-missing") { return 1 }
        if mistakes.contains("scale-by-width") { return 1 / Double(width) }
        let model = mistakes.contains("scale-of-model-width") ? queryHeads : 1
        return 1 / Double(width * model).squareRoot()
    }

    func outputs(_ tensors: Tensors) -> [Double] {
        (0..<batch).flatMap { outputs(of: $0, tensors) }
    }

    private func outputs(of sequence: Int, _ tensors: Tensors) -> [Double] {
        let isSwapped = mistakes.contains("keys-and-values-swapped")
        let keys = isSwapped ? tensors.values : tensors.keys
        let values = isSwapped ? tensors.keys : tensors.values
        let tilesAll = mistakes.contains("heads-tiled")
        var weights: [[[Double?]]] = (0..<queryHeads).map { head -> [[Double?]] in
            let own = self.head(of: head, tiled: tilesAll || mistakes.contains("keys-tiled"))
            return (0..<queryTokens).map { query -> [Double?] in
                let row = tensors.queries.row(
                    (sequence * queryHeads + head) * queryTokens + query, width)
                return (0..<tokens).map { key -> Double? in
                    guard sees(query, key) else { return nil }
                    let other = keys.row((sequence * keyValueHeads + own) * tokens + key, width)
                    let score = zip(row, other).reduce(0.0) { $0 + $1.0 * $1.1 }
                    return inside(score * scale * scoreFactor)
                }
            }
        }
        normalise(&weights)
        return (0..<queryHeads).flatMap { head -> [Double] in
            let shift: Int =
                mistakes.contains("values-of-next-group")
                ? 1 : mistakes.contains("values-of-previous-group") ? keyValueHeads - 1 : 0
            let own = self.head(of: head, tiled: tilesAll || mistakes.contains("values-tiled"))
            let start = (sequence * keyValueHeads + (own + shift) % keyValueHeads) * tokens
            return weights[head].flatMap { row -> [Double] in
                (0..<width).map { place -> Double in
                    row.enumerated().reduce(0.0) { sum, weight in
                        let value = values[(start + weight.offset) * width + place]
                        return sum + (weight.element ?? 0) * value
                    }
                }
            }
        }
    }

    /// Turns scores into weights along the axis.
    private func normalise(_ weights: inout [[[Double?]]]) {
        if mistakes.contains("softmax-missing") { return }
        let (heads, queries) = (weights.indices, 0..<queryTokens)
        for head in heads {
            for query in queries where !mistakes.contains("softmax-over-heads") {
                if mistakes.contains("softmax-over-queries") { break }
                weights[head][query] = softmax(weights[head][query])
            }
        }
        for key in 0..<tokens {
            if mistakes.contains("softmax-over-queries") {
                for head in heads {
                    let column = softmax(queries.map { weights[head][$0][key] })
                    for query in queries { weights[head][query][key] = column[query] }
                }
            }
            if mistakes.contains("softmax-over-heads") {
                for query in queries {
                    let column = softmax(heads.map { weights[$0][query][key] })
                    for head in heads { weights[head][query][key] = column[head] }
                }
            }
        }
    }

    private func softmax(_ scores: [Double?]) -> [Double?] {
        let largest = scores.compactMap { $0 }.max() ?? 0
        let powers = scores.map { $0.map { Self.exponential($0 - largest) } }
        let sum = powers.reduce(0) { $0 + ($1 ?? 0) }
        return powers.map {
            $0.map { weightsBefore(weightsPassInside ? inside($0 / sum) : $0 / sum) }
        }
    }

    /// e to the power of x: small by halving, then by its series.
    private static func exponential(_ x: Double) -> Double {
        if abs(x) > 0.25 {
            let half = exponential(x / 2)
            return half * half
        }
        return (1...14).reversed().reduce(1.0) { 1 + x / Double($1) * $0 }
    }
}

extension AttentionRecord {
    /// A record in memory, of a learner's tensors.
    init(
        _ attention: MistakenAttention, _ tensors: MistakenAttention.Tensors,
        format: FloatFormat = .float32
    ) throws {
        func shape(_ heads: Int, _ tokens: Int) -> [Int] {
            (attention.batch > 1 ? [attention.batch] : []) + [heads, tokens, attention.width]
        }
        let queries = shape(attention.queryHeads, attention.queryTokens)
        let keys = shape(attention.keyValueHeads, attention.tokens)
        self.init(
            [
                "q": (queries, tensors.queries), "k": (keys, tensors.keys),
                "v": (keys, tensors.values),
                "out": (queries, tensors.outputs),
            ], format: format)
    }

    /// A record in memory, of shapes and numbers by their names.
    init(_ tensors: [String: (shape: [Int], numbers: [Double])], format: FloatFormat = .float32) {
        self.init(tensors.mapValues { Tensor(shape: $0.shape, format: format) }) {
            (name, range) throws(VerificationProblem) in
            tensors[name].map { Array($0.numbers[range]) } ?? []
        }
    }
}

extension VerificationOptions {
    init(causal: Bool) {
        self.init()
        self.causal = causal
    }
}

extension AttentionVerification {
    /// The explanations, by their names for programs.
    var names: [[String]] { explanations.map { $0.map(\.id) } }
    var unseenNames: [String] { unseen.map(\.id) }
}
