import AttentionKernels

/// One head's scores of one query for a few latents, without scale, found in both forms from the
/// same random numbers.
package struct LatentScores: Sendable {
    /// [h].
    package let query: [Float]
    /// W, [h, c]: a key is W @ latent.
    package let weights: [Float]
    /// [s, c].
    package let latents: [[Float]]
    /// [s, h], which only the expanded form makes.
    package let keys: [[Float]]
    /// transpose(W) @ query, [c], which only the absorbed form makes.
    package let foldedQuery: [Float]
    /// [r], and [s, r]: the part of query and key that is turned, the same in both forms.
    package let rotaryQuery: [Float]
    /// [s, r].
    package let rotaryKeys: [[Float]]
    /// [s], each query · key.
    package let expanded: [Float]
    /// [s], each folded query · latent.
    package let absorbed: [Float]

    /// The most numbers that W may have, so that a picture may compute this as it is drawn.
    package static let mostWeights = 1 << 20

    /// A head of some widths over some tokens; nil where W has too many numbers.
    ///
    /// - Parameter block: where W is no random numbers but copies: the place in the latent, in head
    ///   widths, of the key that it copies. Cost: O(s h c).
    package init?(headDimension: Int, widths: LatentWidths, tokens: Int, copying block: Int?) {
        let (h, c) = (headDimension, widths.latentRank)
        let (count, overflow) = h.multipliedReportingOverflow(by: c)
        guard !overflow, count <= Self.mostWeights, widths.rotaryDimension <= Self.mostWeights
        else { return nil }
        precondition(block.map { ($0 + 1) * h <= c } ?? true, "the latent holds the block")
        var random = MeasurementNumbers(seed: 11)
        query = random.numbers(h)
        latents = (0..<tokens).map { _ in random.numbers(c) }
        if let block {
            var copies = [Float](repeating: 0, count: count)
            for place in 0..<h { copies[place * c + block * h + place] = 1 }
            weights = copies
        } else {
            // Scaled so that keys come out about as large as latents.
            let scale = (3 / Float(c)).squareRoot()
            weights = random.numbers(count).map { $0 * scale }
        }
        // Last, so that W stays the same whatever r is.
        rotaryQuery = random.numbers(widths.rotaryDimension)
        rotaryKeys = (0..<tokens).map { _ in random.numbers(widths.rotaryDimension) }
        let projections = LatentProjections(
            queryHeads: 1, headDimension: h, widths: widths, keyUp: weights, valueUp: weights)
        keys = latents.map(projections.key)
        foldedQuery = projections.folded(query)
        let turned = rotaryKeys.map { [rotaryQuery] in dot(rotaryQuery, $0) }
        expanded = zip(keys, turned).map { [query] in dot(query, $0) + $1 }
        absorbed = zip(latents, turned).map { [foldedQuery] in dot(foldedQuery, $0) + $1 }
    }

    /// A row of a head's W, [c]: of the first one's, or random numbers, as another's would be.
    package func weights(ofHead head: Int, row: Int) -> [Float] {
        let width = foldedQuery.count
        if head == 0 { return Array(weights[row * width..<(row + 1) * width]) }
        var random = MeasurementNumbers(seed: UInt64(head) << 32 + UInt64(row))
        return random.numbers(width)
    }

    /// The most by which a score differs between the forms.
    package var largestDifference: Float {
        zip(expanded, absorbed).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}

private func dot(_ a: [Float], _ b: [Float]) -> Float {
    a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            guard let (a, count) = a.baseAddress.map({ ($0, b.count) }), let b = b.baseAddress
            else { return 0 }
            return dot(a, b, count: count)
        }
    }
}
