/// Looks for the mistakes that give a record's out, for some seconds at the most.
struct MistakeSearch {
    /// Whether nothing was left out for want of time.
    private(set) var isWhole = true
    /// What a core's latents were, where no single mistake explains out.
    private(set) var origin: LatentOrigin?
    let comparison: RecordComparison
    let sample: [RecordComparison.Row]
    private let mostWork: Double
    /// Independent numbers that are wrong.
    private let freedom: Int
    private let progress: (Double) -> Void
    private let candidates: [AttentionMistake]

    init(
        _ comparison: RecordComparison, worst: RecordComparison.Row, freedom: Int,
        mostWork: Double, progress: @escaping (Double) -> Void
    ) {
        self.comparison = comparison
        self.freedom = freedom
        self.progress = progress
        sample = comparison.sample(around: worst)
        self.mostWork = comparison.workDone + mostWork
        // Where every number is one, no score was infinite.
        let isFinite = comparison.reading.outputs.numbers.allSatisfy(\.isFinite)
        candidates = AttentionMistake.all(
            comparison.reading, comparison.options
        ).filter {
            (!isFinite || !$0.isOverflow) && comparison.isOfItsOwn($0)
        }
    }

    /// Formats whose rounding inside the softmax is thought of, in a file of more bits.
    private var formats: [FloatFormat] {
        comparison.reading.format.formatInside == nil ? [.float16, .bfloat16] : []
    }

    /// Common mistakes that also give this out.
    mutating func unseen() -> [AttentionMistake] {
        let right = comparison.rightRule
        var unseen: [AttentionMistake] = []
        for mistake in candidates where mistake.isCommon {
            // Where keys and values may be tiled, either may.
            let isHalf = mistake.id == "keys-tiled" || mistake.id == "values-tiled"
            if isHalf, unseen.contains(where: { $0.id == "heads-tiled" }) { continue }
            let rule = comparison.rule([mistake])
            if rule == right || closeness(to: rule)?.isExact == true { unseen.append(mistake) }
        }
        return unseen
    }

    /// Whether chance gives this out to hardly any mistake: more numbers are wrong, independently,
    /// than the mistakes have to fit to them.
    func isCertain(_ mistakes: [AttentionMistake]) -> Bool {
        let fitted = mistakes.reduce(mistakes.count - 1) { $0 + $1.parameters }
        if comparison.reading.format.formatInside == nil { return freedom - fitted >= 2 }
        // Errors within what rounding does count, too: a mistake must be much nearer in all.
        let all = comparison.allRows.lazy.prefix(64).reduce(0) { $0 + comparison.freedom($1) }
        return all - fitted >= 16
    }

    /// Single mistakes that come much nearer to this out of 16 bits than the right rule does, whose
    /// errors are all within what rounding inside can do, and not all within out's own rounding:
    /// rounding alone favours no mistake.
    mutating func betterThanRounding() -> [[AttentionMistake]] {
        let (right, ofSample) = nearestRight
        var found: [(mistake: AttentionMistake, error: Double)] = []
        var ofRight: Double?
        let fits = MistakeFits(comparison, fitting: sample, freedom: sample.count)
        for mistake in candidates + fits.numbers(on: []).flatMap({ $0 }) {
            let rule = comparison.rule([mistake])
            guard comparison.error(of: rule, in: sample) * 4 < ofSample,
                closeness(to: rule)?.isExact == true
            else { continue }
            let whole = ofRight ?? comparison.error(of: right, in: comparison.allRows)
            ofRight = whole
            let error = comparison.error(of: rule, in: comparison.allRows)
            if error * 4 < whole { found.append((mistake, error)) }
        }
        let least = found.map(\.error).min() ?? 0
        return found.filter { $0.error <= 2 * least }.map { [$0.mistake] }
    }

    /// The right rule with its scale as 16 bits may have rounded it, where that comes nearest.
    private var nearestRight: (rule: AttentionRule, ofSample: Double) {
        let unit = comparison.reading.format.formatInside?.unitRoundoff ?? 0
        let all = (-6...6).map { step -> (AttentionRule, Double) in
            var rule = comparison.rightRule
            rule.factor *= 1 + Double(step) / 2 * unit
            return (rule, comparison.error(of: rule, in: sample))
        }
        return all.min { $0.1 < $1.1 } ?? (comparison.rightRule, .infinity)
    }

    /// What makes no number of any number of out.
    mutating func overflows() -> [AttentionMistake] {
        var found: [AttentionMistake] = []
        for mistake in candidates where mistake.isOverflow {
            if found.contains(where: { $0.id == mistake.id }) { continue }
            if closeness(to: comparison.rule([mistake]))?.isExact == true { found.append(mistake) }
        }
        return found
    }

    /// Sets of mistakes that give this out, the likeliest first.
    mutating func explanations() -> [[AttentionMistake]] {
        var found: [(mistakes: [AttentionMistake], closeness: RecordComparison.Closeness)] = []
        var rounded: [(mistakes: [AttentionMistake], error: Double)] = []
        var tried: [AttentionRule: RecordComparison.Closeness] = [:]
        func look(
            _ mistakes: [AttentionMistake], _ search: inout MistakeSearch, isFitted: Bool = false
        ) {
            let rule = search.comparison.rule(mistakes)
            // A number that was fitted makes up for rounding, too.
            let formats = isFitted ? [] : search.formats
            guard let closeness = tried[rule] ?? search.closeness(to: rule, formats) else { return }
            tried[rule] = closeness
            let format = search.roundingFormat(rule, closeness)
            let all = mistakes + (format.map { [.sixteenBitSoftmax($0)] } ?? [])
            if closeness.isExact, !mistakes.isEmpty {
                found.append((all, closeness))
            } else if format != nil {
                rounded.append((all, closeness.squaredError))
            }
        }
        /// Whether something was found that chance does not give.
        func isDone(_ search: MistakeSearch) -> Bool {
            found.contains { search.isCertain($0.mistakes) }
        }
        for mistakes in [[]] + candidates.map({ [$0] }) { look(mistakes, &self) }
        if !found.isEmpty { return ranked(found) }
        let fits = MistakeFits(comparison, sample: sample, freedom: freedom)
        for mistakes in fits.fitted(on: []) { look(mistakes, &self, isFitted: true) }
        if isDone(self) { return ranked(found) }
        // These are seen in the numbers, without trying rules.
        if let dropout = Dropout(comparison)?.mistake { return [[dropout]] }
        origin = LatentOrigin(comparison)
        if let origin, origin.isProven { return [origin.mistakes] }
        for pair in pairs where comparison.workDone < mostWork { look(pair, &self) }
        if !found.isEmpty { return ranked(found) }
        if let least = rounded.map(\.error).min() {
            // About as near, fewer mistakes are likelier.
            let near = rounded.filter { $0.error <= 4 * least }
            return near.min { $0.mistakes.count < $1.mistakes.count }.map { [$0.mistakes] } ?? []
        }
        for mistake in candidates where comparison.workDone < mostWork {
            for mistakes in fits.paired(with: mistake) { look(mistakes, &self, isFitted: true) }
        }
        if !isDone(self) {
            for three in triples where comparison.workDone < mostWork { look(three, &self) }
        }
        if comparison.workDone >= mostWork { isWhole = false }
        return ranked(found)
    }

    /// Three about different things, one of them common.
    private var triples: [[AttentionMistake]] {
        let subjects: Set<AttentionMistake.Subject> =
            comparison.reading.sizes.latent == nil ? [.mask] : [.mask, .rotary, .norm, .split]
        let common = candidates.filter { $0.isCommon || subjects.contains($0.subject) }
        return common.indices.flatMap { one in
            common[(one + 1)...].indices.flatMap { two in
                common[(two + 1)...].compactMap { third in
                    let all = [common[one], common[two], third]
                    return Set(all.map(\.subject)).count == 3 && all.contains(where: \.isCommon)
                        ? all : nil
                }
            }
        }
    }

    /// Two mistakes about different things; those over the same queries, keys and values follow
    /// each other, so that these are made once.
    private var pairs: [[AttentionMistake]] {
        var order: [InputRule] = []
        var groups: [InputRule: [[AttentionMistake]]] = [:]
        for first in candidates.indices {
            for second in candidates[(first + 1)...]
            where candidates[first].subject != second.subject {
                let pair = [candidates[first], second]
                let inputs = comparison.rule(pair).inputs
                if groups[inputs] == nil { order.append(inputs) }
                groups[inputs, default: []].append(pair)
            }
        }
        return order.flatMap { groups[$0] ?? [] }
    }

    /// What is exact without rounding inside comes before the rest; of the rest only what is about
    /// as near as the nearest.
    private func ranked(
        _ found: [(mistakes: [AttentionMistake], closeness: RecordComparison.Closeness)]
    ) -> [[AttentionMistake]] {
        let strict = found.filter(\.closeness.isStrict)
        if !strict.isEmpty { return Self.once(strict.map(\.mistakes)) }
        let outputs = comparison.reading.outputs
        let isFinite = outputs.numbers.allSatisfy(\.isFinite)
        // What has no number where out has none needs to be no nearer elsewhere, only as near.
        let most = errorOfRight * (isFinite ? 1 / Self.leastGain : 4)
        let near = found.filter { $0.closeness.squaredError <= most }
        let least = near.map(\.closeness.squaredError).min() ?? 0
        return Self.once(near.filter { $0.closeness.squaredError <= 4 * least }.map(\.mistakes))
    }

    /// A number that is fitted is tried as it is and rounded, which may be the same; and of rows
    /// that see nothing there may be none, so that what they hold makes no other mistake.
    private static func once(_ sets: [[AttentionMistake]]) -> [[AttentionMistake]] {
        var known: Set<[String]> = []
        return sets.filter { mistakes in
            let names = mistakes.map { $0.parameters > 0 ? $0.id + $0.name : $0.id }
            return known.insert(names).inserted
        }
    }

    /// By how much a mistake that needs room for rounding inside must lessen the squared error:
    /// scores that are large have room for anything.
    private static let leastGain = 16.0

    /// The squared error of the right rule in rows of numbers, where out is of 16 bits or less.
    private var errorOfRight: Double {
        guard comparison.reading.format.formatInside != nil else { return .infinity }
        let rows = comparison.allRows.filter(comparison.isFinite)
        return comparison.error(of: comparison.rightRule, in: rows)
    }

    /// Of all rows where the sample does not rule the rule out; nil where that is not known in
    /// time.
    private mutating func closeness(
        to rule: AttentionRule, _ formats: [FloatFormat] = []
    ) -> RecordComparison.Closeness? {
        for rows in [sample, comparison.allRows] {
            let closeness = comparison.closeness(
                to: rule, in: rows, formats: formats, upTo: mostWork, progress: progress)
            guard let closeness else {
                isWhole = false
                return nil
            }
            if !closeness.isPossible || rows.count == comparison.allRows.count { return closeness }
        }
        return nil
    }

    // MARK: 16 bits

    /// Mistakes too small for 16 bits to show, in what a file cannot show.
    mutating func tooSmallForRounding() -> [AttentionMistake] {
        guard comparison.reading.format.formatInside != nil else { return [] }
        let most = 4 * nearestRight.ofSample
        func isHidden(_ change: (inout AttentionRule) -> Void) -> Bool {
            var rule = comparison.rightRule
            change(&rule)
            return comparison.error(of: rule, in: sample) < most
        }
        let parts = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
        let rounding = 3 * (comparison.reading.format.formatInside?.unitRoundoff ?? 0)
        let hidden = parts.prefix { part in
            part <= rounding || isHidden { $0.factor *= 1 + part }
                || isHidden { $0.factor *= 1 - part }
        }
        let caps: [Double] = [2, 5, 10, 20, 30, 50]
        let leastCap = caps.first { value in isHidden { $0.cap = value } }
        var found: [AttentionMistake] = []
        if let part = hidden.last {
            found.append(
                AttentionMistake(
                    "scale-nearly-right", .scale,
                    "the scale is off by \(Int((part * 100).rounded())) % or less", ""
                ) { _ in })
        }
        if let leastCap {
            found.append(
                AttentionMistake(
                    "softcap-large", .weights, "scores are capped at \(Int(leastCap)) or more", ""
                ) { _ in })
        }
        return found
    }

    /// Whether all errors of the right rule are as small as rounding inside to F16 makes them.
    func isNearlyRight() -> Bool {
        guard comparison.reading.format.formatInside == nil else { return false }
        let closeness = comparison.closeness(
            to: comparison.rightRule, in: comparison.allRows, formats: [.float16], upTo: .infinity)
        return closeness?.isPossible == true
    }

    /// The format of 16 bits that scores were rounded to inside the softmax of a file of more,
    /// where that makes up what is left of the error.
    private func roundingFormat(
        _ rule: AttentionRule, _ closeness: RecordComparison.Closeness
    ) -> FloatFormat? {
        guard !closeness.isExact else { return nil }
        // Any small error is within the bound, so the very rounding must be seen.
        return formats.first {
            closeness.isWithin[$0] == true && showsRounding(to: $0, rule)
        }
    }

    /// Whether rounding scores or weights halves the error of the sample at least.
    private func showsRounding(to format: FloatFormat, _ rule: AttentionRule) -> Bool {
        let all = roundings(to: format, of: rule)
        let kept = all.first { $0.rounding.scores == .kept && $0.rounding.weights == .kept }
        guard let kept, let least = all.map(\.error).min() else { return false }
        return kept.error > 0 && least.isFinite && least * 4 <= kept.error
    }

    private func roundings(
        to format: FloatFormat, of rule: AttentionRule
    ) -> [(rounding: AttentionRule.Rounding, error: Double)] {
        AttentionRule.Rounding.Scores.allCases.flatMap { scores in
            AttentionRule.Rounding.Weights.allCases.map { weights in
                var rule = rule
                let rounding = AttentionRule.Rounding(
                    format: format, scores: scores, weights: weights)
                rule.rounding = rounding
                return (rounding, comparison.error(of: rule, in: sample))
            }
        }
    }

    /// How near each way to round inside comes to a right out of 16 bits.
    func roundings() -> [(rounding: AttentionRule.Rounding, error: Double)] {
        comparison.reading.format.formatInside.map {
            roundings(to: $0, of: comparison.rightRule)
        } ?? []
    }

    /// What a right out of 16 bits kept in them, as a sentence.
    func roundingRemark() -> String? {
        guard let format = comparison.reading.format.formatInside else { return nil }
        guard format == comparison.reading.format else {
            return "What was kept in 16 bits inside cannot be told from an out in "
                + "\(comparison.reading.format.rawValue)."
        }
        let all = roundings()
        guard let best = all.min(by: { $0.error < $1.error }) else { return nil }
        let plain = all.first { $0.rounding.scores == .kept && $0.rounding.weights == .kept }
        let isSeen = best.error * 2 < plain?.error ?? 0
        let name = format.rawValue
        guard isSeen else { return "What was kept in \(name) inside cannot be told from out." }
        let scores = best.rounding.scores != .kept
        let weights = best.rounding.weights != .kept
        let what = scores ? (weights ? "scores and weights" : "scores") : "weights"
        return "Inside, \(what) were kept in \(name), which is usual."
    }
}
