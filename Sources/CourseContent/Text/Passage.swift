/// A piece of running text: what a paragraph, a row of a table or a picture says in words.
package struct Passage: Hashable, Sendable {
    /// How it stands among the others.
    package enum Kind: Hashable, Sendable {
        /// Stands apart, a blank line before it.
        case paragraph
        /// Follows the line before it, as in a list.
        case row
        /// A line of code or of a drawing in characters, as it was typed.
        case code
    }

    /// How it stands among the others.
    package var kind: Kind
    /// What stands before a row: "1. " or "- ".
    package var mark = ""
    /// What it says; it may hold any character.
    package var text: String

    /// A paragraph.
    package static func paragraph(_ text: String) -> Passage {
        Passage(kind: .paragraph, text: text)
    }

    /// A line of a list.
    package static func row(_ text: String, mark: String = "- ") -> Passage {
        Passage(kind: .row, mark: mark, text: text)
    }

    /// A list with a number before each line.
    package static func numbered(_ texts: [String], from first: Int = 1) -> [Passage] {
        texts.enumerated().map { row($1, mark: "\(first + $0). ") }
    }

    /// A line of code.
    package static func code(_ text: String) -> Passage { Passage(kind: .code, text: text) }

    /// A table row by row, every cell behind the name of its column, so that no line needs the ones
    /// above it to be understood.
    package static func table(header: [String], rows: [[String]]) -> [Passage] {
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
