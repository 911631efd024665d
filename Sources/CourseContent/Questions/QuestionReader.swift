import AttentionEngine
import Lessons

/// The blocks that ask something.
extension Question {
    static func readAsk(_ reader: inout AttributeReader) -> Question? {
        guard let id = reader.neededText("id"), let text = reader.neededWords("question"),
            let kind = readKind(&reader)
        else { return nil }
        return Question(
            id: id, text: text, kind: kind, because: reader.words("because"),
            hint: reader.words("hint"), place: reader.place)
    }

    private static func readKind(_ reader: inout AttributeReader) -> Kind? {
        let given = ["answer", "choices", "free"].filter { reader.attributes[$0] != nil }
        guard given.count == 1 else {
            reader.findings.append(.notOneRightAnswer(given.count, at: reader.place))
            return nil
        }
        switch given[0] {
        case "free":
            return reader.flag("free") == true ? .free : nil
        case "choices":
            let choices = (reader.list("choices") ?? []).compactMap { readChoice($0, &reader) }
            if Set(choices.map(\.text.plain)).count < choices.count {
                reader.findings.append(
                    .repeated("the text of a choice", at: reader.place(of: "choices")))
            }
            let right = choices.filter(\.isRight).count
            if right != 1 {
                reader.findings.append(
                    .notOneRightAnswer(right, at: reader.place(of: "choices")))
            }
            return choices.isEmpty ? nil : .choice(choices)
        default:
            guard let answer = readAnswer(&reader) else { return nil }
            return .number(answer, tolerance: readTolerance(&reader))
        }
    }

    private static func readAnswer(_ reader: inout AttributeReader) -> Answer? {
        guard let text = reader.text("answer") else { return nil }
        let place = reader.place(of: "answer")
        if let value = Double(text.filter { $0 != "," && $0 != "_" }) {
            return .plain(value, text)
        }
        guard let figure = Figure(address: text, written: "", place: place) else {
            reader.findings.append(
                .badValue(
                    "answer", text, expected: "a number or a figure such as cache:g=4", at: place))
            return nil
        }
        return FigureExpression.read(figure, findings: &reader.findings).map(Answer.figure)
    }

    private static func readTolerance(_ reader: inout AttributeReader) -> Double {
        guard let text = reader.text("tolerance") else { return 0.1 }
        let number = Double(text.filter { $0 != "%" && $0 != " " })
        guard text.hasSuffix("%"), let number, number >= 0, number <= 50 else {
            reader.findings.append(
                .badValue(
                    "tolerance", text, expected: "a percentage from 0% to 50%",
                    at: reader.place(of: "tolerance")))
            return 0.1
        }
        return number / 100
    }

    private static func readChoice(_ item: Attribute, _ outer: inout AttributeReader) -> Choice? {
        guard var reader = outer.inner(item, as: "a choice") else { return nil }
        defer { outer.findings += reader.findings }
        reader.allow(BlockDescription.choice)
        guard let text = reader.neededWords("text") else { return nil }
        return Choice(
            text: text, isRight: reader.flag("right") ?? false, because: reader.words("because"))
    }

    static func readFind(_ reader: inout AttributeReader) -> Question? {
        guard let id = reader.neededText("id"), let text = reader.neededWords("question") else {
            return nil
        }
        let header = (reader.texts("header") ?? []).map { reader.words($0.text, at: $0.place) }
        let rows = (reader.list("rows") ?? []).map { row in
            guard case .list(let cells) = row.content else {
                reader.findings.append(
                    .wrongType("rows", expected: "a list of rows", at: row.place))
                return [Words]()
            }
            return cells.map { cell in
                if case .scalar(let text) = cell.content {
                    return reader.words(text, at: cell.place)
                }
                reader.findings.append(.wrongType("rows", expected: "plain cells", at: cell.place))
                return Words([])
            }
        }
        let width = header.isEmpty ? rows.first?.count ?? 0 : header.count
        for (index, row) in rows.enumerated() where row.count != width {
            reader.findings.append(
                .badValue(
                    "rows", "row \(index + 1) of \(row.count) cells",
                    expected: "rows of \(width) cells", at: reader.place(of: "rows")))
        }
        let mistakes = (reader.list("mistakes") ?? []).compactMap {
            readMistake($0, rows: rows, &reader)
        }
        if mistakes.isEmpty {
            reader.findings.append(.notOneRightAnswer(0, at: reader.place))
        }
        guard width > 0, rows.allSatisfy({ $0.count == width }), !rows.isEmpty else { return nil }
        return Question(
            id: id, text: text, kind: .find(header: header, rows: rows, mistakes: mistakes),
            because: reader.words("because"), hint: reader.words("hint"), place: reader.place)
    }

    private static func readMistake(
        _ item: Attribute, rows: [[Words]], _ outer: inout AttributeReader
    ) -> Mistake? {
        guard var reader = outer.inner(item, as: "a mistake") else { return nil }
        defer { outer.findings += reader.findings }
        reader.allow(BlockDescription.mistake)
        let cell = (reader.texts("cell") ?? []).compactMap { Int($0.text) }
        guard let because = reader.neededWords("because") else { return nil }
        guard cell.count == 2, rows.indices.contains(cell[0] - 1),
            rows[cell[0] - 1].indices.contains(cell[1] - 1)
        else {
            reader.findings.append(
                .badValue(
                    "cell", cell.map(String.init).joined(separator: ", "),
                    expected: "[row, column] of a cell in rows", at: reader.place(of: "cell")))
            return nil
        }
        return Mistake(row: cell[0] - 1, column: cell[1] - 1, because: because)
    }
}
