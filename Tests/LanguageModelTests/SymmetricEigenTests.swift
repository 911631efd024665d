import AttentionEngine
import Testing

@testable import LanguageModel

@Suite("Eigenvalues of symmetric matrices")
struct SymmetricEigenTests {
    private static func random(_ n: Int, seed: UInt64) -> [Double] {
        var random = SplitMix(state: seed)
        var matrix = [Double](repeating: 0, count: n * n)
        for row in 0..<n {
            for column in 0...row {
                let number = Double(random.next() >> 11) * 0x1p-53 - 0.5
                matrix[row * n + column] = number
                matrix[column * n + row] = number
            }
        }
        return matrix
    }

    /// The largest difference of matrix · direction from value · direction, and of the products of
    /// any two directions from those of a basis.
    private func error(_ matrix: [Double], _ eigen: SymmetricEigen) -> Double {
        let n = eigen.values.count
        func row(_ index: Int) -> ArraySlice<Double> {
            eigen.directions[index * n..<(index + 1) * n]
        }
        func product(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
            zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        }
        var error = 0.0
        for one in 0..<n {
            for two in 0..<n {
                let turned = product(matrix[two * n..<(two + 1) * n], row(one))
                let stretched = eigen.values[one] * eigen.directions[one * n + two]
                let unit = product(row(one), row(two)) - (one == two ? 1 : 0)
                error = max(error, abs(turned - stretched), abs(unit))
            }
        }
        return error
    }

    @Test(
        "are those that stretch their directions, which stand at right angles",
        arguments: [
            1, 2, 3, 4, 5, 8, 17, 64, 101,
        ])
    func defining(n: Int) {
        let matrix = Self.random(n, seed: UInt64(n))
        let eigen = SymmetricEigen(matrix)
        #expect(error(matrix, eigen) < 1e-12 * Double(n))
        #expect(eigen.values == eigen.values.sorted(by: >))
        #expect(Set(eigen.values).count == n)
    }

    @Test(
        "of matrices that leave something out: none beside the diagonal, equal ones, zeros, blocks")
    func special() {
        let diagonal: [Double] = [3, 0, 0, 0, 5, 0, 0, 0, -1]
        #expect(SymmetricEigen(diagonal).values == [5, 3, -1])
        #expect(error(diagonal, SymmetricEigen(diagonal)) == 0)
        let zeros = [Double](repeating: 0, count: 49)
        #expect(error(zeros, SymmetricEigen(zeros)) == 0)
        let ones = [Double](repeating: 1, count: 36)
        let eigen = SymmetricEigen(ones)
        #expect(abs(eigen.values[0] - 6) < 1e-12 && error(ones, eigen) < 1e-12)
        // Of 96 values 57 are 0 but for rounding.
        let factors = Self.random(96, seed: 4).prefix(96 * 39)
        var product = [Double](repeating: 0, count: 96 * 96)
        for row in 0..<39 {
            for one in 0..<96 {
                for two in 0..<96 {
                    product[one * 96 + two] += factors[row * 96 + one] * factors[row * 96 + two]
                }
            }
        }
        let deficient = SymmetricEigen(product)
        #expect(error(product, deficient) < 1e-11)
        #expect(deficient.values[38] > 0.01 && abs(deficient.values[39]) < 1e-11)
        // Two blocks that nothing joins.
        let block = Self.random(3, seed: 9)
        var blocks = [Double](repeating: 0, count: 36)
        for (index, number) in block.enumerated() {
            let (row, column) = (index / 3, index % 3)
            blocks[row * 6 + column] = number
            blocks[(row + 3) * 6 + column + 3] = number
        }
        #expect(error(blocks, SymmetricEigen(blocks)) < 1e-12)
    }

    @Test("are none where a number is none")
    func noNumber() {
        for (place, number) in [(0, Double.nan), (7, .nan), (12, .infinity), (24, -.infinity)] {
            var matrix = Self.random(5, seed: 1)
            matrix[place] = number
            let eigen = SymmetricEigen(matrix)
            let isNone = (eigen.values + eigen.directions).allSatisfy { $0.isNaN }
            #expect(isNone, "\(place)")
        }
    }
}
