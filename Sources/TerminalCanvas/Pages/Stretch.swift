/// Cells of a row in one style that can be set as one piece: plain ASCII, or one sign repeated. All
/// of it comes from one font, so that stretching it to its width keeps every column straight.
struct Stretch {
    let columns: ClosedRange<Int>
    let text: String
    let style: Style

    /// The share of each cell that is filled from its left, where the stretch is part of a bar;
    /// nil elsewhere. From "█" to "▏" these are eighths.
    var filledShare: Double? {
        guard !style.attributes.contains(.reverse), let scalar = text.unicodeScalars.first,
            (0x2588...0x258F).contains(scalar.value)
        else { return nil }
        return Double(0x2590 - scalar.value) / 8
    }
}

extension Canvas {
    /// A row's stretches from its first column to the last that is seen.
    func stretches(ofRow row: Int) -> [Stretch] {
        let starts = columns(ofRow: row)
        return runs(ofRow: row, upTo: lastVisibleColumn(ofRow: row)).flatMap { run in
            var stretches: [Stretch] = []
            var text = ""
            var start = run.columns.lowerBound
            func close(at column: Int) {
                if !text.isEmpty {
                    stretches.append(
                        Stretch(columns: start...column - 1, text: text, style: run.style))
                }
                text = ""
                start = column
            }
            for column in starts where run.columns.contains(column) {
                let character = self[column, row].character
                if let last = text.last, character != last, !(character.isASCII && last.isASCII) {
                    close(at: column)
                }
                text.append(character)
            }
            close(at: run.columns.upperBound + 1)
            return stretches
        }
    }
}
