/// Tokens that are found in a text whole, before it is split: leftmost first, and of those that
/// begin at one place the longest.
struct MarkedTokens: Sendable {
    /// A tree: the node after a byte at another node. The root is 0.
    private var nodes: [Int: Int] = [:]
    /// The token that ends at a node; -1 where none does.
    private var tokens = [-1]
    private var isFirst = [Bool](repeating: false, count: 256)

    /// Adds a token, before any other of the same bytes.
    mutating func insert(_ token: Int, _ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        isFirst[Int(first)] = true
        var node = 0
        for byte in bytes {
            let step = node << 8 | Int(byte)
            if let next = nodes[step] {
                node = next
            } else {
                nodes[step] = tokens.count
                node = tokens.count
                tokens.append(-1)
            }
        }
        tokens[node] = token
    }

    /// The first token at or after a place, and where it lies; nil where none is left.
    /// Cost: O(bytes passed), times the longest token's bytes where a text is like it.
    func first(in text: [UInt8], from start: Int) -> (token: Int, range: Range<Int>)? {
        guard tokens.count > 1 else { return nil }
        for place in start..<text.count where isFirst[Int(text[place])] {
            var (node, end) = (0, place)
            var found: (token: Int, range: Range<Int>)?
            while end < text.count, let next = nodes[node << 8 | Int(text[end])] {
                (node, end) = (next, end + 1)
                if tokens[node] >= 0 { found = (tokens[node], place..<end) }
            }
            if let found { return found }
        }
        return nil
    }
}
