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
        let (latentShape, keyShape) = (ofOneHead(.latent), ofOneHead(.rotaryKey))
        guard let latent = Self.rows(latentShape), let key = Self.rows(keyShape),
            (latent.batch, latent.tokens) == (key.batch, key.tokens)
        else { throw coreMisfit(parts) }
        let (batch, tokens, c, r) = (latent.batch, latent.tokens, latent.width, key.width)
        let weights = coreWeights(c)
        guard let first = weights.first else { throw coreMisfit(parts) }
        let (uk, uv) = (
            Self.turned(shape(.keyWeights), first.keysAreTurned),
            Self.turned(shape(.valueWeights), first.valuesAreTurned)
        )
        let (n, h, v) = (uk[0], uk[1], uv[1])
        guard uv[0] == n else { throw coreMisfit(parts) }
        try requireOptions(options, heads: n, nope: h)
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
                plans += weights.map { .latentCore(sizes, input, output, width, $0) }
            }
        }
        guard !plans.isEmpty else { throw coreMisfit(parts) }
        return plans
    }

    /// The shape of a tensor without a dimension for heads, of which it has one: before the tokens
    /// or behind them.
    private func ofOneHead(_ part: Part) -> [Int] {
        var shape = shape(part)
        while shape.count > max(2, self.shape(.nopeQueries).count - 1) {
            let index = [shape.count - 3, shape.count - 2].first { shape[$0] == 1 }
            guard let index else { return shape }
            shape.remove(at: index)
        }
        return shape
    }

    private static func rows(_ shape: [Int]) -> (batch: Int, tokens: Int, width: Int)? {
        guard (2...3).contains(shape.count) else { return nil }
        return (shape.count == 3 ? shape[0] : 1, shape[shape.count - 2], shape[shape.count - 1])
    }

    /// The ways in which the weights fit a latent of so many numbers, the documented one first.
    private func coreWeights(_ c: Int) -> [CoreWeights] {
        func ways(_ part: Part) -> [Bool] {
            let shape = shape(part)
            return [false, true].filter { shape.count == 3 && shape[$0 ? 1 : 2] == c }
        }
        return ways(.keyWeights).flatMap { ofKeys in
            ways(.valueWeights).map {
                CoreWeights(keysAreTurned: ofKeys, valuesAreTurned: $0)
            }
        }
    }

    private static func turned(_ shape: [Int], _ isTurned: Bool) -> [Int] {
        isTurned ? [shape[0], shape[2], shape[1]] : shape
    }

    /// The numbers of weights as [n, rows, c].
    private func weights(_ part: Part, _ isTurned: Bool) throws(VerificationProblem) -> [Double] {
        let (shape, numbers) = (shape(part), try numbers(part))
        guard isTurned else { return numbers }
        let (rows, c) = (shape[2], shape[1])
        return numbers.indices.map { index in
            let (head, row, place) = (index / (rows * c), index / c % rows, index % c)
            return numbers[head * rows * c + place * rows + row]
        }
    }

    /// What lies otherwise than documented.
    private func coreRemarks(_ turned: CoreWeights) -> [String] {
        let weights = [
            (Part.keyWeights, "h", turned.keysAreTurned),
            (.valueWeights, "v", turned.valuesAreTurned),
        ].filter(\.2).map { "\(name($0.0)) is read as [n, c, \($0.1)]." }
        let parts = [Part.latent, .rotaryKey].filter { ofOneHead($0) != shape($0) }
        return weights
            + parts.map {
                "\(name($0)) \(Self.text(shape($0))) is read as \(Self.text(ofOneHead($0))): all "
                    + "heads have one."
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
        _ turned: CoreWeights, _ options: VerificationOptions
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
        let uk = try weights(.keyWeights, turned.keysAreTurned)
        let uv = try weights(.valueWeights, turned.valuesAreTurned)
        var weights: [Double] = []
        for head in 0..<n {
            weights += uk[head * h * c..<(head + 1) * h * c]
            weights += uv[head * v * c..<(head + 1) * v * c]
        }
        let hasBatch = shape(.nopeQueries).count == 4
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
        reading.remarks += coreRemarks(turned)
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
        reading.input = input
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
