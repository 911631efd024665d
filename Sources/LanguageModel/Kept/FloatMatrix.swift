import AttentionEngine

/// A matrix of our own making, in 32 bits.
struct FloatMatrix: Sendable {
    let rows: Int
    let columns: Int
    /// [rows, columns]
    let numbers: [Float]

    init(rows: Int, columns: Int, _ numbers: [Float]) {
        precondition(numbers.count == rows * columns, "rows times columns")
        self.rows = rows
        self.columns = columns
        self.numbers = numbers
    }

    /// Rows of numbers as they are.
    init(_ rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows[0].count, rows.flatMap { $0.map { Float($0) } })
    }

    /// The first rows.
    func prefix(_ rows: Int) -> FloatMatrix {
        FloatMatrix(rows: rows, columns: columns, Array(numbers[..<(rows * columns)]))
    }

    var transposed: FloatMatrix {
        FloatMatrix(
            rows: columns, columns: rows,
            (0..<columns).flatMap { column in
                (0..<rows).map { numbers[$0 * columns + column] }
            })
    }

    /// The product with t vectors: vectors [t, columns] to [t, rows]. Cost: O(t · rows · columns).
    func product(_ vectors: [Float], threads: Int = 1) -> [Float] {
        let count = vectors.count / columns
        let build = KernelBuild.best
        return [Float](unsafeUninitializedCapacity: count * rows) { results, initialised in
            initialised = count * rows
            let results = results.baseAddress!
            vectors.withUnsafeBufferPointer { vectors in
                numbers.withUnsafeBufferPointer { numbers in
                    let (vectors, numbers) = (vectors.baseAddress!, numbers.baseAddress!)
                    // Few numbers are multiplied before another thread would be awake.
                    let threads = count * rows * columns < 100_000 ? 1 : threads
                    let pieces = min(count, 16 * threads)
                    inParallel(pieces, threads: threads) { piece in
                        let part = count * piece / pieces..<count * (piece + 1) / pieces
                        build.multiply(
                            numbers, count: rows, columns: columns,
                            vectors: vectors + part.lowerBound * columns, vectorCount: part.count,
                            to: results + part.lowerBound * rows, stride: rows)
                    }
                }
            }
        }
    }
}
