/// The blocks that take whole lines, and what becomes of them when they are closed.
extension BlockParser {
    /// Whether a fence, a comment or indented code takes the line.
    mutating func takesVerbatim(_ kind: Leaf.Kind, _ cursor: inout LineCursor) -> Bool {
        switch kind {
        case .paragraph, .table: return false
        case .fence(let fence):
            if fence.isClosed(by: cursor) {
                closeFence(fence)
            } else {
                cursor.skipIndent(columns: fence.indent)
                leaf?.lines.append(cursor.rest)
            }
            return true
        case .comment:
            takeComment(cursor.rest)
            return true
        case .indentedCode:
            guard cursor.indent >= 4 || cursor.isBlank else { return false }
            cursor.skipIndent(columns: 4)
            leaf?.lines.append(cursor.rest)
            return true
        }
    }

    /// Takes a line of the open comment, and closes it where the line does.
    mutating func takeComment(_ line: LinePart) {
        let scalars = line.line.scalars
        guard scalars.count >= line.start + 3,
            let end = (line.start...scalars.count - 3).first(where: {
                scalars[$0] == "-" && scalars[$0 + 1] == "-" && scalars[$0 + 2] == ">"
            })
        else {
            leaf?.lines.append(line)
            return
        }
        guard let comment = leaf else { return }
        leaf = nil
        let last = String(scalars: scalars[line.start..<end])
        let text = (comment.lines.map(\.code) + [last]).joined(separator: "\n")
        if isAtMargin {
            addTop(.comment(text), at: comment.place)
        } else if let finding = Finding.lostRemark(text, at: comment.place) {
            findings.add(finding)
        }
        let rest = scalars[(end + 3)...].trimmed
        if !rest.isEmpty {
            let part = LinePart(line: line.line, start: rest.startIndex)
            findings.add(.textAfterComment(at: part.place))
            open(.paragraph, at: part.place, line: part)
        }
    }

    mutating func closeLeaf() {
        guard let leaf else { return }
        self.leaf = nil
        switch leaf.kind {
        case .paragraph:
            add(.paragraph(inlines(InlineSource(paragraph: leaf.lines))), at: leaf.place)
        case .table(let columns):
            add(.table(table(leaf.lines, columns: columns)), at: leaf.place)
        case .fence(let fence):
            findings.add(.unterminatedFence(fence.text, at: leaf.place))
            add(.code(language: fence.info, lines: leaf.lines.map(\.code)), at: leaf.place)
        case .comment:
            findings.add(.unterminatedComment(at: leaf.place))
        case .indentedCode:
            findings.add(.indentedCode(at: leaf.place))
            var lines = leaf.lines.map(\.code)
            while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
            add(.code(language: "", lines: lines), at: leaf.place)
        }
    }

    /// A block whose name or body cannot be read stays in the lesson as the code it was written as.
    private mutating func closeFence(_ fence: Fence) {
        guard let leaf else { return }
        self.leaf = nil
        var block: Block?
        if fence.isDirective {
            if let name = fence.directiveName {
                if !isAtMargin { findings.add(.nestedDirective(name, at: fence.infoPlace)) }
                let yaml = YAMLText(
                    lines: leaf.lines.map {
                        .init(scalars: $0.scalars, source: $0.line, shift: $0.start - $0.spaces)
                    }, start: fence.namePlace)
                if let body = yaml.mapping(findings: &findings) {
                    block = .directive(Directive(name: name, place: fence.namePlace, body: body))
                }
            } else {
                findings.add(.directiveName(fence.info, at: fence.infoPlace))
            }
        }
        add(block ?? .code(language: fence.info, lines: leaf.lines.map(\.code)), at: leaf.place)
    }

    mutating func inlines(_ source: InlineSource) -> [Inline] {
        var parser = InlineParser(source)
        return parser.parse(findings: &findings)
    }
}

/// The line that opens a fenced block.
struct Fence {
    private let mark: Unicode.Scalar
    private let width: Int
    /// The columns of white space before it, which its lines may have too.
    let indent: Int
    /// What stands behind the marks.
    let info: String
    private let infoPart: ArraySlice<Unicode.Scalar>
    private let line: SourceLine

    init?(_ cursor: LineCursor) {
        guard let mark = cursor.next, mark == "`" || mark == "~" else { return nil }
        width = cursor.content.prefix { $0 == mark }.count
        infoPart = cursor.content.dropFirst(width).trimmed
        guard width >= 3, mark == "~" || !infoPart.contains("`") else { return nil }
        self.mark = mark
        indent = cursor.indent
        info = String(scalars: infoPart.map { $0 == "\t" ? " " : $0 })
        line = cursor.line
    }

    var text: String { String(repeating: Character(mark), count: min(width, 8)) }
    var infoPlace: SourcePlace { line.place(infoPart.startIndex) }
    var namePlace: SourcePlace { line.place(infoPart.startIndex + 1) }
    var isDirective: Bool { infoPart.first == "{" }

    /// The name in `{name}`, nil where the braces hold anything else.
    var directiveName: String? {
        let name = infoPart.dropFirst().dropLast()
        guard infoPart.last == "}", name.first?.isASCIILetter == true,
            name.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == "-" })
        else { return nil }
        return String(scalars: name)
    }

    func isClosed(by cursor: LineCursor) -> Bool {
        guard cursor.indent < 4, cursor.next == mark else { return false }
        let marks = cursor.content.prefix { $0 == mark }
        return marks.count >= width && cursor.content.dropFirst(marks.count).trimmed.isEmpty
    }
}
