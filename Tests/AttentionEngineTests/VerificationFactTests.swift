import Testing

@testable import AttentionEngine

/// Attention that sees keys otherwise than a list of mistakes has it.
private func report(
    _ attention: MistakenAttention, format: FloatFormat = .float32, seed: UInt64 = 1,
    decode: Bool = false, size: Double = 1,
    change: (inout MistakenAttention.Tensors) -> Void = { _ in }
) throws -> AttentionVerification {
    let rounded = format == .float32 ? { Double(Float($0)) } : sixteenBits(format)
    var tensors = attention.inputs(seed: seed, rounded: rounded)
    tensors.queries = tensors.queries.map { rounded($0 * size) }
    tensors.outputs = attention.outputs(tensors).map(rounded)
    change(&tensors)
    var options = VerificationOptions(causal: attention.causal && !decode)
    options.isDecoding = decode
    return try AttentionVerification(AttentionRecord(attention, tensors, format: format), options)
}

private let wide = MistakenAttention(
    queryHeads: 6, keyValueHeads: 3, width: 8, queryTokens: 8, tokens: 8, causal: true)

private func capped(_ cap: Double) -> @Sendable (Double) -> Double {
    { score in
        // tanh by halving, then by its series.
        func tanh(_ x: Double) -> Double {
            if abs(x) > 0.01 {
                let half = tanh(x / 2)
                return 2 * half / (1 + half * half)
            }
            return x - x * x * x / 3 + 2 * x * x * x * x * x / 15
        }
        return cap * tanh(score / cap)
    }
}

@Suite("What verify states as a fact")
struct VerificationFactTests {
    @Test("is what many numbers agree on; of one that is fitted to one it says that it may be")
    func degreesOfFreedom() throws {
        var small = MistakenAttention(
            queryHeads: 1, keyValueHeads: 1, width: 2, queryTokens: 2, tokens: 2, causal: true)
        var large = wide
        small.scoreFactor = 0.83
        large.scoreFactor = 0.83
        let maybe = try report(small)
        #expect(
            maybe.verdict == .differs && !maybe.isCertain && maybe.names.contains(["scale-other"]))
        let fact = try report(large)
        #expect(fact.isCertain && fact.names == [["scale-other"]])
    }

    @Test("is a scale that is nearly right, in 32 bits, and in 16 where rounding cannot be it")
    func nearlyRight() throws {
        var attention = wide
        attention.scoreFactor = 1.006
        let exact = try report(attention)
        #expect(exact.names == [["scale-other"]] && exact.isCertain)
        #expect(exact.explanations[0][0].advice.contains("0.6 % more"))
        for seed in UInt64(1)...4 {
            attention.scoreFactor = 1.006
            #expect(try report(attention, format: .bfloat16, seed: seed).isMatch)
            attention.scoreFactor = 0.95
            let wrong = try report(attention, format: .bfloat16, seed: seed)
            #expect(wrong.names == [["scale-other"]], "\(seed)")
            attention.scoreFactor = 1
            let right = try report(attention, format: .bfloat16, seed: seed)
            #expect(right.isMatch && right.unseenNames.contains("scale-nearly-right"))
        }
    }

    @Test("is a cap in 16 bits that moves scores by more than rounding does")
    func caps() throws {
        for format in [FloatFormat.float16, .bfloat16] {
            for seed in UInt64(1)...4 {
                var attention = wide
                attention.inside = capped(3)
                attention.weightsPassInside = false
                let wrong = try report(attention, format: format, seed: seed, size: 2)
                #expect(wrong.names == [["softcap"]], "\(format) \(seed)")
            }
        }
    }

    @Test("is a cap or a sink beside another mistake")
    func pairs() throws {
        var attention = wide
        attention.mistakes = ["heads-tiled"]
        attention.inside = capped(1.5)
        attention.weightsPassInside = false
        #expect(try report(attention).names == [["heads-tiled", "softcap"]])
    }

    @Test("is three of the usual mistakes together")
    func three() throws {
        var attention = wide
        attention.mistakes = ["heads-tiled", "scale-missing", "mask-missing"]
        #expect(try report(attention).names.map(Set.init) == [attention.mistakes])
    }

    @Test("is no cause of zeros: too large scores, too small values and a tolerance are told apart")
    func smallness() throws {
        let large = try report(wide, format: .bfloat16, size: 4_000)
        #expect(large.verdict == .tooSmall && large.smallness == .scores)
        let zeros = try report(wide) { tensors in
            tensors.values = tensors.values.map { _ in 0 }
            tensors.outputs = tensors.outputs.map { _ in 0 }
        }
        #expect(zeros.verdict == .tooSmall && zeros.smallness == .zeros)
        let tiny = try report(wide, format: .float16) { tensors in
            tensors.values = tensors.values.map { $0 * 1e-9 }
            tensors.outputs = tensors.outputs.map { _ in 0 }
        }
        #expect(tiny.verdict == .tooSmall && tiny.smallness == .format)
    }

    @Test("is that out was made in 16 bits, where each of its numbers is one of them")
    func savedWider() throws {
        let rounded = sixteenBits(.bfloat16)
        var tensors = wide.inputs(seed: 3, rounded: rounded)
        tensors.outputs = wide.outputs(tensors).map(rounded)
        let report = try AttentionVerification(
            AttentionRecord(wide, tensors), VerificationOptions(causal: true))
        #expect(report.isMatch && report.format == .bfloat16)
        #expect(report.remarks.first?.hasPrefix("out is saved in F32, but each") == true)
    }
}

@Suite("A mistaken record of attention")
struct MistakenRecordTests {
    private static let attention = MistakenAttention(
        queryHeads: 4, keyValueHeads: 2, width: 8, queryTokens: 9, tokens: 9, causal: true)

    @Test("takes rows from places that there are, also where queries are more than keys")
    func places() {
        let orders: [AttentionRule.Order] = [
            .own, .newestFirst, .rolled(1), .rolled(-1), .rolled(7), .shifted(1), .shifted(-1),
            .firstOnly, .previousForNewest, .first, .newest, .eachTwice, .firstTwice, .acrossHeads,
        ]
        let wrong = orders.flatMap { order in
            (-6..<6).flatMap { newest in
                (0..<6).filter { place in
                    let source = order.source(place, head: 1, heads: 3, newest: newest)
                    return source.map { !(0..<6 ~= $0.token && 0..<3 ~= $0.head) } ?? false
                }.map { "\(order) \(newest) \($0)" }
            }
        }
        #expect(wrong == [])
    }

    @Test("without the window that is asked for is told so")
    func windowIgnored() throws {
        var tensors = Self.attention.inputs(seed: 3)
        tensors.outputs = Self.attention.outputs(tensors)
        var options = VerificationOptions(causal: true)
        options.window = 4
        let report = try AttentionVerification(AttentionRecord(Self.attention, tensors), options)
        #expect(report.explanations.map { $0.map(\.id) } == [["window-ignored"]])
        #expect(report.isCertain)
    }

    @Test("that nothing explains is certain of nothing")
    func unexplained() throws {
        var tensors = Self.attention.inputs(seed: 4)
        tensors.outputs = Self.attention.inputs(seed: 5).queries
        let report = try AttentionVerification(
            AttentionRecord(Self.attention, tensors), VerificationOptions(causal: true))
        #expect(report.explanations.isEmpty && !report.isCertain)
    }
}
