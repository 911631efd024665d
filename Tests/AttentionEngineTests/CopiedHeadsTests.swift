import TestSupport
import Testing

@testable import AttentionEngine

@Suite("Attention over copies of K/V heads")
struct CopiedHeadsTests {
    private struct Case {
        let queryHeads: Int
        let built: Int
        let copied: Int
        let width: Int
        let tokens: Int
        let queryTokens: Int
    }

    private static let cases = [
        Case(queryHeads: 9, built: 3, copied: 9, width: 64, tokens: 1_100, queryTokens: 1),
        Case(queryHeads: 9, built: 3, copied: 9, width: 64, tokens: 70, queryTokens: 9),
        Case(queryHeads: 32, built: 2, copied: 8, width: 64, tokens: 2_100, queryTokens: 1),
        Case(queryHeads: 32, built: 1, copied: 32, width: 32, tokens: 1_100, queryTokens: 2),
        Case(queryHeads: 12, built: 2, copied: 4, width: 24, tokens: 33, queryTokens: 5),
        Case(queryHeads: 4, built: 4, copied: 4, width: 16, tokens: 40, queryTokens: 40),
    ]

    @Test("gives what the heads themselves give, to the bit, on any threads and in any build")
    func equal() throws {
        for one in Self.cases {
            var random = SeededGenerator(seed: UInt64(one.tokens + one.queryHeads))
            let perHead = one.tokens * one.width
            let keys = random.numbers(one.built * perHead)
            let values = random.numbers(one.built * perHead)
            let queries = random.numbers(one.queryHeads * one.queryTokens * one.width)
            func copies(_ numbers: [Float]) -> [Float] {
                (0..<one.copied).flatMap { numbers.row($0 * one.built / one.copied, perHead) }
            }
            func outputs(
                _ heads: Int, _ keys: [Float], _ values: [Float], _ format: NumberFormat,
                _ threads: Int, _ build: KernelBuild
            ) throws -> [Float] {
                var cache = KVCache(
                    layout: .perHead(keyValueHeads: heads, headDimension: one.width),
                    format: format)
                cache.append(keys: keys, values: values)
                return attention(
                    queries: queries, cache: cache,
                    shape: try AttentionShape(
                        queryHeads: one.queryHeads, keyValueHeads: heads,
                        headDimension: one.width),
                    causal: true, copiedHeads: one.built, threads: threads, build: build)
            }
            for build in KernelBuild.allCases where build.isUsable {
                for threads in 1...3 {
                    for format in NumberFormat.allCases
                    where one.width % format.numbersPerBlock == 0 {
                        let built = try outputs(
                            one.built, keys, values, format, threads, build)
                        let copied = try outputs(
                            one.copied, copies(keys), copies(values), format, threads, build)
                        #expect(built == copied, "\(one), \(build), \(threads), \(format)")
                    }
                }
            }
        }
    }
}
