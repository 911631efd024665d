/// How far the outputs of one way to share lie from those of the others, computed on the same
/// random numbers: n K/V heads of h = 16 numbers and 16 tokens.
///
/// With g K/V heads, each is the mean of the n/g that its query heads would have had for themselves
/// (as in Ainslie et al. 2023, arXiv 2305.13245, section 2.1). MHA and MQA are computed apart, as n
/// single heads, so that equality with them is found and not built in.
///
/// Cost: some 4 n single heads over 16 tokens, below a millisecond for n = 32.
package struct SharingComparison: Hashable, Sendable {
    /// n of the shape that was compared.
    package let queryHeads: Int
    /// g of it.
    package let keyValueHeads: Int
    /// The largest difference between an output with g K/V heads and MHA's.
    package let fromMultiHead: Float
    /// The same from MQA.
    package let fromMultiQuery: Float
    /// The largest output with g K/V heads. Means of heads have smaller ones.
    package let largestOutput: Float
    /// The largest of MHA's outputs, the same for every g: a scale for differences.
    package let largestOfMultiHead: Float

    static let tokens = 16
    static let headDimension = 16

    /// Computes all of it at once, for n and g of the shape; its h is not used. The numbers are the
    /// same in every run.
    package init(_ shape: AttentionShape) {
        let (n, g) = (shape.queryHeads, shape.keyValueHeads)
        queryHeads = n
        keyValueHeads = g
        let width = Self.headDimension
        var random = MeasurementNumbers(seed: 2)
        // Large queries, so that each head looks at some tokens more than at others.
        let queries = (0..<n).map { _ in random.numbers(width).map { 4 * $0 } }
        let own = (0..<n).map { _ in
            HeadRows(random.numbers(Self.tokens * width), random.numbers(Self.tokens * width))
        }
        let shared = (0..<g).map { HeadRows.mean(of: own[$0 * n / g..<($0 + 1) * n / g]) }
        let one = HeadRows.mean(of: own[...])

        let outputs = Self.grouped(queries, shared)
        func farthest(_ head: (Int) -> HeadRows) -> Float {
            let others = queries.indices.flatMap { Self.grouped([queries[$0]], [head($0)]) }
            return zip(outputs, others).reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
        fromMultiHead = farthest { own[$0] }
        fromMultiQuery = farthest { _ in one }
        largestOutput = Self.largest(outputs)
        largestOfMultiHead = Self.largest(
            queries.indices.flatMap { Self.grouped([queries[$0]], [own[$0]]) })
    }

    private static func largest(_ outputs: [Float]) -> Float {
        outputs.reduce(0) { max($0, abs($1)) }
    }

    /// One new token's outputs, [n, h], by `attention` over a real cache.
    private static func grouped(_ queries: [[Float]], _ heads: [HeadRows]) -> [Float] {
        guard
            let shape = try? AttentionShape(
                queryHeads: queries.count, keyValueHeads: heads.count,
                headDimension: headDimension)
        else { preconditionFailure("g divides n in the shape that was given") }
        var cache = KVCache(
            layout: .perHead(keyValueHeads: heads.count, headDimension: headDimension),
            format: .float32, capacity: tokens)
        cache.append(keys: heads.flatMap(\.keys), values: heads.flatMap(\.values))
        return attention(
            queries: queries.flatMap(\.self), cache: cache, shape: shape, causal: true)
    }
}

/// One K/V head's keys and values, [s, h] each.
private struct HeadRows {
    let keys: [Float]
    let values: [Float]

    init(_ keys: [Float], _ values: [Float]) {
        self.keys = keys
        self.values = values
    }

    static func mean(of heads: ArraySlice<HeadRows>) -> HeadRows {
        func mean(_ part: (HeadRows) -> [Float]) -> [Float] {
            var sum = [Float](repeating: 0, count: heads.first.map { part($0).count } ?? 0)
            for head in heads {
                for (index, number) in part(head).enumerated() { sum[index] += number }
            }
            return sum.map { $0 / Float(heads.count) }
        }
        return HeadRows(mean(\.keys), mean(\.values))
    }
}

/// What was found, held against what makes no difference.
extension SharingComparison {
    /// Whether a difference is one of rounding only.
    package func isSame(_ difference: Float) -> Bool {
        difference < 1e-5 * largestOfMultiHead
    }

    /// What differences are to be held against.
    package var scale: String {
        let (here, multiHead) = (largestOutput, largestOfMultiHead)
        return here < multiHead && !isSame(multiHead - here)
            ? "MHA's outputs reach \(text(of: multiHead)), these \(text(of: here)): they are means."
            : "Outputs up to \(text(of: multiHead)), as in MHA."
    }

    /// "0", "0.412", "6e-8".
    package func text(of difference: Float) -> String {
        if difference == 0 { return "0" }
        if difference >= 0.001 { return fixed(Double(difference), decimals: 3) }
        return scientific(Double(difference))
    }
}
