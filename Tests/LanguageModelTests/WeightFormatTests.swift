import Foundation
import LanguageModel
import Testing

@Suite("Formats of weights")
struct WeightFormatTests {
    /// What `weights_fixture.py` wrote: both in hexadecimal digits, numbers in 32 bits.
    private struct Fixture: Decodable, Sendable {
        let blocks: String
        let numbers: String
    }

    private static let fixtures = Result {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/weights.json")
        return try JSONDecoder().decode([String: Fixture].self, from: Data(contentsOf: file))
    }

    private func bytes(_ digits: String) -> [UInt8] {
        let digits = Array(digits.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    @Test(
        "are read to the bit as gguf-py reads them, special scales too",
        arguments: WeightFormat.allCases)
    func unpacking(format: WeightFormat) throws {
        let fixture = try #require(try Self.fixtures.get()[format.rawValue])
        let (blocks, wanted) = (bytes(fixture.blocks), bytes(fixture.numbers))
        let count = wanted.count / 4
        let numbers = try blocks.withUnsafeBytes { bytes in
            try #require(
                WeightMatrix(rows: 1, columns: count, format: format, bytes: bytes)
            ).row(0)
        }
        let patterns = wanted.withUnsafeBytes { wanted in
            (0..<count).map { wanted.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) }
        }
        let different = (0..<count).filter { index in
            let expected = Float(bitPattern: patterns[index])
            return expected.isNaN
                ? !numbers[index].isNaN : numbers[index].bitPattern != expected.bitPattern
        }
        #expect(different == [])
        #expect(count >= 32)
    }

    @Test("a format is found by its number in a file, and no other number is one")
    func types() {
        let found = (UInt32(0)...64).compactMap(WeightFormat.init(typeInFile:))
        #expect(
            found.map(\.rawValue) == [
                "F32", "F16", "Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K", "BF16",
            ])
    }

    @Test("a matrix is whole blocks and as many bytes as they take, or none")
    func matrices() {
        func isMatrix(_ rows: Int, _ columns: Int, _ format: WeightFormat, _ count: Int) -> Bool {
            [UInt8](repeating: 0, count: count).withUnsafeBytes {
                WeightMatrix(rows: rows, columns: columns, format: format, bytes: $0) != nil
            }
        }
        #expect(isMatrix(3, 64, .q8, 3 * 2 * 34))
        #expect(!isMatrix(3, 64, .q8, 3 * 2 * 34 - 1))
        #expect(!isMatrix(3, 48, .q8, 3 * 2 * 34))
        #expect(!isMatrix(1, 128, .q4K, 144))
        #expect(!isMatrix(0, 64, .q8, 34))
        #expect(!isMatrix(1, 0, .q8, 34))
        #expect(!isMatrix(.max / 2, 64, .q8, 68))
    }
}
