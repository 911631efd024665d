import AttentionEngine
import TestSupport
import Testing

@Suite("Laws of numeric attention, over random shapes")
struct AttentionLawTests {
    private static let inputs: [AttentionInputs] = {
        var random = SeededGenerator(seed: 3)
        return (0..<40).compactMap { _ in try? AttentionInputs(random: &random) }
    }()

    private var inputs: [AttentionInputs] { Self.inputs }

    @Test("There are as many shapes as are asked for")
    func shapes() {
        #expect(inputs.count == 40)
        for format in NumberFormat.allCases {
            #expect(inputs.filter { $0.formats.contains(format) }.count > 10)
        }
    }

    @Test("Every query head reads K/V head i / (n/g), in every format", arguments: [false, true])
    func equalsPlainAttention(causal: Bool) {
        for input in inputs {
            for format in input.formats {
                let (keys, values) = input.kept(in: format)
                if format == .float32 { #expect(keys == input.keys && values == input.values) }
                let plain = PlainAttention(
                    keyValueHead: input.shape.keyValueHead,
                    queryHeads: input.shape.queryHeads, width: input.shape.headDimension,
                    causal: causal)
                let expected = plain.outputs(
                    queries: input.queries, keys: keys, values: values, tokens: input.tokens)
                #expect(
                    largestDifference(input.outputs(format, causal: causal), expected) < 1e-5)
            }
        }
    }

    @Test("With as many K/V heads as query heads it is MHA, with one it is MQA")
    func endsAreMHAAndMQA() throws {
        var random = SeededGenerator(seed: 4)
        for input in inputs {
            let (heads, width) = (input.shape.queryHeads, input.shape.headDimension)
            for (g, head) in [(heads, { $0 }), (1, { _ in 0 })] as [(Int, (Int) -> Int)] {
                let end = AttentionInputs(
                    try AttentionShape(queryHeads: heads, keyValueHeads: g, headDimension: width),
                    queryTokens: input.queryTokens, tokens: input.tokens, from: &random)
                let plain = PlainAttention(
                    keyValueHead: head, queryHeads: heads, width: width, causal: true)
                let expected = plain.outputs(
                    queries: end.queries, keys: end.keys, values: end.values, tokens: end.tokens)
                #expect(largestDifference(end.outputs(causal: true), expected) < 1e-5)
            }
        }
    }

    @Test("K and V written out again for each query head give what sharing gives")
    func sharedEqualsRepeated() throws {
        for input in inputs {
            let heads = input.shape.queryHeads
            func repeated(_ numbers: [Float]) -> [Float] {
                (0..<heads).flatMap { head in
                    numbers.row(
                        input.shape.keyValueHead(ofQueryHead: head),
                        input.tokens * input.shape.headDimension)
                }
            }
            var cache = KVCache(
                layout: .perHead(
                    keyValueHeads: heads, headDimension: input.shape.headDimension),
                format: .bfloat16)
            cache.append(keys: repeated(input.keys), values: repeated(input.values))
            let outputs = attention(
                queries: input.queries, cache: cache,
                shape: try AttentionShape(
                    queryHeads: heads, keyValueHeads: heads,
                    headDimension: input.shape.headDimension), causal: true)
            #expect(largestDifference(outputs, input.outputs(.bfloat16, causal: true)) < 1e-5)
        }
    }

    @Test("Decoded token by token over a growing cache it is what prefill gives at once")
    func cachedEqualsRecomputed() {
        for input in inputs {
            let shape = input.shape
            let (width, tokens) = (shape.headDimension, input.tokens)
            var random = SeededGenerator(seed: 5)
            let queries = random.numbers(shape.queryHeads * tokens * width)
            for format in input.formats {
                let whole = attention(
                    queries: queries, cache: input.cache(format), shape: shape, causal: true)
                var cache = KVCache(
                    layout: .perHead(keyValueHeads: shape.keyValueHeads, headDimension: width),
                    format: format)
                for token in 0..<tokens {
                    func rows(_ numbers: [Float], _ heads: Int) -> [Float] {
                        (0..<heads).flatMap { numbers.row($0 * tokens + token, width) }
                    }
                    cache.append(
                        keys: rows(input.keys, shape.keyValueHeads),
                        values: rows(input.values, shape.keyValueHeads))
                    let step = attention(
                        queries: rows(queries, shape.queryHeads), cache: cache, shape: shape,
                        causal: true)
                    #expect(largestDifference(step, rows(whole, shape.queryHeads)) < 1e-5)
                }
            }
        }
    }

    @Test("Threads and splitting the tokens change nothing but rounding")
    func threadsChangeNothing() throws {
        var random = SeededGenerator(seed: 6)
        for keyValueHeads in [1, 2, 4] {
            let input = AttentionInputs(
                try AttentionShape(queryHeads: 4, keyValueHeads: keyValueHeads, headDimension: 64),
                queryTokens: 1, tokens: 4999, from: &random)
            let one = input.outputs(causal: false)
            for threads in 2...5 {
                let split = input.outputs(causal: false, threads: threads)
                #expect(largestDifference(one, split) < 1e-6)
            }
        }
    }

    @Test("All builds of the kernels give the same but for rounding")
    func buildsAgree() {
        for build in KernelBuild.allCases where build.isUsable {
            for input in inputs {
                let outputs = input.outputs(.bfloat16, causal: true, build: build)
                #expect(
                    largestDifference(outputs, input.outputs(.bfloat16, causal: true)) < 1e-5)
            }
        }
    }

    @Test("Many query heads on one K/V head are plain attention in every build")
    func manyRows() throws {
        var random = SeededGenerator(seed: 11)
        // Rows that are whole sixteens, that are filled up to them, and that are better not.
        for queryHeads in SlowTests.extent([13, 16, 43], of: [12, 13, 16, 20, 27, 32, 43]) {
            for tokens in SlowTests.extent([1, 8, 147], of: [1, 7, 8, 65, 147]) {
                let input = AttentionInputs(
                    try AttentionShape(
                        queryHeads: queryHeads, keyValueHeads: 1, headDimension: 48),
                    queryTokens: min(tokens, 2), tokens: tokens, from: &random)
                for format in input.formats {
                    let (keys, values) = input.kept(in: format)
                    let plain = PlainAttention(
                        keyValueHead: { _ in 0 }, queryHeads: queryHeads, width: 48, causal: true)
                    let expected = plain.outputs(
                        queries: input.queries, keys: keys, values: values, tokens: tokens)
                    for build in KernelBuild.allCases where build.isUsable {
                        let outputs = input.outputs(format, causal: true, build: build)
                        #expect(largestDifference(outputs, expected) < 1e-5, "\(build)")
                    }
                }
            }
        }
    }

    @Test("A score far above the others takes all the weight, wherever it stands")
    func oneLoudToken() throws {
        for heads in [1, 4, 16] {
            let shape = try AttentionShape(queryHeads: heads, keyValueHeads: 1, headDimension: 16)
            for loud in [0, 1, 63, 64, 150, 199] {
                var keys = [Float](repeating: 0, count: 200 * 16)
                var values = [Float](repeating: -1, count: 200 * 16)
                for place in 0..<16 {
                    keys[loud * 16 + place] = 1000
                    values[loud * 16 + place] = Float(place)
                }
                var cache = KVCache(
                    layout: .perHead(keyValueHeads: 1, headDimension: 16), format: .float32)
                cache.append(keys: keys, values: values)
                let outputs = attention(
                    queries: [Float](repeating: 1, count: heads * 16), cache: cache, shape: shape,
                    causal: false)
                let expected = (0..<heads).flatMap { _ in (0..<16).map { Float($0) } }
                #expect(outputs == expected)
            }
        }
    }
}

@Suite("Laws of latent attention, over random widths")
struct LatentAttentionLawTests {
    let inputs: [LatentInputs]

    init() {
        var random = SeededGenerator(seed: 7)
        inputs = (0..<40).map { _ in LatentInputs(random: &random) }
    }

    @Test("Absorbed equals expanded to rounding, in every format")
    func absorbedEqualsExpanded() {
        for format in NumberFormat.allCases {
            #expect(inputs.filter { $0.formats.contains(format) }.count > 10)
        }
        for input in inputs {
            for format in input.formats {
                let expanded = input.outputs(.expanded, format, causal: true)
                let absorbed = input.outputs(.absorbed, format, causal: true)
                #expect(largestDifference(expanded, absorbed) < 1e-5)
            }
        }
    }

    @Test("A latent that is all heads' keys and values one after the other gives MHA")
    func identityProjectionsGiveMHA() throws {
        var random = SeededGenerator(seed: 8)
        let (n, h, tokens) = (3, 5, 17)
        let c = 2 * n * h
        // Head i's key is the latent's numbers from i h on, its value those from (n + i) h on.
        func picking(_ first: Int) -> [Float] {
            (0..<n * h).flatMap { row in (0..<c).map { $0 == first + row ? 1 : 0 } }
        }
        let projections = LatentProjections(
            queryHeads: n, headDimension: h,
            widths: LatentWidths(latentRank: c, rotaryDimension: 0), keyUp: picking(0),
            valueUp: picking(n * h))
        let shape = try AttentionShape(queryHeads: n, keyValueHeads: n, headDimension: h)
        let input = AttentionInputs(shape, queryTokens: 2, tokens: tokens, from: &random)
        let latents = (0..<tokens).flatMap { token in
            [input.keys, input.values].flatMap { numbers in
                (0..<n).flatMap { numbers.row($0 * tokens + token, h) }
            }
        }
        var cache = KVCache(layout: projections.layout, format: .float32)
        cache.append(latents: latents, rotaryKeys: [])
        for form in LatentForm.allCases {
            let outputs = latentAttention(
                queries: input.queries, rotaryQueries: [], cache: cache,
                projections: projections, form: form, causal: true)
            #expect(largestDifference(outputs, input.outputs(causal: true)) < 1e-5)
        }
    }
}
