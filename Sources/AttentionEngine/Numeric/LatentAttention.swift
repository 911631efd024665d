import AttentionKernels

/// How multi-head latent attention computes. Both give the same numbers up to rounding.
package enum LatentForm: String, CaseIterable, Hashable, Sendable {
    /// Keys and values of every head are rebuilt from the latents, then read as in MHA.
    case expanded
    /// The up-projections are folded into the query and the output, and the latents are read as
    /// they are: one K/V head of width c + r for all query heads.
    case absorbed
}

/// What rebuilds keys and values from a latent.
package struct LatentProjections: Sendable {
    /// n.
    let queryHeads: Int
    /// h, the width of each head's rebuilt key (without its rotary part) and value.
    let headDimension: Int
    /// c and r.
    let widths: LatentWidths
    /// [n, h, c]: key of head i = keyUp[i] @ latent.
    let keyUp: [Float]
    /// [n, h, c]: value of head i = valueUp[i] @ latent.
    let valueUp: [Float]

    /// keyUp, valueUp: [n, h, c].
    package init(
        queryHeads: Int, headDimension: Int, widths: LatentWidths, keyUp: [Float],
        valueUp: [Float]
    ) {
        let count = queryHeads * headDimension * widths.latentRank
        precondition(keyUp.count == count && valueUp.count == count, "projections are [n, h, c]")
        self.queryHeads = queryHeads
        self.headDimension = headDimension
        self.widths = widths
        self.keyUp = keyUp
        self.valueUp = valueUp
    }

    /// The layout of the cache that these projections read.
    package var layout: KVCacheLayout {
        .latent(latentRank: widths.latentRank, rotaryDimension: widths.rotaryDimension)
    }
}

/// Multi-head latent attention over a cache of latents and rotary keys.
///
///     n  query heads     h  head width     c  latent width     r  rotary width
///     s_q  query tokens  s_k  tokens in the cache
///
///     k       = keyUp @ latents ‖ rotaryKeys, v = valueUp @ latents   [n, s_k, h + r], [n, s_k, h]
///     scores  = scale * (queries ‖ rotaryQueries) @ transpose(k)      [n, s_q, s_k]
///     weights = softmax(mask(scores)) over s_k                        [n, s_q, s_k]
///     outputs = weights @ v                                           [n, s_q, h]
///
/// queries: [n, s_q, h]; rotaryQueries: [n, s_q, r], already turned by their positions, as the
/// cache's rotary keys are. cache: layout `latent` with the projections' c and r. Returns
/// [n, s_q, h]. causal: as in `attention`. scale: 1/√(h + r) where nil.
///
/// Cost: see `LatentProjections.multiplications`. expanded also takes memory for the keys and
/// values of all heads, n s_k (2h + r) numbers, for the time of the call.
///
/// Source: DeepSeek-V2, arXiv 2405.04434, section 2.1 (formulas 9 to 19).
package func latentAttention(
    queries: [Float], rotaryQueries: [Float], cache: KVCache, projections: LatentProjections,
    form: LatentForm, causal: Bool, scale: Float? = nil, threads: Int = 1,
    build: KernelBuild = .best
) -> [Float] {
    let p = projections
    let (h, r) = (p.headDimension, p.widths.rotaryDimension)
    precondition(cache.layout == p.layout, "the cache has the projections' c and r")
    precondition(queries.count % (p.queryHeads * h) == 0, "queries are [n, s_q, h]")
    let rows = queries.count / h
    precondition(rotaryQueries.count == rows * r, "a rotary query for each query")
    let scale = scale ?? 1 / Float(h + r).squareRoot()
    func reading(_ heads: [CachedHead], _ format: NumberFormat) -> HeadsReading {
        HeadsReading(
            heads: heads, format: format, tokens: cache.tokens, queryHeads: p.queryHeads,
            queryTokens: rows / p.queryHeads, causal: causal, scale: scale, threads: threads,
            build: build)
    }
    switch form {
    case .absorbed:
        return cache.withHeads(threads: threads) { heads, format in
            let mixed = reading(heads, format)
                .outputs(of: joined(p.folded(queries), rotaryQueries, rows: rows))
            return p.unfolded(mixed)
        }
    case .expanded:
        let expanded = p.expanded(cache)
        return expanded.keys.withUnsafeBytes { keys in
            expanded.values.withUnsafeBytes { values in
                let heads = (0..<p.queryHeads).map { head in
                    CachedHead(
                        keys: keys.baseAddress! + head * cache.tokens * (h + r) * 4,
                        values: values.baseAddress! + head * cache.tokens * h * 4,
                        keyWidth: h + r, valueWidth: h, keyStride: h + r, valueStride: h)
                }
                return reading(heads, .float32)
                    .outputs(of: joined(queries, rotaryQueries, rows: rows))
            }
        }
    }
}

/// Row for row, a's numbers and then b's.
private func joined(_ a: [Float], _ b: [Float], rows: Int) -> [Float] {
    let (left, right) = (a.count / rows, b.count / rows)
    var joined: [Float] = []
    joined.reserveCapacity(a.count + b.count)
    for row in 0..<rows {
        joined += a[row * left..<(row + 1) * left]
        joined += b[row * right..<(row + 1) * right]
    }
    return joined
}

extension LatentProjections {
    private var latentRank: Int { widths.latentRank }

    /// Queries that meet latents: transpose(keyUp[i]) @ query. [n, s_q, h] to [n, s_q, c].
    func folded(_ queries: [Float]) -> [Float] {
        let rows = queries.count / headDimension
        var folded = [Float](repeating: 0, count: rows * latentRank)
        folded.withUnsafeMutableBufferPointer { folded in
            keyUp.withUnsafeBufferPointer { keyUp in
                for (index, number) in queries.enumerated() {
                    let (row, place) = index.quotientAndRemainder(dividingBy: headDimension)
                    let head = row / (rows / queryHeads)
                    addScaled(
                        keyUp.baseAddress! + (head * headDimension + place) * latentRank,
                        by: number, to: folded.baseAddress! + row * latentRank, count: latentRank)
                }
            }
        }
        return folded
    }

    /// The first head's key of a latent: keyUp[0] @ latent. [c] to [h].
    func key(_ latent: [Float]) -> [Float] {
        latent.withUnsafeBufferPointer { rebuilt(keyUp, head: 0, $0.baseAddress!) }
    }

    /// Outputs from mixed latents: valueUp[i] @ mixed. [n, s_q, c] to [n, s_q, h].
    fileprivate func unfolded(_ mixed: [Float]) -> [Float] {
        let rows = mixed.count / latentRank
        return mixed.withUnsafeBufferPointer { mixed in
            (0..<rows).flatMap { row in
                rebuilt(
                    valueUp, head: row / (rows / queryHeads), mixed.baseAddress! + row * latentRank)
            }
        }
    }

    /// Keys [n, s_k, h + r] and values [n, s_k, h] of every head.
    fileprivate func expanded(_ cache: KVCache) -> (keys: [Float], values: [Float]) {
        let rows = (0..<cache.tokens).map { cache.numbers(ofHead: 0, token: $0) }
        var keys: [Float] = []
        var values: [Float] = []
        for head in 0..<queryHeads {
            for row in rows {
                row.withUnsafeBufferPointer { latent in
                    keys += rebuilt(keyUp, head: head, latent.baseAddress!)
                    values += rebuilt(valueUp, head: head, latent.baseAddress!)
                }
                keys += row[latentRank...]
            }
        }
        return (keys, values)
    }

    /// matrix[head] @ latent: [h].
    private func rebuilt(
        _ matrix: [Float], head: Int, _ latent: UnsafePointer<Float>
    ) -> [Float] {
        matrix.withUnsafeBufferPointer { matrix in
            (0..<headDimension).map { place in
                dot(
                    matrix.baseAddress! + (head * headDimension + place) * latentRank, latent,
                    count: latentRank)
            }
        }
    }
}
