/// What is found of a record read in one way, once it is compared with the right rule.
struct Findings {
    private(set) var verdict: AttentionVerification.Verdict
    private(set) var explanations: [[AttentionMistake]] = []
    /// Whether so many numbers agree with the first of them that chance does not.
    private(set) var isCertain = true
    private(set) var unseen: [AttentionMistake] = []
    private(set) var remarks: [String] = []
    private(set) var isSearchWhole = true

    /// Whether out is wrong, and nothing known explains it.
    var isUnexplained: Bool { verdict == .differs && explanations.isEmpty }

    init(
        _ comparison: RecordComparison, _ tally: RecordComparison.Tally?, searchWork: Double,
        progress: @escaping (Double) -> Void
    ) {
        let worst = tally?.worst
        var search = MistakeSearch(
            comparison,
            worst: RecordComparison.Row(
                batch: worst?.batch ?? 0, head: worst?.head ?? 0, query: worst?.query ?? 0),
            freedom: tally?.freedom ?? comparison.reading.outputs.numbers.count,
            mostWork: searchWork, progress: progress)
        let cache = CacheCheck(comparison)
        if let tally, tally.wrongNumbers == 0 {
            let hidden = SavedKeys(comparison.reading)
            let better = tally.needsRoundingInside ? search.betterThanRounding() : []
            explanations =
                better + hidden.mistakes.map { [$0] }
                + (cache.mistakes.isEmpty ? [] : [cache.mistakes])
            verdict =
                !explanations.isEmpty ? .differs : tally.isTooSmall ? .tooSmall : .matches
            if verdict == .matches {
                unseen = search.unseen() + search.tooSmallForRounding()
                let narrow = Self.narrowRemark(comparison.reading)
                remarks = [narrow, search.roundingRemark()].compactMap { $0 } + hidden.remarks
            }
        } else if let unwritten = Self.unwritten(comparison.reading.outputs) {
            verdict = .differs
            // Anything may have been the cause; that numbers are too large is one that is seen.
            explanations = search.overflows().map { [$0] } + [[unwritten]]
        } else {
            verdict = .differs
            explanations = search.explanations()
            isCertain = explanations.first.map(search.isCertain) ?? true
            if explanations.isEmpty, let origin = search.origin {
                explanations = origin.mistakes.isEmpty ? [] : [origin.mistakes]
                isCertain = origin.isCertain
                remarks = origin.remark.map { [$0] } ?? []
            }
            if explanations.isEmpty, search.isNearlyRight() {
                remarks.append(
                    "All errors are as small as rounding makes them: scores or weights in 16 bits, or "
                        + "products in TF32. Compute all in F32, or say what you allow with "
                        + "--tolerance.")
            }
            if explanations.isEmpty { remarks += Self.emptyRows(comparison) }
            remarks += [Self.narrowRemark(comparison.reading)].compactMap { $0 }
            remarks += cache.mistakes.map { "And \($0.name). \($0.advice)" }
        }
        remarks += comparison.reading.remarks
        if verdict == .differs, Self.mayBeLoop(comparison.reading) {
            remarks.append("There is a cache: if out's rows are a loop's, say --decode.")
        }
        isSearchWhole = search.isWhole
    }

    /// Whether a cache of keys or values was saved, and nothing said of a loop.
    private static func mayBeLoop(_ reading: AttentionReading) -> Bool {
        !reading.isDecoding
            && [.cachedKeys, .cachedValues].contains {
                reading.caches[$0] != nil || reading.misfits[$0] != nil
            }
    }

    /// Rows of out that hold nothing though others do.
    private static func emptyRows(_ comparison: RecordComparison) -> [String] {
        let outputs = comparison.reading.outputs
        let empty = comparison.allRows.filter { row in
            let start = outputs.start(row.batch, row.head, row.query)
            return outputs.numbers[start..<start + outputs.width].allSatisfy { $0 == 0 }
        }
        guard let first = empty.first else { return [] }
        return [
            "\(counted(empty.count, "row")) of out \(empty.count == 1 ? "is" : "are") all zeros, the "
                + "first of head \(first.head), query \(first.query): \(empty.count == 1 ? "was it" : "were they") "
                + "written?"
        ]
    }

    private static func narrowRemark(_ reading: AttentionReading) -> String? {
        reading.wider.map {
            let name = reading.format.rawValue
            return
                "out is saved in \($0.rawValue), but each of its numbers is one of \(name): it is "
                + "checked as such."
        }
    }

    /// An out that holds nothing, from which no mistake is told.
    private static func unwritten(_ outputs: HeadTensor) -> AttentionMistake? {
        if outputs.numbers.allSatisfy({ $0 == 0 }) {
            return AttentionMistake(
                "out-zeros", .order, "out is all zeros",
                "Was it written? Save what your attention returns, not the tensor made for it."
            ) { _ in }
        }
        guard outputs.numbers.allSatisfy({ !$0.isFinite }) else { return nil }
        return AttentionMistake(
            "out-not-numbers", .order, "no number of out is one",
            "All are NaN or infinite. Look at a few scores, and at what they are divided by: a row "
                + "that sees nothing gives 0/0, and 16 bits overflow above 65,504."
        ) { _ in }
    }
}

/// Keys that were repeated before they were saved: heads of k that are the same.
struct SavedKeys {
    private(set) var mistakes: [AttentionMistake] = []
    private(set) var remarks: [String] = []

    init(_ reading: AttentionReading) {
        guard case .heads(_, let keys, _) = reading.source, keys.heads > 1 else { return }
        let heads = keys.heads
        for distinct in divisors(of: heads) where distinct < heads {
            let size = heads / distinct
            if Self.areEqual(keys, { $0 / size * size }) {
                remarks.append(
                    "k holds each of \(distinct) heads \(size) times: if it was repeated, save it "
                        + "before that to have it checked.")
                return
            }
            if distinct > 1, Self.areEqual(keys, { $0 % distinct }) {
                mistakes.append(
                    AttentionMistake(
                        "keys-saved-tiled", .heads,
                        "k was tiled before it was saved: its heads come again after \(distinct)",
                        "out is right for these keys, but query heads i and i + \(distinct) share one. "
                            + "Heads of a group are neighbours: repeat_interleave(\(size), dim=-3), "
                            + "not repeat. Save k before that, with its \(distinct) heads."
                    ) { _ in })
                return
            }
        }
    }

    /// Whether each head holds the numbers of another.
    private static func areEqual(_ tensor: HeadTensor, _ source: (Int) -> Int) -> Bool {
        let count = tensor.tokens * tensor.width
        return (0..<tensor.batch).allSatisfy { batch in
            (0..<tensor.heads).allSatisfy { head in
                let (one, two) = (
                    tensor.start(batch, head, 0), tensor.start(batch, source(head), 0)
                )
                return tensor.numbers[one..<one + count] == tensor.numbers[two..<two + count]
            }
        }
    }
}
