import AttentionEngine
import Testing

@Suite("What a record of attention cannot show")
struct UnseenMistakeTests {
    private func unseen(_ attention: MistakenAttention) throws -> [String] {
        var tensors = attention.inputs(seed: 9)
        tensors.outputs = attention.outputs(tensors)
        let report = try AttentionVerification(
            AttentionRecord(attention, tensors), VerificationOptions(causal: attention.causal))
        #expect(report.isMatch)
        return report.unseenNames
    }

    @Test("is nothing where K/V heads are shared, several, and lengths differ")
    func nothing() throws {
        for causal in [false, true] {
            let attention = MistakenAttention(
                queryHeads: 6, keyValueHeads: 3, width: 4, queryTokens: 3, tokens: 5,
                causal: causal)
            #expect(try unseen(attention) == [])
        }
    }

    @Test("is tiling, where each head has its own or all share one")
    func tiling() throws {
        for heads in [1, 4] {
            let attention = MistakenAttention(
                queryHeads: 4, keyValueHeads: heads, width: 4, queryTokens: 3, tokens: 5)
            #expect(try unseen(attention) == ["heads-tiled"])
        }
    }

    @Test("is the mask, where there is one query, and its corner, where lengths are the same")
    func masks() throws {
        var attention = MistakenAttention(
            queryHeads: 4, keyValueHeads: 2, width: 4, queryTokens: 1, tokens: 5)
        #expect(try unseen(attention) == ["mask-unwanted"])
        attention.causal = true
        #expect(try unseen(attention) == ["mask-missing"])
        attention.queryTokens = 5
        #expect(try unseen(attention) == ["mask-at-top-left"])
    }

    @Test("is all that only moves scores, where there is one key only")
    func oneKey() throws {
        let attention = MistakenAttention(
            queryHeads: 4, keyValueHeads: 2, width: 4, queryTokens: 1, tokens: 1)
        #expect(
            try unseen(attention) == [
                "keys-tiled", "scale-missing", "scale-by-width", "scale-of-model-width",
                "mask-unwanted", "softmax-over-queries",
            ])
    }

    @Test("is found from the numbers too: values that are all the same hide everything but one")
    func equalValues() throws {
        let attention = MistakenAttention(
            queryHeads: 4, keyValueHeads: 2, width: 4, queryTokens: 3, tokens: 5)
        var tensors = attention.inputs(seed: 2)
        tensors.values = tensors.values.map { _ in 0.5 }
        tensors.outputs = attention.outputs(tensors)
        let report = try AttentionVerification(
            AttentionRecord(attention, tensors), VerificationOptions())
        #expect(
            report.unseenNames == [
                "heads-tiled", "values-of-next-group", "scale-missing", "scale-by-width",
                "scale-of-model-width", "mask-unwanted",
            ])
    }

    @Test("is not looked for longer than is allowed, and that is told")
    func endedSearch() throws {
        var attention = MistakenAttention(
            queryHeads: 4, keyValueHeads: 4, width: 4, queryTokens: 3, tokens: 5)
        var tensors = attention.inputs(seed: 2)
        tensors.values = tensors.values.map { _ in 0.5 }
        tensors.outputs = attention.outputs(tensors)
        let record = try AttentionRecord(attention, tensors)
        let whole = try AttentionVerification(record, VerificationOptions())
        #expect(whole.isSearchWhole && whole.unseenNames.contains("scale-missing"))
        let ended = try AttentionVerification(record, VerificationOptions(), searchWork: 0)
        #expect(!ended.isSearchWhole && ended.unseenNames == [])
        // A mistake that is not found in time is none that was not made.
        attention.mistakes = ["scale-missing"]
        tensors = attention.inputs(seed: 2)
        tensors.outputs = attention.outputs(tensors)
        let wrong = try AttentionVerification(
            AttentionRecord(attention, tensors), VerificationOptions(), searchWork: 0)
        #expect(!wrong.isMatch && !wrong.isSearchWhole && wrong.names == [])
    }

    @Test("is which of two mistakes was made, where n = h makes 1/h the model's scale")
    func twoNames() throws {
        let attention = MistakenAttention(
            queryHeads: 4, keyValueHeads: 2, width: 4, queryTokens: 3, tokens: 5,
            mistakes: ["scale-by-width"])
        var tensors = attention.inputs(seed: 2)
        tensors.outputs = attention.outputs(tensors)
        let report = try AttentionVerification(
            AttentionRecord(attention, tensors), VerificationOptions())
        #expect(report.names == [["scale-by-width"], ["scale-of-model-width"]])
    }
}

@Suite("A record of attention is refused")
struct AttentionRecordTests {
    private func problem(
        _ shapes: [[Int]], causal: Bool = false, number: @escaping (Int) -> Double = { _ in 1 }
    ) -> String? {
        do throws(VerificationProblem) {
            let parts = zip(["q", "k", "v", "out"], shapes).map {
                ($0, AttentionRecord.Tensor(shape: $1, format: .float32))
            }
            let record = AttentionRecord(Dictionary(uniqueKeysWithValues: parts)) {
                (name, range) throws(VerificationProblem) in
                range.map { name == "k" ? number($0) : 1 }
            }
            _ = try AttentionVerification(record, VerificationOptions(causal: causal))
            return nil
        } catch { return error.description }
    }

    @Test(
        "where its shapes are none of an attention",
        arguments: [
            (
                [[4, 3], [2, 3], [2, 3], [4, 3]],
                "has tensors of two dimensions: say how many heads with --heads: q [4, 3], "
                    + "k [2, 3], v [2, 3], out [4, 3]"
            ),
            (
                [[4, 3, 8], [1, 2, 3, 8], [2, 3, 8], [4, 3, 8]],
                "wants q, k, v and out of three dimensions (heads, tokens, width), or of four "
                    + "with a batch in front: q [4, 3, 8], k [1, 2, 3, 8], v [2, 3, 8], "
                    + "out [4, 3, 8]"
            ),
            (
                [[4, 0, 8], [2, 3, 8], [2, 3, 8], [4, 0, 8]],
                "has a dimension of 0: q [4, 0, 8], k [2, 3, 8], v [2, 3, 8], out [4, 0, 8]"
            ),
            (
                [[2, 4, 3, 8], [1, 2, 3, 8], [2, 2, 3, 8], [2, 4, 3, 8]],
                "has batches that differ: q [2, 4, 3, 8], k [1, 2, 3, 8], v [2, 2, 3, 8], "
                    + "out [2, 4, 3, 8]"
            ),
            (
                [[4, 3, 8], [2, 3, 8], [2, 3, 8], [4, 4, 8]],
                "has an out whose shape is neither q's nor another layout's: q [4, 3, 8], k [2, 3, 8], v [2, 3, 8], "
                    + "out [4, 4, 8]"
            ),
            (
                [[4, 3, 8], [2, 3, 8], [2, 4, 8], [4, 3, 8]],
                "has k and v of different shapes: q [4, 3, 8], k [2, 3, 8], v [2, 4, 8], "
                    + "out [4, 3, 8]"
            ),
            (
                [[4, 3, 8], [2, 3, 6], [2, 3, 6], [4, 3, 8]],
                "has heads of different widths in q and k; where rows hold all heads, say --heads: "
                    + "q [4, 3, 8], k [2, 3, 6], v [2, 3, 6], out [4, 3, 8]"
            ),
            (
                [[8, 3, 4], [3, 5, 4], [3, 5, 4], [8, 3, 4]],
                "g=3: K/V heads must divide the 8 query heads (1, 2, 4, 8); heads come before "
                    + "tokens, q is [n, s_q, h] and k [g, s_k, h]"
            ),
            (
                [
                    [1, 2_000_000, 1], [1, 2_000_000, 1], [1, 2_000_000, 1], [1, 2_000_000, 1],
                ],
                "is too much to check, with 1 head of 2,000,000 query tokens on 2,000,000: a few "
                    + "hundred tokens show every mistake"
            ),
            (
                [
                    [1, 1, 1_000_000_000], [1, 1, 1_000_000_000], [1, 1, 1_000_000_000],
                    [1, 1, 1_000_000_000],
                ],
                "is too large to check: 16,777,216 numbers are the limit, and the most are in "
                    + "q [1, 1, 1000000000]; a few hundred tokens "
                    + "show every mistake"
            ),
        ] as [([[Int]], String)])
    func shapes(shapes: [[Int]], message: String) {
        #expect(problem(shapes) == message)
    }

    @Test("where it holds what is no number, and is told the place")
    func notNumbers() {
        let shapes = [[4, 3, 2], [2, 2, 2], [2, 2, 2], [4, 3, 2]]
        #expect(problem(shapes) { $0 == 5 ? .nan : 1 } == "holds NaN in k at [1, 0, 1]")
        #expect(problem(shapes) { $0 == 0 ? -.infinity : 1 } == "holds -inf in k at [0, 0, 0]")
        #expect(problem(shapes) { _ in 1 } == nil)
    }

    @Test("where its numbers are too large for any softmax")
    func tooLarge() throws {
        let attention = MistakenAttention(
            queryHeads: 1, keyValueHeads: 1, width: 2, queryTokens: 1, tokens: 2)
        let tensors = MistakenAttention.Tensors(
            queries: [1e300, 1], keys: [1e300, 1, 1, 1], values: [1, 1, 1, 1], outputs: [1, 1])
        #expect(
            throws: VerificationProblem(
                "has numbers so large that attention over them has no finite result")
        ) {
            try AttentionVerification(
                AttentionRecord(attention, tensors, format: .float64), VerificationOptions())
        }
    }

    @Test("where an error is larger than any number")
    func infiniteError() throws {
        let attention = MistakenAttention(
            queryHeads: 1, keyValueHeads: 1, width: 2, queryTokens: 1, tokens: 1)
        let tensors = MistakenAttention.Tensors(
            queries: [1, 1], keys: [1, 1], values: [-1.5e308, 1], outputs: [1.5e308, 1])
        #expect(
            throws: VerificationProblem(
                "has numbers so large that the error of out is not finite")
        ) {
            try AttentionVerification(
                AttentionRecord(attention, tensors, format: .float64), VerificationOptions())
        }
    }
}
