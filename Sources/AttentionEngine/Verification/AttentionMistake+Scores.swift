// Mistakes in the scale, the softmax and what follows it, which every form can have.

extension AttentionMistake {
    static func scales(
        _ sizes: AttentionSizes, _ options: VerificationOptions
    ) -> [AttentionMistake] {
        let width = sizes.keyWidth
        let root = Double(width).squareRoot()
        func scale(
            _ id: String, _ name: String, _ advice: String, _ factor: Double,
            isCommon: Bool = false
        ) -> AttentionMistake {
            let wanted = options.scale.map { "--scale asks for \(short($0))." }
            return AttentionMistake(id, .scale, name, wanted ?? advice, isCommon: isCommon) {
                $0.factor = factor
            }
        }
        let what = sizes.latent == nil ? "h" : "h + r"
        let key = "A score is q @ k / sqrt(\(what)): is q, or k, all zeros where scores are made?"
        var list = [
            scale(
                "scale-missing", "the scale is missing",
                "Scores must be divided by sqrt(\(what)), here sqrt(\(width)), before the softmax.",
                1, isCommon: true),
            scale(
                "scale-by-width",
                "the scale is 1/\(sizes.latent == nil ? "h" : "(h + r)"), not "
                    + (options.scale.map(short) ?? "1/sqrt(\(what))"),
                "Scores were divided by \(what) = \(width), or by sqrt(\(what)) twice; it is "
                    + "sqrt(\(what)), once.", 1 / Double(width), isCommon: true),
        ]
        if options.scale != nil {
            list.append(
                scale(
                    "scale-usual", "the scale is the usual one, 1/sqrt(\(what))", "",
                    sizes.rightFactor, isCommon: true))
        }
        if let latent = sizes.latent {
            let key =
                "h + r = \(width) numbers of a query meet as many of a key: "
                + "1/sqrt(\(width)), in the absorbed form too."
            func of(
                _ id: String, _ name: String, _ size: Int, isCommon: Bool = false
            ) -> AttentionMistake {
                scale(id, name, key, 1 / Double(size).squareRoot(), isCommon: isCommon)
            }
            list += [
                of(
                    "scale-of-nope", "the scale is 1/sqrt(h), without the rotary part",
                    latent.nope, isCommon: true),
                of(
                    "scale-of-cache", "the scale is that of what is cached, 1/sqrt(c + r)",
                    latent.latent + latent.rope, isCommon: true),
                of(
                    "scale-of-rope", "the scale is 1/sqrt(r), of the rotary part alone", latent.rope
                ),
                of("scale-of-latent", "the scale is 1/sqrt(c), of the latent alone", latent.latent),
            ]
            if sizes.valueWidth != width {
                list.append(
                    of(
                        "scale-of-values", "the scale is 1/sqrt(v), of the values' width",
                        sizes.valueWidth))
            }
            if let model = latent.model {
                list.append(
                    of(
                        "scale-of-model-width", "the scale is 1/sqrt(d / n), of the model's width",
                        model / sizes.queryHeads, isCommon: true))
            } else {
                // A core does not tell d: each of these may be d / n as well.
                list += Set([latent.nope, latent.rope, latent.latent, sizes.valueWidth])
                    .subtracting([width]).sorted().map { modelWidth($0, key) }
            }
        } else {
            let all = sizes.queryHeads * width
            list.append(
                scale(
                    "scale-of-model-width", "the scale is that of the model's width, 1/sqrt(n h)",
                    "Scores were divided by sqrt(n h) = sqrt(\(all)); h is the width of one head, "
                        + "here \(width).", 1 / Double(all).squareRoot(), isCommon: true))
        }
        list.append(
            AttentionMistake(
                "scale-after-softmax", .scale, "the scale comes after the softmax",
                "Scores are scaled, and then the softmax is taken: softmax(q @ k * scale) @ v."
            ) { ($0.factor, $0.factorBehind) = (1, $0.factor) })
        return list + [
            scale(
                "scale-negative", "scores have the other sign",
                "Is there a minus in front of the scale, or of q or k?",
                -(options.scale ?? sizes.rightFactor)),
            scale("scores-zero", "all keys weigh the same, as where scores are 0", key, 0),
            scale(
                "scale-inverted", "scores are multiplied by sqrt(\(what)), not divided",
                "It is q @ k / sqrt(\(what)).", root),
        ]
    }

    /// Any other factor, found from the numbers: 1/sqrt of a whole number, or as it is.
    static func scale(
        _ factor: Double, _ sizes: AttentionSizes, _ options: VerificationOptions
    ) -> [AttentionMistake] {
        let square = (1 / (factor * factor)).rounded()
        let isRoot = square >= 2 && abs(factor * square.squareRoot() - 1) < 1e-12
        let known = isRoot ? "1/sqrt(\(Int(square)))" : Self.short(factor)
        let right = options.scale ?? sizes.rightFactor
        let wanted =
            options.scale == nil
            ? "1/sqrt(\(sizes.keyWidth)), that is \(short(right)), once"
            : "\(short(right)), as --scale says"
        let part = abs(factor / right - 1) * 100
        let little =
            part < 1
            ? " Yours is \(short(part)) % \(factor < right ? "less" : "more"): a rounded constant?"
            : ""
        let change: @Sendable (inout AttentionRule) -> Void = { $0.factor = factor }
        let other = AttentionMistake(
            "scale-other", .scale, "the scale is another: yours is \(known)",
            "Scores must be multiplied by \(wanted)." + little, parameters: 1, change: change)
        guard let latent = sizes.latent, latent.model == nil, isRoot else { return [other] }
        // A core does not tell d, so that this is one way to come by the number.
        return [other, modelWidth(Int(square), "Scores must be multiplied by \(wanted).")]
    }

    private static func modelWidth(_ ofHead: Int, _ advice: String) -> AttentionMistake {
        AttentionMistake(
            "scale-of-model-width", .scale,
            "the scale is that of a model's width d, with d / n = \(ofHead)", advice,
            parameters: 1
        ) { $0.factor = 1 / Double(ofHead).squareRoot() }
    }

    static func short(_ value: Double) -> String {
        var digits = 1.0
        while abs(value) * digits < 1_000 && digits < 1e12 { digits *= 10 }
        return "\((value * digits).rounded() / digits)"
    }

    /// The same factor in all of out.
    static func scaledOutputs(_ factor: Double) -> AttentionMistake {
        AttentionMistake(
            "out-scaled", .weights, "every number of out is \(short(factor)) times the right one",
            "Look for what multiplies or divides behind the softmax.", parameters: 1
        ) { $0.factorBehind = factor }
    }

    static func cap(_ cap: Double) -> AttentionMistake {
        AttentionMistake(
            "softcap", .weights, "scores are capped: \(short(cap)) tanh(score / \(short(cap)))",
            "No cap was asked for. Leave it out.", parameters: 1
        ) { $0.cap = cap }
    }

    static func sink(_ score: Double) -> AttentionMistake {
        let isOne = abs(score) < 1e-3
        return AttentionMistake(
            "sink", .weights,
            isOne
                ? "the softmax has 1 added to its denominator"
                : "there is an attention sink with a score of \(short(score))",
            "The weights of a query sum to less than 1. Divide by the sum over its keys alone.",
            parameters: 1
        ) { $0.sink = score }
    }

    /// What a score of 0 beside a row's own may be; of others the sink's is found from out.
    static func sinks(inLoop: Bool) -> [AttentionMistake] {
        inLoop
            ? []
            : [
                sink(0),
                AttentionMistake(
                    "zero-key-attended", .weights, "a key of zeros is seen besides a query's own",
                    "Its score is 0, and it has a weight: look for a cache or a padding with one "
                        + "token too many, or for add_zero_attn.", parameters: 1
                ) { $0.emptySlots = AttentionRule.EmptySlots(behind: 1, most: 1) },
            ]
    }

    static func softmaxes(_ sizes: AttentionSizes, masked: Bool) -> [AttentionMistake] {
        let once = "Its weights are what values are multiplied by: take it once."
        let rows = "For each query the weights of all keys must sum to 1: softmax(dim=-1)."
        /// What it makes of a key that is hidden from all: 0 once NaN is replaced, NaN, or, of
        /// scores that are very low, equal weights.
        func over(
            _ axis: AttentionRule.Axis, _ id: String, _ what: String, _ advice: String
        ) -> [AttentionMistake] {
            let name = "the softmax is over the \(what)"
            let plain = AttentionMistake(id, .softmax, name, advice, isCommon: axis != .batch) {
                $0.axis = axis
            }
            guard masked, axis != .queries else { return [plain] }
            return [
                plain,
                AttentionMistake(
                    id, .softmax, name + ", and NaN where a key is hidden from all", advice
                ) { ($0.axis, $0.mask.emptyRow) = (axis, .notNumbers) },
                AttentionMistake(
                    id, .softmax, name + ", and hidden keys have equal weights", advice
                ) { ($0.axis, $0.mask.fill) = (axis, .number(-1e9)) },
            ]
        }
        var list =
            over(
                .queries, "softmax-over-queries", "queries",
                "For each key the weights of all queries sum to 1. For each query those of all keys "
                    + "must: softmax(dim=-1).")
            + over(
                .heads, "softmax-over-heads", "heads",
                "The weights of all heads sum to 1. For each query those of all keys must: "
                    + "softmax(dim=-1).")
        if sizes.batch > 1 { list += over(.batch, "softmax-over-batch", "batch", rows) }
        list += [
            AttentionMistake(
                "softmax-missing", .softmax, "the softmax is missing",
                "The scores themselves were the weights.", isCommon: true
            ) { $0.normalisation = .none },
            AttentionMistake(
                "log-softmax", .softmax, "it is the logarithm of the softmax",
                "log_softmax gives logarithms. " + rows
            ) { $0.normalisation = .logarithms },
            AttentionMistake(
                "sigmoid", .softmax, "scores go through a sigmoid, not a softmax", rows
            ) { $0.normalisation = .sigmoids },
            AttentionMistake(
                "not-normalised", .softmax, "the weights are exp(score), not divided by their sum",
                rows
            ) { $0.normalisation = .exponentials },
            AttentionMistake(
                "softmax-over-all", .softmax, "the softmax is over all numbers",
                "The sum was taken without an axis: e / e.sum(axis=-1, keepdims=True). " + rows
            ) { $0.axis = .all },
            AttentionMistake(
                "not-normalised", .softmax,
                "the weights are exp(score - largest), not divided by their sum", rows
            ) { $0.normalisation = .lessLargest },
            AttentionMistake(
                "softmax-twice", .softmax, "the softmax is taken twice", once
            ) { $0.normalisation = .twice },
        ]
        list += overflows
        if masked {
            list.append(
                AttentionMistake(
                    "softmax-twice", .softmax, "the softmax is taken twice, over hidden keys, too",
                    once
                ) { ($0.normalisation, $0.mask.fill) = (.twice, .number(-.infinity)) })
        }
        if sizes.queryTokens == sizes.tokens {
            list.append(
                AttentionMistake(
                    "scores-transposed", .softmax, "the scores are transposed",
                    "The score of query i on key j stood at [j, i]. It is q @ transpose(k)."
                ) { $0.isTransposed = true })
        }
        return list
    }

    /// What makes infinities, and NaN of them.
    static var overflows: [AttentionMistake] {
        let scores = [AttentionRule.Rounding.Scores.productAndScaled, .scaled].map { scores in
            AttentionMistake(
                "scores-in-f16", .rounding, "scores are too large for F16 and became infinite",
                "F16 ends at 65,504. Scale q before the product, or compute scores in 32 bits."
            ) {
                $0.rounding = AttentionRule.Rounding(
                    format: .float16, scores: scores, weights: .kept, overflows: true)
            }
        }
        let powers = [
            (FloatFormat.float16, "65,504, the exponential of 11"),
            (.float32, "3.4e38, the exponential of 88"),
        ].map { format, end in
            AttentionMistake(
                "exponentials-overflow", .rounding,
                "exponentials are too large for \(format.rawValue) and became infinite",
                "\(format.rawValue) ends at \(end). Subtract each row's largest score before the "
                    + "exponential; the softmax is the same."
            ) { $0.overflow = format }
        }
        return scores + powers
    }

    /// Whether it needs a number of out that is none.
    var isOverflow: Bool { ["scores-in-f16", "exponentials-overflow"].contains(id) }

    /// Hidden keys that are taken out behind the exponent of 16 bits, which has then been of what a
    /// score is less than a larger, hidden one.
    /// `name`: what the format is called, which a file of 8 bits does not tell.
    static func lateMasks(_ format: FloatFormat, _ name: String) -> [AttentionMistake] {
        [
            AttentionRule.Rounding.Scores.productAndScaled, .scaled, .product, .kept,
        ].flatMap { scores in
            [AttentionRule.Rounding.Weights.exponentials, .quotients].map { weights in
                AttentionMistake(
                    "mask-after-exponent", .mask,
                    "the mask comes after the exponent, where \(name) has lost weights",
                    "The largest score was a hidden key's, so that what is seen has weights that "
                        + "\(name) rounds to little or nothing. Set hidden scores to -inf before the "
                        + "softmax."
                ) {
                    $0.mask.fill = .afterExponent
                    $0.rounding = AttentionRule.Rounding(
                        format: format, scores: scores, weights: weights)
                }
            }
        }
    }

    /// Logarithms of the softmax of scores of which those that are hidden are low numbers.
    static var filledLogarithms: [AttentionMistake] {
        let largest = [FloatFormat.float32, .bfloat16, .float16].map {
            -$0.largest * (1 - ($0 == .float16 ? 0 : $0.unitRoundoff))
        }
        let powers = (3...12).flatMap { [-power(10, Double($0)), -5 * power(10, Double($0))] }
        return (powers + [-1e15, -1e18, -1e20, -1e30, -1e37, -1e38] + largest).map { fill in
            AttentionMistake(
                "log-softmax", .softmax, "it is the logarithm of the softmax",
                "log_softmax gives logarithms, here of \(short(fill)) where a key is hidden. For "
                    + "each query the weights of all keys must sum to 1: softmax(dim=-1)."
            ) { ($0.normalisation, $0.mask.fill) = (.logarithms, .number(fill)) }
        }
    }
}
