import AttentionEngine
import Testing

@testable import LanguageModel

/// A matrix of random numbers in a format, and its memory.
private final class RandomMatrix {
    let matrix: WeightMatrix
    private let memory: UnsafeMutableRawBufferPointer

    init(_ format: WeightFormat, rows: Int, columns: Int, seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: rows * format.bytes(of: columns), alignment: 2)
        self.memory = memory
        for index in memory.indices { memory[index] = UInt8.random(in: 0...255, using: &random) }
        for start in stride(from: 0, to: memory.count, by: format.bytesPerBlock) {
            func store(_ place: Int, _ bits: Int) {
                memory.storeBytes(
                    of: UInt16(bits).littleEndian, toByteOffset: start + place, as: UInt16.self)
            }
            // Halves from 1/64 to 1/8, and the upper half of such numbers in 32 bits.
            let half = Int.random(in: 0x2400...0x3000, using: &random)
            let sign = Int.random(in: 0...1, using: &random) << 15
            switch format {
            case .float32: store(2, Int.random(in: 0x3C80...0x3E00, using: &random) | sign)
            case .bfloat16: store(0, Int.random(in: 0x3C80...0x3E00, using: &random) | sign)
            case .float16: store(0, half | sign)
            case .q8, .q4: store(0, half)
            case .q4Offset, .q4K:
                store(0, half)
                store(2, half | sign)
            case .q6K: store(208, half)
            }
        }
        matrix = try #require(
            WeightMatrix(
                rows: rows, columns: columns, format: format, bytes: UnsafeRawBufferPointer(memory))
        )
    }

    deinit { memory.deallocate() }
}

@Suite("Products of weights with vectors")
struct WeightProductTests {
    private static let builds = KernelBuild.allCases.filter(\.isUsable)

    private func vectors(_ count: Int, _ columns: Int) -> [Float] {
        var random = SplitMix(state: 3)
        return (0..<count * columns).map { _ in Float.random(in: -2...2, using: &random) }
    }

    /// Products with vectors in double precision, each with the sum of its weights' sizes.
    private func exact(
        _ matrix: WeightMatrix, _ vectors: [Float]
    ) -> [(product: Double, weights: Double)] {
        let rows = (0..<matrix.rows).map(matrix.row)
        return stride(from: 0, to: vectors.count, by: matrix.columns).flatMap { start in
            rows.map { row in
                var (product, weights) = (0.0, 0.0)
                for column in 0..<matrix.columns {
                    product += Double(row[column]) * Double(vectors[start + column])
                    weights += abs(Double(row[column]))
                }
                return (product, weights)
            }
        }
    }

    @Test(
        "are those of the unpacked rows, for any number of rows, vectors and threads",
        arguments: WeightFormat.allCases, builds)
    func products(format: WeightFormat, build: KernelBuild) throws {
        let isPacked = format.numbersPerBlock == 32
        let columns = isPacked ? 96 : 256
        let vectors = vectors(3, columns)
        // In 16 bits a number is off by half of 2 / 32,767 at the most.
        let unit = isPacked ? 4e-5 : 1e-6
        var wrong: [String] = []
        for rows in [1, 7, 8, 67, 128] {
            let random = try RandomMatrix(format, rows: rows, columns: columns, seed: UInt64(rows))
            let exact = exact(random.matrix, vectors)
            for (count, threads) in [(1, 1), (3, 1), (1, 3), (3, 3)] {
                let results = random.matrix.product(
                    Array(vectors[..<(count * columns)]), threads: threads, build: build)
                #expect(results.count == count * rows)
                for index in results.indices {
                    let (product, weights) = exact[index]
                    if !(abs(Double(results[index]) - product) <= unit * weights) {
                        wrong.append("\(rows) \(count) \(threads): \(results[index]), \(product)")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test(
        "with a vector that holds a number that is none, or infinite, are none",
        arguments: WeightFormat.allCases, builds)
    func noNumbers(format: WeightFormat, build: KernelBuild) throws {
        let random = try RandomMatrix(format, rows: 9, columns: 256, seed: 1)
        for number in [Float.nan, .infinity, -.infinity] {
            for place in [0, 5, 31, 255] {
                var vector = vectors(1, 256)
                vector[place] = number
                let results = random.matrix.product(vector, threads: 1, build: build)
                #expect(results.allSatisfy { !$0.isFinite }, "\(number) at \(place)")
            }
        }
    }

    @Test("with zeros and with the smallest numbers are next to nothing", arguments: builds)
    func smallNumbers(build: KernelBuild) throws {
        for format in WeightFormat.allCases {
            let random = try RandomMatrix(format, rows: 9, columns: 256, seed: 1)
            for number in [Float.zero, .leastNonzeroMagnitude, 1e-36, .leastNormalMagnitude] {
                let vector = [Float](repeating: number, count: 256)
                let results = random.matrix.product(vector, threads: 1, build: build)
                #expect(results.allSatisfy { abs($0) < 1e-30 }, "\(format) \(number)")
            }
        }
    }
}
