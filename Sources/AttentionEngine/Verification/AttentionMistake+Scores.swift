// Mistakes between scores and weights, which every form can have.

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
            if let model = latent.model {
                list.append(
                    of(
                        "scale-of-model-width", "the scale is 1/sqrt(d / n), of the model's width",
                        model / sizes.queryHeads, isCommon: true))
            }
        } else {
            let all = sizes.queryHeads * width
            list.append(
                scale(
                    "scale-of-model-width", "the scale is that of the model's width, 1/sqrt(n h)",
                    "Scores were divided by sqrt(n h) = sqrt(\(all)); h is the width of one head, "
                        + "here \(width).", 1 / Double(all).squareRoot(), isCommon: true))
        }
        return list + [
            scale(
                "scale-inverted", "scores are multiplied by sqrt(\(what)), not divided",
                "It is q @ k / sqrt(\(what)).", root)
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
        return [
            other,
            AttentionMistake(
                "scale-of-model-width", .scale,
                "the scale is that of a model's width d, with d / n = \(Int(square))",
                "Scores must be multiplied by \(wanted).", parameters: 1, change: change),
        ]
    }

    static func short(_ value: Double) -> String {
        var digits = 1.0
        while abs(value) * digits < 1_000 && digits < 1e12 { digits *= 10 }
        return "\((value * digits).rounded() / digits)"
    }

    static func masks(_ sizes: AttentionSizes, causal: Bool) -> [AttentionMistake] {
        let shift = sizes.tokens - sizes.queryTokens
        let right =
            "Set the scores of later keys to -inf before the softmax: "
            + "masked_fill(~tril(diagonal=\(shift)), -inf)."
        let corner = AttentionMistake(
            "mask-at-top-left", .mask, "the mask is aligned to the wrong corner",
            "Query 0 saw key 0 only. With \(grouped(sizes.queryTokens)) queries on "
                + "\(grouped(sizes.tokens)) keys the last query sees every key: tril with "
                + "diagonal=s_k-s_q, here \(shift). PyTorch's is_causal=True uses the other corner.",
            isCommon: causal && sizes.latent == nil
        ) { $0.mask.kind = .topLeft }
        func mask(
            _ id: String, _ name: String, _ advice: String,
            _ change: @escaping @Sendable (inout AttentionMask) -> Void
        ) -> AttentionMistake {
            AttentionMistake(id, .mask, name, advice) {
                if $0.mask.kind == .none { $0.mask.kind = .bottomRight }
                change(&$0.mask)
            }
        }
        let emptyRows: [(String, String, AttentionMask.EmptyRow)] = [
            ("", "", .zeros), ("-nan", "; rows that see nothing are NaN", .notNumbers),
            ("-mean", "; rows that see nothing are the mean of all values", .mean),
        ]
        var list: [AttentionMistake] = []
        if causal {
            list += [
                AttentionMistake(
                    "mask-missing", .mask, "the causal mask is missing",
                    "Queries saw tokens after their own. Set the scores of later keys to -inf before "
                        + "the softmax"
                        + (sizes.latent == nil ? "; without --causal this out is right." : "."),
                    isCommon: true
                ) { $0.mask.kind = .none }, corner,
            ]
        } else {
            list += [
                AttentionMistake(
                    "mask-unwanted", .mask, "there is a causal mask, and none was asked for",
                    "Queries did not see tokens after their own. If that is what you want, say "
                        + "--causal.", isCommon: true
                ) { $0.mask.kind = .bottomRight },
                AttentionMistake(
                    "mask-unwanted-at-top-left", .mask,
                    "there is a causal mask in the corner of the first query, and none was asked for",
                    corner.advice
                ) { $0.mask.kind = .topLeft },
            ]
        }
        for (id, words, row) in emptyRows {
            list += [
                mask(
                    "mask-off-by-one-short\(id)", "a query does not see its own key\(words)",
                    "The mask hides the diagonal. Key j is seen where j <= i + \(shift): torch.triu "
                        + "of what is hidden takes diagonal=\(shift + 1)."
                ) { ($0.shift, $0.emptyRow) = (-1, row) },
                mask(
                    "mask-inverted\(id)", "the mask is inverted: only later keys are seen\(words)",
                    "True and False mean the reverse in what you call: masked_fill hides where the "
                        + "mask is True, scaled_dot_product_attention shows."
                ) { ($0.kind, $0.emptyRow) = (.inverted, row) },
            ]
        }
        list += [
            mask(
                "mask-off-by-one-long", "a query sees one key too many",
                "It saw the token after its own. " + right
            ) { $0.shift = 1 },
            mask(
                "mask-transposed", "the mask is transposed: a query sees itself and later keys",
                "triu stands where tril belongs. " + right
            ) { $0.kind = .transposed },
            mask(
                "mask-filled-with-zero", "hidden scores are 0, not -inf",
                "A score of 0 still has a weight. " + right
            ) { $0.fill = .zero },
            mask(
                "mask-after-softmax", "the mask is applied after the softmax",
                "The weights of a query no longer sum to 1. " + right
            ) { $0.fill = .afterSoftmax },
            mask(
                "mask-added-as-one", "the mask is added to scores as 0 and 1",
                "1 was added where a key is seen. A mask that is added has 0 there and -inf "
                    + "elsewhere."
            ) { $0.fill = .onesOnSeen },
            mask(
                "mask-added-as-one-inverted", "the mask is added to scores as 0 and 1",
                "1 was added where a key is hidden. A mask that is added has -inf there and 0 "
                    + "elsewhere."
            ) { $0.fill = .onesOnOthers },
            AttentionMistake(
                "empty-rows-are-nan", .mask, "rows that see no key are NaN",
                "A softmax over scores of -inf alone divides 0 by 0. Set those rows to 0."
            ) { $0.mask.emptyRow = .notNumbers },
        ]
        return list
    }

    /// In a file that says which tokens are padding.
    static func paddings(_ there: [Range<Int>], _ sizes: AttentionSizes) -> [AttentionMistake] {
        if there.isEmpty { return [] }
        let others = there.map {
            $0.lowerBound > 0 ? 0..<$0.lowerBound : $0.upperBound..<sizes.tokens
        }
        let hide = "Scores of keys where attention_mask is 0 must be -inf before the softmax."
        let inverted = "only padding is seen: attention_mask is inverted"
        return [
            AttentionMistake(
                "padding-ignored", .padding, "padding is attended", hide
            ) { $0.mask.there = [] },
            AttentionMistake(
                "padding-inverted", .padding, inverted, hide
            ) { $0.mask.there = others },
            AttentionMistake(
                "padding-inverted", .padding, inverted + "; rows that see nothing are NaN", hide
            ) { ($0.mask.there, $0.mask.emptyRow) = (others, .notNumbers) },
            AttentionMistake(
                "padding-of-first", .padding, "all sequences have the padding of the first", hide
            ) { rule in rule.mask.there = there.map { _ in there[0] } },
        ]
    }

    /// Keys that are hidden in a file that does not say why.
    static func hidden(_ there: [Range<Int>], _ sizes: AttentionSizes) -> AttentionMistake {
        let counts = there.map(\.count)
        let words = counts.prefix(8).map(String.init).joined(separator: ", ")
        return AttentionMistake(
            "keys-hidden", .padding,
            there.count == 1
                ? "only \(words) of \(sizes.tokens) keys are seen"
                : "of the sequences' \(sizes.tokens) keys only the first \(words) are seen",
            "If the others are padding, save attention_mask too: [b, s_k], 1 for a token and 0 for "
                + "padding.", parameters: there.count
        ) { $0.mask.there = there }
    }

    /// Only the last tokens are seen.
    static func window(_ size: Int, wanted: Int?) -> AttentionMistake {
        AttentionMistake(
            "window", .mask, "a query sees \(size) \(size == 1 ? "key" : "keys") at the most",
            wanted.map {
                "The window is to be \($0) tokens, the query's own included"
                    + (abs($0 - size) == 1 ? "; it is off by one." : ".")
            }
                ?? "All keys up to its own belong to it; if a window is wanted, say --window \(size).",
            parameters: 1
        ) {
            if $0.mask.kind == .none { $0.mask.kind = .bottomRight }
            $0.mask.window = size
        }
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

    static func softmaxes(_ sizes: AttentionSizes, masked: Bool) -> [AttentionMistake] {
        let rows = "For each query the weights of all keys must sum to 1: softmax(dim=-1)."
        var list = [
            AttentionMistake(
                "softmax-over-queries", .softmax, "the softmax is over the queries",
                "For each key the weights of all queries sum to 1. For each query those of all keys "
                    + "must: softmax(dim=-1).", isCommon: true
            ) { $0.axis = .queries },
            AttentionMistake(
                "softmax-over-heads", .softmax, "the softmax is over the heads",
                "The weights of all heads sum to 1. For each query those of all keys must: "
                    + "softmax(dim=-1).", isCommon: true
            ) { $0.axis = .heads },
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
                "scores-in-f16", .rounding, "scores are too large for F16 and became infinite",
                "F16 ends at 65,504. Scale q before the product, or compute scores in 32 bits."
            ) {
                $0.rounding = AttentionRule.Rounding(
                    format: .float16, scores: .productAndScaled, weights: .kept, overflows: true)
            },
        ]
        if sizes.batch > 1 {
            list.append(
                AttentionMistake(
                    "softmax-over-batch", .softmax, "the softmax is over the batch", rows
                ) { $0.axis = .batch })
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
}
