/// A paragraph's text as inlines. Cost: its length.
struct InlineParser {
    enum Piece {
        case text(String, offset: Int)
        case inline(Inline)
        /// Index into `runs`.
        case run(Int)
    }

    /// A `[` or `![` that may start a link.
    struct Bracket {
        let offset: Int
        let piece: Int
        let firstRun: Int
        let isImage: Bool
    }

    let source: InlineSource
    var position = 0
    var pieces: [Piece] = []
    var runs: [DelimiterRun] = []
    var brackets: [Bracket] = []
    /// The brackets below stand around a link and can be none, for links hold no links.
    var linkFloor = 0
    /// By length, where the last row of that many backticks starts.
    private var lastBackticks: [Int: Int] = [:]
    private var hasCommentEnd = true
    private var hasOpeningTag = false
    var hasReportedDepth = false

    init(_ source: InlineSource) { self.source = source }

    var scalars: [Unicode.Scalar] { source.scalars }

    subscript(_ offset: Int) -> Unicode.Scalar? {
        scalars.indices.contains(offset) ? scalars[offset] : nil
    }

    mutating func parse(findings: inout FindingList) -> [Inline] {
        findBackticks()
        while position < scalars.count {
            switch scalars[position] {
            case "\\": takeEscape()
            case "`": takeBackticks()
            case "*", "_":
                let run = DelimiterRun(scalars, at: position)
                runs.append(run)
                pieces.append(.run(runs.count - 1))
                position += run.count
            case "[": openBracket(isImage: false)
            case "!" where self[position + 1] == "[": openBracket(isImage: true)
            case "]": closeBracket(findings: &findings)
            case "<": takeAngle(findings: &findings)
            case "&": takeEntity(findings: &findings)
            case "~" where self[position + 1] == "~":
                findings.add(.strikethrough(at: source.place(position)))
                let end = scalars[position...].firstIndex { $0 != "~" } ?? scalars.count
                takeLiteral(end - position)
            case "\n": takeNewline(spaces: 0)
            default: takeText()
            }
        }
        return streamSafe(
            build(from: 0, runs: 0, findings: &findings), findings: &findings)
    }

    // MARK: Text

    /// The next `count` scalars as they are.
    mutating func takeLiteral(_ count: Int) {
        addText(scalars[position..<position + count], at: position)
        position += count
    }

    private mutating func addText(_ text: some Collection<Unicode.Scalar>, at offset: Int) {
        guard !text.isEmpty else { return }
        pieces.append(
            .text(String(scalars: text.map { $0 == "\t" ? " " : $0 }), offset: offset))
    }

    private mutating func takeText() {
        // The first is text even where it is a special character that means nothing here.
        let end = scalars[(position + 1)...].firstIndex(where: Self.isSpecial) ?? scalars.count
        guard self[end] == "\n" else { return takeLiteral(end - position) }
        var last = end
        while last > position, scalars[last - 1].isSpaceOrTab { last -= 1 }
        addText(scalars[position..<last], at: position)
        position = end
        takeNewline(spaces: scalars[last..<end].reversed().prefix { $0 == " " }.count)
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\\", "`", "*", "_", "[", "]", "!", "<", "&", "~", "\n": true
        default: false
        }
    }

    /// A line's end: a space, or a line break after two spaces.
    private mutating func takeNewline(spaces: Int) {
        if spaces >= 2 {
            pieces.append(.inline(.lineBreak))
        } else {
            addText([" "], at: position)
        }
        position += 1
    }

    private mutating func takeEscape() {
        if self[position + 1] == "\n" {
            pieces.append(.inline(.lineBreak))
            position += 2
        } else if let escaped = self[position + 1], escaped.isASCIIPunctuation {
            addText([escaped], at: position)
            position += 2
        } else {
            takeLiteral(1)
        }
    }

    private mutating func takeEntity(findings: inout FindingList) {
        let name = scalars[(position + 1)...].prefix(32).prefix {
            $0.isASCIILetter || $0.isASCIIDigit || $0 == "#"
        }
        guard name.count > 1, self[name.endIndex] == ";" else { return takeLiteral(1) }
        let entity = String(scalars: scalars[position...name.endIndex])
        if let scalar = Self.entity(entity) {
            addText([scalar], at: position)
            position = name.endIndex + 1
        } else {
            findings.add(.entity(entity, at: source.place(position)))
            takeLiteral(name.count + 2)
        }
    }

    static func entity(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "&amp;": "&"
        case "&lt;": "<"
        case "&gt;": ">"
        case "&quot;": "\""
        case "&nbsp;": "\u{A0}"
        default: nil
        }
    }

    // MARK: Code

    private mutating func findBackticks() {
        var index = 0
        while let start = scalars[index...].firstIndex(of: "`") {
            index = scalars[start...].firstIndex { $0 != "`" } ?? scalars.count
            lastBackticks[index - start] = start
        }
    }

    /// A code span, where a row of as many backticks closes it.
    private mutating func takeBackticks() {
        let start = scalars[position...].firstIndex { $0 != "`" } ?? scalars.count
        let width = start - position
        guard lastBackticks[width, default: -1] >= start else { return takeLiteral(width) }
        var end = start
        var next = start
        while next - end != width {
            end = scalars[next...].firstIndex(of: "`") ?? scalars.count
            next = scalars[end...].firstIndex { $0 != "`" } ?? scalars.count
        }
        var code = scalars[start..<end].map { $0 == "\n" ? " " : $0 }
        if code.first == " ", code.last == " ", code.contains(where: { $0 != " " }) {
            code = Array(code.dropFirst().dropLast())
        }
        let text = String(scalars: code.map { $0 == "\t" ? " " : $0 })
        pieces.append(.inline(.code(text, source.place(position))))
        position = next
    }

    // MARK: Angle brackets

    /// A comment, which is dropped; an address in angle brackets; or HTML, which is reported.
    private mutating func takeAngle(findings: inout FindingList) {
        if scalars[position...].starts(with: ["<", "!", "-", "-"]) {
            if let end = commentEnd {
                let comment = String(scalars: scalars[(position + 4)..<max(position + 4, end - 3)])
                if let finding = Finding.lostRemark(comment, at: source.place(position)) {
                    findings.add(finding)
                }
                position = end
                return
            }
            findings.add(.unterminatedComment(at: source.place(position)))
            return takeLiteral(4)
        }
        let inside = scalars[(position + 1)...].prefix { $0 != ">" && $0 != "<" }
        guard self[inside.endIndex] == ">" else { return takeLiteral(1) }
        let width = inside.count + 2
        let scheme = inside.prefix { $0.isASCIILetter }
        if scheme.count > 1, inside.dropFirst(scheme.count).first == ":",
            inside.allSatisfy({ !$0.isUnicodeSpace })
        {
            let address = String(scalars: inside)
            pieces.append(
                .inline(
                    .link(
                        [.text(address, source.place(position + 1))], destination: address)))
            position += width
        } else {
            reportTag(inside, findings: &findings)
            takeLiteral(width)
        }
    }

    private var commentEnd: Int? {
        mutating get {
            guard hasCommentEnd else { return nil }
            var index = position + 4
            while index + 2 < scalars.count {
                if scalars[index] == "-", scalars[index + 1] == "-", scalars[index + 2] == ">" {
                    return index + 3
                }
                index += 1
            }
            hasCommentEnd = false
            return nil
        }
    }

    /// Reports `<b>` and the like; a closing tag only where no opening one was reported.
    private mutating func reportTag(
        _ inside: ArraySlice<Unicode.Scalar>, findings: inout FindingList
    ) {
        let isClosing = inside.first == "/"
        let name = inside.drop { $0 == "/" || $0 == "!" || $0 == "?" }
            .prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == "-" }
        let behind = inside[name.endIndex...].first ?? " "
        guard name.first?.isASCIILetter == true, behind.isSpaceTabOrNewline || behind == "/" else {
            return
        }
        if isClosing && hasOpeningTag { return }
        if !isClosing { hasOpeningTag = true }
        let tag = String(scalars: scalars[inside.startIndex - 1..<name.endIndex].prefix(24))
        findings.add(.html("\(tag)>", at: source.place(inside.startIndex - 1)))
    }
}
