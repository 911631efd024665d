import AttentionEngine

/// What a text leaves in one layer, gathered token by token.
///
///     m  g · h, numbers of all K/V heads' keys, or of their values
///
/// Keys are those before turning. A turn changes no sum of the squares of a pair, so queries may be
/// taken before it, too.
package struct LayerMoments: Hashable, Sendable {
    /// Tokens gathered.
    package internal(set) var tokens: Int
    /// [2m]: means of a token's keys, then of its values.
    var means: [Float]
    /// [2m]: the means of the tokens that came first.
    var origin: [Float]
    /// [2m, 2m]: means of the products of any two of them, both counted from the origin: between
    /// numbers that are large and alike, nothing else would be left of how they differ.
    var products: [Float]
    /// [n, h / 2]: means of the squares of each query head's numbers, over the two of a pair.
    var energies: [Float]

    /// Nothing gathered yet. queries: n · h; kept: 2m.
    init(queries: Int, kept: Int) {
        tokens = 0
        means = [Float](repeating: 0, count: kept)
        origin = means
        products = [Float](repeating: 0, count: kept * kept)
        energies = [Float](repeating: 0, count: queries / 2)
    }

    /// Adds t tokens. queries: [n, t, h]; keys, values: [g, t, h], before turning. Cost: O(t · m²).
    mutating func add(
        queries: [Float], keys: [Float], values: [Float], headDimension: Int, threads: Int
    ) {
        let kept = means.count
        let count = 2 * keys.count / kept
        let (before, after) = (Float(tokens), Float(tokens + count))
        // [2m, t]: a number's row goes on from token to token.
        var rows = transposed(keys, headDimension, count) + transposed(values, headDimension, count)
        for index in 0..<kept {
            let row = index * count..<(index + 1) * count
            let sum = rows[row].reduce(0, +)
            means[index] = (means[index] * before + sum) / after
            if tokens == 0 { origin[index] = means[index] }
            for place in row { rows[place] -= origin[index] }
        }
        let build = KernelBuild.best
        products.withUnsafeMutableBufferPointer { products in
            rows.withUnsafeBufferPointer { rows in
                let (products, rows) = (products.baseAddress!, rows.baseAddress!)
                inParallel(kept, threads: threads) { one in
                    for two in 0...one {
                        let sum = build.dot(rows + one * count, rows + two * count, count)
                        let mean = (products[one * kept + two] * before + sum) / after
                        products[one * kept + two] = mean
                        products[two * kept + one] = mean
                    }
                }
            }
        }
        let queryRows = transposed(queries, headDimension, count)
        for pair in energies.indices {
            let both = queryRows[2 * pair * count..<2 * (pair + 1) * count]
            let sum = both.reduce(0) { $0 + $1 * $1 } / 2
            energies[pair] = (energies[pair] * before + sum) / after
        }
        tokens += count
    }

    /// [2m, 2m]: how any two numbers go together beside their means.
    var covariance: [[Double]] {
        means.indices.map { one in
            means.indices.map { two in
                Double(products[one * means.count + two]) - moved(one) * moved(two)
            }
        }
    }

    /// The mean of the products of two of them.
    func product(_ one: Int, _ two: Int) -> Double {
        let (a, b) = (Double(origin[one]), Double(origin[two]))
        return Double(products[one * means.count + two]) + moved(one) * b + a * moved(two) + a * b
    }

    /// How far a mean is from the origin.
    private func moved(_ index: Int) -> Double { Double(means[index]) - Double(origin[index]) }

    /// Whether all of it are numbers.
    var isFinite: Bool {
        [means, origin, products, energies].allSatisfy { $0.allSatisfy(\.isFinite) }
    }

    /// [heads, t, width] as [heads, width, t].
    private func transposed(_ rows: [Float], _ width: Int, _ count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count) { result, initialised in
            initialised = rows.count
            for head in 0..<rows.count / (width * count) {
                let start = head * width * count
                for token in 0..<count {
                    for number in 0..<width {
                        result[start + number * count + token] =
                            rows[
                                start + token * width + number]
                    }
                }
            }
        }
    }
}
