// Mistakes of multi-head latent attention.

extension AttentionMistake {
    static func latent(_ sizes: AttentionSizes, isWhole: Bool) -> [AttentionMistake] {
        guard let widths = sizes.latent else { return [] }
        let (h, r, c) = (widths.nope, widths.rope, widths.latent)
        func mistake(
            _ id: String, _ subject: Subject, _ name: String, _ advice: String,
            _ change: @escaping @Sendable (inout AttentionRule) -> Void
        ) -> AttentionMistake {
            AttentionMistake(id, subject, name, advice, change: change)
        }
        let turned = "q_rope and k_rope are each turned once, by their own position."
        let rows =
            "Of kv_b_proj's rows each head has \(h) for its key, then \(sizes.valueWidth) for its "
            + "value: view(n, h + v, c), then split."
        var list = [
            mistake(
                "rotary-missing", .rotary, "nothing is turned by its position", turned
            ) { ($0.inputs.latent.queryTurns, $0.inputs.latent.keyTurns) = (0, 0) },
            mistake(
                "rotary-missing-on-queries", .rotary, "the queries' rotary part is not turned",
                turned
            ) { $0.inputs.latent.queryTurns = 0 },
            mistake(
                "rotary-missing-on-keys", .rotary, "the rotary key is not turned", turned
            ) { $0.inputs.latent.keyTurns = 0 },
            mistake(
                "rotary-in-halves", .rotary, "the rotary numbers are turned in the other layout",
                "Numbers 2i and 2i + 1 are turned together; if your weights want i and i + r/2, say "
                    + "--rope-layout halves."
            ) { $0.inputs.latent.turnsInOtherLayout = true },
            mistake(
                "rotary-key-turned-twice", .rotary, "the rotary key is turned twice",
                "Perhaps once before it is cached and once after. " + turned
            ) { $0.inputs.latent.keyTurns = 2 },
            mistake(
                "rotary-key-at-wrong-position", .rotary,
                "the rotary key is turned one position too far, or queries too little",
                "Key j and query j are turned by j, counted from 0. With a cache, count what it held "
                    + "before."
            ) { $0.inputs.latent.keyShift = 1 },
            mistake(
                "rotary-key-at-earlier-position", .rotary,
                "the rotary key is turned one position too little, or queries too far",
                "Key j and query j are turned by j, counted from 0. With a cache, count what it held "
                    + "before."
            ) { $0.inputs.latent.keyShift = -1 },
            mistake(
                "rotary-on-the-whole-key", .rotary,
                "the whole key is turned, not only its rotary part",
                "The \(h) numbers that come from the latent have no position: turned, they cannot be "
                    + "absorbed."
            ) { $0.inputs.latent.turnsWhole = true },
            mistake(
                "rotary-key-unused", .rotary, "the rotary key is not used",
                "A score is q_nope @ k_nope + q_rope @ k_rope."
            ) { $0.inputs.latent.usesRotaryKey = false },
            mistake(
                "all-keys-then-all-values", .weights,
                "kv_b_proj is read as all keys, then all values", rows
            ) { $0.inputs.latent.order = .allKeysFirst },
            mistake(
                "values-first", .weights, "each head's value is read before its key", rows
            ) { $0.inputs.latent.order = .valuesFirst },
            mistake(
                "query-split-at-the-wrong-end", .split,
                "the query's rotary part is taken from its front",
                "Of a head's \(h + r) numbers the first \(h) have no position; the last \(r) are "
                    + "turned."
            ) { $0.inputs.latent.splitsQueryAtWrongEnd = true },
            mistake(
                "values-of-one-head", .heads, "all heads read the values of the first",
                "Each head has its own rows of the value weights."
            ) { $0.valueHeads = .first },
        ]
        if isWhole {
            list += [
                mistake(
                    "norm-missing", .norm, "the latent's norm is missing",
                    "kv_a_layernorm comes between the latent and kv_b_proj."
                ) { $0.inputs.latent.norm = .missing },
                mistake(
                    "norm-gain-missing", .norm, "the latent's norm is without its gain",
                    "kv_a_layernorm multiplies by its weight."
                ) { $0.inputs.latent.norm = .withoutGain },
                mistake(
                    "norm-gain-plus-one", .norm, "the norm multiplies by 1 + its weight",
                    "That is Gemma's norm; DeepSeek's kv_a_layernorm multiplies by the weight."
                ) { $0.inputs.latent.norm = .gainPlusOne },
                mistake(
                    "norm-subtracts-mean", .norm, "the latent's norm subtracts the mean",
                    "kv_a_layernorm is an RMS norm in spite of its name: no mean is subtracted."
                ) { $0.inputs.latent.norm = .layerNorm },
                mistake(
                    "norm-scaled", .norm, "the latent is divided by its length",
                    "An RMS norm divides by the root of the mean square, sqrt(\(c)) times less."
                ) { $0.inputs.latent.norm = .byLength },
                mistake(
                    "query-norm-missing", .norm, "the query's norm is missing",
                    "q_a_layernorm comes between q_a_proj and q_b_proj."
                ) { $0.inputs.latent.skipsQueryNorm = true },
                mistake(
                    "norm-over-latent-and-rotary-key", .norm,
                    "the norm goes over latent and rotary key together",
                    "Split first: the norm is of the \(c) numbers of the latent; the rotary key has "
                        + "none."
                ) { $0.inputs.latent.norm = .withRotaryKey },
                mistake(
                    "latent-split-at-the-wrong-end", .split,
                    "the rotary key is taken from the front of kv_a_proj_with_mqa's output",
                    "The first \(c) numbers are the latent, the last \(r) the rotary key."
                ) { $0.inputs.latent.splitsLatentAtWrongEnd = true },
            ]
        } else {
            list.append(
                mistake(
                    "value-weights-forgotten", .weights, "the value weights are not applied",
                    "The absorbed form averages latents; w_uv makes \(sizes.valueWidth) numbers of "
                        + "each mean of \(c)."
                ) { $0.inputs.latent.forgetsValueWeights = true })
        }
        return list
    }
}
