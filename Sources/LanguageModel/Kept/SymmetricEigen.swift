#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The eigenvalues of a symmetric matrix, the largest first, and their directions.
///
/// Reflections make the matrix tridiagonal, turns of neighbours make it diagonal (Golub and Van
/// Loan 2013, Matrix Computations, sections 8.3.1 and 8.3.5). Cost: some 9 n³ multiplications.
struct SymmetricEigen {
    /// The largest first.
    let values: [Double]
    /// [n, n]: a row is the direction of length 1 that belongs to the value of its number.
    let directions: [Double]

    /// matrix: [n, n]. Where a number is none, or a value does not settle, all are none.
    init(_ matrix: [Double]) {
        let n = Int(Double(matrix.count).squareRoot().rounded())
        precondition(n * n == matrix.count, "a square")
        guard matrix.allSatisfy(\.isFinite) else {
            values = [Double](repeating: .nan, count: n)
            directions = matrix.map { _ in .nan }
            return
        }
        var tridiagonal = Tridiagonal(matrix, n)
        tridiagonal.makeDiagonal()
        let values = tridiagonal.diagonal
        let order = values.indices.sorted { values[$0] > values[$1] }
        self.values = order.map { values[$0] }
        let rows = tridiagonal.rows
        directions = order.flatMap { rows[$0 * n..<($0 + 1) * n] }
    }
}

/// A symmetric matrix on its way to be diagonal: matrix = rowsᵀ · (tridiagonal) · rows.
private struct Tridiagonal {
    let n: Int
    var diagonal: [Double]
    /// beside[i] is between i and i + 1; the last is 0.
    var beside: [Double]
    /// [n, n]
    var rows: [Double]

    /// Reflects column for column what is below the neighbour of the diagonal away.
    init(_ matrix: [Double], _ n: Int) {
        self.n = n
        var a = matrix
        var reflections: [(factor: Double, vector: [Double])] = []
        a.withUnsafeMutableBufferPointer { a in
            for k in 0..<max(0, n - 2) {
                let m = n - k - 1
                var v = (0..<m).map { a[(k + 1 + $0) * n + k] }
                let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
                let first = v[0]
                guard length > 0, length != abs(first) || v.dropFirst().contains(where: { $0 != 0 })
                else {
                    reflections.append((0, v))
                    continue
                }
                let end = first > 0 ? -length : length
                v[0] -= end
                let factor = 1 / (length * (length + abs(first)))
                Self.reflect(a.baseAddress! + (k + 1) * (n + 1), stride: n, v, factor)
                a[(k + 1) * n + k] = end
                reflections.append((factor, v))
            }
        }
        diagonal = (0..<n).map { a[$0 * (n + 1)] }
        beside = (0..<n).map { $0 + 1 < n ? a[($0 + 1) * n + $0] : 0 }
        rows = [Double](repeating: 0, count: n * n)
        for index in 0..<n { rows[index * (n + 1)] = 1 }
        // From the last on, a reflection meets no more of the unit matrix than it changes.
        rows.withUnsafeMutableBufferPointer { rows in
            for (k, reflection) in reflections.enumerated().reversed() where reflection.factor > 0 {
                Self.reflectColumns(
                    rows.baseAddress! + (k + 1) * (n + 1), stride: n, reflection.vector,
                    reflection.factor)
            }
        }
    }

    /// a = (1 - factor · v · vᵀ) · a · (1 - factor · v · vᵀ), a symmetric.
    private static func reflect(
        _ a: UnsafeMutablePointer<Double>, stride: Int, _ v: [Double], _ factor: Double
    ) {
        let m = v.count
        v.withUnsafeBufferPointer { v in
            let v = v.baseAddress!
            var p = (0..<m).map { factor * product(a + $0 * stride, v, m) }
            let half = factor / 2 * (0..<m).reduce(0) { $0 + p[$1] * v[$1] }
            for index in 0..<m { p[index] -= half * v[index] }
            p.withUnsafeBufferPointer { p in
                let p = p.baseAddress!
                for row in 0..<m {
                    let target = a + row * stride
                    let (one, two) = (v[row], p[row])
                    for column in 0..<m {
                        target[column] -= one * p[column] + two * v[column]
                    }
                }
            }
        }
    }

    /// a = a · (1 - factor · v · vᵀ).
    private static func reflectColumns(
        _ a: UnsafeMutablePointer<Double>, stride: Int, _ v: [Double], _ factor: Double
    ) {
        let m = v.count
        v.withUnsafeBufferPointer { v in
            let v = v.baseAddress!
            for row in 0..<m {
                let target = a + row * stride
                let part = factor * product(target, v, m)
                for column in 0..<m { target[column] -= part * v[column] }
            }
        }
    }

    /// Implicit steps with Wilkinson's shift until nothing is beside the diagonal.
    mutating func makeDiagonal() {
        // Rounding has left as much everywhere, also among values that are 0.
        let nothing = .ulpOfOne * zip(diagonal, beside).reduce(0) { max($0, abs($1.0), abs($1.1)) }
        var end = n - 1
        var steps = 0
        while end > 0 {
            if abs(beside[end - 1]) <= nothing {
                beside[end - 1] = 0
                end -= 1
                steps = 0
                continue
            }
            steps += 1
            guard steps < 60 else {
                diagonal = diagonal.map { _ in .nan }
                rows = rows.map { _ in .nan }
                return
            }
            var start = end - 1
            while start > 0, abs(beside[start - 1]) > nothing { start -= 1 }
            step(start, end)
        }
    }

    private mutating func step(_ start: Int, _ end: Int) {
        let difference = (diagonal[end - 1] - diagonal[end]) / 2
        let edge = beside[end - 1]
        let root = hypot(difference, edge)
        let shift =
            diagonal[end] - edge * edge / (difference + (difference < 0 ? -root : root))
        var (x, z) = (diagonal[start] - shift, beside[start])
        for k in start..<end {
            let length = hypot(x, z)
            let (c, s) = length == 0 ? (1, 0) : (x / length, z / length)
            if k > start { beside[k - 1] = length }
            let (a, b, d) = (diagonal[k], beside[k], diagonal[k + 1])
            diagonal[k] = c * c * a + 2 * c * s * b + s * s * d
            diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d
            beside[k] = c * s * (d - a) + (c * c - s * s) * b
            if k + 1 < end {
                z = s * beside[k + 1]
                beside[k + 1] *= c
                x = beside[k]
            }
            turnRows(k, c, s)
        }
    }

    private mutating func turnRows(_ k: Int, _ c: Double, _ s: Double) {
        rows.withUnsafeMutableBufferPointer { rows in
            let one = rows.baseAddress! + k * n
            let two = one + n
            for column in 0..<n {
                let (a, b) = (one[column], two[column])
                one[column] = c * a + s * b
                two[column] = c * b - s * a
            }
        }
    }
}

/// The sum of a[i] · b[i].
private func product(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int
) -> Double {
    var sums = SIMD4<Double>.zero
    var index = 0
    while index + 4 <= count {
        sums +=
            UnsafeRawPointer(a + index).loadUnaligned(as: SIMD4<Double>.self)
            * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD4<Double>.self)
        index += 4
    }
    var sum = sums.sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}
