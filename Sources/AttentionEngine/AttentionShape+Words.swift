/// Which heads read which, in words.
extension AttentionShape {
    /// "8 query heads on 2 K/V heads, 4 query heads each"
    package var countsInWords: String {
        "\(counted(queryHeads, "query head")) on \(groupsInWords)"
    }

    /// "2 K/V heads, 4 query heads each"
    package var groupsInWords: String {
        "\(counted(keyValueHeads, "K/V head")), \(counted(groupSize, "query head")) each"
    }

    /// How its heads share, a sentence or two.
    package var sharingInWords: String {
        if keyValueHeads == 1 {
            return queryHeads == 1
                ? "one query head reads one K/V head."
                : "all \(grouped(queryHeads)) query heads read the one K/V head."
        }
        if groupSize == 1 {
            return "\(grouped(queryHeads)) query heads, and each reads a K/V head of its own."
        }
        return "\(countsInWords). " + reading(keyValueHead)
    }

    /// The most query heads, or groups of them, that are told one by one.
    private static let mostTold = 4

    /// "Query heads 0 to 3 read K/V head 0; 4 to 7 K/V head 1; and so on; 28 to 31 K/V head 7."
    ///
    /// - Parameter keyValueHead: the K/V head that a query head reads.
    package func reading(_ keyValueHead: (_ ofQueryHead: Int) -> Int) -> String {
        func readers(_ head: Int) -> String {
            let heads = (0..<queryHeads).filter { keyValueHead($0) == head }
            guard let first = heads.first, let last = heads.last, heads.count > 1 else {
                return heads.map(String.init).joined()
            }
            if heads.count == 2 { return "\(first) and \(last)" }
            if last - first == heads.count - 1 { return "\(first) to \(last)" }
            let told = heads.prefix(Self.mostTold).map(String.init).joined(separator: ", ")
            return heads.count > Self.mostTold ? "\(told) and so on to \(last)" : told
        }
        let start =
            groupSize == 1 ? "Query head \(readers(0)) reads" : "Query heads \(readers(0)) read"
        func group(_ head: Int) -> String {
            head == 0 ? "\(start) K/V head 0" : "\(readers(head)) K/V head \(head)"
        }
        guard keyValueHeads > Self.mostTold else {
            return (0..<keyValueHeads).map(group).joined(separator: "; ") + "."
        }
        return "\(group(0)); \(group(1)); and so on; \(group(keyValueHeads - 1))."
    }
}
