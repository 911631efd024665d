/// Finds mistakes that have a number or a list in them from the numbers of out.
struct MistakeFits {
    private let comparison: RecordComparison
    private let sample: [RecordComparison.Row]
    /// The rows that a number is found from.
    private let few: [RecordComparison.Row]

    init(_ comparison: RecordComparison, sample: [RecordComparison.Row]) {
        (self.comparison, self.sample) = (comparison, sample)
        // Hundreds of times are these computed: no more of them than a moment's work.
        few = Array(sample.prefix(max(2, min(8, Int(0x1p17 / comparison.reading.sizes.workOfRow)))))
    }

    private var reading: AttentionReading { comparison.reading }
    private var sizes: AttentionSizes { reading.sizes }

    /// What comes nearest of every kind, each to be checked on all rows.
    func fitted(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let numbers = scales(on: mistakes) + caps(on: mistakes) + sinks(on: mistakes)
        return numbers + windows(on: mistakes) + slots(on: mistakes) + lists()
    }

    /// The same beside a mistake that has none, where two are usual.
    func paired(with mistake: AttentionMistake) -> [[AttentionMistake]] {
        let scales = mistake.subject == .scale ? [] : scales(on: [mistake])
        return scales
            + (mistake.subject == .mask ? [] : windows(on: [mistake]) + slots(on: [mistake]))
    }

    /// The factor on scores that comes nearest.
    private func scales(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        let steps = (-40...40).map { rule.factor * power(2, Double($0) / 4) }
        guard let factor = nearest(steps, on: rule, { $0.factor = $1 }) else { return [] }
        let square = (1 / (factor * factor)).rounded()
        let exact = 1 / square.squareRoot()
        let snapped = square >= 1 && abs(exact - factor) < 1e-3 * factor ? exact : factor
        return AttentionMistake.scale(snapped, sizes).map { mistakes + [$0] }
    }

    private func caps(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        let steps = (0...40).map { 0.5 * power(2, Double($0) / 5) }
        guard let cap = nearest(steps, on: rule, { $0.cap = $1 }) else { return [] }
        return [snapped(cap), cap].map { mistakes + [AttentionMistake.cap($0)] }
    }

    private func sinks(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let rule = comparison.rule(mistakes)
        // Found as the sink's part in the sum, which is above zero.
        let steps = (-40...40).map { power(2, Double($0) / 4) }
        let part = nearest(steps, on: rule) { $0.sink = logarithm($1) }
        guard let sink = part.map(logarithm) else { return [] }
        return [snapped(sink), sink].map { mistakes + [AttentionMistake.sink($0)] }
    }

    /// A whole or half number that is as near as measuring is.
    private func snapped(_ value: Double) -> Double {
        let half = (value * 2).rounded() / 2
        return abs(half - value) < 0.01 * max(1, abs(value)) ? half : value
    }

    private func windows(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        let longest = min(sizes.tokens, 512)
        let wanted = comparison.options.window
        return (1..<max(2, longest)).filter { $0 != wanted }.map {
            AttentionMistake.window($0, wanted: wanted)
        }.filter { isPossible(mistakes + [$0]) }.map { mistakes + [$0] }
    }

    private func slots(on mistakes: [AttentionMistake]) -> [[AttentionMistake]] {
        guard reading.form == .decoding else { return [] }
        let large = (5...17).map { 1 << $0 - sizes.tokens }.filter { $0 > 256 }
        return (Array(0...256) + large).map { AttentionMistake.emptySlots($0, sizes) }
            .filter { isPossible(mistakes + [$0]) }.map { mistakes + [$0] }
    }

    private func isPossible(_ mistakes: [AttentionMistake]) -> Bool {
        comparison.closeness(to: comparison.rule(mistakes), in: few, upTo: .infinity)?.isPossible
            == true
    }

    /// The place of the least error: the best of some steps, then between its neighbours by the
    /// golden section. Nil where every step is no number.
    private func nearest(
        _ steps: [Double], on rule: AttentionRule,
        _ change: (inout AttentionRule, Double) -> Void
    ) -> Double? {
        func error(_ logarithmOfValue: Double) -> Double {
            var rule = rule
            change(&rule, exponential(logarithmOfValue))
            return comparison.error(of: rule, in: few)
        }
        let places = steps.map(logarithm)
        let errors = places.map(error)
        guard let best = errors.indices.min(by: { errors[$0] < errors[$1] }),
            errors[best].isFinite
        else { return nil }
        var low = places[max(0, best - 1)]
        var high = places[min(places.count - 1, best + 1)]
        let ratio = (5.0.squareRoot() - 1) / 2
        var (one, two) = (high - ratio * (high - low), low + ratio * (high - low))
        var (ofOne, ofTwo) = (error(one), error(two))
        for _ in 0..<60 {
            if ofOne < ofTwo {
                (high, two, ofTwo) = (two, one, ofOne)
                one = high - ratio * (high - low)
                ofOne = error(one)
            } else {
                (low, one, ofOne) = (one, two, ofTwo)
                two = low + ratio * (high - low)
                ofTwo = error(two)
            }
        }
        return exponential((low + high) / 2)
    }

    // MARK: Heads

    /// The K/V heads that each query head read, and the query heads that out's heads are, each
    /// where every head has one.
    private func lists() -> [[AttentionMistake]] {
        guard case .heads = reading.source else { return [] }
        let (n, g) = (sizes.queryHeads, sizes.keyValueHeads)
        let queries = Array(Set([0, sizes.queryTokens / 2, sizes.queryTokens - 1])).sorted()
        func fits(_ head: Int, _ rule: AttentionRule) -> Bool {
            let rows = queries.reversed().map {
                RecordComparison.Row(batch: 0, head: head, query: $0)
            }
            return comparison.closeness(to: rule, in: rows, upTo: .infinity)?.isExact == true
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
                        "They are the query heads \(text(list))."
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
                            ? "They read \(text(keys)). "
                            : "They read keys of \(text(keys)) and values of \(text(values)). ")
                            + own
                    ) { ($0.keyHeads, $0.valueHeads) = (.listed(keys), .listed(values)) }
                ])
            }
        }
        return found
    }

    private func text(_ list: [Int]) -> String {
        list.prefix(16).map(String.init).joined(separator: ", ") + (list.count > 16 ? " ..." : "")
    }
}
