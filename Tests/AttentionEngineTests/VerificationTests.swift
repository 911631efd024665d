import AttentionEngine
import Testing

/// Shapes with several K/V heads that are shared, and lengths that differ.
private let shapes = [
    MistakenAttention(queryHeads: 6, keyValueHeads: 3, width: 8, queryTokens: 4, tokens: 7),
    MistakenAttention(queryHeads: 8, keyValueHeads: 4, width: 5, queryTokens: 3, tokens: 5),
    MistakenAttention(
        queryHeads: 6, keyValueHeads: 3, width: 4, queryTokens: 3, tokens: 9, batch: 2),
]

private let single: [AttentionMistake] = [
    .headsTiled, .keysTiled, .valuesTiled, .valuesOfNextGroup, .valuesOfPreviousGroup,
    .scaleMissing, .scaleByWidth, .scaleOfModelWidth, .maskMissing, .maskUnwanted, .maskAtTopLeft,
    .softmaxOverQueries, .softmaxOverHeads, .softmaxMissing, .keysAndValuesSwapped,
]

/// Whether a mistake can be made with and without a causal mask wanted.
private func isPossible(_ mistake: AttentionMistake, causal: Bool) -> Bool {
    switch mistake {
    case .maskMissing, .maskAtTopLeft: causal
    case .maskUnwanted: !causal
    default: true
    }
}

/// A learner's attention, checked.
private func verification(
    of attention: MistakenAttention, format: FloatFormat = .float32, seed: UInt64 = 1,
    rounded: (Double) -> Double = { Double(Float($0)) }
) throws -> AttentionVerification {
    var tensors = attention.inputs(seed: seed, rounded: rounded)
    tensors.outputs = attention.outputs(tensors).map(rounded)
    return try AttentionVerification(
        AttentionRecord(attention, tensors, format: format), causal: attention.causal)
}

@Suite("A learner's attention")
struct VerificationTests {
    @Test("that is right matches, at any shape, with and without a mask")
    func right() throws {
        for (n, g, h, queries, tokens, batch) in [
            (1, 1, 1, 1, 1, 1), (4, 4, 3, 5, 5, 1), (4, 1, 8, 3, 7, 2), (6, 2, 5, 1, 9, 1),
            (6, 3, 4, 7, 4, 3), (12, 4, 16, 6, 6, 1), (71, 1, 2, 2, 3, 1),
        ] {
            for causal in [false, true] {
                let attention = MistakenAttention(
                    queryHeads: n, keyValueHeads: g, width: h, queryTokens: queries,
                    tokens: tokens, batch: batch, causal: causal)
                let report = try verification(of: attention, seed: UInt64(n + h))
                #expect(report.isMatch && report.explanations.isEmpty, "\(attention)")
                #expect(report.worst.error < 1e-6)
                #expect(report.rightHeads == Array(0..<n))
                #expect(report.firstWrongQuery == nil)
                #expect(report.numbers == n * h * queries * batch)
            }
        }
    }

    @Test("with one mistake in it is told that mistake", arguments: single)
    func oneMistake(mistake: AttentionMistake) throws {
        for (index, shape) in shapes.enumerated() {
            for causal in [false, true] where isPossible(mistake, causal: causal) {
                var attention = shape
                attention.causal = causal
                attention.mistakes = [mistake]
                let report = try verification(of: attention, seed: UInt64(index))
                #expect(report.explanations == [[mistake]], "\(attention)")
                #expect(!report.isMatch && report.unseen.isEmpty)
                #expect(report.wrongNumbers > 0)
            }
        }
    }

    @Test("with two mistakes in it is told both")
    func twoMistakes() throws {
        for pair: [AttentionMistake] in [
            [.headsTiled, .scaleMissing], [.headsTiled, .maskMissing],
            [.scaleByWidth, .keysAndValuesSwapped], [.maskAtTopLeft, .valuesOfNextGroup],
            [.scaleMissing, .softmaxOverQueries], [.maskUnwanted, .maskAtTopLeft],
        ] {
            var attention = shapes[0]
            attention.causal = pair.contains(.maskMissing) || pair[0] == .maskAtTopLeft
            attention.mistakes = Set(pair)
            #expect(try verification(of: attention).explanations.map(Set.init) == [Set(pair)])
        }
    }

    @Test("in 16 bits is told each mistake as well, its weights rounded for the product or not")
    func mistakesInSixteenBits() throws {
        for format in [FloatFormat.float16, .bfloat16] {
            for mistake in single + [nil] {
                for weightsBefore in [{ @Sendable in $0 }, sixteenBits(format)] {
                    var attention = shapes[0]
                    attention.causal = mistake == .maskMissing || mistake == .maskAtTopLeft
                    attention.mistakes = mistake.map { [$0] } ?? []
                    attention.weightsBefore = weightsBefore
                    let report = try verification(
                        of: attention, format: format, rounded: sixteenBits(format))
                    #expect(report.explanations == (mistake.map { [[$0]] } ?? []), "\(format)")
                    #expect(report.isMatch == (mistake == nil))
                }
            }
        }
    }

    @Test(
        "whose softmax is in 16 bits is told the format, in a file of any",
        arguments: [FloatFormat.float16, .bfloat16])
    func sixteenBitSoftmax(inside: FloatFormat) throws {
        for format in [FloatFormat.float32, .float64, inside] {
            for mistake in [AttentionMistake.headsTiled, nil] {
                var attention = shapes[0]
                attention.mistakes = mistake.map { [$0] } ?? []
                attention.inside = sixteenBits(inside)
                let isWide = format != inside
                let report = try verification(
                    of: attention, format: format,
                    rounded: isWide ? { Double(Float($0)) } : sixteenBits(inside))
                let expected = (mistake.map { [$0] } ?? []) + [.sixteenBitSoftmax(inside)]
                #expect(report.explanations == [expected], "\(format)")
                #expect(!report.isMatch && report.wrongNumbers > 0)
            }
        }
    }

    @Test("with an error of no known kind is told where it is")
    func unknownMistake() throws {
        let attention = shapes[0]
        var tensors = attention.inputs(seed: 5)
        tensors.outputs = attention.outputs(tensors)
        // Head 2, query 3, coordinate 1, and head 4, query 2, coordinate 7.
        tensors.outputs[(2 * 4 + 3) * 8 + 1] += 0.5
        tensors.outputs[(4 * 4 + 2) * 8 + 7] -= 0.25
        let report = try AttentionVerification(
            AttentionRecord(attention, tensors, format: .float32), causal: false)
        #expect(report.explanations == [])
        #expect(report.wrongNumbers == 2)
        #expect(report.rightHeads == [0, 1, 3, 5])
        #expect(report.firstWrongQuery == 2)
        let worst = report.worst
        #expect([worst.batch, worst.head, worst.query, worst.coordinate] == [0, 2, 3, 1])
        #expect(abs(worst.error - 0.5) < 1e-9)
    }

    @Test("is right up to the tolerance and wrong beyond it")
    func tolerance() throws {
        let attention = shapes[1]
        var tensors = attention.inputs(seed: 6)
        tensors.outputs = attention.outputs(tensors)
        tensors.outputs[17] += 1e-3
        let record = try AttentionRecord(attention, tensors, format: .float64)
        for (tolerance, wrong) in [(0.9e-3, 1), (1.1e-3, 0)] {
            let report = try AttentionVerification(record, causal: false, tolerance: tolerance)
            #expect(report.wrongNumbers == wrong)
        }
    }
}

/// Rounding to a format of 16 bits, made by scaling to whole numbers.
func sixteenBits(_ format: FloatFormat) -> @Sendable (Double) -> Double {
    let digits = format == .float16 ? 11 : 8
    return { value in
        guard value != 0 else { return 0 }
        var unit = 1.0
        while abs(value) / unit >= Double(1 << digits) { unit *= 2 }
        while abs(value) / unit < Double(1 << (digits - 1)) { unit /= 2 }
        if format == .float16 { unit = max(unit, 0x1p-24) }
        return (value / unit).rounded(.toNearestOrEven) * unit
    }
}
