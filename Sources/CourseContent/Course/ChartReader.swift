import AttentionEngine
import Lessons

extension ChartSpec {
    /// The chart of a `{chart}` block; nil, with findings, where it has no title or no bar.
    static func read(_ reader: AttributeReader) -> ChartSpec? {
        reader.needed("rows")
        guard let title = reader.neededText("title") else { return nil }
        let named = (reader.texts("series") ?? []).map(\.text)
        let series = named.isEmpty ? [""] : named
        let items = reader.list("rows") ?? []
        var rows = items.compactMap { row(of: $0, count: series.count, reader) }
        let bars = items.count * series.count
        if reader.attributes["rows"] != nil, !(1...mostBars).contains(bars) {
            reader.findings.add(
                .badValue(
                    "rows", "\(bars) bars", expected: "1 to \(mostBars) bars",
                    at: reader.place(of: "rows")))
            return nil
        }
        guard !rows.isEmpty else { return nil }
        let hidden = reader.values("hides", expected: "rows from 1 to \(rows.count)") {
            text -> Int? in
            Int(text).flatMap { rows.indices.contains($0 - 1) ? $0 - 1 : nil }
        }
        if let hidden {
            for index in rows.indices { rows[index].isHidden = hidden.contains(index) }
        }
        return ChartSpec(
            title: title, series: series, rows: rows,
            from: reader.value("from", expected: "a number", number) ?? 0,
            isApart: reader.flag("apart") ?? false)
    }

    private static func row(
        of item: Attribute, count: Int, _ reader: AttributeReader
    ) -> Row? {
        let cells = (reader.list(of: item, as: "rows", expected: "a list of rows") ?? [])
            .compactMap { reader.text(of: $0, as: "rows", expected: "plain cells") }
        let values = cells.dropFirst().compactMap(number)
        guard let name = cells.first, values.count == count, cells.count == count + 1 else {
            reader.findings.add(
                .badValue(
                    "rows", cells.joined(separator: ", "),
                    expected: "a name and \(count) number\(count == 1 ? "" : "s") a row",
                    at: item.place))
            return nil
        }
        return Row(name: name, values: values, texts: Array(cells.dropFirst()))
    }

    private static func number(_ text: String) -> Double? {
        NumberText.plain(text).flatMap { Double($0) }.flatMap { abs($0) <= 1e15 ? $0 : nil }
    }
}
