import AttentionEngine
import Lessons

/// The blocks that ask something.
extension Question {
    /// What both blocks have, and what is asked for as the block has it.
    static func read(
        _ reader: AttributeReader, _ readKind: (AttributeReader) -> Kind?
    ) -> Question? {
        guard let id = reader.neededText("id"), let text = reader.neededWords("question"),
            let kind = readKind(reader)
        else { return nil }
        return Question(
            id: id, text: text, kind: kind, because: reader.words("because"),
            hint: reader.words("hint"),
            earlier: reader.value(
                "earlier", expected: "a lesson's id, a slash and a question's id"
            ) { QuestionID($0) },
            shows: shown(reader), place: reader.place)
    }

    /// The dials that the answer moves.
    private static func shown(_ outer: AttributeReader) -> [Dial: Int] {
        guard let item = outer.attributes["shows"],
            let reader = outer.inner(item, as: "shows", keys: BlockDescription.shownDials)
        else { return [:] }
        return SettingChange(reader).dials
    }

    // MARK: {ask}

    /// What `{ask}` asks for: a number, a choice or words.
    static func asked(_ reader: AttributeReader) -> Kind? {
        let given = ["answer", "choices", "free"].filter { reader.attributes[$0] != nil }
        guard given.count == 1 else {
            reader.findings.add(.notOneRightAnswer(given.count, at: reader.place))
            return nil
        }
        switch given[0] {
        case "free": return reader.flag("free") == true ? .free : nil
        case "choices": return choices(reader)
        default:
            guard let answer = answer(reader) else { return nil }
            let tolerance = reader.value(
                "tolerance", expected: "a percentage from 0% to 50%", percentage)
            return .number(answer, tolerance: tolerance ?? 0.1)
        }
    }

    private static func choices(_ reader: AttributeReader) -> Kind? {
        let choices = (reader.list("choices") ?? []).compactMap { item -> Choice? in
            let keys = BlockDescription.choice
            guard let inner = reader.inner(item, as: "a choice", keys: keys),
                let text = inner.neededWords("text")
            else { return nil }
            return Choice(
                text: text, isRight: inner.flag("right") ?? false, because: inner.words("because"))
        }
        let place = reader.place(of: "choices")
        if Set(choices.map(\.text.plain)).count < choices.count {
            reader.findings.add(.repeated("the text of a choice", at: place))
        }
        let right = choices.filter(\.isRight).count
        if right != 1 { reader.findings.add(.notOneRightAnswer(right, at: place)) }
        return choices.isEmpty ? nil : .choice(choices)
    }

    private static func answer(_ reader: AttributeReader) -> Answer? {
        if let text = reader.attributes["answer"]?.text,
            let value = NumberText.plain(text).flatMap({ Double($0) })
        {
            return .plain(value, text)
        }
        let place = reader.place(of: "answer")
        if let text = reader.attributes["answer"]?.text, let point = decimalPoint(text) {
            reader.findings.add(
                .badValue("answer", text, expected: "written with a point, \(point)", at: place))
            return nil
        }
        return reader.value("answer", expected: "a number or a figure such as cache:g=4") {
            Figure(address: $0, written: "", place: place)
        }.flatMap { figure in
            do throws(Finding) {
                return .figure(try FigureExpression(figure))
            } catch {
                reader.findings.add(error)
                return nil
            }
        }
    }

    /// "1.5" of "1,5"; nil where that is no decimal written with a comma.
    private static func decimalPoint(_ text: String) -> String? {
        let point = text.replacing(",", with: ".")
        return text.contains(",") && Double(point) != nil ? point : nil
    }

    private static func percentage(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let number = Double(text.filter { $0 != "%" && $0 != " " }),
            number >= 0, number <= 50
        else { return nil }
        return number / 100
    }

    // MARK: {find}

    /// The table of `{find}` with its mistakes.
    static func table(_ reader: AttributeReader) -> Kind? {
        let header = (reader.texts("header") ?? []).map { reader.words($0.text, at: $0.place) }
        let rows = (reader.list("rows") ?? []).map { row in
            (reader.list(of: row, as: "rows", expected: "a list of rows") ?? []).map { cell in
                reader.text(of: cell, as: "rows", expected: "plain cells")
                    .map { reader.words($0, at: cell.place) } ?? Words([])
            }
        }
        let width = header.isEmpty ? rows.first?.count ?? 0 : header.count
        for (index, row) in rows.enumerated() where row.count != width {
            reader.findings.add(
                .badValue(
                    "rows", "row \(index + 1) of \(row.count) cells",
                    expected: "rows of \(width) cells", at: reader.place(of: "rows")))
        }
        let mistakes = (reader.list("mistakes") ?? []).compactMap { mistake($0, in: rows, reader) }
        if mistakes.isEmpty { reader.findings.add(.notOneRightAnswer(0, at: reader.place)) }
        guard width > 0, rows.allSatisfy({ $0.count == width }), !rows.isEmpty else { return nil }
        return .find(header: header, rows: rows, mistakes: mistakes)
    }

    private static func mistake(
        _ item: Attribute, in rows: [[Words]], _ outer: AttributeReader
    ) -> Mistake? {
        let keys = BlockDescription.mistake
        guard let reader = outer.inner(item, as: "a mistake", keys: keys) else { return nil }
        let cell = (reader.texts("cell") ?? []).compactMap { Int($0.text) }
        guard let because = reader.neededWords("because") else { return nil }
        guard cell.count == 2, rows.indices.contains(cell[0] - 1),
            rows[cell[0] - 1].indices.contains(cell[1] - 1)
        else {
            reader.findings.add(
                .badValue(
                    "cell", cell.map(String.init).joined(separator: ", "),
                    expected: "[row, column] of a cell in rows", at: reader.place(of: "cell")))
            return nil
        }
        return Mistake(row: cell[0] - 1, column: cell[1] - 1, because: because)
    }
}
