import AttentionEngine
import Testing

/// Shapes with several K/V heads that are shared, and lengths that differ.
private let shapes = [
    MistakenAttention(queryHeads: 6, keyValueHeads: 3, width: 8, queryTokens: 4, tokens: 7),
    MistakenAttention(queryHeads: 8, keyValueHeads: 4, width: 5, queryTokens: 3, tokens: 5),
    MistakenAttention(
        queryHeads: 6, keyValueHeads: 3, width: 4, queryTokens: 3, tokens: 9, batch: 2),
]

private let single: [String] = [
    "heads-tiled", "keys-tiled", "values-tiled", "values-of-next-group", "values-of-previous-group",
    "scale-missing", "scale-by-width", "scale-of-model-width", "mask-missing", "mask-unwanted",
    "mask-at-top-left",
    "softmax-over-queries", "softmax-over-heads", "softmax-missing", "keys-and-values-swapped",
]

/// Whether a mistake can be made with and without a causal mask wanted.
private func isPossible(_ mistake: String, causal: Bool) -> Bool {
    switch mistake {
    case "mask-missing", "mask-at-top-left": causal
    case "mask-unwanted": !causal
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
        AttentionRecord(attention, tensors, format: format),
        VerificationOptions(causal: attention.causal))
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
                #expect(report.isMatch && report.names.isEmpty, "\(attention)")
                #expect(report.worst?.error ?? 1 < 1e-6)
                #expect(report.rightHeads == Array(0..<n))
                #expect(report.firstWrongQuery == nil)
                #expect(report.numbers == n * h * queries * batch)
            }
        }
    }

    @Test("with one mistake in it is told that mistake", arguments: single)
    func oneMistake(mistake: String) throws {
        for (index, shape) in shapes.enumerated() {
            for causal in [false, true] where isPossible(mistake, causal: causal) {
                var attention = shape
                attention.causal = causal
                attention.mistakes = [mistake]
                let report = try verification(of: attention, seed: UInt64(index))
                #expect(report.names == [[mistake]], "\(attention)")
                #expect(!report.isMatch && report.unseenNames.isEmpty)
                #expect(report.wrongNumbers > 0)
            }
        }
    }

    @Test("with two mistakes in it is told both")
    func twoMistakes() throws {
        for pair: [String] in [
            ["heads-tiled", "scale-missing"], ["heads-tiled", "mask-missing"],
            ["scale-by-width", "keys-and-values-swapped"],
            ["mask-at-top-left", "values-of-next-group"],
            ["scale-missing", "softmax-over-queries"], ["mask-unwanted", "heads-tiled"],
        ] {
            var attention = shapes[0]
            attention.causal = pair.contains("mask-missing") || pair[0] == "mask-at-top-left"
            attention.mistakes = Set(pair)
            #expect(try verification(of: attention).names.map(Set.init) == [Set(pair)])
        }
    }

    @Test("that was never written is told so, and no mistake is made up for it")
    func unwritten() throws {
        for (value, name) in [
            (0.0, "out-zeros"), (Double.nan, "out-not-numbers"), (.infinity, "out-not-numbers"),
        ] {
            var tensors = shapes[0].inputs(seed: 1)
            tensors.outputs = shapes[0].outputs(tensors).map { _ in value }
            let report = try AttentionVerification(
                AttentionRecord(shapes[0], tensors, format: .float32), VerificationOptions())
            #expect(report.names == [[name]] && report.verdict == .differs)
        }
    }

    @Test(
        "in 16 bits is right however large its scores are, and where it can see one key only",
        arguments: [FloatFormat.float16, .bfloat16])
    func largeScores(format: FloatFormat) throws {
        let rounded = sixteenBits(format)
        for (size, tokens) in [(1.0, 1), (4, 7), (30, 7)] {
            var attention = shapes[0]
            attention.tokens = tokens
            for seed in UInt64(1)...4 {
                var tensors = attention.inputs(seed: seed, rounded: rounded)
                tensors.queries = tensors.queries.map { rounded($0 * size) }
                tensors.outputs = attention.outputs(tensors).map(rounded)
                let report = try AttentionVerification(
                    AttentionRecord(attention, tensors, format: format), VerificationOptions())
                #expect(report.verdict != .differs && report.names == [], "\(size) \(seed)")
                #expect(tokens > 1 || report.verdict == .matches)
            }
        }
    }

    @Test("in 16 bits is told no mistake that only has room among large scores")
    func roomForAnything() throws {
        for format in [FloatFormat.float16, .bfloat16] {
            let rounded = sixteenBits(format)
            for seed in UInt64(1)...6 {
                var attention = shapes[0]
                var tensors = attention.inputs(seed: seed, rounded: rounded)
                tensors.queries = tensors.queries.map { rounded($0 * 4) }
                // A mistake that no list has: every score is drawn towards zero by a root.
                attention.inside = { ($0.magnitude).squareRoot() * ($0 < 0 ? -1 : 1) }
                tensors.outputs = attention.outputs(tensors).map(rounded)
                let report = try AttentionVerification(
                    AttentionRecord(attention, tensors, format: format), VerificationOptions())
                #expect(report.names == [], "\(format) \(seed)")
            }
        }
    }

    @Test("in 16 bits is told each mistake as well, its weights rounded for the product or not")
    func mistakesInSixteenBits() throws {
        for format in [FloatFormat.float16, .bfloat16] {
            for mistake in single + [nil] {
                for weightsBefore in [{ @Sendable in $0 }, sixteenBits(format)] {
                    var attention = shapes[0]
                    attention.causal = mistake == "mask-missing" || mistake == "mask-at-top-left"
                    attention.mistakes = mistake.map { [$0] } ?? []
                    attention.weightsBefore = weightsBefore
                    let report = try verification(
                        of: attention, format: format, rounded: sixteenBits(format))
                    #expect(report.names == (mistake.map { [[$0]] } ?? []), "\(format)")
                    #expect(report.isMatch == (mistake == nil))
                }
            }
        }
    }

    @Test(
        "whose softmax is in 16 bits is told the format, in a file of more",
        arguments: [FloatFormat.float16, .bfloat16])
    func sixteenBitSoftmax(inside: FloatFormat) throws {
        for mistake in ["heads-tiled", nil] {
            var attention = shapes[0]
            attention.mistakes = mistake.map { [$0] } ?? []
            attention.inside = sixteenBits(inside)
            let report = try verification(of: attention)
            let expected =
                (mistake.map { [$0] } ?? []) + ["softmax-in-\(inside.rawValue.lowercased())"]
            #expect(report.names == [expected])
            #expect(!report.isMatch && report.wrongNumbers > 0)
        }
    }

    @Test(
        "that keeps scores and weights in 16 bits in a file of them is right, and told so",
        arguments: [FloatFormat.float16, .bfloat16])
    func roundingInside(format: FloatFormat) throws {
        let rounded = sixteenBits(format)
        for (inside, weights, what) in [
            (rounded, { @Sendable in $0 }, "scores and weights were"),
            ({ @Sendable in $0 }, rounded, "weights were"),
        ] as [(@Sendable (Double) -> Double, @Sendable (Double) -> Double, String)] {
            var attention = shapes[0]
            (attention.inside, attention.weightsBefore) = (inside, weights)
            for seed in UInt64(1)...6 {
                let report = try verification(
                    of: attention, format: format, seed: seed, rounded: rounded)
                #expect(report.isMatch && report.names == [], "\(format) \(seed)")
                #expect(
                    report.remarks == [
                        "Inside, \(what) kept in \(format.rawValue), which is usual."
                    ])
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
            AttentionRecord(attention, tensors, format: .float32), VerificationOptions())
        #expect(report.names == [])
        #expect(report.wrongNumbers == 2)
        #expect(report.rightHeads == [0, 1, 3, 5])
        #expect(report.firstWrongQuery == 2)
        let worst = try #require(report.worst)
        #expect([worst.batch, worst.head, worst.query, worst.coordinate] == [0, 2, 3, 1])
        #expect(abs(worst.error - 0.5) < 1e-9)
    }

    @Test("is right up to a part of the values' size and wrong beyond it, however small they are")
    func tolerance() throws {
        for size in [1.0, 1e-6, 1e9] {
            let attention = shapes[1]
            var tensors = attention.inputs(seed: 6)
            // One value in every place: what is averaged has its size.
            tensors.values = tensors.values.map { _ in size }
            tensors.outputs = attention.outputs(tensors)
            tensors.outputs[17] *= 1 + 1e-3
            let record = try AttentionRecord(attention, tensors, format: .float64)
            for (tolerance, wrong) in [(0.9e-3, 1), (1.1e-3, 0)] {
                var options = VerificationOptions()
                options.tolerance = tolerance
                let report = try AttentionVerification(record, options)
                #expect(report.wrongNumbers == wrong, "\(size)")
            }
            tensors.outputs = tensors.outputs.map { _ in 0 }
            let zeros = try AttentionRecord(attention, tensors, format: .float64)
            let report = try AttentionVerification(zeros, VerificationOptions())
            #expect(report.verdict == .differs && report.wrongNumbers == report.numbers)
        }
    }

    @Test("over values of nothing, or with a tolerance that forgives all, is too small to tell")
    func tooSmall() throws {
        let attention = shapes[1]
        var tensors = attention.inputs(seed: 6)
        tensors.outputs = attention.outputs(tensors)
        var options = VerificationOptions()
        options.tolerance = 2
        let forgiven = try AttentionVerification(AttentionRecord(attention, tensors), options)
        #expect(forgiven.verdict == .tooSmall && !forgiven.isMatch && forgiven.names == [])
        for (size, format) in [(0.0, FloatFormat.float32), (1e-9, .float16)] {
            tensors.values = tensors.values.map { $0 * size }
            tensors.outputs = attention.outputs(tensors)
            let report = try AttentionVerification(
                AttentionRecord(attention, tensors, format: format), VerificationOptions())
            #expect(report.verdict == .tooSmall, "\(size)")
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
