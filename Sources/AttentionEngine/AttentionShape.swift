/// The heads of one attention layer: n query heads that read g K/V heads of h numbers each.
///
/// Multi-head attention is g = n, multi-query g = 1 (Shazeer 2019, arXiv 1911.02150), grouped-query
/// anything between that divides n (Ainslie et al. 2023, arXiv 2305.13245, section 2.2).
/// An invalid shape cannot be made.
package struct AttentionShape: Hashable, Sendable {
    /// n, 1 to `maximumQueryHeads`.
    package let queryHeads: Int
    /// g, the heads that keys and values are kept for; divides n.
    package let keyValueHeads: Int
    /// h, the numbers of one query, key or value, 1 or more.
    package let headDimension: Int

    /// The most query heads a shape may have. Far above any model; it keeps the search for the
    /// legal numbers of K/V heads short.
    package static let maximumQueryHeads = 65_536

    /// Throws where a number is below one, where there are too many query heads, or where the K/V
    /// heads do not divide them.
    package init(
        queryHeads: Int, keyValueHeads: Int, headDimension: Int
    ) throws(SettingError) {
        try Self.requireQueryHeads(queryHeads)
        try Self.require(keyValueHeads, .keyValueHeads)
        try Self.require(headDimension, .headDimension)
        guard queryHeads % keyValueHeads == 0 else {
            throw .doesNotDivide(
                keyValueHeads: keyValueHeads, queryHeads: queryHeads,
                legal: divisors(of: queryHeads))
        }
        self.queryHeads = queryHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
    }

    static func requireQueryHeads(_ value: Int) throws(SettingError) {
        try require(value, .queryHeads)
        if value > maximumQueryHeads { throw .tooManyQueryHeads(value) }
    }

    static func require(_ value: Int, _ parameter: Parameter) throws(SettingError) {
        if value < 1 { throw .tooSmall(parameter, value) }
    }

    /// n / g: the query heads that read one K/V head.
    package var groupSize: Int { queryHeads / keyValueHeads }

    /// How the heads share: grouped, or as at one of the two ends of g.
    package var variant: AttentionVariant {
        groupSize == 1 ? .mha : keyValueHeads == 1 ? .mqa : .gqa
    }

    /// The same heads with a K/V head for each query head, MHA.
    package var ungrouped: AttentionShape {
        AttentionShape(queryHeads, queryHeads, headDimension)
    }

    /// The same query heads on one K/V head, MQA.
    package var withOneKeyValueHead: AttentionShape { AttentionShape(queryHeads, 1, headDimension) }

    private init(_ queryHeads: Int, _ keyValueHeads: Int, _ headDimension: Int) {
        self.queryHeads = queryHeads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
    }

    /// The K/V head that a query head reads: heads of a group are neighbours, as
    /// `repeat_interleave` lays them out.
    package func keyValueHead(ofQueryHead queryHead: Int) -> Int { queryHead / groupSize }

    /// The K/V head that a query head reads where K and V were tiled instead (`repeat`), the
    /// usual mistake: every g-th head shares.
    package func tiledKeyValueHead(ofQueryHead queryHead: Int) -> Int { queryHead % keyValueHeads }

    /// The query heads that read another K/V head under tile.
    package var headsReadingOthersUnderTile: Int {
        (0..<queryHeads).count {
            keyValueHead(ofQueryHead: $0) != tiledKeyValueHead(ofQueryHead: $0)
        }
    }
}
