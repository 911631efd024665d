/// Where a piece of a line stands: columns from 0, so that lines below each other are a table.
package enum TabStop: Sendable {
    /// It begins at a column.
    case from(Int)
    /// It ends before a column.
    case to(Int)
}

extension Line {
    /// Pieces at stops, from left to right; one whose place is taken stands right behind the one
    /// before.
    package init(_ spans: [Span], at stops: [TabStop]) {
        self = []
        reserveCapacity(2 * spans.count)
        var end = 0
        for (span, stop) in zip(spans, stops) {
            let own = columns(of: span.text)
            let start =
                switch stop {
                case .from(let column): Swift.max(end, column)
                case .to(let column): Swift.max(end, column - own)
                }
            if start > end { append(.blank(start - end)) }
            append(span)
            end = start + own
        }
    }
}

extension Span {
    /// So many blanks; none where the number is negative.
    package static func blank(_ columns: Int) -> Span {
        Span(String(spaces: columns))
    }
}

extension String {
    /// So many spaces; none where the number is negative. Made at once, where the library appends
    /// one after the other.
    init(spaces count: Int) {
        let bytes = Array(repeating: UInt8(ascii: " "), count: Swift.max(0, count))
        self.init(decoding: bytes, as: UTF8.self)
    }
}
