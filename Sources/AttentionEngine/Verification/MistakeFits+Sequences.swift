// Finds which sequences of a batch were read.

extension MistakeFits {
    /// The sequences whose queries, keys and values, or results, those of out are.
    func sequences() -> [[AttentionMistake]] {
        let count = sizes.batch
        let work = Double(count * count * count) * sizes.work
        guard count > 1, count <= 64, work <= 0x1p30 else { return [] }
        let (heads, queries) = (reading.outputs.heads, sizes.queryTokens)
        /// What each sequence has of others; nil where one has what none of them gives.
        func sources(
            _ choices: Int, _ change: (inout AttentionRule, _ choice: Int) -> Void
        ) -> [Int]? {
            let rules = (0..<choices).map { choice in
                var rule = comparison.rightRule
                change(&rule, choice)
                return rule
            }
            var found = [Int?](repeating: nil, count: count)
            // A rule's inputs are made once for all sequences.
            for (choice, rule) in rules.enumerated() {
                for sequence in found.indices where found[sequence] == nil {
                    let rows = Set([queries - 1, queries / 2, 0]).sorted(by: >).flatMap { query in
                        Set([0, heads - 1]).sorted().map {
                            RecordComparison.Row(batch: sequence, head: $0, query: query)
                        }
                    }
                    if isExact(rows, rule) { found[sequence] = choice }
                }
            }
            let all = found.compactMap { $0 }
            return all.count == count ? all : nil
        }
        func all(_ sequence: Int) -> [Int] { Array(repeating: sequence, count: count) }
        var mistakes: [AttentionMistake] = []
        if let order = sources(count, { $0.sequences = all($1) }) {
            mistakes.append(.sequences(order, ofQueries: false))
        }
        if let order = sources(count, { $0.inputs.queriesOf = all($1) }) {
            mistakes.append(.sequences(order, ofQueries: true))
        }
        let both = sources(count * count) {
            $0.inputs.keysOf = all($1 / count)
            $0.inputs.valuesOf = all($1 % count)
        }
        if let both {
            mistakes.append(
                .sequences(keys: both.map { $0 / count }, values: both.map { $0 % count }))
        }
        let there = reading.there
        if !there.isEmpty,
            let order = sources(
                count, { rule, of in rule.mask.there = there.map { _ in there[of] } })
        {
            mistakes.append(.paddings(order, there))
        }
        return mistakes.map { [$0] }
    }
}
