import AttentionEngine

/// What a model's cache keeps of a token in each layer, without training the model afterwards.
package enum KeptForm: Sendable {
    /// Keys and values of as many heads as it was built with, more or fewer.
    case heads(HeadSharing)
    /// Keys and values of fewer heads, those that stand best for all; one for each layer.
    case bestHeads([SharedHeads])
    /// A latent for keys and values of all heads, before turning: they are rebuilt from it when it
    /// is read, so that it saves memory and no time. (A latent that is read as it is, with a rotary
    /// key beside it, is `KVCache`'s layout `latent`.) One for each layer.
    case latent([LatentDirections])

    /// What the cache of a layer holds.
    func layout(of shape: AttentionShape) -> KVCacheLayout {
        switch self {
        case .heads, .bestHeads:
            .perHead(
                keyValueHeads: keyValueHeads(of: shape.keyValueHeads),
                headDimension: shape.headDimension)
        case .latent(let layers):
            .latent(latentRank: layers[0].width, rotaryDimension: 0)
        }
    }

    /// A latent of fewer numbers, the most telling of it; others stay as they are.
    package func narrowed(to width: Int) -> KeptForm {
        guard case .latent(let layers) = self else { return self }
        return .latent(layers.map { $0.narrowed(to: width) })
    }

    /// The K/V heads that queries read, of so many that the model was built with.
    func keyValueHeads(of built: Int) -> Int {
        switch self {
        case .heads(let sharing): sharing.keyValueHeads(of: built)
        case .bestHeads(let layers): layers[0].heads
        case .latent: built
        }
    }
}

extension LanguageModel {
    /// What is to be found of `moments` before so much is kept.
    package enum Reduction: Hashable, Sendable {
        /// Fewer K/V heads, which divide those built.
        case heads(Int)
        /// A latent of so many numbers, 1 to 2 · g · h.
        case latent(Int, isWeighted: Bool)
    }

    /// What stands best for all that a model keeps of a token, found in what a text left: `moments`
    /// of each layer. nil where `goesOn`, which is asked now and then, says no. Cost: for each
    /// layer an eigenvalue problem of 2 · g · h numbers.
    package func kept(
        _ reduction: Reduction, of moments: [LayerMoments], threads: Int, goesOn: () -> Bool
    ) -> KeptForm? {
        precondition(moments.count == shape.layers, "one for each layer")
        func found<Part: Sendable>(
            _ part: @escaping @Sendable (LayerMoments, WeightMatrix) -> Part
        ) -> [Part]? {
            var parts: [Part] = []
            for start in stride(from: 0, to: shape.layers, by: threads) where goesOn() {
                let some = Array(start..<min(shape.layers, start + threads))
                parts += inOrder(some, threads: threads) {
                    part(moments[$0], weights.layers[$0].attentionOutput)
                }
            }
            return parts.count == shape.layers ? parts : nil
        }
        let attention = shape.attention
        switch reduction {
        case .heads(let heads):
            return found {
                SharedHeads(keeping: heads, moments: $0, shape: attention, output: $1)
            }.map(KeptForm.bestHeads)
        case .latent(let width, let isWeighted):
            return found {
                LatentDirections(
                    width: width, isWeighted: isWeighted, moments: $0, shape: attention,
                    output: $1)
            }.map(KeptForm.latent)
        }
    }
}

/// What is made of each, in their order, on so many threads.
private func inOrder<Part: Sendable>(
    _ numbers: [Int], threads: Int, _ make: @escaping (Int) -> Part
) -> [Part] {
    var parts = [Part?](repeating: nil, count: numbers.count)
    parts.withUnsafeMutableBufferPointer { parts in
        nonisolated(unsafe) let start = parts.baseAddress!
        inParallel(numbers.count, threads: threads) { start[$0] = make(numbers[$0]) }
    }
    return parts.compactMap { $0 }
}
