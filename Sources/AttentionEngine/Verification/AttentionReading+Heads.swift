extension AttentionRecord {
    /// The ways to read q, k, v and out, the documented one first. Throws where there is none.
    func headPlans(
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> [AttentionReading.Plan] {
        let parts: [Part] = [.queries, .keys, .values, .outputs]
        try require(parts)
        let (q, k, v, out) = (shape(.queries), shape(.keys), shape(.values), shape(.outputs))
        var fits: [(HeadLayout, HeadLayout, AttentionSizes)] = []
        for input in HeadLayout.allCases {
            for output in [input] + HeadLayout.allCases.filter({ $0 != input }) {
                let sizes = Self.sizes(q, k, v, out, input, output, options)
                if let sizes { fits.append((input, output, sizes)) }
            }
        }
        if fits.isEmpty, q.count == 2, out.count == 2, k.count == 3 {
            let one = Self.sizes(
                [q[0], 1, q[1]], k, v, [out[0], 1, out[1]], .headsFirst, .headsFirst, options)
            if let one { fits.append((.headsFirst, .headsFirst, one)) }
        }
        var plans = fits.sorted { $0.0 == $0.1 && $1.0 != $1.1 }
            .map { AttentionReading.Plan.heads($0.2, $0.0, $0.1, $0.0) }
        // q saved before its transpose, where the others are behind theirs.
        for (own, queries) in [
            (HeadLayout.headsFirst, HeadLayout.tokensFirst), (.tokensFirst, .headsFirst),
        ]
        where q != out {
            let sizes = Self.sizes(q, k, v, out, own, own, options, queries: queries)
            if let sizes { plans.append(.heads(sizes, own, own, queries)) }
        }
        guard let first = plans.first else { throw misfit(options) }
        try Self.requireWork(first.sizes)
        return plans
    }

    func headReading(
        _ sizes: AttentionSizes, _ input: HeadLayout, _ output: HeadLayout, _ queries: HeadLayout,
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> AttentionReading {
        func ofKeys(_ part: Part, _ width: Int) throws(VerificationProblem) -> HeadTensor {
            input.tensor(
                try numbers(part), batch: sizes.batch, heads: sizes.keyValueHeads,
                tokens: sizes.tokens, width: width)
        }
        func ofQueries(
            _ part: Part, _ width: Int, _ layout: HeadLayout
        ) throws(VerificationProblem) -> HeadTensor {
            layout.tensor(
                try numbers(part), batch: sizes.batch, heads: sizes.queryHeads,
                tokens: sizes.queryTokens, width: width)
        }
        func text(_ layout: HeadLayout, _ part: Part) -> String {
            layout.text(hasBatch: shape(part).count > (layout == .merged ? 2 : 3))
        }
        var reading = AttentionReading(
            form: options.isDecoding ? .decoding : .heads, layout: text(input, .keys),
            layoutOfOutputs: text(output, .outputs), sizes: sizes,
            source: .heads(
                try ofQueries(.queries, sizes.keyWidth, queries), try ofKeys(.keys, sizes.keyWidth),
                try ofKeys(.values, sizes.valueWidth)),
            outputs: try ofQueries(.outputs, sizes.valueWidth, output), finish: .heads,
            format: format(.outputs), causal: options.causal || options.isDecoding)
        if queries != input {
            reading.remarks.append(
                "q lies as \(text(queries, .queries)), k, v and out as \(text(input, .keys)): was "
                    + "it saved before its transpose?")
        }
        for (part, width) in [
            (Part.cachedKeys, sizes.keyWidth), (.cachedValues, sizes.valueWidth),
        ] where has(part) {
            try require([part])
            try readCache(part, sizes, width, input, into: &reading)
        }
        return reading
    }

    /// Reads a cache by its own shape: in any layout, also one that has room for more tokens, or
    /// that holds each query head's copies.
    private func readCache(
        _ part: Part, _ sizes: AttentionSizes, _ width: Int, _ layout: HeadLayout,
        into reading: inout AttentionReading
    ) throws(VerificationProblem) {
        var most = 0
        for heads in [sizes.keyValueHeads, sizes.queryHeads] {
            for layout in [layout] + HeadLayout.allCases.filter({ $0 != layout }) {
                guard let own = layout.sizes(shape(part), heads: heads),
                    own.batch ?? 1 == sizes.batch, own.heads == heads, own.width == width
                else { continue }
                most = max(most, own.tokens)
                guard own.tokens >= sizes.tokens else { continue }
                let whole = layout.tensor(
                    try numbers(part), batch: sizes.batch, heads: heads, tokens: own.tokens,
                    width: width)
                let size = heads / sizes.keyValueHeads
                if whole.repeatsToken(sizes.tokens - 1) {
                    reading.misfits[part] = Self.twice
                    return
                }
                reading.caches[part] = whole.first(sizes.tokens, ofEvery: size)
                guard size > 1 else { return }
                if whole.rows(from: { ($0, $1 / size * size, $2) }).numbers == whole.numbers {
                    reading.remarks.append(
                        "\(part.rawValue) holds each of \(sizes.keyValueHeads) heads \(size) times, "
                            + "as large as MHA's: cache them before the repeat.")
                } else {
                    reading.misfits[part] = (
                        "holds \(heads) heads, which are not \(sizes.keyValueHeads) heads "
                            + "\(size) times each",
                        "Cache each token's \(sizes.keyValueHeads) K/V heads, and repeat what is "
                            + "read: repeat_interleave(\(size), dim=-3)."
                    )
                }
                return
            }
        }
        reading.misfits[part] =
            most > 0 ? Self.short(most, of: sizes.tokens) : otherSize(part)
    }

    private static let append =
        "Each step appends its own and keeps the others: torch.cat((cache, new), dim=-2)."

    /// What is said of a cache of another size than any.
    func otherSize(_ part: Part) -> (what: String, advice: String) {
        (
            "is of another size than what it is to hold, \(Self.text(shape(part)))", Self.append
        )
    }

    /// The same of one without some tokens.
    static func short(_ count: Int, of tokens: Int) -> (what: String, advice: String) {
        ("holds \(grouped(count)) of \(grouped(tokens)) tokens", append)
    }

    /// The same of one with a token more than there are.
    static let twice = (
        what: "holds the newest token twice", advice: "Each step appends its own, once."
    )

    private static func sizes(
        _ q: [Int], _ k: [Int], _ v: [Int], _ out: [Int], _ input: HeadLayout,
        _ output: HeadLayout, _ options: VerificationOptions, queries ofQueries: HeadLayout? = nil
    ) -> AttentionSizes? {
        guard let queries = (ofQueries ?? input).sizes(q, heads: options.heads),
            let keys = input.sizes(k, heads: nil, width: queries.width),
            let values = input.sizes(v, heads: keys.heads),
            let outputs = output.sizes(out, heads: queries.heads)
        else { return nil }
        let n = queries.heads
        guard n <= AttentionShape.maximumQueryHeads, options.heads.map({ $0 == n }) ?? true,
            n % keys.heads == 0, keys.heads == values.heads, outputs.heads == n,
            keys.width == queries.width, values.width == outputs.width,
            keys.tokens == values.tokens, outputs.tokens == queries.tokens,
            queries.batch == keys.batch, keys.batch == values.batch,
            outputs.batch ?? 1 == queries.batch ?? 1
        else { return nil }
        return AttentionSizes(
            batch: queries.batch ?? 1, queryHeads: n, keyValueHeads: keys.heads,
            keyWidth: queries.width, valueWidth: values.width, queryTokens: queries.tokens,
            tokens: keys.tokens)
    }

    /// Throws where a check takes more than some seconds.
    static func requireWork(_ sizes: AttentionSizes) throws(VerificationProblem) {
        guard sizes.work <= mostWork else {
            throw VerificationProblem(
                "is too much to check, with \(counted(sizes.batch * sizes.queryHeads, "head")) of "
                    + "\(grouped(sizes.queryTokens)) query tokens on \(grouped(sizes.tokens)): "
                    + (sizes.latent == nil
                        ? "a few hundred tokens show every mistake"
                        : "fewer tokens, fewer heads or narrower ones show every mistake"))
        }
    }

    /// Why the shapes are none of an attention, as heads come before tokens.
    private func misfit(_ options: VerificationOptions) -> VerificationProblem {
        let parts: [Part] = [.queries, .keys, .values, .outputs]
        let all = parts.map { shape($0) }
        func problem(_ text: String) -> VerificationProblem {
            VerificationProblem("\(text): \(list(parts))")
        }
        let rank = all[0].count
        if options.heads == nil, all.allSatisfy({ $0.count == 2 }) {
            return problem("has tensors of two dimensions: say how many heads with --heads")
        }
        guard all.allSatisfy({ $0.count == rank }), rank == 3 || rank == 4 else {
            return problem(
                "wants q, k, v and out of three dimensions (heads, tokens, width), or of four "
                    + "with a batch in front")
        }
        guard rank == 3 || all.allSatisfy({ $0[0] == all[0][0] }) else {
            return problem("has batches that differ")
        }
        let (q, k, v, out) = (
            Array(all[0].suffix(3)), Array(all[1].suffix(3)), Array(all[2].suffix(3)),
            Array(all[3].suffix(3))
        )
        if q[2] != k[2] {
            return problem(
                rank == 3 && options.heads == nil
                    ? "has heads of different widths in q and k; where rows hold all heads, say "
                        + "--heads" : "has heads of different widths in q and k")
        }
        if k.prefix(2) != v.prefix(2) { return problem("has k and v of different shapes") }
        if q.prefix(2) != out.prefix(2) || v[2] != out[2] {
            return problem("has an out whose shape is neither q's nor another layout's")
        }
        if let heads = options.heads, heads != q[0] {
            return problem("has \(q[0]) query heads, not the \(heads) of --heads")
        }
        if q[0] > AttentionShape.maximumQueryHeads { return problem("has too many heads") }
        let legal = divisors(of: q[0]).map(String.init).joined(separator: ", ")
        return VerificationProblem(
            "g=\(k[0]): K/V heads must divide the \(q[0]) query heads (\(legal)); heads come before "
                + "tokens, q is [n, s_q, h] and k [g, s_k, h]")
    }
}
