/// Finds mistakes that have a number or a list in them from the numbers of out.
struct MistakeFits {
    let comparison: RecordComparison
    /// The rows that a number is found from.
    private let few: [RecordComparison.Row]

    /// Independent numbers that are wrong.
    private let freedom: Int

    init(_ comparison: RecordComparison, sample: [RecordComparison.Row], freedom: Int) {
        (self.comparison, self.freedom) = (comparison, freedom)
        // Hundreds of times are these computed: no more of them than a moment's work.
        few = Array(sample.prefix(max(2, min(8, Int(0x1p17 / comparison.reading.sizes.workOfRow)))))
    }

    /// `fitting`: the rows that numbers are found from.
    init(_ comparison: RecordComparison, fitting rows: [RecordComparison.Row], freedom: Int) {
        (self.comparison, self.freedom, few) = (comparison, freedom, rows)
    }

    var reading: AttentionReading { comparison.reading }
    var sizes: AttentionSizes { reading.sizes }

    /// What comes nearest of every kind, each to be checked on all rows.
    func fitted(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        windows(on: mistakes) + parts() + slots(on: mistakes) + numbers(on: mistakes) + lists()
            + sequences() + hidden()
    }

    /// The same beside a mistake that has none.
    func paired(with mistake: AttentionMistake) -> [[AttentionMistake]] {
        (mistake.subject == .mask ? [] : windows(on: [mistake]) + slots(on: [mistake]))
            + numbers(on: [mistake])
    }

    /// Numbers in the softmax: a factor on scores, a cap, a sink.
    func numbers(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        scales(on: mistakes) + caps(on: mistakes) + sinks(on: mistakes) + fills(on: mistakes)
            + factors(on: mistakes)
    }

    /// The factor on scores that comes nearest.
    private func scales(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        if mistakes.contains(where: { $0.subject == .scale }) { return [] }
        let rule = comparison.rule(mistakes)
        let right = logarithm(abs(rule.factor)) / logarithm(2)
        // Beside another mistake only the usual sign.
        return (mistakes.isEmpty ? [1.0, -1] : [1]).flatMap { sign -> [[AttentionMistake]] in
            let size = nearest(from: right - 10, to: right + 10, steps: 40, on: rule) {
                $0.factor = sign * $1
            }
            return size.map { scales(sign * $0, rule, mistakes) } ?? []
        }
    }

    private func scales(
        _ factor: Double, _ rule: AttentionRule, _ mistakes: [AttentionMistake]
    ) -> [[AttentionMistake]] {
        // So little is told from rounding by many numbers only, and not where a scale is rounded.
        let rounding = 3 * (reading.format.formatInside?.unitRoundoff ?? 0)
        let part = abs(factor / rule.factor - 1)
        if part < 1e-2 && freedom < 6 || part <= rounding { return [] }
        let square = (1 / (factor * factor)).rounded()
        let exact = 1 / square.squareRoot()
        func found(_ factor: Double) -> [[AttentionMistake]] {
            AttentionMistake.scale(factor, sizes, comparison.options).map { mistakes + [$0] }
        }
        let root = found(exact)
        return square >= 1 && abs(exact - factor) < 1e-3 * factor && isPossible(root[0])
            ? root : found(factor)
    }

    private func caps(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        let cap = nearest(from: -1, to: 7, steps: 32, on: rule) { $0.cap = $1 }
        guard let cap else { return [] }
        return [likelier(snapped(cap), cap, mistakes, AttentionMistake.cap)]
    }

    private func sinks(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        // Found as the sink's part in the sum, which is above zero.
        let part = nearest(from: -10, to: 10, steps: 40, on: rule) { $0.sink = logarithm($1) }
        guard let sink = part.map(logarithm) else { return [] }
        return [likelier(snapped(sink), sink, mistakes, AttentionMistake.sink)]
    }

    /// With a round number where it is possible, too, else with the one that was found.
    private func likelier(
        _ round: Double, _ found: Double, _ mistakes: [AttentionMistake],
        _ mistake: (Double) -> AttentionMistake
    ) -> [AttentionMistake] {
        let first = mistakes + [mistake(round)]
        return isPossible(first) ? first : mistakes + [mistake(found)]
    }

    private func fills(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        guard rule.mask.fill == .excluded else { return [] }
        let scopes = [
            (isThere: rule.mask.kind != .none, ofPadding: false),
            (isThere: !rule.mask.there.isEmpty, ofPadding: true),
        ].filter(\.isThere)
        return scopes.flatMap { _, ofPadding in
            (mistakes.isEmpty ? [-1.0, 1] : [-1]).compactMap { sign in
                nearest(from: -6, to: 7, steps: 26, on: rule) {
                    ($0.mask.fill, $0.mask.fillsPaddingOnly) = (.number(sign * $1), ofPadding)
                }.map { size in
                    likelier(sign * snapped(size), sign * size, mistakes) {
                        AttentionMistake.fill($0, ofPadding: ofPadding)
                    }
                }
            }
        }
    }

    /// The factor of all of out, by least squares.
    private func factors(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let (rule, outputs) = (comparison.rule(mistakes), reading.outputs)
        var (product, square) = (0.0, 0.0)
        for row in few {
            guard let expected = comparison.row(row, of: rule)?.expected else { return [] }
            let start = outputs.start(row.batch, row.head, row.query)
            for (place, number) in expected.enumerated() {
                product += number * outputs.numbers[start + place]
                square += number * number
            }
        }
        let factor = product / square * rule.factorBehind
        guard factor.isFinite, factor != 0, abs(factor - 1) > 1e-2 else { return [] }
        return [mistakes + [AttentionMistake.scaledOutputs(factor)]]
    }

    /// A whole or half number that is as near as measuring is.
    private func snapped(_ value: Double) -> Double {
        let half = (value * 2).rounded() / 2
        return abs(half - value) < 0.01 * max(1, abs(value)) ? half : value
    }

    private func windows(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let longest = min(sizes.tokens, 512)
        let wanted = comparison.options.window
        let others = (1..<max(2, longest)).filter { $0 != wanted }.map {
            AttentionMistake.window($0, wanted: wanted, inLoop: reading.isDecoding)
        }
        let none = wanted.map { [AttentionMistake.windowIgnored(wanted: $0)] } ?? []
        return (none + others).filter { isPossible(mistakes + [$0]) }.map { mistakes + [$0] }
    }

    /// Prompts and chunks of every length, and other bases of the rotary angles.
    private func parts() -> [[AttentionMistake]] {
        let lengths = 1..<max(2, min(sizes.tokens, 512))
        var all = AttentionMistake.bases(sizes, comparison.options)
        if case .latent(let source) = reading.source {
            all += AttentionMistake.epsilons(
                reading.form, hasQueryNorm: source.queriesNormed != nil)
        }
        if let format = reading.format.formatInside, reading.causal || !reading.there.isEmpty {
            all += AttentionMistake.lateMasks(
                format, format == reading.format ? format.rawValue : "16 bits")
        }
        all += (1..<max(2, min(sizes.tokens, 9))).flatMap(AttentionMistake.firstDropped)
        if reading.isDecoding { all += lengths.flatMap(AttentionMistake.afterPrompt) }
        if reading.causal { all += lengths.dropFirst().flatMap(AttentionMistake.chunks) }
        if reading.causal || !reading.there.isEmpty { all += AttentionMistake.filledLogarithms }
        return all.filter { comparison.isOfItsOwn($0) && isPossible([$0]) }.map { [$0] }
    }

    private func slots(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        guard reading.isDecoding else { return [] }
        let large = (5...17).map { 1 << $0 - sizes.tokens }.filter { $0 > 256 }
        // Beside another mistake only the likeliest.
        let few = Array(0...(mistakes.isEmpty ? 256 : 16))
        let all = (few + large).map { AttentionRule.EmptySlots(behind: $0, most: nil) }
        // A cache's end cuts off what is too many.
        let some = (1...4).flatMap { most in
            (0...most).map { AttentionRule.EmptySlots(behind: $0, most: most) }
        }
        return (some + all).map { AttentionMistake.emptySlots($0, sizes) }
            .filter { isPossible(mistakes + [$0]) }.map { mistakes + [$0] }
    }

    /// The first keys of each sequence, where all others are hidden.
    private func hidden() -> [[AttentionMistake]] {
        guard reading.there.isEmpty, sizes.tokens <= 512, sizes.batch <= 64 else { return [] }
        let last = sizes.queryTokens - 1
        var there: [Range<Int>] = []
        for batch in 0..<sizes.batch {
            let rows = [last, last / 2].flatMap { query in
                Set([0, reading.outputs.heads - 1]).map {
                    RecordComparison.Row(batch: batch, head: $0, query: query)
                }
            }
            let count = (1...sizes.tokens).reversed().first { count in
                var rule = comparison.rightRule
                rule.mask.there = Array(repeating: 0..<count, count: sizes.batch)
                return comparison.closeness(to: rule, in: rows, upTo: .infinity)?.isExact == true
            }
            guard let count else { return [] }
            there.append(0..<count)
        }
        return there.allSatisfy { $0.count == sizes.tokens }
            ? [] : [[AttentionMistake.hidden(there, sizes)]]
    }

    private func isPossible(_ mistakes: [AttentionMistake]) -> Bool {
        comparison.closeness(to: comparison.rule(mistakes), in: few, upTo: .infinity)?.isPossible
            == true
    }

    /// The value of the least error, from one power of 2 to another. Nil where none is a number.
    private func nearest(
        from low: Double, to high: Double, steps: Int, on rule: AttentionRule,
        _ change: (inout AttentionRule, Double) -> Void
    ) -> Double? {
        leastPlace(from: low * logarithm(2), to: high * logarithm(2), steps: steps) {
            var rule = rule
            change(&rule, exponential($0))
            return comparison.error(of: rule, in: few)
        }.map(exponential)
    }

    func isExact(_ rows: [RecordComparison.Row], _ rule: AttentionRule) -> Bool {
        let rows = rows.filter(comparison.isChecked)
        return comparison.closeness(to: rule, in: rows, upTo: .infinity)?.isExact == true
    }

    // MARK: Heads

    /// The K/V heads that each query head read, and the query heads that out's heads are, each
    /// where every head has one.
    private func lists() -> [[AttentionMistake]] {
        guard case .heads = reading.source else { return [] }
        let (n, g) = (sizes.queryHeads, sizes.keyValueHeads)
        let queries = Array(Set([0, sizes.queryTokens / 2, sizes.queryTokens - 1])).sorted()
        func fits(_ head: Int, _ rule: AttentionRule) -> Bool {
            isExact(
                queries.reversed().map { RecordComparison.Row(batch: 0, head: head, query: $0) },
                rule)
        }
        var found: [[AttentionMistake]] = []
        if n * n <= 1 << 12 {
            let order = (0..<n).map { head in
                (0..<n).first { other in
                    var rule = comparison.rightRule
                    rule.headOrder = .listed(Array(repeating: other, count: n))
                    return fits(head, rule)
                }
            }
            if order.allSatisfy({ $0 != nil }) {
                let list = order.compactMap { $0 }
                found.append([
                    AttentionMistake(
                        "heads-permuted", .order, "the heads of out are in another order",
                        "They are the query heads \(AttentionMistake.listed(list)).", parameters: n
                    ) { $0.headOrder = .listed(list) }
                ])
            }
        }
        if n * g * g <= 1 << 14, g > 1 {
            let read = (0..<n).map { head in
                (0..<g * g).first { both in
                    var rule = comparison.rightRule
                    rule.keyHeads = .listed(Array(repeating: both / g, count: n))
                    rule.valueHeads = .listed(Array(repeating: both % g, count: n))
                    return fits(head, rule)
                }
            }
            if read.allSatisfy({ $0 != nil }) {
                let (keys, values) = (
                    read.compactMap { $0.map { $0 / g } }, read.compactMap { $0.map { $0 % g } }
                )
                let own = "Query head i reads K/V head i / \(sizes.groupSize)."
                found.append([
                    AttentionMistake(
                        "heads-of-others", .heads, "query heads read K/V heads of others",
                        (keys == values
                            ? "They read \(AttentionMistake.listed(keys)). "
                            : "They read keys of \(AttentionMistake.listed(keys)) and values of \(AttentionMistake.listed(values)). ")
                            + own, parameters: n
                    ) { ($0.keyHeads, $0.valueHeads) = (.listed(keys), .listed(values)) }
                ])
            }
        }
        return found
    }
}
