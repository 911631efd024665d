extension Block {
    /// All pieces of text in it, in reading order; none of code and of blocks in braces.
    package var inlines: [Inline] { texts.flatMap { $0 } }

    /// Its texts, each of which reads on without a break.
    package var texts: [[Inline]] {
        switch self {
        case .paragraph(let inlines, _), .heading(_, let inlines): [inlines]
        case .list(_, let items): items.flatMap { $0.flatMap(\.texts) }
        case .quote(let blocks): blocks.flatMap(\.texts)
        case .table(let table): table.header + table.rows.flatMap { $0 }
        case .code, .directive: []
        }
    }

    /// Whether it is a list.
    package var isList: Bool { if case .list = self { true } else { false } }

    /// The figures in its texts, in reading order.
    package var figures: [Figure] { inlines.flatMap(\.figures) }
}

extension Inline {
    /// The pieces that hold text themselves, in reading order.
    package var leaves: [Inline] {
        switch self {
        case .emphasis(let inner), .strong(let inner), .link(let inner, _):
            inner.flatMap(\.leaves)
        case .text, .code, .figure, .lineBreak: [self]
        }
    }

    /// Its texts as they are written in the lesson, each with its place.
    package var texts: [(text: String, place: SourcePlace)] {
        leaves.compactMap { leaf in
            switch leaf {
            case .text(let text, let place), .code(let text, let place): (text, place)
            case .figure(let figure): (figure.written, figure.place)
            case .lineBreak, .emphasis, .strong, .link: nil
            }
        }
    }

    /// The figures in it, in reading order.
    package var figures: [Figure] {
        leaves.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
    }

    /// Its text without emphasis and addresses, figures as they are written in the lesson.
    package var plain: String {
        leaves.map { leaf in
            switch leaf {
            case .text(let text, _), .code(let text, _): text
            case .figure(let figure): figure.written
            case .lineBreak: " "
            case .emphasis, .strong, .link: ""
            }
        }.joined()
    }

    /// The ordinary links in it, each with its address and where its text begins.
    package var links: [(destination: String, place: SourcePlace?)] {
        switch self {
        case .link(let inner, let destination):
            [(destination, inner.flatMap(\.texts).first?.place)] + inner.flatMap(\.links)
        case .emphasis(let inner), .strong(let inner): inner.flatMap(\.links)
        case .text, .code, .figure, .lineBreak: []
        }
    }
}
