import AttentionEngine

extension WeightMatrix {
    /// Rows that one piece of the work has: few enough that all threads end together.
    private static let rowsAtOnce = 64

    /// The product with t vectors: vectors [t, columns] to [t, rows].
    ///
    /// Rows in blocks of 32 are multiplied with the vectors in 16 bits, others are unpacked once
    /// for all vectors. Cost: O(t · rows · columns).
    func product(_ vectors: [Float], threads: Int, build: KernelBuild = .best) -> [Float] {
        let count = vectors.count / columns
        return [Float](unsafeUninitializedCapacity: count * rows) { results, initialised in
            initialised = count * rows
            let results = results.baseAddress!
            vectors.withUnsafeBufferPointer { vectors in
                let vectors = vectors.baseAddress!
                if format.numbersPerBlock == 32 {
                    packing(vectors, count, build: build) { packed in
                        inPieces(threads: threads) { part in
                            for vector in 0..<count {
                                build.multiply(
                                    address(ofRow: part.lowerBound), count: part.count,
                                    columns: columns, in: format, with: packed(vector),
                                    to: results + vector * rows + part.lowerBound)
                            }
                        }
                    }
                } else {
                    inPieces(threads: threads) { multiply($0, vectors, count, results) }
                }
            }
        }
    }

    private func inPieces(threads: Int, _ work: @escaping (Range<Int>) -> Void) {
        withoutActuallyEscaping(work) { work in
            inParallel((rows + Self.rowsAtOnce - 1) / Self.rowsAtOnce, threads: threads) { piece in
                let first = piece * Self.rowsAtOnce
                work(first..<min(rows, first + Self.rowsAtOnce))
            }
        }
    }

    private func packing(
        _ vectors: UnsafePointer<Float>, _ count: Int, build: KernelBuild,
        _ body: (@escaping (Int) -> PackedVector) -> Void
    ) {
        let (columns, blocks) = (columns, columns / 32)
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: count * columns) { numbers in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * count * blocks) { scales in
                let (numbers, scales) = (numbers.baseAddress!, scales.baseAddress!)
                let sums = scales + count * blocks
                func packed(_ vector: Int) -> PackedVector {
                    PackedVector(
                        numbers: numbers + vector * columns, scales: scales + vector * blocks,
                        sums: sums + vector * blocks)
                }
                for vector in 0..<count {
                    build.pack(vectors + vector * columns, columns, to: packed(vector))
                }
                body(packed)
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
