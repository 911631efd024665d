import AttentionEngine

/// Gathers what a text leaves in each layer of a model as built.
package struct Calibration: Sendable {
    /// One for each layer.
    package private(set) var moments: [LayerMoments]
    private let empty: ModelSequence
    private var sequence: ModelSequence
    private let threads: Int

    /// Tokens that are read from an empty cache on.
    package static let window = 1_024

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

    /// Tokens gathered.
    package var tokens: Int { moments[0].tokens }

    /// Reads on, up to 256 tokens; a window that is full ends. Cost: that of reading them, and
    /// O(t · (g · h)²) for each layer.
    package mutating func read(_ ids: [Int]) {
        if sequence.tokens + ids.count > Self.window { sequence = empty }
        let (width, threads) = (sequence.model.shape.attention.headDimension, threads)
        sequence.read(ids) { layer, queries, keys, values in
            moments[layer].add(
                queries: queries, keys: keys, values: values, headDimension: width,
                threads: threads)
        }
    }
}
