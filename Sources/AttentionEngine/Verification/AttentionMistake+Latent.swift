// Mistakes of multi-head latent attention.

extension AttentionMistake {
    static func latent(
        _ sizes: AttentionSizes, isWhole: Bool, hasQueryNorm: Bool = false
    ) -> [AttentionMistake] {
        guard let widths = sizes.latent else { return [] }
        let (h, r, c) = (widths.nope, widths.rope, widths.latent)
        func mistake(
            _ id: String, _ subject: Subject, _ name: String, _ advice: String,
            _ change: @escaping @Sendable (inout AttentionRule) -> Void
        ) -> AttentionMistake {
            AttentionMistake(id, subject, name, advice, change: change)
        }
        let rows =
            "Of kv_b_proj's rows each head has \(h) for its key, then \(sizes.valueWidth) for its "
            + "value: view(n, h + v, c), then split."
        var list = rotations()
        list += [
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
                "heads-inside", .weights, "kv_b_proj's rows are read with the heads inside",
                rows + " view(h + v, n, c) takes other rows together."
            ) { $0.inputs.latent.order = .headsInside },
            mistake(
                "rotary-on-values", .weights, "the values are turned",
                "Values have no position: only q_rope and k_rope are turned."
            ) { $0.inputs.latent.turnsValues = true },
            mistake(
                "rotary-on-the-latent", .weights, "the latent is turned, too",
                "Only the rotary key is turned. The latent has no position: turned, its weights "
                    + "cannot be absorbed."
            ) { $0.inputs.latent.turnsLatent = true },
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
        list += others(sizes) + neighbours(sizes) + partScales(sizes)
        list.append(
            mistake(
                "norm-of-rotary-key", .norm, "the rotary key has a norm of its own",
                "kv_a_layernorm is the latent's; the rotary key has none."
            ) { $0.inputs.latent.normsRotaryKey = true })
        let forgotten =
            "The absorbed form averages latents; \(isWhole ? "kv_b_proj" : "w_uv") makes "
            + "\(sizes.valueWidth) numbers of each mean of \(c)."
        if !isWhole || sizes.valueWidth == c {
            list.append(
                mistake(
                    "value-weights-forgotten", .weights, "the value weights are not applied",
                    forgotten
                ) { $0.inputs.latent.forgetsValueWeights = true })
        }
        if sizes.valueWidth < c {
            list.append(
                mistake(
                    "value-weights-forgotten", .weights,
                    "the value weights are not applied: out has a latent's first numbers",
                    forgotten
                ) {
                    $0.inputs.latent.forgetsValueWeights = true
                    $0.inputs.latent.cutsLatent = true
                })
        }
        if isWhole {
            list += norms(c, hasQueryNorm: hasQueryNorm) + ofLayer(sizes)
            list += [
                mistake(
                    "norm-over-latent-and-rotary-key", .norm,
                    "the norm goes over latent and rotary key together",
                    "Split first: the norm is of the \(c) numbers of the latent; the rotary key has "
                        + "none."
                ) { $0.inputs.latent.norm = .withRotaryKey },
                split("split-without-transpose", "queries, keys and values are") {
                    ($0.splitsQueries, $0.splitsKeysAndValues) = (true, true)
                },
                split("queries-split-without-transpose", "queries are") {
                    $0.splitsQueries = true
                },
                split("keys-and-values-split-without-transpose", "keys and values are") {
                    $0.splitsKeysAndValues = true
                },
                blocks(.nopeFirst, "[n h | n r]", h, r), blocks(.ropeFirst, "[n r | n h]", h, r),
                mistake(
                    "latent-split-at-the-wrong-end", .split,
                    "the rotary key is taken from the front of kv_a_proj_with_mqa's output",
                    "The first \(c) numbers are the latent, the last \(r) the rotary key."
                ) { $0.inputs.latent.splitsLatentAtWrongEnd = true },
            ]
        }
        return list
    }

    private static func blocks(
        _ blocks: LatentRule.Blocks, _ what: String, _ h: Int, _ r: Int
    ) -> AttentionMistake {
        AttentionMistake(
            "query-split-in-blocks", .split, "queries are read as \(what), not head by head",
            "Each head has its \(h) numbers, then its \(r) rotary ones: view(t, n, h + r), then "
                + "split."
        ) { $0.inputs.latent.queryBlocks = blocks }
    }

    private static func split(
        _ id: String, _ what: String, _ change: @escaping @Sendable (inout LatentRule) -> Void
    ) -> AttentionMistake {
        AttentionMistake(
            id, .split, "\(what) split into heads without a transpose",
            "[t, n w] becomes heads by view(t, n, w).transpose(0, 1). view(n, t, w) takes other "
                + "numbers together."
        ) { change(&$0.inputs.latent) }
    }

    /// What is turned too seldom, too often, by another angle or with another partner: both sides
    /// or one of them.
    private static func rotations() -> [AttentionMistake] {
        func mistakes(
            _ ids: (both: String?, query: String?, key: String?), _ how: String, _ advice: String,
            _ change: @escaping @Sendable (inout LatentRule.Turn) -> Void
        ) -> [AttentionMistake] {
            let sides: [(String?, String, Bool, Bool)] = [
                (ids.both, "the rotary numbers are", true, true),
                (ids.query, "the queries' rotary numbers are", true, false),
                (ids.key, "the rotary key is", false, true),
            ]
            return sides.compactMap { id, what, ofQuery, ofKey in
                id.map {
                    AttentionMistake($0, .rotary, "\(what) \(how)", advice) {
                        if ofQuery { change(&$0.inputs.latent.queryTurn) }
                        if ofKey { change(&$0.inputs.latent.keyTurn) }
                    }
                }
            }
        }
        let turned = "q_rope and k_rope are each turned once, by their own position."
        let signs = "A pair becomes x cos - y sin and x sin + y cos: look at the signs."
        let counted =
            "Key j and query j are turned by j, counted from 0. With a cache, count what it held "
            + "before."
        return mistakes(
            ("rotary-missing", "rotary-missing-on-queries", "rotary-missing-on-keys"),
            "not turned by position", turned
        ) { $0.times = 0 }
            + mistakes(
                ("rotary-in-halves", "rotary-in-halves-on-queries", "rotary-in-halves-on-keys"),
                "turned in the other layout",
                "Numbers 2i and 2i + 1 are turned together; if your weights want i and i + r/2, say "
                    + "--rope-layout halves."
            ) { $0.isInOtherLayout = true }
            + mistakes(
                ("rotary-turned-twice", "rotary-query-turned-twice", "rotary-key-turned-twice"),
                "turned twice", "Perhaps once before the cache and once after. " + turned
            ) { $0.times = 2 }
            + mistakes(
                ("rotary-backwards", "rotary-backwards-on-queries", "rotary-backwards-on-keys"),
                "turned backwards", signs
            ) { $0.times = -1 }
            + mistakes(
                ("rotary-sign", nil, nil), "x cos + y sin in the first of a pair", signs
            ) { $0.signs.first = -1 }
            + mistakes(
                ("rotary-sign", nil, nil), "y cos - x sin in the second of a pair", signs
            ) { $0.signs.second = -1 }
            + mistakes(
                (
                    "rotary-at-one-position", "rotary-query-at-last-position",
                    "rotary-key-at-last-position"
                ),
                "turned by one position, the last token's",
                "In a loop only the newest query and key are turned, by their position; a prompt's "
                    + "tokens each by their own."
            ) { $0.isAtLast = true }
            + mistakes(
                (nil, nil, "rotary-key-at-wrong-position"),
                "turned one position too far, or queries too little", counted
            ) { $0.shift = 1 }
            + mistakes(
                (nil, nil, "rotary-key-at-earlier-position"),
                "turned one position too little, or queries too far", counted
            ) { $0.shift = -1 }
    }

    /// Angles of another base, which is found from the numbers.
    static func bases(
        _ sizes: AttentionSizes, _ options: VerificationOptions
    ) -> [AttentionMistake] {
        guard let widths = sizes.latent, widths.rope > 2 else { return [] }
        let right = options.ropeBase
        let usual = [100, 500, 1_000, 10_000, 40_000, 50_000, 100_000, 160_000, 500_000]
        let large = [1_000_000, 5_000_000, 8_000_000, 10_000_000]
        let (r, all) = (Double(widths.rope), Double(sizes.keyWidth))
        let exponents = [("i/r", 0.5), ("4i/r", 2), ("2i/(h + r)", r / all)]
        let ofExponents = exponents.map {
            (power(right, $0.1), ", as with an exponent of \($0.0), not 2i/r")
        }
        let known =
            ofExponents
            + (usual + large).map { (Double($0), "") }.filter { other in
                !ofExponents.contains { abs($0.0 / other.0 - 1) < 1e-9 }
            }
        func text(_ base: Double) -> String {
            base == base.rounded() && base < 1e15 ? grouped(Int(base)) : short(base)
        }
        return known.filter { $0.0 != right && $0.0.isFinite }.flatMap { base, words in
            [("", true, true), ("-on-queries", true, false), ("-on-keys", false, true)].map {
                side, ofQuery, ofKey in
                AttentionMistake(
                    "rotary-base\(side)", .rotary,
                    (ofQuery
                        ? (ofKey ? "the rotary base is" : "the queries' rotary base is")
                        : "the rotary key's base is") + " another: yours is \(text(base))\(words)",
                    "Pair i of r numbers is turned by p / \(text(right))^(2i/r) at position p; if "
                        + "another base is wanted, say --rope-base.", parameters: 1
                ) {
                    if ofQuery { $0.inputs.latent.queryTurn.base = base }
                    if ofKey { $0.inputs.latent.keyTurn.base = base }
                }
            }
        }
    }

    /// Keys or values that are made with another head's weights.
    private static func neighbours(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let sides: [(String, AttentionRule.Heads, Int)] = [
            ("next", .next, 1), ("previous", .previous, 2),
        ]
        return sides.filter { sizes.queryHeads > $0.2 }.flatMap { side, heads, _ in
            [("keys", true, false), ("values", false, true), ("keys-and-values", true, true)].map {
                what, ofKeys, ofValues in
                AttentionMistake(
                    "\(what)-of-\(side)-head", .heads,
                    "each head has the \(ofKeys ? (ofValues ? "keys and values" : "keys") : "values") "
                        + "of the \(side) one", "Each head has its own rows of the weights."
                ) {
                    if ofKeys { $0.keyHeads = heads }
                    if ofValues { $0.valueHeads = heads }
                }
            }
        }
    }

    /// A scale on one of the two parts of a score, or one for each.
    private static func partScales(_ sizes: AttentionSizes) -> [AttentionMistake] {
        guard let widths = sizes.latent else { return [] }
        let (h, r, all) = (Double(widths.nope), Double(widths.rope), Double(sizes.keyWidth))
        let advice = "(q_nope @ k_nope + q_rope @ k_rope) / sqrt(h + r): one scale for the sum."
        return [
            AttentionMistake(
                "scale-on-nope-only", .scale, "only q_nope @ k_nope is scaled", advice
            ) { $0.inputs.latent.factorOfRope = 1 / $0.factor },
            AttentionMistake(
                "scale-on-rope-only", .scale, "only q_rope @ k_rope is scaled", advice
            ) { $0.inputs.latent.factorOfNope = 1 / $0.factor },
            AttentionMistake(
                "scale-of-each-part", .scale,
                "the parts have scales of their own, 1/sqrt(h) and 1/sqrt(r)", advice
            ) {
                $0.inputs.latent.factorOfNope = (all / h).squareRoot()
                $0.inputs.latent.factorOfRope = (all / r).squareRoot()
            },
        ]
    }
}
