import AttentionEngine

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A text that a model reads in windows, and what each of its tokens cost to predict.
///
/// Each window starts anew with an empty cache. It reads so many tokens and predicts the one behind
/// each of them; the last that it predicts is the first that the next window reads.
package struct TextPrediction: Sendable {
    /// What reads the window under way, as far as that was read.
    package private(set) var sequence: ModelSequence
    /// -log p of each token predicted, in nats, from the second on.
    package private(set) var nats: [Double] = []
    private let empty: ModelSequence
    private let ids: [Int]
    private let window: Int

    /// Tokens that are read at once: their logits are the most memory that this takes.
    private static let part = 64

    /// Nothing read yet; the sequence is empty.
    package init(of ids: [Int], by sequence: ModelSequence) {
        precondition(sequence.tokens == 0, "an empty sequence")
        self.ids = ids
        self.sequence = sequence
        empty = sequence
        window = sequence.model.window
    }

    /// Tokens to predict: all but the first.
    package var count: Int { max(0, ids.count - 1) }

    /// Whether all of them are predicted.
    package var isOver: Bool { nats.count == count }

    /// Whether what was predicted last was predicted by numbers.
    package var isNumber: Bool { nats.last?.isFinite != false }

    /// The mean of what was predicted so far.
    package var mean: SampleMean { SampleMean(of: nats) }

    /// How much more each token cost than it cost another time, in the mean, of those that both
    /// have predicted: differences in pairs, which are surer than the difference of two means.
    package func more(than others: [Double]) -> SampleMean {
        SampleMean(of: zip(nats, others).map { $0 - $1 })
    }

    /// Bytes that reading on asks for at the most.
    package var memoryNeeded: ByteCount {
        sequence.memoryNeeded(toRead: Self.part, logits: Self.part)
    }

    /// Reads up to 64 tokens more; false where all are predicted, or one not by numbers. Cost:
    /// every weight is read once, and e^x is computed for each token of the vocabulary.
    package mutating func readOn() -> Bool {
        guard !isOver, isNumber else { return false }
        if sequence.tokens == window { sequence = empty }
        let end = min(nats.count + min(Self.part, window - sequence.tokens), count)
        let part = nats.count..<end
        let logits = sequence.readAll(Array(ids[part]))
        let vocabulary = sequence.model.shape.vocabulary
        for (row, index) in part.enumerated() {
            let row = logits[row * vocabulary..<(row + 1) * vocabulary]
            nats.append(Self.nats(of: ids[index + 1], in: row))
            if !isNumber { return false }
        }
        return !isOver
    }

    /// -log of a token's softmax over a row of logits; no number where one of them is none.
    private static func nats(of token: Int, in row: ArraySlice<Float>) -> Double {
        guard row.allSatisfy(\.isFinite), let top = row.max().map(Double.init) else { return .nan }
        let sum = row.reduce(0.0) { $0 + exp(Double($1) - top) }
        return top + log(sum) - Double(row[row.startIndex + token])
    }
}
