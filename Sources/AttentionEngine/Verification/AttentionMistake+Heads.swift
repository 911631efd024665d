// Mistakes in which heads are read, and in how they are laid out.

extension AttentionMistake {
    static func heads(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let (heads, size) = (sizes.keyValueHeads, sizes.groupSize)
        func tiled(_ what: String, _ tensors: String) -> String {
            "Query head i read \(what) head i mod \(heads); it should read \(what) head i / \(size), "
                + "so that the heads of a group are neighbours. In PyTorch \(tensors) must be "
                + "repeated with repeat_interleave(\(size), dim=-3); repeat, tile and expand "
                + "in front tile them."
        }
        let neighbour = "the values are those of the neighbouring group"
        let both = "Both must come from the same head."
        let own = "Query head i reads K/V head i / \(size)."
        let list: [AttentionMistake] = [
            AttentionMistake(
                "heads-tiled", .heads, "the K/V heads are tiled, not repeated",
                tiled("K/V", "k and v"), isCommon: true
            ) { ($0.keyHeads, $0.valueHeads) = (.tiled, .tiled) },
            AttentionMistake(
                "keys-tiled", .heads, "the keys' heads are tiled, not repeated",
                tiled("K", "k") + " The values are right.", isCommon: true
            ) { $0.keyHeads = .tiled },
            AttentionMistake(
                "values-tiled", .heads, "the values' heads are tiled, not repeated",
                tiled("V", "v") + " The keys are right.", isCommon: true
            ) { $0.valueHeads = .tiled },
            AttentionMistake(
                "values-of-next-group", .heads, neighbour,
                "Keys came from K/V head i / \(size), values from the one after it. " + both,
                isCommon: heads > 1
            ) { $0.valueHeads = .next },
            AttentionMistake(
                "values-of-previous-group", .heads, neighbour,
                "Keys came from K/V head i / \(size), values from the one before it. " + both,
                isCommon: heads > 2
            ) { $0.valueHeads = .previous },
            AttentionMistake(
                "heads-divided-by-g", .heads, "query head i reads K/V head i // g",
                "g is the number of K/V heads, here \(heads); divide by n // g = \(size), the query "
                    + "heads of each."
            ) { ($0.keyHeads, $0.valueHeads) = (.quotient, .quotient) },
            AttentionMistake(
                "last-head-for-all", .heads, "all query heads read the last K/V head", own
            ) { ($0.keyHeads, $0.valueHeads) = (.last, .last) },
            AttentionMistake(
                "repeat-along-tokens", .heads,
                "repeat_interleave went along the tokens, viewed as heads",
                "dim=-3 is the heads; dim=-2 repeats tokens. " + own
            ) {
                $0.inputs.repeatsTokens = true
                ($0.keyHeads, $0.valueHeads) = (.own, .own)
            },
        ]
        // One K/V head has no neighbour, and of two each is the other's on both sides.
        return list.filter {
            switch $0.id {
            case "values-of-next-group": heads > 1
            case "values-of-previous-group": heads > 2
            default: true
            }
        } + ofOneOrAll(own)
    }

    /// Keys or values that are the same for all heads: the first one's, or the mean.
    static func ofOneOrAll(_ own: String) -> [AttentionMistake] {
        [
            AttentionMistake(
                "one-head-for-all", .heads, "all heads read keys and values of the first",
                own + " An index or a broadcast kept only the first."
            ) { ($0.keyHeads, $0.valueHeads) = (.first, .first) },
            AttentionMistake(
                "heads-averaged", .heads, "keys and values of the heads are averaged", own
            ) { ($0.inputs.averagesKeys, $0.inputs.averagesValues) = (true, true) },
            AttentionMistake(
                "keys-averaged", .heads, "the keys of the heads are averaged", own
            ) { $0.inputs.averagesKeys = true },
            AttentionMistake(
                "values-averaged", .heads, "the values of the heads are averaged", own
            ) { $0.inputs.averagesValues = true },
        ]
    }

    static func orders(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let (n, g) = (sizes.queryHeads, sizes.keyValueHeads)
        let transposed = (0..<n).map { $0 % sizes.groupSize * g + $0 / sizes.groupSize }
        let inverse = (0..<n).map { $0 % g * sizes.groupSize + $0 / g }
        let view = "The heads were viewed as [n/g, g] where they are [g, n/g], or the reverse."
        var list = [
            AttentionMistake(
                "heads-permuted", .order, "the heads of out are in another order", view
            ) { $0.headOrder = .listed(inverse) },
            AttentionMistake(
                "heads-permuted", .order, "the heads of out are in another order", view
            ) { $0.headOrder = .listed(transposed) },
        ]
        if sizes.keyWidth == sizes.valueWidth {
            list.append(
                AttentionMistake(
                    "keys-and-values-swapped", .split, "K and V are swapped",
                    "Queries were compared with v, and k was averaged. Queries are compared with k.",
                    isCommon: true
                ) { $0.inputs.isSwapped = true })
            list.append(
                AttentionMistake(
                    "values-are-keys", .split, "k is averaged, not v", "Weights multiply v."
                ) { $0.inputs.averagesWhatIsCompared = true })
        }
        func split(
            _ id: String, _ what: String,
            _ change: @escaping @Sendable (inout AttentionRule) -> Void
        ) -> AttentionMistake {
            AttentionMistake(
                id, .split, "\(what) split into heads without a transpose",
                "[t, n h] becomes heads by view(t, n, h).transpose(0, 1). view(n, t, h) takes other "
                    + "numbers together.", change: change)
        }
        return list + [
            split("split-without-transpose", "q, k and v are") {
                $0.inputs.splitsQueries = true
                $0.inputs.splitsKeys = true
                $0.inputs.splitsValues = true
            },
            split("queries-split-without-transpose", "q is") { $0.inputs.splitsQueries = true },
            split("keys-and-values-split-without-transpose", "k and v are") {
                $0.inputs.splitsKeys = true
                $0.inputs.splitsValues = true
            },
            split("keys-split-without-transpose", "k is") { $0.inputs.splitsKeys = true },
            split("values-split-without-transpose", "v is") { $0.inputs.splitsValues = true },
        ]
    }

    /// What all forms can have: sequences mixed, and heads merged wrongly.
    static func mixtures(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let list = [
            AttentionMistake(
                "merged-without-transpose", .layout, "the heads are merged without a transpose",
                "[n, t, h] becomes [t, n h] by transpose(0, 1).reshape(t, n h). A view or reshape "
                    + "alone puts tokens where heads belong."
            ) { $0.view = .merged },
            AttentionMistake(
                "out-split-without-transpose", .layout,
                "out is viewed as heads without a transpose",
                "[t, n, h] becomes [n, t, h] by transpose(0, 1). A view or reshape alone puts "
                    + "heads where tokens belong."
            ) { $0.view = .split },
            AttentionMistake(
                "heads-reversed", .order, "the heads of out are in reverse order",
                "out's head i is query head n - 1 - i."
            ) { $0.headOrder = .listed((0..<sizes.queryHeads).reversed()) },
        ]
        return list + sequencesMixed(sizes)
    }

    static func rotationsInside(_ sizes: AttentionSizes) -> [AttentionMistake] {
        guard sizes.keyWidth > 1 else { return [] }
        return RotaryLayout.allCases.flatMap { layout -> [AttentionMistake] in
            let once = InputRule.Turn(layout: layout)
            let how = layout == .pairs ? "neighbouring pairs" : "halves"
            let saved = "Save q and k as they are when scores are made, after any rotary embedding."
            return [
                AttentionMistake(
                    "rope-inside-\(layout.rawValue)", .rotary,
                    "q and k were turned by RoPE (\(how)) after they were saved", saved
                ) { ($0.inputs.queryTurn, $0.inputs.keyTurn) = (once, once) },
                AttentionMistake(
                    "rope-on-queries-\(layout.rawValue)", .rotary,
                    "only q was turned by RoPE (\(how)) after it was saved",
                    "Both are turned, or neither. " + saved
                ) { $0.inputs.queryTurn = once },
                AttentionMistake(
                    "rope-on-keys-\(layout.rawValue)", .rotary,
                    "only k was turned by RoPE (\(how)) after it was saved",
                    "Both are turned, or neither. " + saved
                ) { $0.inputs.keyTurn = once },
                AttentionMistake(
                    "rope-on-values-\(layout.rawValue)", .rotary,
                    "v was turned by RoPE (\(how))", "Values are not turned."
                ) { $0.inputs.valueTurn = once },
                AttentionMistake(
                    "rope-on-all-\(layout.rawValue)", .rotary,
                    "q, k and v were turned by RoPE (\(how)) after they were saved",
                    "Values are not turned. " + saved
                ) {
                    $0.inputs.queryTurn = once
                    $0.inputs.keyTurn = once
                    $0.inputs.valueTurn = once
                },
                AttentionMistake(
                    "rope-twice-\(layout.rawValue)", .rotary,
                    "q and k were turned by RoPE (\(how)) twice after they were saved", saved
                ) {
                    let twice = InputRule.Turn(layout: layout, times: 2)
                    ($0.inputs.queryTurn, $0.inputs.keyTurn) = (twice, twice)
                },
            ]
        }
    }
}
