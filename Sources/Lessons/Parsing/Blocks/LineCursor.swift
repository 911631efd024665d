/// A place in a line that moves over markers and indents, with tab stops every four columns.
struct LineCursor {
    let line: SourceLine
    private var index = 0
    private var column = 0
    /// True while a tab is entered but not left.
    private var isInsideTab = false
    /// The first scalar ahead that is no space or tab, or the line's end.
    private(set) var contentIndex = 0
    private var contentColumn = 0

    init(_ line: SourceLine) {
        self.line = line
        lookAhead()
    }

    /// The columns of white space ahead.
    var indent: Int { contentColumn - column }
    var isBlank: Bool { contentIndex == line.scalars.count }
    var content: ArraySlice<Unicode.Scalar> { line.scalars[contentIndex...] }
    /// The first scalar that is no white space.
    var next: Unicode.Scalar? { content.first }
    var contentPlace: SourcePlace { line.place(contentIndex) }

    mutating func skipIndent() {
        (index, column, isInsideTab) = (contentIndex, contentColumn, false)
    }

    /// Moves over scalars that are not tabs.
    mutating func skip(_ count: Int) {
        index += count
        column += count
        lookAhead()
    }

    /// Moves over up to `count` columns of white space, perhaps into a tab.
    mutating func skipIndent(columns count: Int) {
        var left = min(count, indent)
        while left > 0 {
            if line.scalars[index] == "\t" {
                let width = 4 - column % 4
                isInsideTab = width > left
                column += min(width, left)
                index += isInsideTab ? 0 : 1
                left -= min(width, left)
            } else {
                index += 1
                column += 1
                left -= 1
            }
        }
    }

    /// The rest of the line, the white space ahead of it included.
    var rest: LinePart {
        LinePart(
            line: line, spaces: isInsideTab ? 4 - column % 4 : 0,
            start: isInsideTab ? index + 1 : index, column: column)
    }

    /// The rest of the line from its first character that is no white space.
    var restOfContent: LinePart { LinePart(line: line, start: contentIndex) }

    private mutating func lookAhead() {
        contentIndex = index
        contentColumn = column
        while contentIndex < line.scalars.count {
            if line.scalars[contentIndex] == " " {
                contentColumn += 1
            } else if line.scalars[contentIndex] == "\t" {
                contentColumn += 4 - contentColumn % 4
            } else {
                return
            }
            contentIndex += 1
        }
    }
}

/// A line from some place to its end.
struct LinePart {
    let line: SourceLine
    /// Columns of a tab that stand before it and belong to it.
    var spaces = 0
    let start: Int
    /// The column it starts in, which tab stops count from.
    var column = 0

    /// As YAML and as code.
    var scalars: [Unicode.Scalar] {
        Array(repeating: " ", count: spaces) + line.scalars[start...]
    }

    /// As a line of code, tabs made into spaces.
    var code: String {
        var expanded: [Unicode.Scalar] = []
        for scalar in scalars {
            if scalar == "\t" {
                repeat { expanded.append(" ") } while (column + expanded.count) % 4 != 0
            } else {
                expanded.append(scalar)
            }
        }
        return String(scalars: expanded)
    }

    var place: SourcePlace { line.place(start) }
}
