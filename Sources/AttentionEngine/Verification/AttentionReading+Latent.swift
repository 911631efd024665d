extension AttentionRecord {
    /// Whether the tensors are those of multi-head latent attention.
    var isLatent: Bool { has(.latentProjection) || has(.latent) && has(.keyWeights) }

    // MARK: The core

    func corePlans(
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> [AttentionReading.Plan] {
        let parts: [Part] = [
            .nopeQueries, .rotaryQueries, .latent, .rotaryKey, .keyWeights, .valueWeights, .outputs,
        ]
        try require(parts)
        let (uk, uv, latentShape) = (
            oriented(.keyWeights), oriented(.valueWeights), shape(.latent)
        )
        guard (2...3).contains(latentShape.count), let c = latentShape.last, uk.count == 3,
            uv.count == 3, uk[0] == uv[0], uk[2] == c, uv[2] == c
        else { throw coreMisfit(parts) }
        let (n, h, v) = (uk[0], uk[1], uv[1])
        try requireOptions(options, heads: n, nope: h)
        // A dimension for heads, of which there is one.
        var keyShape = shape(.rotaryKey)
        if keyShape.count == latentShape.count + 1, keyShape[keyShape.count - 3] == 1 {
            keyShape.remove(at: keyShape.count - 3)
        }
        guard keyShape.count == latentShape.count, keyShape.dropLast() == latentShape.dropLast()
        else { throw coreMisfit(parts) }
        let batch = latentShape.count == 3 ? latentShape[0] : 1
        let (tokens, r) = (latentShape[latentShape.count - 2], keyShape[keyShape.count - 1])
        func fits(_ shape: [Int], _ layout: HeadLayout, _ width: Int) -> Int? {
            let sizes = layout.sizes(shape, heads: n)
            guard let sizes, sizes.heads == n, sizes.width == width, sizes.batch ?? 1 == batch
            else {
                return nil
            }
            return sizes.tokens
        }
        var plans: [AttentionReading.Plan] = []
        for input in HeadLayout.allCases where input != .merged {
            for output in [input] + HeadLayout.allCases.filter({ $0 != input }) {
                let width = fits(shape(.outputs), output, v) == nil ? c : v
                guard let queryTokens = fits(shape(.nopeQueries), input, h),
                    fits(shape(.rotaryQueries), input, r) == queryTokens,
                    fits(shape(.outputs), output, width) == queryTokens
                else { continue }
                let sizes = AttentionSizes(
                    batch: batch, queryHeads: n, keyValueHeads: n, keyWidth: h + r, valueWidth: v,
                    queryTokens: queryTokens, tokens: tokens,
                    latent: AttentionSizes.Latent(nope: h, rope: r, latent: c))
                try Self.requireWork(sizes)
                plans.append(.latentCore(sizes, input, output, width))
            }
        }
        guard !plans.isEmpty else { throw coreMisfit(parts) }
        return plans
    }

    /// The shape of weights, [n, rows, c]; [n, c, rows] where only that fits the latent.
    private func oriented(_ part: Part) -> [Int] {
        let (weights, c) = (shape(part), shape(.latent).last)
        guard weights.count == 3, weights[2] != c, weights[1] == c else { return weights }
        return [weights[0], weights[2], weights[1]]
    }

    /// Their numbers, in that order.
    private func orientedNumbers(_ part: Part) throws(VerificationProblem) -> [Double] {
        let (weights, numbers) = (shape(part), try numbers(part))
        guard oriented(part) != weights else { return numbers }
        let (rows, c) = (weights[2], weights[1])
        return numbers.indices.map { index in
            let (head, row, place) = (index / (rows * c), index / c % rows, index % c)
            return numbers[head * rows * c + place * rows + row]
        }
    }

    private func coreMisfit(_ parts: [Part]) -> VerificationProblem {
        VerificationProblem(
            misfit(parts).description
                + "; read are q_nope [n, t, h], q_rope [n, t, r], latent [s, c], "
                + "k_rope [s, r], w_uk [n, h, c], w_uv [n, v, c] and out [n, t, v]")
    }

    func coreReading(
        _ sizes: AttentionSizes, _ input: HeadLayout, _ output: HeadLayout, _ width: Int,
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> AttentionReading {
        guard let widths = sizes.latent else { throw VerificationProblem("is no MLA") }
        let (n, h, r, c, v) = (
            sizes.queryHeads, widths.nope, widths.rope, widths.latent, sizes.valueWidth
        )
        func queries(_ part: Part, _ width: Int) throws(VerificationProblem) -> HeadTensor {
            input.tensor(
                try numbers(part), batch: sizes.batch, heads: n, tokens: sizes.queryTokens,
                width: width)
        }
        let rotary = Rotary(base: options.ropeBase, layout: options.ropeLayout ?? .pairs)
        var rotaryQueries = try queries(.rotaryQueries, r)
        rotaryQueries.turn(
            rotary, times: -1, first: sizes.tokens - sizes.queryTokens, count: r)
        var rotaryKey = HeadTensor(
            batch: sizes.batch, heads: 1, tokens: sizes.tokens, width: r,
            numbers: try numbers(.rotaryKey))
        rotaryKey.turn(rotary, times: -1, first: 0, count: r)
        let latent = HeadTensor(
            batch: sizes.batch, heads: 1, tokens: sizes.tokens, width: c,
            numbers: try numbers(.latent))
        let (uk, uv) = (try orientedNumbers(.keyWeights), try orientedNumbers(.valueWeights))
        var weights: [Double] = []
        for head in 0..<n {
            weights += uk[head * h * c..<(head + 1) * h * c]
            weights += uv[head * v * c..<(head + 1) * v * c]
        }
        let hasBatch = shape(.latent).count == 3
        var reading = AttentionReading(
            form: .latentCore, layout: input.text(hasBatch: hasBatch),
            layoutOfOutputs: output.text(hasBatch: hasBatch), sizes: sizes,
            source: .latent(
                LatentSource(
                    sizes: sizes, widths: widths, rotary: rotary,
                    queries: try queries(.nopeQueries, h).joined(rotaryQueries),
                    keys: .cached(latent, rotaryKey), keyValueWeights: weights)),
            outputs: output.tensor(
                try numbers(.outputs), batch: sizes.batch, heads: n, tokens: sizes.queryTokens,
                width: width),
            finish: .heads, format: format(.outputs), causal: true)
        try readCaches(into: &reading)
        return reading
    }

    // MARK: The whole layer

    /// Whether queries come from a latent, too.
    private var compressesQueries: Bool { has(.queryDown) || has(.queryUp) }

    private var queryParts: [Part] {
        compressesQueries ? [.queryDown, .queryNorm, .queryUp] : [.queryProjection]
    }

    func wholeSizes(
        _ options: VerificationOptions
    ) throws(VerificationProblem) -> AttentionSizes {
        let (compresses, query) = (compressesQueries, queryParts)
        let parts: [Part] =
            [.input] + query
            + [.latentProjection, .latentNorm, .keyValueProjection, .outputProjection, .outputs]
        try require(parts)
        let x = shape(.input)
        let (qUp, down, up, o) = (
            shape(query[query.count - 1]), shape(.latentProjection), shape(.keyValueProjection),
            shape(.outputProjection)
        )
        guard (2...3).contains(x.count), shape(.outputs) == x, let d = x.last,
            let c = shape(.latentNorm).last, shape(.latentNorm).count == 1,
            [qUp, down, up, o].allSatisfy({ $0.count == 2 }), down[1] == d, up[1] == c, o[0] == d,
            down[0] > c,
            compresses
                ? shape(.queryDown).count == 2 && shape(.queryDown)[1] == d
                    && shape(.queryDown)[0] == qUp[1] && shape(.queryNorm) == [qUp[1]]
                : qUp[1] == d
        else { throw misfit(parts) }
        // n (h + r), n (h + v) and n v rows and columns leave one n.
        let r = down[0] - c
        let rotary = qUp[0] - (up[0] - o[1])
        let n = options.heads ?? (rotary > 0 && rotary % r == 0 ? rotary / r : 0)
        guard n > 0, n <= AttentionShape.maximumQueryHeads, rotary == n * r, o[1] % n == 0,
            up[0] > o[1], (up[0] - o[1]) % n == 0
        else {
            throw options.heads == nil
                ? misfit(parts)
                : VerificationProblem("has shapes that do not fit \(n) heads: \(list(parts))")
        }
        let (h, v) = ((up[0] - o[1]) / n, o[1] / n)
        try requireOptions(options, heads: n, nope: h)
        let (batch, tokens) = (x.count == 3 ? x[0] : 1, x[x.count - 2])
        let sizes = AttentionSizes(
            batch: batch, queryHeads: n, keyValueHeads: n, keyWidth: h + r, valueWidth: v,
            queryTokens: tokens, tokens: tokens,
            latent: AttentionSizes.Latent(nope: h, rope: r, latent: c, model: d))
        try Self.requireWork(sizes)
        let projections = Double(batch * tokens) * Double(qUp.reduce(1, *) + down.reduce(1, *))
        guard projections <= Self.mostWork else {
            throw VerificationProblem(
                "is too much to check: a few hundred tokens show every mistake")
        }
        return sizes
    }

    func wholeReading(
        _ sizes: AttentionSizes, _ options: VerificationOptions
    ) throws(VerificationProblem) -> AttentionReading {
        guard let widths = sizes.latent, let d = widths.model else {
            throw VerificationProblem("is no MLA")
        }
        let (batch, tokens, n) = (sizes.batch, sizes.tokens, sizes.queryHeads)
        let layout = shape(.input).count == 3 ? "[b, t, d]" : "[t, d]"
        let input = try numbers(.input)
        var (query, inner) = (input, d)
        var normed: ((LatentRule.Norm) -> [Double])?
        if compressesQueries {
            let gain = try numbers(.queryNorm)
            inner = gain.count
            let small = HeadTensor(
                batch: batch, heads: 1, tokens: tokens, width: inner,
                numbers: product(input, try numbers(.queryDown), inner: d))
            normed = { small.normed($0, gain).numbers }
            query = small.normed(.right, gain).numbers
        }
        let up = try numbers(queryParts[queryParts.count - 1])
        func queries(_ rows: [Double]) -> HeadTensor {
            HeadLayout.tokensFirst.tensor(
                product(rows, up, inner: inner), batch: batch, heads: n, tokens: tokens,
                width: sizes.keyWidth)
        }
        var reading = AttentionReading(
            form: .latentWhole, layout: layout, layoutOfOutputs: layout, sizes: sizes,
            source: .latent(
                LatentSource(
                    sizes: sizes, widths: widths,
                    rotary: Rotary(base: options.ropeBase, layout: options.ropeLayout ?? .pairs),
                    queries: queries(query),
                    queriesNormed: normed.map { normed in { queries(normed($0)) } },
                    keys: .projected(
                        HeadTensor(
                            batch: batch, heads: 1, tokens: tokens,
                            width: widths.latent + widths.rope,
                            numbers: product(input, try numbers(.latentProjection), inner: d)),
                        try numbers(.latentNorm)),
                    keyValueWeights: try numbers(.keyValueProjection))),
            outputs: HeadTensor(
                batch: batch, heads: 1, tokens: tokens, width: d, numbers: try numbers(.outputs)),
            finish: .projected(try numbers(.outputProjection), width: n * sizes.valueWidth),
            format: format(.outputs), causal: true)
        try readCaches(into: &reading)
        return reading
    }

    /// Reads what was cached, with room for more tokens or without.
    private func readCaches(into reading: inout AttentionReading) throws(VerificationProblem) {
        let sizes = reading.sizes
        guard let widths = sizes.latent else { return }
        for (part, width) in [(Part.cachedLatent, widths.latent), (.cachedRotaryKey, widths.rope)]
        where has(part) {
            try require([part])
            let (count, row) = (shape(part).reduce(1, *), sizes.batch * width)
            guard count % row == 0, shape(part).last == width || count == row * sizes.tokens
            else {
                reading.misfits[part] = otherSize(part)
                continue
            }
            guard count / row >= sizes.tokens else {
                reading.misfits[part] = Self.short(count / row, of: sizes.tokens)
                continue
            }
            let whole = HeadTensor(
                batch: sizes.batch, heads: 1, tokens: count / row, width: width,
                numbers: try numbers(part))
            if whole.repeatsToken(sizes.tokens - 1) {
                reading.misfits[part] = Self.twice
            } else {
                reading.caches[part] = whole.first(sizes.tokens, ofEvery: 1)
            }
        }
    }

    private func requireOptions(
        _ options: VerificationOptions, heads: Int, nope: Int
    ) throws(VerificationProblem) {
        if let wanted = options.heads, wanted != heads {
            throw VerificationProblem("has \(heads) heads, not the \(wanted) of --heads")
        }
        if let wanted = options.nope, wanted != nope {
            throw VerificationProblem(
                "has keys of \(nope) numbers without their rotary part, not the \(wanted) of --nope"
            )
        }
    }

    private func misfit(_ parts: [Part]) -> VerificationProblem {
        VerificationProblem("has shapes that do not fit each other: \(list(parts))")
    }
}
