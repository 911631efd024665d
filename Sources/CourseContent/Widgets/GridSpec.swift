/// A grid of cells below and beside names, such as which token reads which, as a lesson has it.
package struct GridSpec: Hashable, Sendable {
    /// A row with its name.
    package struct Row: Hashable, Sendable {
        /// What stands before the cells.
        package let name: String
        /// As many texts as there are columns; 1 is a filled cell and 0 an empty one.
        package let cells: [String]
    }

    /// What it shows.
    package var title: String
    /// What stands above the cells.
    package var columns: [String]
    /// The rows from above.
    package var rows: [Row]
    /// The grid in words, for those who do not see it.
    package var told: String

    /// As many rows, and as many columns, as a lesson may ask for.
    package static let most = 16
    /// A filled cell as it is written.
    package static let filled = "1"
    /// An empty one.
    package static let empty = "0"

    /// A row in words: the names of its filled columns, or each cell behind its column's name.
    package func words(of row: Row) -> String {
        let named = zip(columns, row.cells)
        guard row.cells.allSatisfy({ $0 == Self.filled || $0 == Self.empty }) else {
            return "\(row.name): " + named.map { "\($0) \($1)" }.joined(separator: "; ") + "."
        }
        let filled = named.filter { $1 == Self.filled }.map(\.0)
        return "\(row.name): " + (filled.isEmpty ? "none" : filled.joined(separator: ", ")) + "."
    }
}
