import AttentionEngine

/// How much each number of a layer's keys and values matters: a symmetric matrix, on its diagonal
/// one number for each of the keys' and one block for each head's value. Directions are looked for
/// among weighed numbers, so that what is lost is what matters least.
struct NumberWeights {
    /// [g · h]
    private var keys: [Double]
    /// For each K/V head [h, h].
    private var values: [Block]

    /// A symmetric matrix and its inverse.
    private struct Block {
        var matrix: [[Double]]
        var inverse: [[Double]]
    }

    /// Every number as it is.
    init(plain shape: AttentionShape) {
        let width = shape.headDimension
        keys = [Double](repeating: 1, count: shape.keyValueHeads * width)
        let unit = (0..<width).map { row in (0..<width).map { $0 == row ? 1.0 : 0 } }
        values = (0..<shape.keyValueHeads).map { _ in Block(matrix: unit, inverse: unit) }
    }

    /// A key's numbers by how strongly its head's queries ask in each pair, a value's by how
    /// strongly the output projection takes them up; keys together as heavy as values together.
    /// output: [w, n · h].
    init(of shape: AttentionShape, moments: LayerMoments, output: WeightMatrix) {
        let (width, heads) = (shape.headDimension, shape.keyValueHeads)
        let (groupSize, pairs) = (shape.queryHeads / heads, shape.headDimension / 2)
        keys = (0..<heads * width).map { index in
            let (head, pair) = (index / width, index % width / 2)
            let energy = (0..<groupSize).reduce(0) {
                $0 + Double(moments.energies[(head * groupSize + $1) * pairs + pair])
            }
            return (max(energy / Double(groupSize), 1e-12)).squareRoot()
        }
        let taken = Self.products(of: output, shape)
        values = (0..<heads).map { head in
            let sum = (0..<width * width).map { index in
                (0..<groupSize).reduce(0) { $0 + taken[head * groupSize + $1][index] }
                    / Double(groupSize)
            }
            let eigen = SymmetricEigen(sum)
            func matrix(_ value: (Double) -> Double) -> [[Double]] {
                let values = eigen.values.map { value(max($0, 1e-9).squareRoot()) }
                return (0..<width).map { row in
                    (0..<width).map { column in
                        values.indices.reduce(0) {
                            $0 + values[$1] * eigen.directions[$1 * width + row]
                                * eigen.directions[$1 * width + column]
                        }
                    }
                }
            }
            return Block(matrix: matrix { $0 }, inverse: matrix { 1 / $0 })
        }
        balance(moments.covariance)
    }

    /// Makes keys together as heavy as values together.
    private mutating func balance(_ covariance: [[Double]]) {
        let (count, width) = (keys.count, values[0].matrix.count)
        let ofKeys = keys.indices.reduce(0) { $0 + keys[$1] * keys[$1] * covariance[$1][$1] }
        let ofValues = values.indices.reduce(0) { sum, head in
            let start = count + head * width
            let part = covariance[start..<start + width].map { Array($0[start..<start + width]) }
            let weighed = part.map { multiply(values[head].matrix, $0) }
            return sum
                + (0..<width).reduce(0) { sum, row in
                    sum
                        + (0..<width).reduce(0) {
                            $0 + values[head].matrix[row][$1] * weighed[$1][row]
                        }
                }
        }
        // Where no token differs from another, there is nothing to weigh.
        let (keySize, valueSize) = (
            max(ofKeys, 1e-12).squareRoot(), max(ofValues, 1e-12).squareRoot()
        )
        keys = keys.map { $0 / keySize }
        values = values.map { block in
            Block(
                matrix: block.matrix.map { $0.map { $0 / valueSize } },
                inverse: block.inverse.map { $0.map { $0 * valueSize } })
        }
    }

    /// [n][h, h]: of each query head's columns of the output projection the products of any two.
    private static func products(of output: WeightMatrix, _ shape: AttentionShape) -> [[Double]] {
        let width = shape.headDimension
        var sums = [[Float]](
            repeating: [Float](repeating: 0, count: width * width), count: shape.queryHeads)
        for row in 0..<output.rows {
            let numbers = output.row(row)
            for head in 0..<shape.queryHeads {
                let start = head * width
                for one in 0..<width {
                    let number = numbers[start + one]
                    for two in 0..<width {
                        sums[head][one * width + two] += number * numbers[start + two]
                    }
                }
            }
        }
        return sums.map { $0.map { Double($0) } }
    }

    /// Those of some heads' values alone.
    func values(of heads: Range<Int>) -> NumberWeights {
        var part = self
        part.keys = []
        part.values = Array(values[heads])
        return part
    }

    /// A token's numbers, keys then values, weighed. Cost: O(g · h²).
    func weighed(_ numbers: [Double]) -> [Double] { applied(numbers, \.matrix) { $0 * $1 } }

    /// What `weighed` makes them of.
    func unweighed(_ numbers: [Double]) -> [Double] { applied(numbers, \.inverse) { $0 / $1 } }

    private func applied(
        _ numbers: [Double], _ matrix: KeyPath<Block, [[Double]]>,
        _ weigh: (Double, Double) -> Double
    ) -> [Double] {
        let width = values[0].matrix.count
        return zip(numbers, keys).map(weigh)
            + values.indices.flatMap { head in
                let start = keys.count + head * width
                return multiply(
                    values[head][keyPath: matrix], Array(numbers[start..<start + width]))
            }
    }

    /// Rows of a symmetric matrix of such numbers, weighed from both sides.
    func weighed(_ rows: [[Double]]) -> [[Double]] {
        transposed(rows.map(weighed)).map(weighed)
    }
}

private func multiply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in row.indices.reduce(0) { $0 + row[$1] * vector[$1] } }
}

private func transposed(_ rows: [[Double]]) -> [[Double]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
}
