import AttentionEngine

/// A sequence that a model reads and goes on with: its caches, one for each layer.
///
///     t  tokens read at once     w  model width     n, g, h  query heads, K/V heads, head width
///     v  vocabulary
///
/// A value: a copy goes on by itself.
package struct ModelSequence: Sendable {
    /// What reads it.
    package let model: LanguageModel
    /// One for each layer, of as many tokens.
    package private(set) var caches: [KVCache]
    /// How its K/V heads are kept.
    package let sharing: HeadSharing
    /// How its numbers are kept.
    package let format: NumberFormat
    private let threads: Int

    /// Tokens that are read at once: more would take memory and no less time.
    package static let mostAtOnce = 256

    /// An empty sequence, its numbers kept in a format. The sharing is one that the model's heads
    /// allow.
    package init(
        of model: LanguageModel, sharing: HeadSharing = .asBuilt, format: NumberFormat = .float32,
        threads: Int = 1
    ) {
        self.model = model
        self.sharing = sharing
        self.format = format
        self.threads = threads
        let heads = model.shape.attention
        let kept = sharing.keyValueHeads(of: heads.keyValueHeads)
        precondition(
            HeadSharing(from: heads, to: kept) == sharing, "a sharing that the heads allow")
        let layout = KVCacheLayout.perHead(
            keyValueHeads: kept, headDimension: heads.headDimension)
        caches = (0..<model.shape.layers).map { _ in KVCache(layout: layout, format: format) }
    }

    /// Tokens read so far.
    package var tokens: Int { caches[0].tokens }
    /// Numbers kept of a token in each layer.
    package var numbersPerTokenAndLayer: Int { caches[0].layout.numbersPerToken }
    /// Bytes held for the tokens read, over all layers.
    package var bytesHeld: ByteCount { ByteCount(caches.reduce(0) { $0 + $1.bytesHeld.bytes }) }

    /// Reads tokens, each below `vocabulary`, and returns what the last of them lets expect: [v]
    /// logits. Cost: of each matrix every weight is read once for up to 256 tokens.
    package mutating func read(_ ids: [Int]) -> [Float] {
        precondition(!ids.isEmpty, "a token to read")
        var last: [Float] = []
        for start in stride(from: 0, to: ids.count, by: Self.mostAtOnce) {
            let part = ids[start..<min(ids.count, start + Self.mostAtOnce)]
            last = hidden(Array(part)).suffix(model.shape.width)
        }
        return logits(Array(last))
    }

    /// Reads tokens, all at once, and returns what each of them lets expect: [t, v] logits.
    package mutating func readAll(_ ids: [Int]) -> [Float] { logits(hidden(ids)) }

    private func logits(_ hidden: [Float]) -> [Float] {
        let weights = model.weights
        return weights.output.product(
            normalised(hidden, weights: weights.outputNorm, epsilon: model.shape.normEpsilon),
            threads: threads)
    }

    /// The numbers of each token behind the last layer, before the last norm: [t, w].
    private mutating func hidden(_ ids: [Int]) -> [Float] {
        let positions = tokens..<tokens + ids.count
        let turns = positions.map { position in
            Turn.all(model.frequencies.map { Float(position) * $0 })
        }
        var x = ids.flatMap { model.weights.embedding.row($0) }
        for index in model.weights.layers.indices {
            let layer = model.weights.layers[index]
            let attended = attention(of: index, layer, x, turns)
            add(layer.attentionOutput.product(attended, threads: threads), to: &x)
            let y = normalised(
                x, weights: layer.feedForwardNorm, epsilon: model.shape.normEpsilon)
            let inner = gated(
                layer.gate.product(y, threads: threads), layer.up.product(y, threads: threads))
            add(layer.down.product(inner, threads: threads), to: &x)
        }
        return x
    }

    /// A layer's attention over what is kept and the tokens that come in: [t, n · h].
    private mutating func attention(
        of index: Int, _ layer: LanguageModelWeights.Layer, _ x: [Float],
        _ turns: [[Turn]]
    ) -> [Float] {
        let built = model.shape.attention
        let y = normalised(x, weights: layer.attentionNorm, epsilon: model.shape.normEpsilon)
        func heads(_ matrix: WeightMatrix, _ count: Int) -> [Float] {
            byHead(matrix.product(y, threads: threads), heads: count, width: built.headDimension)
        }
        func kept(_ matrix: WeightMatrix) -> [Float] {
            let heads = heads(matrix, built.keyValueHeads)
            return sharing.kept(of: heads, each: heads.count / built.keyValueHeads)
        }
        var queries = heads(layer.query, built.queryHeads)
        var keys = kept(layer.key)
        turn(&queries, turns)
        turn(&keys, turns)
        caches[index].append(keys: keys, values: kept(layer.value))
        let shape = built.with(keyValueHeads: sharing.keyValueHeads(of: built.keyValueHeads))
        let outputs = AttentionEngine.attention(
            queries: queries, cache: caches[index], shape: shape, causal: true, threads: threads)
        return byToken(outputs, heads: shape.queryHeads, width: shape.headDimension)
    }

    /// Turns each pair of neighbours of a head's first numbers by its angle at the token's position
    /// (Su et al. 2021, arXiv 2104.09864, section 3.4.2); heads: [heads, t, h].
    private func turn(_ heads: inout [Float], _ turns: [[Turn]]) {
        let width = model.shape.attention.headDimension
        for row in 0..<heads.count / width {
            for (pair, turn) in turns[row % turns.count].enumerated() {
                let place = row * width + 2 * pair
                let (even, odd) = (heads[place], heads[place + 1])
                heads[place] = even * turn.cosine - odd * turn.sine
                heads[place + 1] = even * turn.sine + odd * turn.cosine
            }
        }
    }
}

extension AttentionShape {
    /// The same query heads on another number of K/V heads, which divides theirs.
    fileprivate func with(keyValueHeads: Int) -> AttentionShape {
        guard
            let shape = try? AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: headDimension)
        else { preconditionFailure("a sharing's K/V heads divide the query heads") }
        return shape
    }
}

private func add(_ more: [Float], to sum: inout [Float]) {
    for index in sum.indices { sum[index] += more[index] }
}

/// [t, heads · width] as [heads, t, width].
private func byHead(_ rows: [Float], heads: Int, width: Int) -> [Float] {
    exchanged(rows, rows.count / (heads * width), heads, width)
}

/// [heads, t, width] as [t, heads · width].
private func byToken(_ rows: [Float], heads: Int, width: Int) -> [Float] {
    exchanged(rows, heads, rows.count / (heads * width), width)
}

/// [a, b, width] as [b, a, width].
private func exchanged(_ rows: [Float], _ a: Int, _ b: Int, _ width: Int) -> [Float] {
    if a == 1 || b == 1 { return rows }
    return [Float](unsafeUninitializedCapacity: rows.count) { result, count in
        for i in 0..<a {
            for j in 0..<b {
                for k in 0..<width {
                    result[(j * a + i) * width + k] = rows[(i * b + j) * width + k]
                }
            }
        }
        count = rows.count
    }
}
