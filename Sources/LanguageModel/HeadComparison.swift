import AttentionEngine

/// How different the heads of a model look at a text, layer by layer, read a part at a time.
package struct HeadComparison: Sendable {
    /// One for each layer, of the tokens read so far.
    package private(set) var layers: [HeadDiversity]
    /// Whether all attention weights were numbers so far.
    package private(set) var isNumber = true
    /// Tokens read.
    package private(set) var read = 0
    /// Tokens to read.
    package var count: Int { ids.count }

    private var sequence: ModelSequence
    private let ids: [Int]
    private let groupSize: Int
    private let uncounted: Int

    /// Tokens that are read at once.
    private static let part = 64

    /// Nothing read yet; the sequence is empty. So many query heads share a K/V head; the first
    /// `uncounted` tokens are not counted: they see too little.
    package init(of ids: [Int], by sequence: ModelSequence, groupSize: Int, uncounted: Int) {
        precondition(sequence.tokens == 0, "an empty sequence")
        (self.ids, self.sequence) = (ids, sequence)
        (self.groupSize, self.uncounted) = (groupSize, uncounted)
        layers = Array(repeating: HeadDiversity(), count: sequence.model.shape.layers)
    }

    /// Whether all is read.
    package var isOver: Bool { read == count }

    /// Bytes that reading on asks for at the most: beside the sequence's own, one layer's weights.
    package var memoryNeeded: ByteCount {
        let weights = sequence.model.shape.attention.queryHeads * Self.part * count
        return ByteCount(sequence.memoryNeeded(toRead: Self.part).bytes + 8 * weights)
    }

    /// Reads up to 64 tokens more; false where all is read. Cost: that of reading them, and for
    /// each token and pair of heads O(tokens seen) in every layer.
    package mutating func readOn() -> Bool {
        guard !isOver else { return false }
        let part = Array(ids[read..<min(count, read + Self.part)])
        let heads = sequence.model.shape.attention.queryHeads
        let start = max(0, uncounted - read)
        sequence.read(part) { layer, weights in
            isNumber = isNumber && weights.allSatisfy(\.isFinite)
            layers[layer].add(
                weights, queryHeads: heads, groupSize: groupSize, queryTokens: part.count,
                from: min(start, part.count))
        }
        read += part.count
        return !isOver
    }
}
