extension Canvas {
    /// The rows as text, without the blanks at their ends, set apart by line feeds.
    package var text: String {
        (0..<size.height).map { row in
            String(columns(ofRow: row).map { self[$0, row].character }).trimmedAtEnd
        }.joined(separator: "\n")
    }

    /// The rows as text with the escape sequences that colour it, set apart by line feeds; every
    /// row begins and ends in the terminal's own style.
    package func ansi(_ scheme: ColourScheme) -> String {
        (0..<size.height).map { row in
            runs(ofRow: row, upTo: lastVisibleColumn(ofRow: row)).map { run in
                let codes = run.style.codes(in: scheme)
                let text = String(
                    columns(ofRow: row).filter(run.columns.contains).map {
                        self[$0, row].character
                    })
                return codes.isEmpty ? text : "\u{1B}[\(codes)m\(text)\u{1B}[0m"
            }.joined()
        }.joined(separator: "\n")
    }

    /// Columns of a row where a character begins.
    func columns(ofRow row: Int) -> [Int] {
        (0..<size.width).filter { !self[$0, row].isContinuation }
    }

    /// The last column with something to see in it; blanks are seen where they are reversed or
    /// underlined. -1 in a row without any.
    func lastVisibleColumn(ofRow row: Int) -> Int {
        (0..<size.width).last { column in
            let cell = self[column, row]
            return !cell.isSpace
                || !cell.style.attributes.isDisjoint(with: [.reverse, .underline])
        } ?? -1
    }

    /// Columns of one style, from the first of a row to `last`.
    func runs(ofRow row: Int, upTo last: Int) -> [(columns: ClosedRange<Int>, style: Style)] {
        var runs: [(columns: ClosedRange<Int>, style: Style)] = []
        for column in 0..<(last + 1) {
            let style = self[column, row].style
            if let previous = runs.last, previous.style == style {
                runs[runs.count - 1].columns = previous.columns.lowerBound...column
            } else {
                runs.append((column...column, style))
            }
        }
        return runs
    }
}

extension Style {
    /// The parameters of "Select Graphic Rendition" (ECMA-48, 8.3.117).
    fileprivate func codes(in scheme: ColourScheme) -> String {
        var codes: [String] = []
        if attributes.contains(.bold) { codes.append("1") }
        if attributes.contains(.italic) { codes.append("3") }
        if attributes.contains(.underline) { codes.append("4") }
        if attributes.contains(.reverse) { codes.append("7") }
        switch scheme.colour(of: ink) {
        case let colour? where scheme.palette == .colours256: codes.append("38;5;\(colour)")
        case let colour? where colour >= 8: codes.append("\(90 + colour - 8)")
        case let colour?: codes.append("\(30 + colour)")
        case nil: break
        }
        return codes.joined(separator: ";")
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
