/// The text of a paragraph, heading or cell in one piece, which knows where it stands in the file.
struct InlineSource {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Runs that stand in the file as they stand here, by where they start in both.
    private var runs: [(offset: Int, line: SourceLine, index: Int)] = []

    init(_ line: SourceLine, _ range: Range<Int>) { append(line, range) }

    /// Lines joined by newlines. White space at a line's end stays, for it can mean a line break,
    /// but not at the end of the last.
    init(paragraph lines: [LinePart]) {
        for (number, part) in lines.enumerated() {
            if number > 0 { scalars.append("\n") }
            append(part.line, part.start..<part.line.scalars.count)
        }
        while scalars.last?.isSpaceTabOrNewline == true { scalars.removeLast() }
    }

    /// A table's cell, in which a bar is written `\|` everywhere, also in code.
    init(cell: Range<Int>, of line: SourceLine) {
        var start = cell.lowerBound
        for index in cell.dropLast()
        where line.scalars[index] == "\\" && line.scalars[index + 1] == "|" {
            append(line, start..<index)
            start = index + 1
        }
        append(line, start..<cell.upperBound)
    }

    private mutating func append(_ line: SourceLine, _ range: Range<Int>) {
        runs.append((scalars.count, line, range.lowerBound))
        scalars += line.scalars[range]
    }

    /// The place of a scalar; the newline between two lines stands at the end of the first.
    func place(_ offset: Int) -> SourcePlace {
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].offset <= offset { low = middle } else { high = middle }
        }
        let run = runs[low]
        return run.line.place(run.index + offset - run.offset)
    }
}
