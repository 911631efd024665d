import TerminalCanvas

/// A piece of running text: what a paragraph, a row of a table or a picture says in words.
struct Passage: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Stands apart, a blank line before it.
        case paragraph
        /// Follows the line before it, as in a list.
        case row
        /// A line of code or of a drawing in characters, as it was typed.
        case code
    }

    var kind: Kind
    /// What stands before a row: "1. " or "- ".
    var mark = ""
    var text: String

    static func paragraph(_ text: String) -> Passage { Passage(kind: .paragraph, text: text) }

    static func row(_ text: String, mark: String = "- ") -> Passage {
        Passage(kind: .row, mark: mark, text: text)
    }

    static func code(_ text: String) -> Passage { Passage(kind: .code, text: text) }

    /// A table row by row, every cell behind the name of its column, so that no line needs the ones
    /// above it to be understood.
    static func table(header: [String], rows: [[String]]) -> [Passage] {
        let named = header.filter { !$0.isEmpty }
        let head =
            named.isEmpty ? "Table:" : "Table: \(named.joined(separator: "; "))."
        return [paragraph(head)] + rows.map { row(line(of: $0, under: header)) }
    }

    /// "MHA. K/V heads: 96; cache: 4.83 GB." The first cell is the row's name, where it is no
    /// number; a single cell beside it needs no name.
    private static func line(of cells: [String], under names: [String]) -> String {
        func told(_ index: Int) -> String {
            let name = index < names.count ? names[index] : ""
            return name.isEmpty || cells.count <= 2 ? cells[index] : "\(name): \(cells[index])"
        }
        guard let first = cells.first else { return "" }
        let isName = first.first?.isNumber == false && cells.count > 1
        let rest = cells.indices.dropFirst(isName ? 1 : 0).filter { !cells[$0].isEmpty }
        return (isName ? ended(first) + " " : "") + ended(rest.map(told).joined(separator: "; "))
    }
}

/// With a full stop, where no other mark ends it.
func ended(_ text: String) -> String {
    guard let last = text.last, !".?!:".contains(last) else { return text }
    return text + "."
}

/// Passages as lines of text: nothing but printable characters, no line wider than the width.
struct PlainText {
    let width: Int
    let glyphs: Glyphs

    init(width: Int, glyphs: Glyphs) {
        self.width = max(20, width)
        self.glyphs = glyphs
    }

    func lines(_ passages: [Passage]) -> [String] {
        var lines: [String] = []
        var before: Passage.Kind?
        for passage in passages {
            if let before, isApart(passage.kind, from: before) { lines.append("") }
            lines += self.lines(passage)
            before = passage.kind
        }
        return lines
    }

    /// Rows follow the paragraph that they belong to; everything else stands apart.
    private func isApart(_ kind: Passage.Kind, from before: Passage.Kind) -> Bool {
        kind == .paragraph || kind != before && !(kind == .row && before == .paragraph)
    }

    private func lines(_ passage: Passage) -> [String] {
        switch passage.kind {
        case .code: return cut(passage.text).map { "  " + $0 }
        case .paragraph, .row:
            let mark = passage.kind == .row ? passage.mark : ""
            let indent = String(repeating: " ", count: mark.count)
            let text = passage.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { Self.bound(printable(String($0))) }.joined(separator: "\n")
            return wrapped([Span(text)], width: width - mark.count, glyphs: glyphs).enumerated()
                .map { index, line in
                    trimmed((index == 0 ? mark : indent) + line.map(\.text).joined())
                }
        }
    }

    /// A no-break space stays, for the wrapping to see.
    private func printable(_ text: String) -> String {
        text.split(separator: "\u{A0}", omittingEmptySubsequences: false)
            .map { glyphs.printable(String($0)) }.joined(separator: "\u{A0}")
    }

    private static let units: Set<String> = [
        "B", "kB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "bytes",
        "ms", "%", "million", "billion", "trillion",
    ]

    /// Numbers held together with their units.
    private static func bound(_ text: String) -> String {
        var bound = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let unit = word.prefix { $0.isLetter || $0 == "%" }
            let isUnit = bound.last?.isNumber == true && units.contains(String(unit))
            bound += (bound.isEmpty ? "" : isUnit ? "\u{A0}" : " ") + word
        }
        return bound
    }

    /// Code keeps its spaces, so it is cut where it is too wide.
    private func cut(_ text: String) -> [String] {
        var lines = [""]
        var used = 0
        for character in glyphs.printable(text) {
            let own = columns(of: character)
            if used + own > width - 2 {
                lines.append("")
                used = 0
            }
            lines[lines.count - 1].append(character)
            used += own
        }
        return lines.map(trimmed)
    }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
