/// Whether an attention that somebody computed is right, and if not, which usual mistake gives
/// just what they got.
///
/// Query head i reads K/V head i / (n/g), scores are scaled by 1/√h, the softmax is over the keys,
/// and a causal mask lets the last query see every key. That is computed again in double
/// precision, so that this is the more exact of the two. A number of out is right where it differs
/// by at most the tolerance and half a unit in the last place of out's own format; in 16 bits also
/// by what rounding the weights once can do, since the product with v takes them so.
///
/// A mistake explains out where making it gives every number of out, as near as a right one must
/// be. Scores in 16 bits move the outputs by an amount that is known only in its bound; they
/// explain out where every number is within it, and where rounding the same steps at least halves
/// the error, unless a file of 16 bits leaves nothing else.
package struct AttentionVerification: Sendable {
    /// n, g and h, as the record's tensors have them.
    package let shape: AttentionShape
    /// b; 1 where the tensors have no batch.
    package let batch: Int
    /// s_q.
    package let queryTokens: Int
    /// s_k.
    package let tokens: Int
    /// What out's numbers are written in.
    package let format: FloatFormat
    /// Whether a causal mask was asked for.
    package let causal: Bool
    /// By how much a number of out may differ, absolutely, apart from its format's rounding.
    package let tolerance: Double

    /// The largest error, among the wrong numbers where there are any.
    package let worst: Difference
    /// Numbers of out that are wrong; where only scores in 16 bits are, those that the rounding of
    /// out does not make up for.
    package let wrongNumbers: Int
    /// All numbers of out: b n s_q h.
    package var numbers: Int { batch * shape.queryHeads * queryTokens * shape.headDimension }
    /// Whether every number of out is right.
    package var isMatch: Bool { wrongNumbers == 0 }

    /// Query heads that are right in every sequence.
    package let rightHeads: [Int]
    /// The first query that some head has wrong; nil where all are right.
    package let firstWrongQuery: Int?

    /// What gives this out: sets of mistakes, each enough, the likeliest first. Empty where out is
    /// right, and where nothing known explains it.
    package let explanations: [[AttentionMistake]]
    /// Where out is right: mistakes that would have given the same out from these q, k and v.
    package let unseen: [AttentionMistake]
    /// Whether every usual mistake was looked for; false where that takes more than some seconds.
    package let isSearchWhole: Bool

    /// One number of out beside what it should be.
    package struct Difference: Hashable, Sendable {
        /// The sequence, counted from 0, as all places here.
        package let batch: Int
        /// The query head.
        package let head: Int
        /// The query token.
        package let query: Int
        /// Which of the head's h numbers.
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

    /// Checks a record. `progress` is told how much of a phase is done, many times a second.
    /// `searchWork` ends the search for mistakes, in multiplications of scores. Throws
    /// where the record cannot be checked. Cost: 2 b n s_q s_k h multiplications, once for the
    /// check and once for each mistake that a few rows do not rule out, both some seconds at the
    /// most; memory for one head.
    package init(
        _ record: AttentionRecord, causal: Bool, tolerance: Double = 1e-4,
        searchWork: Double = AttentionRecord.mostSearchWork,
        progress: @escaping (Phase, Double) -> Void = { _, _ in }
    ) throws(VerificationProblem) {
        try record.requireNumbers(causal: causal)
        let comparison = RecordComparison(record, tolerance: tolerance)
        let right = AttentionRule(causal: causal)
        let tally = try comparison.tally(right) { progress(.checking, $0) }
        shape = record.shape
        batch = record.batch
        queryTokens = record.queryTokens
        tokens = record.tokens
        format = record.format
        self.causal = causal
        self.tolerance = tolerance
        guard let worst = tally.worst else { throw VerificationProblem("has nothing to check") }
        self.worst = worst
        rightHeads = tally.headIsWrong.indices.filter { !tally.headIsWrong[$0] }
        firstWrongQuery = tally.firstWrongQuery
        var search = MistakeSearch(
            comparison, causal: causal, worst: worst, mostWork: searchWork
        ) {
            progress(.explaining, $0)
        }
        if tally.wrongNumbers > 0 {
            wrongNumbers = tally.wrongNumbers
            explanations = try search.explanations()
            unseen = []
        } else if tally.beyondRounding > 0, try search.showsRounding(to: format, right) {
            wrongNumbers = tally.beyondRounding
            explanations = [[.sixteenBitSoftmax(format)]]
            unseen = []
        } else {
            wrongNumbers = 0
            explanations = []
            unseen = try search.unseen()
        }
        isSearchWhole = search.isWhole
    }
}
