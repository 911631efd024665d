/// The heads of one attention layer: n query heads that read g K/V heads of h numbers each.
///
/// Multi-head attention is g = n, multi-query g = 1 (Shazeer 2019, arXiv 1911.02150), grouped-query
/// anything between that divides n (Ainslie et al. 2023, arXiv 2305.13245, section 2.2).
/// An invalid shape cannot be made.
public struct AttentionShape: Hashable, Sendable {
    public let queryHeads: Int
    public let keyValueHeads: Int
    public let headDimension: Int

    /// Throws where a number is below one or the K/V heads do not divide the query heads.
    public init(
        queryHeads: Int, keyValueHeads: Int, headDimension: Int
    ) throws(SettingError) {
        try Self.require(queryHeads, .queryHeads)
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

    static func require(_ value: Int, _ parameter: Parameter) throws(SettingError) {
        if value < 1 { throw .tooSmall(parameter, value) }
    }

    /// n / g: the query heads that read one K/V head.
    public var groupSize: Int { queryHeads / keyValueHeads }

    /// The K/V head that a query head reads: heads of a group are neighbours, as
    /// `repeat_interleave` lays them out.
    public func keyValueHead(ofQueryHead queryHead: Int) -> Int { queryHead / groupSize }

    /// The K/V head that a query head reads where K and V were tiled instead (`repeat`), the
    /// usual mistake: every g-th head shares.
    public func tiledKeyValueHead(ofQueryHead queryHead: Int) -> Int { queryHead % keyValueHeads }
}
