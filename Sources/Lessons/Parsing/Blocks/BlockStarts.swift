/// What starts a block.
extension BlockParser {
    /// Opens the containers a line starts, then perhaps the block in them; true where the line is
    /// used up by that.
    mutating func startBlocks(_ cursor: inout LineCursor) -> Bool {
        while !cursor.isBlank {
            if cursor.indent >= 4 {
                if leaf?.isParagraph == true { return false }
                if case .table = leaf?.kind, matched == containers.count { return false }
                cursor.skipIndent(columns: 4)
                open(.indentedCode, at: cursor.contentPlace, line: cursor.rest)
                return true
            }
            if startsQuote(&cursor) { continue }
            if startsHeading(cursor) || startsFence(cursor) || startsComment(cursor)
                || startsUnderline(cursor) || startsTable(cursor) || startsThematicBreak(cursor)
            {
                return true
            }
            if startsItem(&cursor) { continue }
            reportHeadingWithoutSpace(cursor)
            return false
        }
        return false
    }

    private mutating func startsQuote(_ cursor: inout LineCursor) -> Bool {
        guard cursor.next == ">", mayNest(at: cursor) else { return false }
        let place = cursor.contentPlace
        cursor.skipIndent()
        cursor.skip(1)
        cursor.skipIndent(columns: 1)
        prepareForBlock()
        open(Container(kind: .quote, place: place))
        return true
    }

    private mutating func startsItem(_ cursor: inout LineCursor) -> Bool {
        guard let marker = ListMarker(cursor.content) else { return false }
        let isFollowedByText = cursor.content.dropFirst(marker.width)
            .contains { !$0.isSpaceOrTab }
        if matched == containers.count, leaf?.isParagraph == true,
            !isFollowedByText || marker.start ?? 1 != 1
        {
            return false
        }
        guard mayNest(at: cursor) else { return false }

        let place = cursor.contentPlace
        let markerIndent = cursor.indent
        cursor.skipIndent()
        cursor.skip(marker.width)
        // White space of five columns and more is one column, and then indented code.
        let space = isFollowedByText && cursor.indent <= 4 ? cursor.indent : 1
        cursor.skipIndent(columns: space)

        closeUnmatched()
        closeLeaf()
        if case .list(let current) = containers[containers.count - 1].kind, current.isSame(marker) {
            matched = containers.count
        } else {
            prepareForBlock()
            open(Container(kind: .list(marker), place: place))
        }
        open(Container(kind: .item(indent: markerIndent + marker.width + space), place: place))
        reportTaskList(cursor)
        return true
    }

    /// Whether one container more is allowed; the first that is not is reported.
    private mutating func mayNest(at cursor: LineCursor) -> Bool {
        let depth = containers.prefix(matched).count { container in
            switch container.kind {
            case .quote, .item: true
            case .root, .list: false
            }
        }
        if depth < Self.depthLimit { return true }
        if !hasReportedDepth {
            findings.add(.nestedTooDeep(limit: Self.depthLimit, at: cursor.contentPlace))
            hasReportedDepth = true
        }
        return false
    }

    private mutating func startsHeading(_ cursor: LineCursor) -> Bool {
        let content = cursor.content
        let level = content.prefix { $0 == "#" }.count
        guard (1...6).contains(level), content.dropFirst(level).first?.isSpaceOrTab ?? true else {
            return false
        }
        var text = content.dropFirst(level).trimmed
        let closing = text.reversed().prefix { $0 == "#" }.count
        if closing == text.count || text.dropLast(closing).last?.isSpaceOrTab == true {
            text = text.dropLast(closing).trimmed
        }
        prepareForBlock()
        let inlines = inlines(InlineSource(cursor.line, text.startIndex..<text.endIndex))
        let place = cursor.contentPlace
        if level > 2 {
            add(.heading(level: level, inlines), at: place)
        } else if isAtMargin {
            addTop(.heading(level: level, inlines), at: place)
        } else {
            findings.add(level == 1 ? .titleInside(at: place) : .stepInside(at: place))
            add(.heading(level: 3, inlines), at: place)
        }
        return true
    }

    private mutating func startsFence(_ cursor: LineCursor) -> Bool {
        guard let fence = Fence(cursor) else { return false }
        open(.fence(fence), at: cursor.contentPlace, line: nil)
        return true
    }

    private mutating func startsComment(_ cursor: LineCursor) -> Bool {
        guard cursor.content.starts(with: ["<", "!", "-", "-"]) else { return false }
        open(.comment, at: cursor.contentPlace, line: nil)
        takeComment(LinePart(line: cursor.line, start: cursor.contentIndex + 4))
        return true
    }

    /// A line of = or - under a paragraph, which elsewhere makes it a heading.
    private mutating func startsUnderline(_ cursor: LineCursor) -> Bool {
        guard matched == containers.count, let leaf, leaf.isParagraph,
            let mark = cursor.next, mark == "=" || mark == "-",
            cursor.content.trimmed.allSatisfy({ $0 == mark })
        else { return false }
        findings.add(.setextHeading(at: cursor.contentPlace))
        let inlines = inlines(InlineSource(paragraph: leaf.lines))
        self.leaf = nil
        add(.heading(level: 3, inlines), at: leaf.place)
        return true
    }

    /// A row of dashes and bars under a line of a paragraph makes that line a table's header.
    private mutating func startsTable(_ cursor: LineCursor) -> Bool {
        guard matched == containers.count, let leaf, leaf.isParagraph, let header = leaf.lines.last,
            TableRow.isDashes(cursor.restOfContent),
            header.line.scalars[header.start...].contains("|")
        else { return false }
        if leaf.lines.count > 1 {
            self.leaf?.lines.removeLast()
            closeLeaf()
        }
        self.leaf = Leaf(
            kind: .table(columns: TableRow(header).cells.count), place: header.place,
            lines: [header, cursor.restOfContent])
        return true
    }

    private mutating func startsThematicBreak(_ cursor: LineCursor) -> Bool {
        guard let mark = cursor.next, mark == "*" || mark == "-" || mark == "_",
            cursor.content.allSatisfy({ $0 == mark || $0.isSpaceOrTab }),
            cursor.content.count(where: { $0 == mark }) >= 3
        else { return false }
        prepareForBlock()
        findings.add(.thematicBreak(at: cursor.contentPlace))
        return true
    }

    private mutating func reportTaskList(_ cursor: LineCursor) {
        let start = Array(cursor.content.prefix(4))
        if start.count >= 3, start[0] == "[", start[2] == "]",
            " xX".unicodeScalars.contains(start[1]),
            start.count == 3 || start[3].isSpaceOrTab
        {
            findings.add(.taskList(at: cursor.contentPlace))
        }
    }

    private mutating func reportHeadingWithoutSpace(_ cursor: LineCursor) {
        let level = cursor.content.prefix { $0 == "#" }.count
        if (2...6).contains(level) { findings.add(.headingWithoutSpace(at: cursor.contentPlace)) }
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Without white space at its ends.
    var trimmed: Self {
        var slice = drop(while: \.isSpaceOrTab)
        while slice.last?.isSpaceOrTab == true { slice.removeLast() }
        return slice
    }
}

/// What marks a list's item: `-`, `*`, `+`, `1.` or `1)`.
struct ListMarker {
    /// The character that items of one list share.
    private let mark: Unicode.Scalar
    /// The number of an ordered item.
    let start: Int?
    let width: Int

    init?(_ content: ArraySlice<Unicode.Scalar>) {
        let digits = content.prefix(10).prefix { $0.isASCIIDigit }
        guard digits.count < 10, let mark = content.dropFirst(digits.count).first,
            content.dropFirst(digits.count + 1).first?.isSpaceOrTab ?? true
        else { return nil }
        switch mark {
        case "-", "*", "+": guard digits.isEmpty else { return nil }
        case ".", ")": guard !digits.isEmpty else { return nil }
        default: return nil
        }
        self.mark = mark
        start = Int(String(scalars: digits))
        width = digits.count + 1
    }

    func isSame(_ other: ListMarker) -> Bool { mark == other.mark }
}
