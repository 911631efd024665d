import AttentionEngine

extension AttentionMistake {
    /// The mistake in a few words: "the scale is missing".
    var name: String {
        switch self {
        case .headsTiled: "the K/V heads are tiled, not repeated"
        case .keysTiled: "the keys' heads are tiled, not repeated"
        case .valuesTiled: "the values' heads are tiled, not repeated"
        case .valuesOfNextGroup, .valuesOfPreviousGroup:
            "the values are those of the neighbouring group"
        case .scaleMissing: "the scale is missing"
        case .scaleByWidth: "the scale is 1/h, not 1/sqrt(h)"
        case .scaleOfModelWidth: "the scale is that of the model's width, 1/sqrt(n h)"
        case .maskMissing: "the causal mask is missing"
        case .maskUnwanted: "there is a causal mask, and none was asked for"
        case .maskAtTopLeft: "the mask is aligned to the wrong corner"
        case .softmaxOverQueries: "the softmax is over the queries"
        case .softmaxOverHeads: "the softmax is over the heads"
        case .softmaxMissing: "the softmax is missing"
        case .keysAndValuesSwapped: "K and V are swapped"
        case .sixteenBitSoftmax(let format): "the softmax is rounded to \(format.rawValue)"
        }
    }

    /// What happened and what to do, in a sentence or two.
    func explanation(_ report: AttentionVerification) -> String {
        let (shape, size) = (report.shape, report.shape.groupSize)
        let (heads, width) = (shape.keyValueHeads, shape.headDimension)
        func tiled(_ what: String, _ tensors: String) -> String {
            "Query head i read \(what) head i mod \(heads); it should read \(what) head i / \(size), "
                + "so that the heads of a group are neighbours. In PyTorch \(tensors) must be "
                + "repeated with repeat_interleave(\(size), dim=-3); repeat, tile and expand "
                + "in front tile them."
        }
        return switch self {
        case .headsTiled: tiled("K/V", "k and v")
        case .keysTiled: tiled("K", "k") + " The values are right."
        case .valuesTiled: tiled("V", "v") + " The keys are right."
        case .valuesOfNextGroup, .valuesOfPreviousGroup:
            "Keys came from K/V head i / \(size), values from the one "
                + (self == .valuesOfNextGroup ? "after it." : "before it.")
                + " Both must come from the same head."
        case .scaleMissing:
            "Scores must be divided by sqrt(h), here sqrt(\(width)), before the softmax."
        case .scaleByWidth:
            "Scores were divided by h = \(width), or by sqrt(h) twice; it is sqrt(h), once."
        case .scaleOfModelWidth:
            "Scores were divided by sqrt(n h) = sqrt(\(shape.queryHeads * width)); h is the width "
                + "of one head, here \(width)."
        case .maskMissing:
            "Queries saw tokens after their own. Set the scores of later keys to -inf before the "
                + "softmax; without --causal this out is right."
        case .maskUnwanted:
            "Queries did not see tokens after their own. If that is what you want, say --causal."
        case .maskAtTopLeft:
            "Query 0 saw key 0 only. With \(grouped(report.queryTokens)) queries on "
                + "\(grouped(report.tokens)) keys the last query sees every key: tril with "
                + "diagonal=s_k-s_q, here \(report.tokens - report.queryTokens). PyTorch's "
                + "is_causal=True uses the other corner."
        case .softmaxOverQueries:
            "For each key the weights of all queries sum to 1. For each query those of all keys "
                + "must: softmax(dim=-1)."
        case .softmaxOverHeads:
            "The weights of all heads sum to 1. For each query those of all keys must: "
                + "softmax(dim=-1)."
        case .softmaxMissing: "The scores themselves were the weights."
        case .keysAndValuesSwapped:
            "Queries were compared with v, and k was averaged. Queries are compared with k."
        case .sixteenBitSoftmax(let format):
            "Errors are as large as scores and weights kept in \(format.rawValue) cause. "
                + "Compute scores and softmax in 32 bits, and round only the result."
        }
    }

    /// The mistake as what a file does not show.
    func unseenName(_ report: AttentionVerification) -> String {
        let shape = report.shape
        switch self {
        case .headsTiled where shape.keyValueHeads == 1:
            return "whether heads are repeated or tiled (g = 1, there is only one)"
        case .headsTiled where shape.groupSize == 1:
            return "whether heads are repeated or tiled (g = n, nothing is repeated)"
        case .maskMissing where report.queryTokens == 1:
            return "whether there is a causal mask (one query, the last, sees all)"
        case .maskUnwanted where report.queryTokens == 1:
            return "whether there is a causal mask (one query, the last, sees all)"
        case .maskAtTopLeft where report.queryTokens == report.tokens:
            return "in which corner the mask is (both lengths are the same)"
        default: return "whether \(name)"
        }
    }
}
