import AttentionEngine

/// How fewer heads of a layer stand for all that it was built with, as well as that goes without
/// training: one key and one value for each group of r neighbours, and what makes a head's own of
/// them again.
///
/// Each pair of a key is a complex number, and turning multiplies it. So does a factor for each
/// head: it commutes with the turn, and goes over to the queries. What makes a value a head's own
/// again goes over to the outputs. The cache is that of a model with so many heads.
///
///     g, m  K/V heads built and kept     r  g / m     h  head width     n  query heads
package struct SharedHeads: Sendable {
    /// m.
    let heads: Int
    /// [g, h / 2]: head i's pair is the kept one's times this.
    private let factors: [Complex]
    /// m of [h, r · h]: from the values of a group's heads.
    private let valueDown: [FloatMatrix]
    /// g of [h, h]: to a head's own value.
    private let valueUp: [FloatMatrix]

    private struct Complex {
        let real: Float
        let imaginary: Float
    }

    /// Those of a layer: for each pair the principal direction of its heads' numbers, for values
    /// the principal ones among those weighed by what the output projection takes up.
    init(keeping heads: Int, moments: LayerMoments, shape: AttentionShape, output: WeightMatrix) {
        self.heads = heads
        let (built, width) = (shape.keyValueHeads, shape.headDimension)
        let groupSize = built / heads
        let count = moments.means.count
        var factors = [Complex](
            repeating: Complex(real: 1, imaginary: 0), count: built * width / 2)
        for group in 0..<heads {
            for pair in 0..<width / 2 {
                // The real form of the heads' Hermitian matrix: [[a, -b], [b, a]].
                func place(_ head: Int) -> Int { (group * groupSize + head) * width + 2 * pair }
                var matrix = [Double](repeating: 0, count: 4 * groupSize * groupSize)
                for one in 0..<groupSize {
                    for two in 0..<groupSize {
                        let (j, k) = (place(one), place(two))
                        let a = moments.product(j, k) + moments.product(j + 1, k + 1)
                        let b = moments.product(j + 1, k) - moments.product(j, k + 1)
                        let side = 2 * groupSize
                        matrix[one * side + two] = a
                        matrix[one * side + groupSize + two] = -b
                        matrix[(groupSize + one) * side + two] = b
                        matrix[(groupSize + one) * side + groupSize + two] = a
                    }
                }
                let top = SymmetricEigen(matrix).directions
                for head in 0..<groupSize {
                    factors[(group * groupSize + head) * width / 2 + pair] = Complex(
                        real: Float(top[head]), imaginary: Float(top[groupSize + head]))
                }
            }
        }
        self.factors = factors
        let weights = NumberWeights(of: shape, moments: moments, output: output)
        let values = (0..<heads).map { group -> (down: FloatMatrix, up: [FloatMatrix]) in
            let start = count / 2 + group * groupSize * width
            let own = start..<start + groupSize * width
            let part = weights.values(of: group * groupSize..<(group + 1) * groupSize)
            let eigen = SymmetricEigen(
                part.weighed(own.map { one in own.map { moments.product(one, $0) } }).flatMap { $0 }
            )
            let directions = (0..<width).map {
                Array(eigen.directions[$0 * own.count..<($0 + 1) * own.count])
            }
            let ups = directions.map(part.unweighed)
            return (
                FloatMatrix(directions.map(part.weighed)),
                (0..<groupSize).map { head in
                    FloatMatrix(ups.map { Array($0[head * width..<(head + 1) * width]) }).transposed
                }
            )
        }
        valueDown = values.map(\.down)
        valueUp = values.flatMap(\.up)
    }

    private var width: Int { valueUp[0].rows }

    /// The keys that are kept, [m, t, h], of those of all heads, [g, t, h].
    func keys(_ keys: [Float]) -> [Float] {
        let (pairs, groupSize) = (width / 2, valueUp.count / heads)
        let each = keys.count / valueUp.count
        var kept = [Float](repeating: 0, count: heads * each)
        for head in valueUp.indices {
            for place in stride(from: 0, to: each, by: 2) {
                let factor = factors[head * pairs + place % width / 2]
                let (real, imaginary) = (
                    keys[head * each + place], keys[head * each + place + 1]
                )
                let target = head / groupSize * each + place
                kept[target] += factor.real * real + factor.imaginary * imaginary
                kept[target + 1] += factor.real * imaginary - factor.imaginary * real
            }
        }
        return kept
    }

    /// The values that are kept, [m, t, h], of those of all heads, [g, t, h].
    func values(_ values: [Float], threads: Int) -> [Float] {
        let each = values.count / heads
        let groupSize = valueUp.count / heads
        return valueDown.indices.flatMap { group in
            valueDown[group].product(
                byToken(
                    Array(values[group * each..<(group + 1) * each]), heads: groupSize,
                    width: width),
                threads: threads)
        }
    }

    /// Gives queries, [n, t, h], the factors of the heads that they were to read.
    func adapted(_ queries: [Float], queryHeads: Int) -> [Float] {
        var queries = queries
        let (pairs, perHead) = (width / 2, queryHeads / valueUp.count)
        let each = queries.count / queryHeads
        for place in stride(from: 0, to: queries.count, by: 2) {
            let factor = factors[place / each / perHead * pairs + place % width / 2]
            let (real, imaginary) = (queries[place], queries[place + 1])
            queries[place] = real * factor.real + imaginary * factor.imaginary
            queries[place + 1] = imaginary * factor.real - real * factor.imaginary
        }
        return queries
    }

    /// Makes of what was read, [n, t, h], what would have been of the heads' own values.
    func restored(_ outputs: [Float], queryHeads: Int, threads: Int) -> [Float] {
        let (each, perHead) = (outputs.count / queryHeads, queryHeads / valueUp.count)
        return (0..<queryHeads).flatMap { head in
            valueUp[head / perHead].product(
                Array(outputs[head * each..<(head + 1) * each]), threads: threads)
        }
    }
}
