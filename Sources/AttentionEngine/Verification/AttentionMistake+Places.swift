// Mistakes in whose rows are read: keys and values out of their places, and other sequences'.

extension AttentionMistake {
    /// Keys or values in places that are not their own: of all, or of what a step of a loop has.
    static func misplaced(_ sizes: AttentionSizes, inLoop: Bool) -> [AttentionMistake] {
        let advice =
            "Key and value of a token stand at the same place, its own."
            + (inLoop ? " Append with torch.cat((cache, new), dim=-2), keys and values alike." : "")
        let sides: [(id: String, what: String, against: String, ofKeys: Bool, ofValues: Bool)] = [
            ("values", "values are", " against their keys", false, true),
            ("keys", "keys are", " against their values", true, false),
            ("keys-and-values", "keys and values are", "", true, true),
        ]
        return sides.flatMap { side -> [AttentionMistake] in
            func mistake(
                _ id: String, _ words: String, _ order: AttentionRule.Order
            ) -> AttentionMistake {
                AttentionMistake(
                    "\(side.id)-\(id)", .cache, "\(side.what) \(words)", advice
                ) {
                    if side.ofKeys { $0.keyOrder = order }
                    if side.ofValues { $0.valueOrder = order }
                    $0.ordersAll = !inLoop
                }
            }
            let reversed = inLoop ? [] : [mistake("reversed", "in reverse order", .newestFirst)]
            let ways = [("later", 1, "start"), ("earlier", -1, "end")]
            return reversed
                + ways.flatMap { way, by, end in
                    [
                        mistake("shifted-\(way)", "shifted by one\(side.against)", .rolled(by)),
                        mistake(
                            "shifted-\(way)-empty",
                            "shifted by one\(side.against), with zeros at the \(end)",
                            .shifted(by)),
                    ]
                }
        }
    }

    /// The first keys are hidden from all queries, or from those behind them.
    static func firstDropped(_ count: Int) -> [AttentionMistake] {
        let what = count == 1 ? "the first key is" : "the first \(count) keys are"
        let rows: [(String, Bool, AttentionMask.EmptyRow)] = [
            ("", false, .zeros), ("", true, .zeros),
            ("; rows that see nothing are NaN", false, .notNumbers),
            ("; rows that see nothing are the mean of all values", false, .mean),
        ]
        return rows.map { words, keepsOwn, row in
            AttentionMistake(
                "first-keys-dropped", .mask, "\(what) not seen\(words)",
                "Every key up to its own belongs to a query. Look for a slice that begins at "
                    + "\(count), or for what takes the oldest out of a cache.", parameters: 1
            ) {
                $0.mask.without = count
                ($0.mask.keepsOwn, $0.mask.emptyRow) = (keepsOwn, row)
            }
        }
    }

    // MARK: Sequences

    private static let ownSequence = "Each sequence reads its own keys and values."

    /// What is known of sequences without looking at out.
    static func sequencesMixed(_ sizes: AttentionSizes) -> [AttentionMistake] {
        guard sizes.batch > 1 else { return [] }
        let next = (0..<sizes.batch).map { ($0 + 1) % sizes.batch }
        return [
            AttentionMistake(
                "batches-mixed", .batch, "sequences read the next one's keys and values",
                ownSequence
            ) { ($0.inputs.keysOf, $0.inputs.valuesOf) = (next, next) },
            AttentionMistake(
                "first-batch-for-all", .batch,
                "all sequences read the first one's keys and values", ownSequence
            ) { rule in
                let first = next.map { _ in 0 }
                (rule.inputs.keysOf, rule.inputs.valuesOf) = (first, first)
            },
            AttentionMistake(
                "batches-averaged", .batch, "keys and values of the sequences are averaged",
                ownSequence
            ) { $0.inputs.averagesBatch = true },
        ]
    }

    /// The sequences whose keys and values each one reads, found from out.
    static func sequences(keys: [Int], values: [Int]) -> AttentionMistake {
        let own = Array(keys.indices)
        let what =
            keys == values
            ? "keys and values" : values == own ? "keys" : keys == own ? "values" : nil
        return AttentionMistake(
            "batches-mixed", .batch,
            "sequences read the \(what ?? "keys, and the values,") of others",
            (what == nil
                ? "They read keys of \(listed(keys)) and values of \(listed(values)). "
                : "They read those of \(listed(what == "values" ? values : keys)). ") + ownSequence,
            parameters: keys.count
        ) { ($0.inputs.keysOf, $0.inputs.valuesOf) = (keys, values) }
    }

    /// Queries, or all that out's sequences are made of, from others.
    static func sequences(_ order: [Int], ofQueries: Bool) -> AttentionMistake {
        ofQueries
            ? AttentionMistake(
                "batches-mixed", .batch, "sequences have the queries of others",
                "They have those of \(listed(order)).", parameters: order.count
            ) { $0.inputs.queriesOf = order }
            : AttentionMistake(
                "batches-permuted", .batch, "the sequences of out are in another order",
                "They are the sequences \(listed(order)).", parameters: order.count
            ) { $0.sequences = order }
    }

    /// Other sequences' padding.
    static func paddings(_ order: [Int], _ there: [Range<Int>]) -> AttentionMistake {
        AttentionMistake(
            "padding-of-others", .padding, "sequences have the padding of others",
            "They have that of \(listed(order)). Row b of attention_mask is sequence b's.",
            parameters: order.count
        ) { rule in rule.mask.there = order.map { there[$0] } }
    }

    /// "0, 2, 1", and not all of it where it is long.
    static func listed(_ list: [Int]) -> String {
        list.prefix(16).map(String.init).joined(separator: ", ") + (list.count > 16 ? " ..." : "")
    }
}
