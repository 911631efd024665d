/// A line of a table cut at its bars.
struct TableRow {
    let line: SourceLine
    /// The cells' text, without white space at its ends.
    let cells: [Range<Int>]

    init(_ part: LinePart) {
        line = part.line
        let scalars = part.line.scalars
        var content = scalars[part.start...].trimmed
        if content.first == "|" { content.removeFirst() }
        var cells: [Range<Int>] = []
        var start = content.startIndex
        var index = start
        func end(at bar: Int) {
            let cell = scalars[start..<bar].trimmed
            cells.append(cell.startIndex..<cell.endIndex)
        }
        while index < content.endIndex {
            if scalars[index] == "\\" {
                index += 2
                continue
            }
            if scalars[index] == "|" {
                end(at: index)
                start = index + 1
            }
            index += 1
        }
        // A bar at the line's end closes the last cell, it does not open another.
        if start < content.endIndex || cells.isEmpty { end(at: content.endIndex) }
        self.cells = cells
    }

    /// Whether a line is the row of dashes under a header: `|---|:-:|`, with one bar at least.
    static func isDashes(_ part: LinePart) -> Bool {
        let content = part.line.scalars[part.start...]
        guard content.contains("|"), content.contains("-"),
            content.allSatisfy({ $0 == "|" || $0 == "-" || $0 == ":" || $0.isSpaceOrTab })
        else { return false }
        let row = TableRow(part)
        return row.cells.allSatisfy { cell in
            var dashes = content[cell]
            if dashes.first == ":" { dashes.removeFirst() }
            if dashes.last == ":" { dashes.removeLast() }
            return !dashes.isEmpty && dashes.allSatisfy { $0 == "-" }
        }
    }

    func alignment(_ cell: Range<Int>) -> Table.Alignment {
        guard line.scalars[cell].last == ":" else { return .left }
        return line.scalars[cell].first == ":" ? .centre : .right
    }

    var place: SourcePlace { line.place(cells[0].lowerBound) }
}

extension BlockParser {
    /// More columns than any screen of ours shows; every row is padded to the header's width.
    static let columnLimit = 16

    /// A table from its header, its row of dashes and its rows, each made as wide as the header.
    mutating func table(_ lines: [LinePart], columns: Int) -> Table {
        let width = min(columns, Self.columnLimit)
        if columns > width {
            findings.add(
                .tableTooWide(columns: columns, limit: width, at: lines[0].place))
        }
        let dashes = TableRow(lines[1])
        if dashes.cells.count != columns {
            findings.add(
                .tableHeader(
                    header: columns, alignments: dashes.cells.count, at: lines[1].place))
        }
        var alignments = dashes.cells.prefix(width).map(dashes.alignment)
        alignments += Array(repeating: .left, count: width - alignments.count)
        let header = cells(TableRow(lines[0]), width: width)
        var rows: [[[Inline]]] = []
        for line in lines.dropFirst(2) {
            let row = TableRow(line)
            if row.cells.count != columns {
                findings.add(.tableRow(cells: row.cells.count, header: columns, at: line.place))
            }
            rows.append(cells(row, width: width))
        }
        return Table(header: header, alignments: alignments, rows: rows)
    }

    private mutating func cells(_ row: TableRow, width: Int) -> [[Inline]] {
        var cells: [[Inline]] = []
        for cell in row.cells.prefix(width) {
            cells.append(inlines(InlineSource(cell: cell, of: row.line)))
        }
        cells += Array(repeating: [], count: width - cells.count)
        return cells
    }
}
