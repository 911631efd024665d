import AttentionEngine
import Testing

/// Tensors of a file by their names.
private typealias Saved = [String: (shape: [Int], numbers: [Double])]

/// The same numbers, [a, b, c] as [b, a, c].
private func transposed(_ tensor: (shape: [Int], numbers: [Double])) -> (
    shape: [Int], numbers: [Double]
) {
    let (a, b, c) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
    var numbers: [Double] = []
    for j in 0..<b {
        for i in 0..<a { numbers += tensor.numbers.row(i * b + j, c) }
    }
    return ([b, a, c], numbers)
}

/// [t, n, h] as [t, n h].
private func merged(_ tensor: (shape: [Int], numbers: [Double])) -> (
    shape: [Int], numbers: [Double]
) {
    let other = transposed(tensor)
    return ([other.shape[0], other.shape[1] * other.shape[2]], other.numbers)
}

private let attention = MistakenAttention(
    queryHeads: 6, keyValueHeads: 3, width: 4, queryTokens: 5, tokens: 7)

/// A learner's file, as [n, t, h].
private func saved(_ attention: MistakenAttention = attention, seed: UInt64 = 4) -> Saved {
    let tensors = attention.inputs(seed: seed)
    let (q, k) = (
        [attention.queryHeads, attention.queryTokens, attention.width],
        [attention.keyValueHeads, attention.tokens, attention.width]
    )
    return [
        "q": (q, tensors.queries), "k": (k, tensors.keys), "v": (k, tensors.values),
        "out": (q, attention.outputs(tensors)),
    ]
}

private func report(_ file: Saved, heads: Int? = nil) throws -> AttentionVerification {
    var options = VerificationOptions()
    options.heads = heads
    return try AttentionVerification(AttentionRecord(file), options)
}

@Suite("The layout of a learner's file")
struct VerificationLayoutTests {
    @Test("is found where tokens come before heads, or heads are merged")
    func found() throws {
        let (file, batch) = (
            saved(),
            { (tensor: (shape: [Int], numbers: [Double])) in
                ([1] + tensor.shape, tensor.numbers)
            }
        )
        for (other, heads, layout) in [
            (file, nil, "[n, t, h]"), (file.mapValues(transposed), nil, "[t, n, h]"),
            (file.mapValues(merged), 6, "[t, n h]"), (file.mapValues(batch), nil, "[b, n, t, h]"),
            (file.mapValues { batch(transposed($0)) }, nil, "[b, t, n, h]"),
            (file.mapValues { batch(merged($0)) }, 6, "[b, t, n h]"),
        ] as [(Saved, Int?, String)] {
            let report = try report(other, heads: heads)
            #expect(report.isMatch && report.layout == layout && report.layoutOfOutputs == layout)
        }
    }

    @Test("may leave fewer keys than queries, which ends in a verdict, too")
    func fewerKeys() throws {
        var file = saved(
            MistakenAttention(
                queryHeads: 8, keyValueHeads: 2, width: 4, queryTokens: 12, tokens: 12))
        let out = try #require(file["out"])
        file["out"] = (out.shape, out.numbers.map { $0 + 1 })
        for isDecoding in [true, false] {
            var options = VerificationOptions(causal: !isDecoding)
            options.isDecoding = isDecoding
            let report = try AttentionVerification(AttentionRecord(file), options)
            #expect(report.verdict == .differs && report.explanations == [])
        }
    }

    @Test("may be another for out, which is said")
    func ofOutputs() throws {
        var file = saved()
        for (change, layout) in [
            (transposed, "[t, n, h]"), (merged, "[t, n h]"),
        ] as [(((shape: [Int], numbers: [Double])) -> (shape: [Int], numbers: [Double]), String)] {
            file["out"] = change(try #require(saved()["out"]))
            let report = try report(file)
            #expect(report.isMatch && report.layout == "[n, t, h]")
            #expect(report.layoutOfOutputs == layout)
        }
    }

    @Test("is the one in which out is right where several fit, and never a mistake")
    func severalFit() throws {
        var square = attention
        (square.queryTokens, square.tokens) = (6, 6)
        var file = saved(square)
        file["out"] = transposed(try #require(file["out"]))
        let report = try report(file)
        #expect(report.isMatch && report.isOtherLayout && report.layoutOfOutputs == "[t, n, h]")
    }

    @Test("says where heads and tokens may be meant the other way round, and not with --heads")
    func headsOrTokens() throws {
        var square = attention
        (square.keyValueHeads, square.queryTokens, square.tokens) = (6, 8, 8)
        let file = saved(square)
        // Transposed once too often or too seldom, tensors and out fit as other heads as well.
        let found = try report(file)
        #expect(found.isMatch && found.sizes.queryHeads == 6)
        #expect(found.otherSizes?.queryHeads == 8 && found.otherSizes?.queryTokens == 6)
        let told = try report(file, heads: 6)
        #expect(told.isMatch && told.otherSizes == nil)
        #expect(try !report(file, heads: 8).isMatch)
        #expect(try report(saved()).otherSizes == nil)
        // As 8 heads of 6 tokens there would be 3 keys.
        square.keyValueHeads = 3
        #expect(try report(saved(square)).otherSizes == nil)
    }

    @Test("is found of a wrong out, too")
    func ofMistakes() throws {
        var wrong = attention
        wrong.mistakes = ["heads-tiled"]
        let report = try report(saved(wrong).mapValues(transposed))
        #expect(report.names == [["heads-tiled"]] && report.layout == "[t, n, h]")
    }

    @Test("may have values of another width, and one token without a dimension of its own")
    func widths() throws {
        let file: Saved = [
            "query": ([2, 3], [1, 0, 0, 0, 1, 0]), "key": ([1, 1, 3], [1, 2, 3]),
            "value": ([1, 1, 2], [5, 7]), "output": ([2, 2], [5, 7, 5, 7]),
        ]
        let report = try report(file)
        #expect(report.isMatch && report.sizes.keyWidth == 3 && report.sizes.valueWidth == 2)
    }

    @Test("with merged heads is asked for, where nothing tells how many there are")
    func mergedHeads() {
        #expect(
            throws: VerificationProblem(
                "has tensors of two dimensions: say how many heads with --heads: q [5, 24], "
                    + "k [7, 12], v [7, 12], out [5, 24]")
        ) { try report(saved().mapValues(merged)) }
    }
}

@Suite("What else a learner's file shows")
struct VerificationFindingTests {
    @Test("keys that were tiled before they were saved, and those that were repeated")
    func savedKeys() throws {
        var all = attention
        all.keyValueHeads = 6
        let tensors = attention.inputs(seed: 3)
        let head = attention.tokens * attention.width
        for isTiled in [true, false] {
            var wide = tensors
            for path in [\MistakenAttention.Tensors.keys, \.values] {
                wide[keyPath: path] = (0..<6).flatMap { index in
                    let from = isTiled ? index % 3 : index / 2
                    return tensors[keyPath: path][from * head..<(from + 1) * head]
                }
            }
            wide.outputs = all.outputs(wide)
            let report = try AttentionVerification(
                AttentionRecord(all, wide), VerificationOptions())
            #expect(report.names == (isTiled ? [["keys-saved-tiled"]] : []))
            #expect(report.isMatch != isTiled)
            #expect(report.remarks.count == (isTiled ? 0 : 1))
        }
    }

    @Test("scores that F16 cannot hold, by the NaN they leave")
    func overflow() throws {
        var tensors = attention.inputs(seed: 3)
        tensors.queries = tensors.queries.map { $0 * 2_500 }
        tensors.keys = tensors.keys.map { $0 * 4 }
        let width = attention.width
        tensors.values = tensors.values.map(sixteenBits(.float16))
        // A program in F16: scores so far apart choose one key, and one beyond 65,504 leaves NaN.
        for query in 0..<attention.queryHeads * attention.queryTokens {
            let own = query / attention.queryTokens / 2 * attention.tokens
            let row = tensors.queries.row(query, width)
            let products = (0..<attention.tokens).map { key in
                zip(row, tensors.keys.row(own + key, width)).reduce(0.0) { $0 + $1.0 * $1.1 }
            }
            let largest = products.max() ?? 0
            let best = products.firstIndex(of: largest) ?? 0
            tensors.outputs +=
                largest > 65_504
                ? Array(repeating: .nan, count: width)
                : Array(tensors.values.row(own + best, width))
        }
        #expect(tensors.outputs.contains { $0.isNaN } && tensors.outputs.contains { !$0.isNaN })
        let report = try AttentionVerification(
            AttentionRecord(attention, tensors, format: .float16), VerificationOptions())
        #expect(report.names == [["scores-in-f16"]])
        #expect(report.verdict == .differs)
    }

    @Test("a cache that holds something else than the steps' keys and values")
    func caches() throws {
        var loop = attention
        (loop.queryTokens, loop.tokens, loop.causal) = (5, 5, true)
        var file = saved(loop)
        let (keys, values) = (try #require(file["k"]), try #require(file["v"]))
        func reversed(_ tensor: (shape: [Int], numbers: [Double])) -> [Double] {
            var numbers: [Double] = []
            for head in 0..<3 {
                for token in (0..<5).reversed() {
                    numbers += tensor.numbers.row(head * 5 + token, 4)
                }
            }
            return numbers
        }
        var options = VerificationOptions()
        options.isDecoding = true
        for (cache, names) in [
            ((keys.numbers, values.numbers), []),
            ((reversed(keys), values.numbers), [["cache-keys-newest-first"]]),
            ((keys.numbers, keys.numbers), [["cache-values-differ"]]),
        ] as [(([Double], [Double]), [[String]])] {
            file["cache.k"] = (keys.shape, cache.0)
            file["cache.v"] = (keys.shape, cache.1)
            let report = try AttentionVerification(AttentionRecord(file), options)
            #expect(report.names == names && report.isMatch == names.isEmpty)
        }
        // Read by its own shape: in another layout, with room for more, or cut short.
        let roomy = (0..<3).flatMap { head in
            keys.numbers.row(head, 20) + Array(repeating: 0, count: 16)
        }
        let copies = (0..<6).flatMap { keys.numbers.row($0 / 2, 20) }
        let newest = (0..<3).flatMap { keys.numbers.row($0 * 5 + 4, 4) }
        file["cache.v"] = (values.shape, values.numbers)
        for (cache, names) in [
            (transposed(keys), []), (([3, 9, 4], roomy), []), (([6, 5, 4], copies), []),
            (([3, 1, 4], newest), [["cache-keys-size"]]),
            (([7, 11], Array(repeating: 1, count: 77)), [["cache-keys-size"]]),
        ] as [((shape: [Int], numbers: [Double]), [[String]])] {
            file["cache.k"] = cache
            let report = try AttentionVerification(AttentionRecord(file), options)
            #expect(report.names == names && report.isMatch == names.isEmpty)
        }
        let twice = (0..<15).flatMap { keys.numbers.row($0, 4) + keys.numbers.row($0, 4) }
        let tiled = keys.numbers + keys.numbers
        for (cache, name) in [
            (([3, 10, 4], twice), "cache-keys-twice"), (([6, 5, 4], tiled), "cache-keys-size"),
        ] as [((shape: [Int], numbers: [Double]), String)] {
            file["cache.k"] = cache
            let report = try AttentionVerification(AttentionRecord(file), options)
            #expect(report.names == [[name]])
        }
        file["cache.k"] = ([7, 11], Array(repeating: 1, count: 77))
        file["cache.v"] = ([3, 1, 4], newest)
        let both = try AttentionVerification(AttentionRecord(file), options)
        #expect(both.names == [["cache-keys-size", "cache-values-size"]])
        #expect(
            both.explanations[0][0].name
                == "cache.k is of another size than what it is to hold, [7, 11]")
        #expect(both.explanations[0][1].name == "cache.v holds 1 of 5 tokens")
    }

    @Test("a cache: of how many heads it is, that there may be a loop, and that it is another's")
    func cacheRemarks() throws {
        var loop = attention
        (loop.queryTokens, loop.tokens, loop.causal) = (5, 5, true)
        var file = saved(loop)
        let keys = try #require(file["k"])
        file["cache.k"] = ([6, 5, 4], (0..<6).flatMap { keys.numbers.row($0 / 2, 20) })
        var options = VerificationOptions()
        options.isDecoding = true
        let copies = try AttentionVerification(AttentionRecord(file), options)
        #expect(
            copies.isMatch
                && copies.remarks == [
                    "cache.k holds each of 3 heads 2 times, as large as MHA's: cache them before "
                        + "the repeat."
                ])
        let plain = try AttentionVerification(AttentionRecord(file), VerificationOptions())
        #expect(plain.remarks.last == "There is a cache: if out's rows are a loop's, say --decode.")
        file["cache.k"] = nil
        file["cache.latent"] = keys
        let other = try AttentionVerification(AttentionRecord(file), options)
        #expect(
            other.isMatch
                && other.remarks == ["cache.latent is not checked: the file holds no MLA."])
    }

    @Test("a view of [t, n, h] as [n, t, h], which is no layout")
    func viewed() throws {
        var file = saved()
        let out = try #require(file["out"])
        file["out"] = (out.shape, transposed(out).numbers)
        #expect(try report(file).names == [["out-split-without-transpose"]])
        file["out"] = ([5, 6, 4], out.numbers)
        #expect(try report(file).names == [["merged-without-transpose"]])
    }
}
