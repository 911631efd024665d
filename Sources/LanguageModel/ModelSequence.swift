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
    /// What is kept of a token.
    package let kept: KeptForm
    /// How its numbers are kept.
    package let format: NumberFormat
    private let threads: Int

    /// Tokens that are read at once: more would take memory and no less time.
    package static let mostAtOnce = 256

    /// An empty sequence, its numbers kept in a format. What is kept is what the model's heads
    /// allow.
    package init(
        of model: LanguageModel, kept: KeptForm = .heads(.asBuilt),
        format: NumberFormat = .float32, threads: Int = 1
    ) {
        self.model = model
        self.kept = kept
        self.format = format
        self.threads = threads
        let layout = kept.layout(of: model.shape.attention)
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

    /// Bytes that reading so many tokens at once asks for at the most: room for them where that
    /// doubles, what one layer makes of them and of all that it keeps, and so many rows of logits.
    package func memoryNeeded(toRead count: Int, logits rows: Int = 1) -> ByteCount {
        let shape = model.shape
        let caches = caches.reduce(0) { $0 + $1.memoryNeeded(toAppend: count).bytes }
        let ofToken = 8 * (shape.width + shape.queryWidth) + 4 * shape.feedForwardWidth
        let ofKept = 8 * max(numbersPerTokenAndLayer, 2 * shape.keyWidth)
        let numbers =
            count * ofToken + (tokens + count) * ofKept + 2 * rows * shape.vocabulary
        return ByteCount(caches + 4 * numbers)
    }

    /// Hears of each layer's queries, [n, t, h], keys and values, [g, t, h], all before turning.
    typealias Watch = (
        _ layer: Int, _ queries: [Float], _ keys: [Float], _ values: [Float]
    ) -> Void

    /// Hears of where each layer's query heads look: attention weights, [n, t, s], of the tokens
    /// that come in over all that are in then.
    package typealias Look = (_ layer: Int, _ weights: [Float]) -> Void

    /// Reads tokens, all at once, for what its layers make of them.
    mutating func read(_ ids: [Int], watch: Watch) {
        withoutActuallyEscaping(watch) { _ = hidden(ids, watch: $0) }
    }

    /// Reads tokens, all at once, for where its heads look. Cost: beside that of reading, that of
    /// `attentionWeights` in each layer.
    package mutating func read(_ ids: [Int], look: Look) {
        withoutActuallyEscaping(look) { _ = hidden(ids, look: $0) }
    }

    private func logits(_ hidden: [Float]) -> [Float] {
        let weights = model.weights
        return weights.output.product(
            normalised(hidden, weights: weights.outputNorm, epsilon: model.shape.normEpsilon),
            threads: threads)
    }

    /// The numbers of each token behind the last layer, before the last norm: [t, w].
    private mutating func hidden(
        _ ids: [Int], watch: Watch? = nil, look: Look? = nil
    ) -> [Float] {
        let end = tokens + ids.count
        // What is kept before turning is turned when it is read.
        let first = if case .latent = kept { 0 } else { tokens }
        let turns = (first..<end).map { position in
            Turn.all(model.frequencies.map { Float(position) * $0 })
        }
        var x = ids.flatMap { model.weights.embedding.row($0) }
        for index in model.weights.layers.indices {
            let layer = model.weights.layers[index]
            let attended = attention(of: index, layer, x, turns, watch, look)
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
        of index: Int, _ layer: LanguageModelWeights.Layer, _ x: [Float], _ turns: [[Turn]],
        _ watch: Watch?, _ look: Look?
    ) -> [Float] {
        let built = model.shape.attention
        let y = normalised(x, weights: layer.attentionNorm, epsilon: model.shape.normEpsilon)
        func heads(_ matrix: WeightMatrix, _ count: Int) -> [Float] {
            byHead(matrix.product(y, threads: threads), heads: count, width: built.headDimension)
        }
        var queries = heads(layer.query, built.queryHeads)
        let keys = heads(layer.key, built.keyValueHeads)
        let values = heads(layer.value, built.keyValueHeads)
        watch?(index, queries, keys, values)
        turn(&queries, turns.suffix(x.count / model.shape.width))
        let outputs =
            switch kept {
            case .heads(let sharing):
                readHeads(
                    index, queries,
                    turned(sharing.kept(of: keys, heads: built.keyValueHeads), turns),
                    sharing.kept(of: values, heads: built.keyValueHeads), look)
            case .bestHeads(let layers):
                layers[index].restored(
                    readHeads(
                        index, layers[index].adapted(queries, queryHeads: built.queryHeads),
                        turned(layers[index].keys(keys), turns),
                        layers[index].values(values, threads: threads), look),
                    queryHeads: built.queryHeads, threads: threads)
            case .latent(let layers):
                readLatents(layers[index], index, queries, keys, values, turns, look)
            }
        return byToken(outputs, heads: built.queryHeads, width: built.headDimension)
    }

    /// Keeps keys, turned, and values, and reads all that are kept.
    private mutating func readHeads(
        _ index: Int, _ queries: [Float], _ keys: [Float], _ values: [Float], _ look: Look?
    ) -> [Float] {
        caches[index].append(keys: keys, values: values)
        let built = model.shape.attention
        let heads = kept.keyValueHeads(of: built.keyValueHeads)
        let shape = built.with(keyValueHeads: heads)
        look?(
            index,
            attentionWeights(queries: queries, cache: caches[index], shape: shape, causal: true))
        return AttentionEngine.attention(
            queries: queries, cache: caches[index], shape: shape, causal: true,
            copiedHeads: min(heads, built.keyValueHeads), threads: threads)
    }

    /// Keeps latents of keys and values, and reads the keys and values that all of them rebuild.
    private mutating func readLatents(
        _ directions: LatentDirections, _ index: Int, _ queries: [Float], _ keys: [Float],
        _ values: [Float], _ turns: [[Turn]], _ look: Look?
    ) -> [Float] {
        let shape = model.shape.attention
        let latents = directions.latents(
            keys, values, headDimension: shape.headDimension, threads: threads)
        caches[index].append(latents: latents, rotaryKeys: [])
        let rebuilt = directions.rebuilt(
            caches[index].latents, headDimension: shape.headDimension, threads: threads)
        let layout = KVCacheLayout.perHead(
            keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension)
        var cache = KVCache(layout: layout, format: .float32, capacity: turns.count)
        cache.append(keys: turned(rebuilt.keys, turns), values: rebuilt.values)
        look?(index, attentionWeights(queries: queries, cache: cache, shape: shape, causal: true))
        return AttentionEngine.attention(
            queries: queries, cache: cache, shape: shape, causal: true, threads: threads)
    }

    private func turned(_ heads: [Float], _ turns: [[Turn]]) -> [Float] {
        var heads = heads
        turn(&heads, turns[...])
        return heads
    }

    /// Turns each pair of neighbours of a head's first numbers by its angle at the token's position
    /// (Su et al. 2021, arXiv 2104.09864, section 3.4.2); heads: [heads, t, h].
    private func turn(_ heads: inout [Float], _ turns: ArraySlice<[Turn]>) {
        let width = model.shape.attention.headDimension
        for row in 0..<heads.count / width {
            for (pair, turn) in turns[turns.startIndex + row % turns.count].enumerated() {
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
