import AttentionEngine

/// Gathers what a text leaves in each layer of a model as built.
package struct Calibration: Sendable {
    /// One for each layer.
    package private(set) var moments: [LayerMoments]
    private let empty: ModelSequence
    private var sequence: ModelSequence
    private let threads: Int

    /// Nothing gathered yet.
    package init(of model: LanguageModel, threads: Int) {
        empty = ModelSequence(of: model, threads: threads)
        sequence = empty
        self.threads = threads
        let shape = model.shape
        moments = (0..<shape.layers).map { _ in
            LayerMoments(queries: shape.queryWidth, kept: 2 * shape.keyWidth)
        }
    }

    /// Bytes that gathering takes, and finding what is worth keeping in what was gathered.
    package static func memoryNeeded(of shape: LanguageModelShape) -> ByteCount {
        let squares = 4 * shape.keyWidth * shape.keyWidth
        return ByteCount((2 * shape.layers * 4 + 8 * 8) * squares)
    }

    /// Tokens gathered.
    package var tokens: Int { moments[0].tokens }

    /// Reads on; each window begins with an empty cache. Cost: that of reading the tokens, and
    /// O(t · (g · h)²) for each layer.
    package mutating func read(_ ids: [Int]) {
        let (window, threads) = (sequence.model.window, threads)
        let width = sequence.model.shape.attention.headDimension
        var rest = ids[...]
        while !rest.isEmpty {
            if sequence.tokens == window { sequence = empty }
            let part = rest.prefix(min(ModelSequence.mostAtOnce, window - sequence.tokens))
            sequence.read(Array(part)) { layer, queries, keys, values in
                moments[layer].add(
                    queries: queries, keys: keys, values: values, headDimension: width,
                    threads: threads)
            }
            rest = rest.dropFirst(part.count)
        }
    }

    /// Whether all that was gathered are numbers.
    package var isNumber: Bool { moments.allSatisfy(\.isFinite) }
}
