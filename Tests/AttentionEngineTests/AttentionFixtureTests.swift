import AttentionEngine
import Foundation
import Testing

/// One line of the fixtures: a case, and a sample of what PyTorch gives for it.
struct AttentionFixture: Sendable, CustomTestStringConvertible {
    let kind: String
    let numbers: [Int]
    let format: NumberFormat
    let outputs: [Float]
    var testDescription: String { "\(kind) \(numbers) \(format.rawValue)" }

    static let all: [AttentionFixture] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/attention.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let halves = line.split(separator: ":").map { $0.split(separator: " ") }
            guard halves.count == 2, let kind = halves[0].first, let format = halves[0].last,
                let format = NumberFormat(rawValue: String(format))
            else { return nil }
            return AttentionFixture(
                kind: String(kind), numbers: halves[0].compactMap { Int($0) }, format: format,
                outputs: halves[1].compactMap { Float($0) })
        }
    }()

    static func of(_ kind: String) -> [(offset: Int, element: AttentionFixture)] {
        Array(all.filter { $0.kind == kind }.enumerated())
    }

    /// The largest difference between the sample and the same places of `outputs`.
    func difference(from outputs: [Float]) -> Float {
        largestDifference(
            self.outputs,
            self.outputs.indices.map { outputs[$0 * outputs.count / self.outputs.count] })
    }
}

@Suite("Attention gives what PyTorch gives, within 1e-5")
struct AttentionFixtureTests {
    @Test("The fixtures are all there")
    func fixturesAreThere() {
        #expect(AttentionFixture.of("heads").count == 21)
        #expect(AttentionFixture.of("latent").count == 5)
        #expect(AttentionFixture.all.allSatisfy { !$0.outputs.isEmpty })
    }

    @Test(
        "MHA, MQA and GQA, on every build of the kernels that runs here",
        arguments: KernelBuild.allCases.filter(\.isUsable))
    func heads(build: KernelBuild) throws {
        for (seed, fixture) in AttentionFixture.of("heads") {
            let numbers = fixture.numbers
            var random = SeededGenerator(seed: UInt64(seed))
            let inputs = AttentionInputs(
                try AttentionShape(
                    queryHeads: numbers[0], keyValueHeads: numbers[1], headDimension: numbers[2]),
                queryTokens: numbers[3], tokens: numbers[4], from: &random)
            let outputs = inputs.outputs(
                fixture.format, causal: numbers[5] == 1, threads: 2, build: build)
            #expect(fixture.difference(from: outputs) < 1e-5, "\(fixture)")
        }
    }

    @Test(
        "MLA, expanded and absorbed, on every build of the kernels that runs here",
        arguments: KernelBuild.allCases.filter(\.isUsable), LatentForm.allCases)
    func latent(build: KernelBuild, form: LatentForm) {
        for (index, fixture) in AttentionFixture.of("latent") {
            let numbers = fixture.numbers
            var random = SeededGenerator(seed: UInt64(100 + index))
            let inputs = LatentInputs(
                queryHeads: numbers[0], headDimension: numbers[1],
                widths: LatentWidths(latentRank: numbers[2], rotaryDimension: numbers[3]),
                queryTokens: numbers[4], tokens: numbers[5], from: &random)
            let outputs = inputs.outputs(
                form, fixture.format, causal: numbers[6] == 1, threads: 2, build: build)
            #expect(fixture.difference(from: outputs) < 1e-5, "\(fixture)")
        }
    }
}

/// Everything that latent attention takes.
struct LatentInputs {
    let projections: LatentProjections
    let queries: [Float]
    let rotaryQueries: [Float]
    let latents: [Float]
    let rotaryKeys: [Float]

    init(
        queryHeads: Int, headDimension: Int, widths: LatentWidths, queryTokens: Int, tokens: Int,
        from random: inout SeededGenerator
    ) {
        let rows = queryHeads * queryTokens
        let weights = queryHeads * headDimension * widths.latentRank
        queries = random.numbers(rows * headDimension, times: 6)
        rotaryQueries = random.numbers(rows * widths.rotaryDimension, times: 6)
        latents = random.numbers(tokens * widths.latentRank)
        rotaryKeys = random.numbers(tokens * widths.rotaryDimension)
        projections = LatentProjections(
            queryHeads: queryHeads, headDimension: headDimension, widths: widths,
            keyUp: random.numbers(weights, times: 0.125),
            valueUp: random.numbers(weights, times: 0.125))
    }

    /// A small one of any kind.
    init(random: inout SeededGenerator) {
        let tokens = Int.random(in: 1...100, using: &random)
        let latentRank = Int.random(in: 1...40, using: &random)
        let rotaryDimension =
            Bool.random(using: &random)
            ? Int.random(in: 0...18, using: &random) : 64 - latentRank
        self.init(
            queryHeads: Int.random(in: 1...6, using: &random),
            headDimension: Int.random(in: 1...24, using: &random),
            widths: LatentWidths(latentRank: latentRank, rotaryDimension: rotaryDimension),
            queryTokens: Int.random(in: 1...min(4, tokens), using: &random), tokens: tokens,
            from: &random)
    }

    /// Those whose blocks divide the rows.
    var formats: [NumberFormat] {
        NumberFormat.allCases.filter {
            projections.layout.numbersPerToken % $0.numbersPerBlock == 0
        }
    }

    func cache(_ format: NumberFormat) -> KVCache {
        var cache = KVCache(layout: projections.layout, format: format)
        cache.append(latents: latents, rotaryKeys: rotaryKeys)
        return cache
    }

    func outputs(
        _ form: LatentForm, _ format: NumberFormat = .float32, causal: Bool, threads: Int = 1,
        build: KernelBuild = .best
    ) -> [Float] {
        latentAttention(
            queries: queries, rotaryQueries: rotaryQueries, cache: cache(format),
            projections: projections, form: form, causal: causal, threads: threads, build: build)
    }
}
