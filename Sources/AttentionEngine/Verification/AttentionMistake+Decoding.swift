// Mistakes of a decoding loop with a cache.

extension AttentionMistake {
    static func decoding(_ sizes: AttentionSizes) -> [AttentionMistake] {
        func mistake(
            _ id: String, _ subject: Subject, _ name: String, _ advice: String,
            _ change: @escaping @Sendable (inout AttentionRule) -> Void
        ) -> AttentionMistake {
            AttentionMistake(id, subject, name, advice, change: change)
        }
        let append = "Append the new key and value before the attention, not after it."
        let cat = "Append with torch.cat((cache, new), dim=-2), keys and values alike."
        var list = [
            mistake(
                "is-causal-at-each-step", .mask, "each step sees the first key only",
                "is_causal=True with one query hides every key but the first: its mask begins in "
                    + "the corner of the first query. A step's query sees all that is cached: leave "
                    + "is_causal out."
            ) { $0.mask.kind = .first },
            mistake(
                "only-newest-kept", .mask, "each step sees the newest key only",
                "The cache is overwritten at each step. " + cat
            ) { $0.mask.kind = .newest },
        ]
        for (id, words, row): (String, String, AttentionMask.EmptyRow) in [
            ("", "", .zeros), ("-nan", "; the first step is NaN", .notNumbers),
            ("-mean", "", .mean),
        ] {
            list.append(
                mistake(
                    "newest-missing\(id)", .mask, "a step does not see its own key\(words)",
                    append
                ) { ($0.mask.shift, $0.mask.emptyRow) = (-1, row) })
        }
        let once = "Each step appends its own key and value, once. "
        list += [
            mistake(
                "newest-twice", .weights, "each step sees its own key twice",
                once + "Is it in the cache already when it is joined to it?"
            ) { $0.twice = .newest },
            mistake(
                "first-twice", .weights, "the first key is cached twice",
                once + "Does the first step both begin the cache and append to it?"
            ) { $0.twice = .first },
        ]
        func order(
            _ id: String, _ name: String, _ advice: String,
            keys: AttentionRule.Order = .own, values: AttentionRule.Order = .own
        ) -> AttentionMistake {
            mistake(id, .cache, name, advice) { ($0.keyOrder, $0.valueOrder) = (keys, values) }
        }
        let alongHeads = "dim=-3 is the heads; tokens are dim=-2. " + cat
        let pair = "Key and value of a token stand at the same place. " + cat
        list += [
            order(
                "values-newest-first", "the newest value is put first", pair, values: .newestFirst),
            order("keys-newest-first", "the newest key is put first", pair, keys: .newestFirst),
            order(
                "values-not-appended", "values are not appended: only the first step's is there",
                cat, values: .firstOnly),
            order(
                "values-not-appended",
                "values are not appended: the first step's is read for all", cat, values: .first),
            order(
                "keys-not-appended", "keys are not appended: only the first step's is there", cat,
                keys: .firstOnly),
            order(
                "keys-not-appended",
                "keys are not appended: one is read for all, so that all weigh the same", cat,
                keys: .first),
            order(
                "keys-overwritten",
                "keys are overwritten at each step: the newest is read for all, so that all weigh "
                    + "the same", cat, keys: .newest),
            order(
                "values-newest-missing",
                "a step reads the value before its own in place of its own", append,
                values: .previousForNewest),
            order(
                "values-overwritten",
                "values are overwritten at each step: the newest is read for all", cat,
                values: .newest),
        ]
        if sizes.latent == nil {
            list.append(
                order(
                    "concatenated-along-heads", "the cache is concatenated along the heads",
                    alongHeads, keys: .acrossHeads, values: .acrossHeads))
            // Read without a reshape, heads that stand in front are those of one step.
            for (which, kind) in [
                ("first", AttentionMask.Kind.first), ("newest", .newest),
            ] {
                list.append(
                    mistake(
                        "concatenated-along-heads", .cache,
                        "the cache is concatenated along the heads, of which the \(which) step's "
                            + "are read", alongHeads
                    ) { $0.mask.kind = kind })
            }
        }
        return list + misplaced(sizes, inLoop: true)
    }

    /// A step's usual mistakes behind a prompt of so many tokens, whose queries are right.
    static func afterPrompt(_ prompt: Int) -> [AttentionMistake] {
        let after = prompt == 1 ? "after the first" : "after the first \(prompt)"
        func mistake(
            _ id: String, _ what: String, _ advice: String,
            _ change: @escaping @Sendable (inout AttentionMask) -> Void
        ) -> AttentionMistake {
            AttentionMistake(id, .mask, "each step \(after) \(what)", advice, parameters: 1) {
                $0.mask.prompt = prompt
                change(&$0.mask)
            }
        }
        let own = mistake(
            "newest-missing", "does not see its own key",
            "Append the new key and value before the attention, not after it."
        ) { $0.shift = -1 }
        // With one token the others are the same as without a prompt.
        return prompt == 1
            ? [own]
            : [
                own,
                mistake(
                    "is-causal-at-each-step", "sees the first key only",
                    "is_causal=True is for the prompt, whose queries are as many as its keys. A "
                        + "step's query sees all that is cached: leave it out there."
                ) { $0.kind = .first },
                mistake(
                    "only-newest-kept", "sees its own key only",
                    "The prompt's keys are in the cache, too: append to them."
                ) { $0.kind = .newest },
            ]
    }

    /// Tokens that come so many at a time, as in a prefill in chunks.
    static func chunks(_ size: Int) -> [AttentionMistake] {
        let right = "A query sees what is cached and its chunk up to its own token"
        return [
            AttentionMistake(
                "chunks-alone", .mask, "chunks of \(size) tokens see only themselves",
                right + ": join the cache's keys and the chunk's.", parameters: 1
            ) { $0.mask.kind = .chunkAlone(size) },
            AttentionMistake(
                "chunks-masked-in-the-corner", .mask,
                "in chunks of \(size) tokens the mask begins at the first key",
                right + ": tril with diagonal=s_k-s_q. is_causal=True begins in the other corner.",
                parameters: 1
            ) { $0.mask.kind = .chunkInCorner(size) },
            AttentionMistake(
                "chunks-without-mask", .mask,
                "in chunks of \(size) tokens a query sees its whole chunk", right + ".",
                parameters: 1
            ) { $0.mask.kind = .chunkWhole(size) },
        ]
    }

    /// Slots of a cache that hold nothing yet.
    static func emptySlots(
        _ slots: AttentionRule.EmptySlots, _ sizes: AttentionSizes
    ) -> AttentionMistake {
        let read = "Read only the first t + 1 slots: cache[..., : t + 1, :]."
        let zeros = "Slots of zeros have a score of 0, and a weight. "
        let most = slots.most.map { $0 == 1 ? "one empty slot" : "\($0) empty slots" }
        let end =
            slots.behind < slots.most ?? 0
            ? " At the end of the cache, of \(slots.behind + sizes.tokens), there are fewer." : ""
        return AttentionMistake(
            "empty-slots-attended", .weights,
            most.map { "each step attends \($0) of the cache besides its keys" }
                ?? "the empty slots of a cache of \(slots.behind + sizes.tokens) are attended",
            zeros + read + end, parameters: 1
        ) { $0.emptySlots = slots }
    }
}
