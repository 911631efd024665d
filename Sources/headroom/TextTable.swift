/// Rows of text in aligned columns, for output that people read.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        var title: String
        var alignment: Alignment
        /// Spaces between this column and the one before.
        var gap = 2
    }

    let columns: [Column]
    var rows: [[String]] = []

    /// The titles and rows, each a line without spaces at its end.
    var lines: [String] {
        let cells = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = ""
            for (index, column) in columns.enumerated() {
                let padding = String(repeating: " ", count: widths[index] - row[index].count)
                if index > 0 { line += String(repeating: " ", count: column.gap) }
                line += column.alignment == .left ? row[index] + padding : padding + row[index]
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

/// A text broken between words into lines of at most `width` characters, the first after `first`,
/// the others after `indent`; a longer word keeps its own line.
func wrapped(
    _ text: String, width: Int = 80, first: String = "", indent: String = ""
) -> [String] {
    var lines: [String] = []
    var line = first
    for (index, word) in text.split(separator: " ").enumerated() {
        if index == 0 {
            line += word
        } else if line.count + 1 + word.count <= width {
            line += " " + word
        } else {
            lines.append(line)
            line = indent + word
        }
    }
    return lines + [line]
}
