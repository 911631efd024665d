import AttentionEngine

/// Attention as a textbook has it, in double precision and in loops: what the engine is held
/// against. Nothing of the engine's arithmetic is used.
struct PlainAttention {
    /// One K/V head index for each query head.
    var keyValueHead: (Int) -> Int
    var queryHeads: Int
    var width: Int
    var causal: Bool

    /// queries: [n, s_q, h]; keys, values: [g, s_k, h].
    func outputs(queries: [Float], keys: [Float], values: [Float], tokens: Int) -> [Float] {
        let queryTokens = queries.count / queryHeads / width
        var outputs: [Float] = []
        for head in 0..<queryHeads {
            let base = keyValueHead(head) * tokens
            for queryToken in 0..<queryTokens {
                let query = queries.row(head * queryTokens + queryToken, width)
                let seen = causal ? max(0, tokens - queryTokens + queryToken + 1) : tokens
                let scores = (0..<seen).map { token in
                    zip(query, keys.row(base + token, width))
                        .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                        / Double(width).squareRoot()
                }
                let largest = scores.max() ?? 0
                let weights = scores.map { exponential($0 - largest) }
                let sum = weights.reduce(0, +)
                var output = [Double](repeating: 0, count: width)
                for (token, weight) in weights.enumerated() {
                    for (place, value) in values.row(base + token, width).enumerated() {
                        output[place] += weight / sum * Double(value)
                    }
                }
                outputs += output.map { Float($0) }
            }
        }
        return outputs
    }

    /// e to the power of x by its series, after halving x until it is small.
    private func exponential(_ x: Double) -> Double {
        if x < -700 { return 0 }
        if abs(x) > 0.5 {
            let half = exponential(x / 2)
            return half * half
        }
        var (term, sum) = (1.0, 1.0)
        for index in 1...16 {
            term *= x / Double(index)
            sum += term
        }
        return sum
    }
}

extension Array {
    func row(_ index: Int, _ width: Int) -> ArraySlice<Element> {
        self[index * width..<(index + 1) * width]
    }
}

/// The largest difference between numbers at one place; infinite where counts differ.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : Swift.max($0, $1) }
}

extension SeededGenerator {
    /// Numbers in [-1, 1), 24 bits of each step; the fixtures' script makes the same.
    mutating func numbers(_ count: Int, times factor: Float = 1) -> [Float] {
        (0..<count).map { _ in (Float(next() >> 40) / 8_388_608 - 1) * factor }
    }
}

/// Queries, keys and values of a shape.
struct AttentionInputs {
    let shape: AttentionShape
    let queryTokens: Int
    let tokens: Int
    let queries: [Float]
    let keys: [Float]
    let values: [Float]

    init(
        _ shape: AttentionShape, queryTokens: Int, tokens: Int,
        from random: inout SeededGenerator
    ) {
        self.shape = shape
        self.queryTokens = queryTokens
        self.tokens = tokens
        let width = shape.headDimension
        queries = random.numbers(shape.queryHeads * queryTokens * width, times: 6)
        keys = random.numbers(shape.keyValueHeads * tokens * width)
        values = random.numbers(shape.keyValueHeads * tokens * width)
    }

    /// A small shape of any kind.
    init(random: inout SeededGenerator) throws {
        let queryHeads = Int.random(in: 1...12, using: &random)
        let tokens = Int.random(in: 1...140, using: &random)
        self.init(
            try AttentionShape(
                queryHeads: queryHeads,
                keyValueHeads: divisors(of: queryHeads).randomElement(using: &random) ?? 1,
                headDimension: Bool.random(using: &random)
                    ? Int.random(in: 1...40, using: &random) : 32),
            queryTokens: Int.random(in: 1...min(6, tokens), using: &random), tokens: tokens,
            from: &random)
    }

    func cache(_ format: NumberFormat) -> KVCache {
        var cache = KVCache(
            layout: .perHead(
                keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension),
            format: format)
        cache.append(keys: keys, values: values)
        return cache
    }

    /// Those whose blocks divide the rows.
    var formats: [NumberFormat] {
        NumberFormat.allCases.filter { shape.headDimension % $0.numbersPerBlock == 0 }
    }

    /// What a cache of this format gives back of the keys and values.
    func kept(in format: NumberFormat) -> (keys: [Float], values: [Float]) {
        let cache = cache(format)
        let rows = (0..<shape.keyValueHeads).flatMap { head in
            (0..<tokens).map { cache.numbers(ofHead: head, token: $0) }
        }
        let width = shape.headDimension
        return (rows.flatMap { $0.prefix(width) }, rows.flatMap { $0.suffix(width) })
    }

    func outputs(
        _ format: NumberFormat = .float32, causal: Bool, threads: Int = 1,
        build: KernelBuild = .best
    ) -> [Float] {
        attention(
            queries: queries, cache: cache(format), shape: shape, causal: causal,
            threads: threads, build: build)
    }
}
