// Mistakes in which keys are seen, which every form can have.

extension AttentionMistake {
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
                ) { $0.mask.kind = .bottomRight }
            ]
            // Of as many queries as keys the corners are one.
            if shift != 0 {
                list.append(
                    AttentionMistake(
                        "mask-unwanted-at-top-left", .mask,
                        "there is a causal mask in the corner of the first query, and none was "
                            + "asked for", corner.advice
                    ) { $0.mask.kind = .topLeft })
            }
        }
        for (id, words, row) in emptyRows {
            list += [
                mask(
                    "mask-off-by-one-short\(id)", "a query does not see its own key\(words)",
                    "The mask hides the diagonal. Key j is seen where j <= i\(shift == 0 ? "" : " + \(shift)"): torch.triu "
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
                "A score of 0, or of 1e-9, still has a weight. " + right
            ) { $0.fill = .number(0) },
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
        func filled(
            _ id: String, _ name: String, _ advice: String, _ fill: AttentionMask.Fill
        ) -> AttentionMistake {
            AttentionMistake("padding-\(id)", .padding, name, advice) {
                ($0.mask.fill, $0.mask.fillsPaddingOnly) = (fill, true)
            }
        }
        let added = "attention_mask is added to scores as 0 and 1"
        let ones = "What is added is 0 where a token is and -inf where padding is. " + hide
        return [
            filled("added-as-one", added, ones, .onesOnSeen),
            filled("added-as-one-inverted", added + ", inverted", ones, .onesOnOthers),
            filled(
                "filled-with-zero", "scores of padding are 0, not -inf",
                "A score of 0, or of 1e-9, still has a weight. " + hide, .number(0)),
            filled(
                "after-softmax", "padding is taken out after the softmax",
                "The weights of a query no longer sum to 1. " + hide, .afterSoftmax),
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
                "padding-inverted", .padding,
                inverted + "; rows that see nothing are the mean of all values", hide
            ) { ($0.mask.there, $0.mask.emptyRow) = (others, .mean) },
        ]
            + (there[0].count == sizes.tokens
                ? []
                : [
                    AttentionMistake(
                        "padding-of-first", .padding,
                        "all sequences have the padding of the first", hide
                    ) { rule in rule.mask.there = there.map { _ in there[0] } }
                ])
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
    static func window(_ size: Int, wanted: Int?, inLoop: Bool) -> AttentionMistake {
        AttentionMistake(
            "window", .mask, "a query sees \(size) \(size == 1 ? "key" : "keys") at the most",
            wanted.map {
                "The window is to be \($0) tokens, the query's own included"
                    + (abs($0 - size) == 1 ? "; it is off by one." : ".")
            }
                ?? "All keys up to its own belong to it"
                + (inLoop ? ": does the cache drop its oldest? If" : "; if")
                + " a window is wanted, say --window \(size).",
            parameters: 1
        ) {
            if $0.mask.kind == .none { $0.mask.kind = .bottomRight }
            $0.mask.window = size
        }
    }

    /// All tokens are seen where only the last are to be.
    static func windowIgnored(wanted: Int) -> AttentionMistake {
        AttentionMistake(
            "window-ignored", .mask,
            "there is no window: a query sees all keys that the mask shows",
            "A query is to see \(wanted) tokens, its own included: hide key j where i - j >= \(wanted)."
        ) { $0.mask.window = nil }
    }

    /// Hidden scores, or only those of padding, are a number that is not low enough.
    static func fill(_ score: Double, ofPadding: Bool) -> AttentionMistake {
        AttentionMistake(
            ofPadding ? "padding-filled-with-number" : "mask-filled-with-number",
            ofPadding ? .padding : .mask,
            "\(ofPadding ? "scores of padding" : "hidden scores") are \(short(score)), not -inf",
            "Such a score still has a weight. Use -inf, or the lowest number of the type.",
            parameters: 1
        ) { ($0.mask.fill, $0.mask.fillsPaddingOnly) = (.number(score), ofPadding) }
    }
}
