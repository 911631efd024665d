/// Multi-head, multi-query and grouped-query attention: query head i reads K/V head i / (n/g).
///
///     n  query heads        g  K/V heads        h  head width
///     s_q  query tokens     s_k  tokens in the cache
///
///     k, v    = repeat each K/V head n/g times                 [n, s_k, h]
///     scores  = scale * queries @ transpose(k)                 [n, s_q, s_k]
///     weights = softmax(mask(scores)) over s_k                 [n, s_q, s_k]
///     outputs = weights @ v                                    [n, s_q, h]
///
/// queries: [n, s_q, h], as many rows as tokens are asked about: all of them to fill a cache
/// (prefill), one to go on (decode). cache: layout `perHead` with the shape's g and h; it holds the
/// query tokens' own keys and values already. Returns [n, s_q, h].
///
/// causal: query t sees the tokens up to t + s_k - s_q, so that the last query sees all; one that
/// sees none gives zeros. scale: 1/√h where nil. copiedHeads: the fewer K/V heads that the cache's
/// are copies of, where outputs are to equal those over them to the bit.
///
/// Cost: 2 n s_q s_k h multiplications, whatever g is. Of the cache each key and value is read from
/// memory once for each query token, not once for each query head. Nothing is repeated in memory;
/// of a format in blocks all keys and values are unpacked to 32 bits for the time of the call.
///
/// Source: Vaswani et al. 2017, arXiv 1706.03762, section 3.2; Shazeer 2019, arXiv 1911.02150;
/// Ainslie et al. 2023, arXiv 2305.13245.
package func attention(
    queries: [Float], cache: KVCache, shape: AttentionShape, causal: Bool,
    scale: Float? = nil, copiedHeads: Int? = nil, threads: Int = 1, build: KernelBuild = .best
) -> [Float] {
    let (heads, width) = (shape.keyValueHeads, shape.headDimension)
    precondition(
        cache.layout == .perHead(keyValueHeads: heads, headDimension: width),
        "the cache has the shape's K/V heads")
    precondition(heads % (copiedHeads ?? heads) == 0, "whole copies of heads")
    let perToken = shape.queryHeads * width
    precondition(queries.count % perToken == 0, "queries are [n, s_q, h]")
    return cache.withHeads(threads: threads) { heads, format in
        HeadsReading(
            heads: heads, format: format, tokens: cache.tokens,
            queryHeads: shape.queryHeads, queryTokens: queries.count / perToken, causal: causal,
            scale: scale ?? 1 / Float(width).squareRoot(), copiedHeads: copiedHeads,
            threads: threads, build: build
        ).outputs(of: queries)
    }
}
