/// A lesson's text as blocks, by CommonMark's way of keeping a stack of open blocks and giving
/// each line to it. Cost: the length of the text times the depth of nesting, which is limited.
struct BlockParser {
    /// A block at the margin, where a heading may start a step and a comment name it.
    struct TopBlock {
        enum Content {
            case block(Block)
            /// A heading of level 1 or 2.
            case heading(level: Int, [Inline])
            case comment(String)
        }

        let content: Content
        let place: SourcePlace
    }

    /// A block that holds blocks.
    struct Container {
        enum Kind {
            case root
            case quote
            case list(ListMarker)
            /// An item and the indent that continues it.
            case item(indent: Int)
        }

        let kind: Kind
        let place: SourcePlace
        var blocks: [Block] = []
        var items: [[Block]] = []
        /// Whether a block was ever started in it, if only a comment.
        var isBegun = false

        var isList: Bool { if case .list = kind { true } else { false } }
    }

    /// The block that takes the lines: the last one in the innermost container.
    struct Leaf {
        enum Kind {
            case paragraph
            /// Lines: the header, the row of dashes, the rows.
            case table(columns: Int)
            case fence(Fence)
            case comment
            case indentedCode
        }

        let kind: Kind
        let place: SourcePlace
        var lines: [LinePart] = []

        var isParagraph: Bool { if case .paragraph = kind { true } else { false } }
    }

    static let depthLimit = 16

    var findings: FindingList
    private(set) var topBlocks: [TopBlock] = []
    var containers: [Container]
    var leaf: Leaf?
    /// How many containers the current line continues or has opened.
    var matched = 1
    var hasReportedDepth = false

    init(_ lines: ArraySlice<SourceLine>, findings: FindingList) {
        self.findings = findings
        containers = [Container(kind: .root, place: SourcePlace(line: 1, column: 1))]
        for line in lines { take(line) }
        matched = 1
        closeUnmatched()
        closeLeaf()
    }

    private mutating func take(_ line: SourceLine) {
        var cursor = LineCursor(line)
        matched = 1
        while matched < containers.count, continues(containers[matched], &cursor) { matched += 1 }
        let isContinued = matched == containers.count
        if isContinued, let kind = leaf?.kind, takesVerbatim(kind, &cursor) { return }
        if startBlocks(&cursor) { return }
        takeText(cursor)
    }

    /// Whether the line goes on with a container; moves over what says so.
    private func continues(_ container: Container, _ cursor: inout LineCursor) -> Bool {
        switch container.kind {
        case .root, .list: return true
        case .quote:
            guard cursor.indent < 4, cursor.next == ">" else { return false }
            cursor.skipIndent()
            cursor.skip(1)
            cursor.skipIndent(columns: 1)
            return true
        case .item(let indent):
            if cursor.isBlank {
                // An item may begin with one empty line, not with two.
                guard container.isBegun else { return false }
                cursor.skipIndent()
                return true
            }
            guard cursor.indent >= indent else { return false }
            cursor.skipIndent(columns: indent)
            return true
        }
    }

    /// Gives a line that starts no block to the paragraph or table that is open, or opens one.
    private mutating func takeText(_ cursor: LineCursor) {
        if cursor.isBlank {
            closeUnmatched()
            closeLeaf()
        } else if leaf?.isParagraph == true {
            // Also where a quote or an item is not continued: a paragraph takes such a line.
            leaf?.lines.append(cursor.restOfContent)
        } else if case .table = leaf?.kind, matched == containers.count {
            leaf?.lines.append(cursor.restOfContent)
        } else {
            open(.paragraph, at: cursor.contentPlace, line: cursor.restOfContent)
        }
    }

    // MARK: Opening and closing

    /// Makes room for a block in the innermost container that the line continues.
    mutating func prepareForBlock() {
        closeUnmatched()
        closeLeaf()
        if containers[containers.count - 1].isList { closeContainer() }
        containers[containers.count - 1].isBegun = true
    }

    mutating func open(_ kind: Leaf.Kind, at place: SourcePlace, line: LinePart?) {
        prepareForBlock()
        leaf = Leaf(kind: kind, place: place, lines: line.map { [$0] } ?? [])
    }

    mutating func open(_ container: Container) {
        containers.append(container)
        matched = containers.count
    }

    mutating func closeUnmatched() {
        guard containers.count > matched else { return }
        closeLeaf()
        while containers.count > matched { closeContainer() }
    }

    private mutating func closeContainer() {
        let container = containers.removeLast()
        matched = min(matched, containers.count)
        switch container.kind {
        case .root: break
        case .quote: add(.quote(container.blocks), at: container.place)
        case .list(let marker):
            add(.list(start: marker.start, items: container.items), at: container.place)
        case .item: containers[containers.count - 1].items.append(container.blocks)
        }
    }

    var isAtMargin: Bool { containers.count == 1 }

    mutating func add(_ block: Block, at place: SourcePlace) {
        if isAtMargin {
            topBlocks.append(TopBlock(content: .block(block), place: place))
        } else {
            containers[containers.count - 1].blocks.append(block)
        }
    }

    mutating func addTop(_ content: TopBlock.Content, at place: SourcePlace) {
        topBlocks.append(TopBlock(content: content, place: place))
    }
}
