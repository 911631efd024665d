/// All rows of a record's out in portions of a moment's work, in the order in which a rule's
/// softmax is cheapest. Nothing of them is kept.
struct RowPortions: RandomAccessCollection {
    /// Rows of one query head.
    struct Rows {
        let batch: Int
        let head: Int
        let queries: [Int]
    }

    private let heads: Int
    private let queries: Int
    /// Queries in a portion.
    private let portion: Int
    private let headsTakeTurns: Bool
    let startIndex = 0
    let endIndex: Int

    init(of record: AttentionRecord, for rule: AttentionRule) {
        heads = record.shape.queryHeads
        queries = record.queryTokens
        portion = Swift.max(1, (1 << 22) / (record.tokens * (record.shape.headDimension + 16)))
        headsTakeTurns = rule.axis == .heads
        endIndex = record.batch * heads * ((queries + portion - 1) / portion)
    }

    subscript(index: Int) -> Rows {
        let portions = (queries + portion - 1) / portion
        let (batch, rest) = index.quotientAndRemainder(dividingBy: heads * portions)
        let head = headsTakeTurns ? rest % heads : rest / portions
        let start = (headsTakeTurns ? rest / heads : rest % portions) * portion
        return Rows(
            batch: batch, head: head, queries: Array(start..<Swift.min(queries, start + portion)))
    }
}
