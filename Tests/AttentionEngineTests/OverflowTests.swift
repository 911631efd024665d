import AttentionEngine
import Testing

@Suite("Numbers at the edge of 64 bits")
struct OverflowTests {
    @Test("No combination of huge numbers traps: it is a setting with a report, or an error")
    func hugeNumbersNeverTrap() {
        var random = SeededGenerator(seed: 2)
        var settings = 0
        var errors = 0
        var wrong: [String] = []
        for _ in 0..<20_000 {
            func number() -> Int {
                switch Int.random(in: 0..<30, using: &random) {
                case 0: Int.max - Int.random(in: 0..<3, using: &random)
                case 1: Int.min + Int.random(in: 0..<3, using: &random)
                case 2: 1 << Int.random(in: 0..<63, using: &random)
                default: Int.random(in: (Bool.random(using: &random) ? 1 : -1)...40, using: &random)
                }
            }
            do throws(SettingError) {
                let latent = LatentWidths(latentRank: number(), rotaryDimension: number())
                let windowed = WindowedLayers(layers: number(), window: number())
                let setting = try CacheSetting(
                    layers: number(), batch: number(),
                    shape: AttentionShape(
                        queryHeads: number(), keyValueHeads: number(), headDimension: number()),
                    tokens: number(),
                    numberWidth: NumberWidth.allCases.randomElement(using: &random) ?? .bits4,
                    latent: Bool.random(using: &random) ? latent : nil,
                    windowed: Bool.random(using: &random) ? windowed : nil)
                let report = MemoryReport(setting)
                for size in report.variants {
                    let bits = size.factors.reduce(1) { $0 * $1.value }
                    let isRight =
                        size.numbers >= 1 && bits == size.numbers * setting.numberWidth.bits
                        && size.size.bytes == Int((UInt(bits) + 7) / 8)
                    if !isRight || size.size.both.isEmpty {
                        wrong.append("\(setting.text) \(size)")
                    }
                }
                if report.attentionMultiplications <= 0 { wrong.append(setting.text) }
                settings += 1
            } catch {
                if error.description.isEmpty { wrong.append("an error without words") }
                errors += 1
            }
        }
        #expect(wrong == [])
        #expect(settings > 100)
        #expect(errors > 100)
    }

    @Test("No change of huge numbers traps")
    func hugeChangesNeverTrap() throws {
        var random = SeededGenerator(seed: 3)
        let settings = try randomSettings(200, seed: 4)
        var refused = 0
        for setting in settings {
            for parameter in Parameter.allCases {
                for value in [
                    Int.min, -1, 0, Int.max, Int.max / Int.random(in: 2...99, using: &random),
                ] {
                    do throws(SettingError) {
                        _ = MemoryReport(try setting.setting([parameter: value])).variants
                    } catch { refused += 1 }
                }
            }
        }
        #expect(refused > 1000)
    }

    @Test(
        "The largest cache that fits is exact, one token more is refused",
        arguments: NumberWidth.allCases)
    func edge(width: NumberWidth) throws {
        let shape = try AttentionShape(queryHeads: 1, keyValueHeads: 1, headDimension: 1)
        let tokens = Int.max / (2 * width.bits)
        let setting = try CacheSetting(
            layers: 1, shape: shape, tokens: tokens, numberWidth: width)
        #expect(MemoryReport(setting)[.mha]?.numbers == 2 * tokens)
        #expect(
            MemoryReport(setting)[.mha]?.size.bytes
                == Int((UInt(2 * tokens * width.bits) + 7) / 8))
        #expect(throws: SettingError.tooLarge) {
            try CacheSetting(layers: 1, shape: shape, tokens: tokens + 1, numberWidth: width)
        }
        #expect(try CacheSetting(text: setting.text) == setting)
    }

    @Test("Bytes of numbers are exact, and nil where their bits overflow")
    func bytesOfNumbers() {
        #expect(ByteCount(numbers: 3, of: .bits4) == ByteCount(2))
        #expect(ByteCount(numbers: 3, of: .bits8) == ByteCount(3))
        #expect(ByteCount(numbers: Int.max / 4, of: .bits4) == ByteCount(1 << 60))
        #expect(ByteCount(numbers: Int.max / 4 + 1, of: .bits4) == nil)
    }
}
