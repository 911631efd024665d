import Foundation
import Testing

@testable import AttentionEngine

@Suite("Numbers in blocks of 32")
struct NumberBlockTests {
    /// What `make_block_fixtures.py` wrote.
    private struct Fixture: Sendable {
        let format: NumberFormat
        let numbers: [Float]
        let block: [UInt8]
    }

    private static let fixtures: [Fixture] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/blocks.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let format = NumberFormat(rawValue: String(words[0])) else {
                return nil
            }
            let numbers = bytes(words[1].dropLast()).withUnsafeBytes { bytes in
                (0..<32).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
            return Fixture(format: format, numbers: numbers, block: bytes(words[2]))
        }
    }()

    private static func bytes(_ digits: Substring) -> [UInt8] {
        let digits = Array(digits.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private func packed(_ numbers: [Float], _ format: NumberFormat) -> [UInt8] {
        var block = [UInt8](repeating: 0xA5, count: format.bytes(of: numbers.count))
        block.withUnsafeMutableBytes { block in
            let end = format.write(numbers[...], at: block.baseAddress!)
            #expect(end - block.baseAddress! == block.count)
        }
        return block
    }

    private func kept(_ numbers: [Float], _ format: NumberFormat) -> [Float] {
        packed(numbers, format).withUnsafeBytes {
            format.read(numbers.count, at: $0.baseAddress!)
        }
    }

    private static let formats = NumberFormat.allCases.filter { $0.numbersPerBlock == 32 }

    @Test("are written to the bit as gguf-py writes them, of any size")
    func fixtures() {
        for format in Self.formats {
            #expect(Self.fixtures.filter { $0.format == format }.count == 23)
        }
        for fixture in Self.fixtures {
            #expect(
                packed(fixture.numbers, fixture.format) == fixture.block,
                "\(fixture.format) \(fixture.numbers)")
        }
    }

    @Test("come back off by half a step at the most, at the end that q4_0 has not by a whole one")
    func halfAStep() {
        var random = SeededGenerator(seed: 12)
        for (format, steps) in [(NumberFormat.q8, Float(127)), (.q4, 8)] {
            var largest = (inside: Float(0), atTheEnd: Float(0))
            for exponent in -12...12 {
                // A step that half precision has.
                let step = exp2(Float(exponent))
                for sign: Float in [1, -1] {
                    var numbers = random.numbers(31, times: steps * step)
                    numbers.insert(sign * steps * step, at: Int.random(in: 0...31, using: &random))
                    for (number, kept) in zip(numbers, kept(numbers, format)) {
                        let error = abs(kept - number) / step
                        if format == .q4, -sign * number / step > 7.5 {
                            largest.atTheEnd = max(largest.atTheEnd, error)
                        } else {
                            largest.inside = max(largest.inside, error)
                        }
                    }
                }
            }
            #expect(largest.inside <= 0.5 && largest.inside > 0.49)
            #expect(largest.atTheEnd <= 1 && (largest.atTheEnd > 0.9) == (format == .q4))
        }
    }

    @Test("are none where one of them is none or infinite, and no others are")
    func noNumbers() {
        var random = SeededGenerator(seed: 13)
        for format in Self.formats {
            for number in [Float.nan, .infinity, -.infinity] {
                for place in [32, 40, 63] {
                    var numbers = random.numbers(96)
                    numbers[place] = number
                    let kept = kept(numbers, format)
                    #expect(kept.indices.filter { kept[$0].isNaN } == Array(32..<64))
                    #expect(kept.indices.filter { !kept[$0].isFinite } == Array(32..<64))
                }
            }
        }
    }

    @Test("are zeros where they are too small for a scale, and not finite where too large")
    func sizes() {
        for format in Self.formats {
            for number: Float in [0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-37, 1e-9] {
                #expect(kept([Float](repeating: number, count: 32), format).allSatisfy { $0 == 0 })
            }
            for number: Float in [1e8, .greatestFiniteMagnitude] {
                let kept = kept([Float](repeating: -number, count: 32), format)
                #expect(kept.allSatisfy { $0 == -.infinity })
            }
        }
    }
}
