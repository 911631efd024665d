#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where each query looks: the weights that `attention` mixes values by, which it never writes out.
///
///     n  query heads     s_q  query tokens     s_k  tokens in the cache
///
/// queries, cache, shape and causal are those of `attention`. Returns [n, s_q, s_k]; a query's
/// weights add up to 1, and what it does not see has 0.
///
/// Cost: n s_q s_k h multiplications one after the other, and as many numbers as it returns: for a
/// text that somebody looks at.
package func attentionWeights(
    queries: [Float], cache: KVCache, shape: AttentionShape, causal: Bool
) -> [Float] {
    let (width, tokens) = (shape.headDimension, cache.tokens)
    precondition(
        cache.layout == .perHead(keyValueHeads: shape.keyValueHeads, headDimension: width),
        "the cache has the shape's K/V heads")
    let queryTokens = queries.count / (shape.queryHeads * width)
    let scale = 1 / Float(width).squareRoot()
    var weights = [Float](repeating: 0, count: shape.queryHeads * queryTokens * tokens)
    cache.withHeads(threads: 1) { heads, format in
        for (index, head) in heads.enumerated() {
            let keys = format.read(tokens * width, at: head.keys)
            for row in index * shape.groupSize * queryTokens..<(index + 1) * shape.groupSize
                * queryTokens
            {
                let seen =
                    causal ? max(0, tokens - queryTokens + row % queryTokens + 1) : tokens
                let scores = (0..<seen).map { token in
                    var sum: Float = 0
                    for place in 0..<width {
                        sum += queries[row * width + place] * keys[token * width + place]
                    }
                    return sum * scale
                }
                guard let top = scores.max() else { continue }
                let powers = scores.map { exp($0 - top) }
                let sum = powers.reduce(0, +)
                for (token, power) in powers.enumerated() {
                    weights[row * tokens + token] = power / sum
                }
            }
        }
    }
    return weights
}
