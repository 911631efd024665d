extension Lesson {
    /// The longest text that is read, in bytes of UTF-8.
    static let byteLimit = 1 << 20

    /// A lesson from the text of its file. Any text gives a lesson; what is wrong with it is in
    /// its findings, in the order of the text, by the rules of `TextRule`.
    ///
    /// No string in the lesson holds a control character but the newline, and nothing is nested
    /// deeper than a few dozen levels. `file` is the file's name, with its folder where findings
    /// are to show it.
    /// Cost: about the length of the text.
    package static func parse(_ text: String, file: String) -> Lesson {
        let id = id(file: file)
        var findings = FindingList()
        guard text.utf8.count <= byteLimit else {
            findings.add(.tooLong(limit: byteLimit, at: SourcePlace(line: 1, column: 1)))
            return Lesson(
                id: id, file: file, frontMatter: Attributes(), title: id, steps: [],
                findings: findings.findings)
        }
        if Self.isUTF16(text) {
            findings.add(.isUTF16(at: SourcePlace(line: 1, column: 1)))
            return Lesson(
                id: id, file: file, frontMatter: Attributes(), title: id, steps: [],
                findings: findings.findings)
        }
        let lines = SourceText(text, findings: &findings).lines
        if let place = Self.firstLost(in: text, of: lines) { findings.add(.notUTF8(at: place)) }
        let frontMatter = FrontMatter(lines, findings: &findings)
        let blocks = BlockParser(lines[frontMatter.end...], findings: findings)
        findings = blocks.findings
        let body = lines[min(frontMatter.end, lines.count - 1)].place(0)
        let steps = StepSplitter(
            blocks.topBlocks, start: body, hasFrontMatter: frontMatter.end > 0,
            findings: &findings)
        return Lesson(
            id: id, file: file, frontMatter: frontMatter.attributes,
            title: frontMatter.title ?? steps.title ?? id, steps: steps.steps,
            findings: findings.sorted)
    }

    /// Whether a text was UTF-16 before it was read as UTF-8: every other byte of what is ASCII is
    /// zero.
    private static func isUTF16(_ text: String) -> Bool {
        let start = text.unicodeScalars.prefix(256)
        return start.count > 3 && 3 * start.count { $0 == "\0" } >= start.count
    }

    /// Where the first byte stood that is no UTF-8: the sign for what is lost is there.
    private static func firstLost(in text: String, of lines: [SourceLine]) -> SourcePlace? {
        guard text.unicodeScalars.contains("\u{FFFD}") else { return nil }
        var (line, column) = (0, 0)
        for scalar in text.unicodeScalars {
            if scalar == "\u{FFFD}" { return lines[min(line, lines.count - 1)].place(column) }
            (line, column) = scalar == "\n" ? (line + 1, 0) : (line, column + 1)
        }
        return nil
    }

    /// The id of the lesson in a file, which nothing in its text changes: "gqa" of "5-gqa.md".
    package static func id(file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        let stem = name.hasSuffix(".md") ? name.dropLast(3) : name[...]
        let rest = stem.drop { $0.isASCII && $0.isNumber }
        guard rest.startIndex != stem.startIndex, rest.first == "-", rest.count > 1 else {
            return String(stem)
        }
        return String(rest.dropFirst())
    }
}
