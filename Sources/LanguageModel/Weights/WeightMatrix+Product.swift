import AttentionEngine

extension WeightMatrix {
    /// Rows that one piece of the work has: few enough that all threads end together.
    private static let rowsAtOnce = 64

    /// Of more vectors, unpacking a row costs less than packing each of them and multiplying whole
    /// numbers of 16 bits, of which a processor does half as many at once.
    private static let mostPacked = 3

    /// The product with t vectors: vectors [t, columns] to [t, rows].
    ///
    /// A few vectors are multiplied in 16 bits with rows in blocks of 32 as they lie; for more, and
    /// of other formats, rows are unpacked once for all. Cost: O(t · rows · columns).
    func product(_ vectors: [Float], threads: Int, build: KernelBuild = .best) -> [Float] {
        let count = vectors.count / columns
        return [Float](unsafeUninitializedCapacity: count * rows) { results, initialised in
            initialised = count * rows
            let results = results.baseAddress!
            vectors.withUnsafeBufferPointer { vectors in
                let vectors = vectors.baseAddress!
                if format.numbersPerBlock == 32, count <= Self.mostPacked {
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
                    inPieces(threads: threads) {
                        multiply($0, vectors, count, results, build)
                    }
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
        _ results: UnsafeMutablePointer<Float>, _ build: KernelBuild
    ) {
        // As many rows as the kernel takes at a time.
        let most = 4
        withUnsafeTemporaryAllocation(of: Float.self, capacity: most * columns) { numbers in
            let numbers = numbers.baseAddress!
            for first in stride(from: part.lowerBound, to: part.upperBound, by: most) {
                let some = min(most, part.upperBound - first)
                format.unpack(some * columns, at: address(ofRow: first), to: numbers)
                build.multiply(
                    numbers, count: some, columns: columns, vectors: vectors, vectorCount: count,
                    to: results + first, stride: rows)
            }
        }
    }
}
