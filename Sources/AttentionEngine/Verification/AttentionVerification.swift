/// Whether an attention that somebody computed is right, and if not, which usual mistake gives
/// just what they got.
///
/// Query head i reads K/V head i / (n/g), scores are scaled by 1/√h, the softmax is over the keys,
/// and a causal mask lets the last query see every key. That is computed again in double
/// precision, so that this is the more exact of the two. A number of out is right where it differs
/// by at most the tolerance, as a part of Σ w |v|, and half a unit in the last place of out's own
/// format; in 16 bits also by what keeping scores and weights in them can do.
///
/// A mistake explains out where making it gives every number of out, as near as a right one must
/// be. In a file of 32 bits scores in 16 bits explain out where every number is within their bound,
/// and where rounding the same steps at least halves the error.
package struct AttentionVerification: Sendable {
    /// What a check ends in.
    package enum Verdict: String, Sendable {
        /// Every number of out is right.
        case matches = "match"
        /// Some number is wrong, or what was saved beside out.
        case differs = "mismatch"
        /// Zeros would have matched, too.
        case tooSmall = "too-small-to-tell"
    }

    /// Why zeros would have been right, too.
    package enum Smallness: String, Sendable {
        /// All values are 0.
        case zeros
        /// The tolerance allows as much.
        case tolerance
        /// So small are numbers of out's format not told apart.
        case format
        /// Scores are so large that rounding them in 16 bits moves all weights.
        case scores
    }

    /// What kind of attention it is.
    package let form: AttentionForm
    /// How q, or the input, lies in the file: "[n, t, h]".
    package let layout: String
    /// How out lies.
    package let layoutOfOutputs: String
    /// Whether that is another layout than is read where several fit.
    package let isOtherLayout: Bool
    /// Heads, tokens and widths.
    package let sizes: AttentionSizes
    /// What out's numbers are written in.
    package let format: FloatFormat
    /// Whether a causal mask was asked for.
    package let causal: Bool
    /// By how much a number of out may differ, as a part of the size of what was averaged.
    package let tolerance: Double

    /// What the check ends in.
    package let verdict: Verdict
    /// Why nothing can be told, where that is the verdict.
    package let smallness: Smallness?
    /// Whether out's rows were read as those of a decoding loop.
    package let isDecoding: Bool
    /// The largest error, among the wrong numbers where there are any; nil where out has not even
    /// the right width.
    package let worst: Difference?
    /// The first wrong number in the order of the file.
    package let firstWrong: Difference?
    /// Numbers of out that are wrong.
    package let wrongNumbers: Int
    /// All numbers of out.
    package let numbers: Int
    /// Whether every number of out is right, and could have been wrong.
    package var isMatch: Bool { verdict == .matches }

    /// Other sizes that the shapes allow, with heads and tokens the other way round; nil where they
    /// allow none. Out that attends over heads in place of tokens is right in one of the two.
    package let otherSizes: AttentionSizes?

    /// Query heads that are right in every sequence; of a whole layer, whose out has no heads, all
    /// or none.
    package let rightHeads: [Int]
    /// The first query that some head has wrong; nil where all are right.
    package let firstWrongQuery: Int?

    /// What gives this out: sets of mistakes, each enough, the likeliest first. Empty where out is
    /// right, and where nothing known explains it.
    package let explanations: [[AttentionMistake]]
    /// Whether the first of them is a fact: no other gives the same, and so many numbers agree that
    /// chance does not.
    package let isCertain: Bool
    /// Whether so few numbers agree with the first of them that other causes may give the same.
    package let isByChance: Bool
    /// Where out is right: mistakes that would have given the same out from these inputs.
    package let unseen: [AttentionMistake]
    /// What else was noticed, in sentences.
    package let remarks: [String]
    /// Whether every usual mistake was looked for; false where that takes more than some seconds.
    package let isSearchWhole: Bool

    /// One number of out beside what it should be.
    package struct Difference: Hashable, Sendable {
        /// The sequence, counted from 0, as all places here.
        package let batch: Int
        /// The query head; 0 of a whole layer.
        package let head: Int
        /// The query token.
        package let query: Int
        /// Which of the row's numbers.
        package let coordinate: Int
        /// What out holds there.
        package let output: Double
        /// What it should hold, computed in double precision.
        package let expected: Double
        /// How far apart the two are, absolutely.
        package var error: Double { abs(output - expected) }
    }

    /// What a check is at.
    package enum Phase: Sendable { case checking, explaining }

    /// Checks a record, read in each way that its shapes allow until one is right. `progress` is
    /// told how much of a phase is done, many times a second. `searchWork` ends the search for
    /// mistakes, in multiplications of scores. Throws where the record cannot be checked. Cost:
    /// b n s_q s_k (h + h_v) multiplications for each reading, and once for each mistake that a few
    /// rows do not rule out; memory for all numbers, some times over.
    package init(
        _ record: AttentionRecord, _ options: VerificationOptions,
        searchWork: Double = AttentionRecord.mostSearchWork,
        progress: @escaping (Phase, Double) -> Void = { _, _ in }
    ) throws(VerificationProblem) {
        // One key is right with any code: nobody means it where there may be more.
        let plans = try record.plans(options).enumerated().filter {
            $0 == 0 || $1.sizes.tokens > 1
        }.map(\.element)
        var chosen: (comparison: RecordComparison, tally: RecordComparison.Tally?)?
        var isOther = false
        for (index, plan) in plans.enumerated() {
            let comparison = RecordComparison(try record.reading(plan, options), options)
            let tally = try comparison.tally { progress(.checking, $0) }
            let isRight = tally?.wrongNumbers == 0
            if index == 0 || isRight { chosen = (comparison, tally) }
            isOther = isRight && index > 0
            if isRight { break }
        }
        guard var (comparison, tally) = chosen else {
            throw VerificationProblem("has nothing to check")
        }
        var findings = Findings(comparison, tally, searchWork: searchWork) {
            progress(.explaining, $0)
        }
        if findings.isUnexplained, plans.count > 1, searchWork > 0 {
            // Another layout may make a usual mistake of what is none in the first.
            for plan in plans.dropFirst() {
                let other = RecordComparison(try record.reading(plan, options), options)
                let otherTally = try other.tally { progress(.checking, $0) }
                // All layouts together are to take no minute.
                let found = Findings(other, otherTally, searchWork: searchWork / 4) {
                    progress(.explaining, $0)
                }
                guard !found.explanations.isEmpty else { continue }
                (comparison, tally, findings, isOther) = (other, otherTally, found, true)
                break
            }
        }
        let reading = comparison.reading
        form = reading.form
        layout = reading.layout
        layoutOfOutputs = reading.layoutOfOutputs
        isOtherLayout = isOther
        sizes = reading.sizes
        // Nobody means fewer keys than queries where there may be as many.
        otherSizes = plans.map(\.sizes).first {
            $0.queryHeads != reading.sizes.queryHeads && $0.queryTokens <= $0.tokens
        }
        format = reading.format
        causal = reading.causal
        tolerance = options.tolerance
        worst = tally?.worst
        firstWrong = tally?.first
        wrongNumbers = tally?.wrongNumbers ?? reading.outputs.numbers.count
        numbers = reading.outputs.numbers.count
        rightHeads =
            tally.map { tally in
                tally.headIsWrong.indices.filter { !tally.headIsWrong[$0] }
            } ?? []
        firstWrongQuery = tally.map(\.firstWrongQuery) ?? 0
        verdict = findings.verdict
        smallness = findings.verdict == .tooSmall ? tally?.smallness : nil
        isDecoding = reading.isDecoding
        // What nothing explains may have any cause.
        let isSettled = findings.verdict == .matches || findings.explanations.count == 1
        let isOneCause = findings.explanations.first?.contains(where: \.isOneOfSeveral) != true
        isCertain = findings.isCertain && isSettled && isOneCause
        isByChance = !findings.isCertain
        explanations = findings.explanations
        unseen = findings.unseen
        remarks = findings.remarks
        isSearchWhole = findings.isSearchWhole
    }
}
