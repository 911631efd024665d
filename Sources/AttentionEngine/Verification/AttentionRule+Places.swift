// Where a rule takes rows from.

extension AttentionRule.View {
    /// The head and query whose row stands at another's place.
    func source(_ head: Int, _ query: Int, _ sizes: AttentionSizes) -> (head: Int, query: Int) {
        let (heads, queries) = (sizes.queryHeads, sizes.queryTokens)
        switch self {
        case .own: return (head, query)
        case .merged:
            let row = query * heads + head
            return (row / queries, row % queries)
        case .split:
            let row = head * queries + query
            return (row % heads, row / heads)
        }
    }
}

extension AttentionRule {
    /// The last row of those that an order puts elsewhere.
    func last(_ query: Int, _ sizes: AttentionSizes) -> Int {
        ordersAll ? sizes.tokens - 1 : sizes.tokens - sizes.queryTokens + query
    }
}

extension AttentionRule.Order {
    /// The head and token whose row stands at `place`, of the rows up to `newest`, which is
    /// negative where queries are more than keys; nil for zeros.
    func source(
        _ place: Int, head: Int, heads: Int, newest: Int
    ) -> (head: Int, token: Int)? {
        let count = newest + 1
        switch self {
        case .own: return (head, place)
        case .newestFirst: return place < count ? (head, newest - place) : (head, place)
        case .rolled(let by):
            return place < count ? (head, ((place - by) % count + count) % count) : (head, place)
        case .shifted(let by):
            let token = place - by
            return token >= 0 && token < count ? (head, token) : nil
        case .firstOnly: return place == 0 ? (head, 0) : nil
        case .previousForNewest:
            return (head, place == newest ? max(0, newest - 1) : place)
        case .first: return (head, 0)
        case .newest: return newest < 0 ? nil : (head, newest)
        case .eachTwice: return (head, place / 2)
        case .firstTwice: return (head, max(0, place - 1))
        case .acrossHeads:
            guard place < count else { return (head, place) }
            let row = head * count + place
            return (row % heads, row / heads)
        }
    }
}
