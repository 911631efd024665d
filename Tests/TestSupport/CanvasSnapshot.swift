import TerminalCanvas

extension Canvas {
    /// The canvas for people to read and compare: its size and cursor, its rows between bars, and
    /// for each row the runs of columns that are not plain, counted from 0, with their style.
    package var snapshot: String {
        var lines = ["\(size.width)x\(size.height)"]
        if let cursor { lines[0] += ", cursor in column \(cursor.column), row \(cursor.row)" }
        for row in 0..<size.height {
            let characters = cells(ofRow: row).lazy.filter { !$0.isContinuation }.map(\.character)
            lines.append("|" + String(characters) + "|")
        }
        for row in 0..<size.height {
            let styled = runs(ofRow: row).filter { $0.style != .plain }
            if styled.isEmpty { continue }
            let texts = styled.map { run in
                let (first, last) = (run.columns.lowerBound, run.columns.upperBound)
                return (first == last ? "\(first)" : "\(first)-\(last)") + " \(run.style.words)"
            }
            lines.append("\(row): " + texts.joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    /// Columns of one style.
    private func runs(ofRow row: Int) -> [(columns: ClosedRange<Int>, style: Style)] {
        var runs: [(columns: ClosedRange<Int>, style: Style)] = []
        for (column, cell) in cells(ofRow: row).enumerated() {
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].columns = last.columns.lowerBound...column
            } else {
                runs.append((column...column, cell.style))
            }
        }
        return runs
    }
}

extension Style {
    fileprivate var words: String {
        var words: [String] = []
        switch ink {
        case .group(let number): words.append("group \(number)")
        case .text: if attributes.isEmpty { words.append("text") }
        default: words.append("\(ink)")
        }
        if attributes.contains(.bold) { words.append("bold") }
        if attributes.contains(.italic) { words.append("italic") }
        if attributes.contains(.underline) { words.append("underline") }
        if attributes.contains(.reverse) { words.append("reverse") }
        return words.joined(separator: " ")
    }
}
