import Lessons

extension GridSpec {
    /// The grid of a `{grid}` block; nil, with findings, where it has no title, words or rows.
    static func read(_ reader: AttributeReader) -> GridSpec? {
        for key in ["columns", "rows"] { reader.needed(key) }
        let title = reader.neededText("title")
        let told = reader.neededText("words")
        let columns = (reader.texts("columns") ?? []).map(\.text)
        let items = reader.list("rows") ?? []
        for (key, count) in [("columns", columns.count), ("rows", items.count)]
        where reader.attributes[key]?.list != nil && !(1...most).contains(count) {
            reader.findings.add(
                .badValue(
                    key, "\(count) of them", expected: "1 to \(most)", at: reader.place(of: key)))
        }
        let rows = items.prefix(most).compactMap { row(of: $0, count: columns.count, reader) }
        guard let title, let told, (1...most).contains(columns.count), !rows.isEmpty else {
            return nil
        }
        return GridSpec(title: title, columns: columns, rows: rows, told: told)
    }

    private static func row(
        of item: Attribute, count: Int, _ reader: AttributeReader
    ) -> Row? {
        let cells = (reader.list(of: item, as: "rows", expected: "a list of rows") ?? [])
            .compactMap { reader.text(of: $0, as: "rows", expected: "plain cells") }
        guard let name = cells.first, cells.count == count + 1 else {
            reader.findings.add(
                .badValue(
                    "rows", cells.joined(separator: ", "),
                    expected: "a name and \(count) cell\(count == 1 ? "" : "s") a row",
                    at: item.place))
            return nil
        }
        return Row(name: name, cells: Array(cells.dropFirst()))
    }
}
