import RecallKernels

/// The layer at work on one batch of questions: the answer to each, and everything computed on the
/// way, which the backward pass reads.
///
/// An item is a sum of eight embeddings, and keys and values are linear in it, so they are computed
/// once for each of the 128 embeddings and summed, instead of once for each of the 512 items.
final class RecallLayer {
    let variant: RecallVariant
    let weights: RecallTensors

    // Shapes: b = 64 questions, 8·b items, 128 embeddings, d the width filled up to a multiple of
    // 8, g K/V heads (8 where keys and values are rebuilt from a latent of c), heads of 8 numbers.

    /// Latents of the embeddings [128, c]; nothing where heads are cached.
    let latents: Matrix?
    /// Keys and values of the embeddings [128, 2·g·8].
    let embeddedKeyValues: Matrix
    /// Keys and values of the items [8·b, 2·g·8].
    let keyValues: Matrix
    /// Questions [b, d], and their queries [b, 8·8].
    let questions: Matrix
    let queries: Matrix
    /// How much each head looks at each item [b, 8·8], and what it gets from them [b, 8·8].
    let attention: Matrix
    let outputs: Matrix
    /// How probable each value is as the answer to each part [b, 8·16].
    let probabilities: Matrix

    private let scratch: Scratch

    init(_ variant: RecallVariant, weights: RecallTensors) {
        self.variant = variant
        self.weights = weights
        let scratch = Scratch()
        let columns = weights.keyValueColumns(of: variant)
        let batch = RecallTask.batch
        latents = variant.latentRank.map { scratch.matrix(RecallTask.entries, $0) }
        embeddedKeyValues = scratch.matrix(RecallTask.entries, columns)
        keyValues = scratch.matrix(batch * RecallTask.items, columns)
        questions = scratch.matrix(batch, weights[.question].columns)
        queries = scratch.matrix(batch, 64)
        attention = scratch.matrix(batch, 64)
        outputs = scratch.matrix(batch, 64)
        probabilities = scratch.matrix(batch, RecallTask.entries)
        self.scratch = scratch
    }

    /// Answers a batch.
    func answer(_ batch: RecallBatch) {
        if let latents {
            multiply(weights[.item], weights[.down], into: latents)
            multiply(latents, weights[.up], into: embeddedKeyValues)
        } else {
            multiply(weights[.item], weights[.keyValue], into: embeddedKeyValues)
        }
        sumRows(of: embeddedKeyValues, batch.items, into: keyValues)
        sumRows(of: weights[.question], batch.asked, into: questions)
        multiply(questions, weights[.query], into: queries)
        attend(queries: queries, keyValues: keyValues, weights: attention, outputs: outputs)
        multiply(outputs, weights[.output], into: probabilities)
        answerProbabilities(probabilities)
    }
}

/// The way back through the layer: from its answers to the gradient of every weight.
final class RecallBackward {
    let layer: RecallLayer
    /// The gradient of the mean cross-entropy of a batch's answers.
    let gradient: RecallTensors

    // Gradients of what the layer keeps, of the same shapes.
    private let outputs: Matrix
    private let queries: Matrix
    private let questions: Matrix
    private let keyValues: Matrix
    private let embeddedKeyValues: Matrix
    private let latents: Matrix?
    private let scratch: Scratch

    init(_ layer: RecallLayer) {
        self.layer = layer
        gradient = RecallTensors(of: layer.variant)
        let scratch = Scratch()
        outputs = scratch.matrix(like: layer.outputs)
        queries = scratch.matrix(like: layer.queries)
        questions = scratch.matrix(like: layer.questions)
        keyValues = scratch.matrix(like: layer.keyValues)
        embeddedKeyValues = scratch.matrix(like: layer.embeddedKeyValues)
        latents = layer.latents.map { scratch.matrix(like: $0) }
        self.scratch = scratch
    }

    /// Sets `gradient` for the batch that the layer has just answered. The layer's probabilities
    /// become their own gradient on the way.
    func run(_ batch: RecallBatch) {
        let weights = layer.weights
        let scores = layer.probabilities
        answerGradient(scores, batch.answers)
        multiply(layer.outputs.transposed, scores, into: gradient[.output])
        multiply(scores, weights[.output].transposed, into: outputs)
        attendBackward(
            outputGradient: outputs, queries: layer.queries, keyValues: layer.keyValues,
            weights: layer.attention, queryGradient: queries, keyValueGradient: keyValues)
        multiply(layer.questions.transposed, queries, into: gradient[.query])
        multiply(queries, weights[.query].transposed, into: questions)
        scatterRows(of: questions, batch.asked, into: gradient[.question])
        scatterRows(of: keyValues, batch.items, into: embeddedKeyValues)
        if let latents, let computed = layer.latents {
            multiply(computed.transposed, embeddedKeyValues, into: gradient[.up])
            multiply(embeddedKeyValues, weights[.up].transposed, into: latents)
            multiply(weights[.item].transposed, latents, into: gradient[.down])
            multiply(latents, weights[.down].transposed, into: gradient[.item])
        } else {
            multiply(weights[.item].transposed, embeddedKeyValues, into: gradient[.keyValue])
            multiply(embeddedKeyValues, weights[.keyValue].transposed, into: gradient[.item])
        }
    }
}

/// Memory for intermediate results, given back together.
private final class Scratch {
    private var blocks: [FloatBlock] = []

    func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        let block = FloatBlock(count: rows * columns)
        blocks.append(block)
        return Matrix(block.base, rows: rows, columns: columns)
    }

    func matrix(like other: Matrix) -> Matrix { matrix(other.rows, other.columns) }
}

extension RecallVariant {
    /// c, where a latent is cached.
    fileprivate var latentRank: Int? {
        if case .latent(let latentRank, _) = layout { latentRank } else { nil }
    }
}

extension RecallTensors {
    /// Columns that keys and values take side by side.
    fileprivate func keyValueColumns(of variant: RecallVariant) -> Int {
        self[variant.latentRank == nil ? .keyValue : .up].columns
    }
}
