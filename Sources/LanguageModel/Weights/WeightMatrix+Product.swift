import AttentionEngine

extension WeightMatrix {
    /// Rows that one piece of the work has: few enough that all threads end together.
    private static let rowsAtOnce = 64

    /// The product with t vectors: vectors [t, columns] to [t, rows].
    ///
    /// Each row is unpacked once and multiplied with all vectors. Cost: O(t · rows · columns).
    func product(_ vectors: [Float], threads: Int) -> [Float] {
        let count = vectors.count / columns
        return [Float](unsafeUninitializedCapacity: count * rows) { results, initialised in
            initialised = count * rows
            let (results, pieces) = (
                results.baseAddress!, (rows + Self.rowsAtOnce - 1) / Self.rowsAtOnce
            )
            vectors.withUnsafeBufferPointer { vectors in
                let vectors = vectors.baseAddress!
                inParallel(pieces, threads: threads) { piece in
                    let first = piece * Self.rowsAtOnce
                    multiply(
                        first..<min(rows, first + Self.rowsAtOnce), vectors, count, results)
                }
            }
        }
    }

    private func multiply(
        _ part: Range<Int>, _ vectors: UnsafePointer<Float>, _ count: Int,
        _ results: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { numbers in
            let numbers = numbers.baseAddress!
            for row in part {
                format.unpack(columns, at: address(ofRow: row), to: numbers)
                for vector in 0..<count {
                    results[vector * rows + row] = dot(
                        numbers, vectors + vector * columns, columns)
                }
            }
        }
    }
}

/// The sum of a[i] · b[i].
func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var index = 0
    while index + 16 <= count {
        let (left, right) = (UnsafeRawPointer(a + index), UnsafeRawPointer(b + index))
        sums.0 +=
            left.loadUnaligned(as: SIMD8<Float>.self) * right.loadUnaligned(as: SIMD8<Float>.self)
        sums.1 +=
            (left + 32).loadUnaligned(as: SIMD8<Float>.self)
            * (right + 32).loadUnaligned(as: SIMD8<Float>.self)
        index += 16
    }
    var sum = (sums.0 + sums.1).sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}
