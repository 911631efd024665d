import ForeignText
import Yams

/// A YAML text cut out of a lesson, which knows where each of its lines stands in the file.
struct YAMLText {
    /// A line and how far it was moved left when it was cut out, in scalars.
    struct Line {
        let scalars: [Unicode.Scalar]
        let source: SourceLine
        let shift: Int
    }

    static let depthLimit = 8
    static let byteLimit = 64 * 1024

    let lines: [Line]
    /// Where to report what concerns the whole.
    let start: SourcePlace

    /// The mapping, empty where nothing but comments is written; nil, with findings, where the
    /// text is not a mapping of text, lists and mappings.
    func mapping(findings: inout FindingList) -> Attributes? {
        if lines.allSatisfy({ $0.scalars.allSatisfy(\.isSpaceOrTab) }) { return Attributes() }
        do {
            guard byteCount <= Self.byteLimit else {
                throw Refusal(.yamlTooLong(limit: Self.byteLimit, at: start))
            }
            let text = whole
            // The parser compares the keys, whose escapes it has resolved.
            guard text.isStreamSafeUnescaped else { throw Refusal(.tooManyMarks(at: start)) }
            if let place = placeBeyondSafeDepth {
                throw Refusal(.yamlTooDeep(limit: Self.depthLimit, at: place))
            }
            if lines.contains(where: { $0.scalars.contains("&") }) {
                // An alias can make a small text into a huge tree, and nothing tells it from text
                // before the parser has run. So that runs first with every asterisk made harmless.
                let harmless = String(
                    scalars: text.unicodeScalars.map { $0 == "*" ? Self.harmless : $0 })
                if let node = try compose(harmless) { try refuseAnchors(in: node) }
            }
            guard let node = try compose(text) else { return Attributes() }
            try refuseProperties(of: node)
            guard case .mapping(let mapping) = node else {
                throw Refusal(.yamlNotMapping(at: place(node.mark)))
            }
            return try attributes(mapping, depth: 1, findings: &findings)
        } catch let refusal as Refusal {
            findings.add(refusal.finding)
        } catch let error as YamlError {
            findings.add(finding(error))
        } catch {
            findings.add(.yamlProblem("this YAML cannot be read: \(error)", at: start))
        }
        return nil
    }

    /// Its lines as one text; joined by hand, since a lazy join takes as long as the parser.
    private var whole: String {
        var text: [Unicode.Scalar] = []
        for (index, line) in lines.enumerated() {
            if index > 0 { text.append("\n") }
            text += line.scalars
        }
        return String(scalars: text)
    }

    private var byteCount: Int {
        lines.reduce(0) { bytes, line in
            line.scalars.reduce(bytes + 1) { $0 + UTF8.width($1) }
        }
    }

    private static let harmless: Unicode.Scalar = "\u{E000}"

    private struct Refusal: Error {
        let finding: Finding
        init(_ finding: Finding) { self.finding = finding }
    }

    /// `Resolver.basic`, because scalars stay text; the encoding, because the default asks the
    /// environment each time.
    private func compose(_ text: String) throws -> Node? {
        try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    }

    // MARK: Nodes to attributes

    private func attributes(
        _ mapping: Node.Mapping, depth: Int, findings: inout FindingList
    ) throws -> Attributes {
        try Attributes(
            mapping.map { key, value in
                try refuseProperties(of: key)
                guard case .scalar(let word) = key else {
                    throw Refusal(.yamlKeyNotWord(at: place(key.mark)))
                }
                if let control = word.string.unicodeScalars.first(where: Self.isRefused) {
                    throw Refusal(.controlCharacter(control, at: place(word.mark)))
                }
                return Attributes.Entry(
                    key: word.string, keyPlace: place(word.mark),
                    value: try attribute(value, depth: depth + 1, findings: &findings))
            })
    }

    private func attribute(
        _ node: Node, depth: Int, findings: inout FindingList
    ) throws -> Attribute {
        try refuseProperties(of: node)
        let place = place(node.mark)
        func checkDepth() throws {
            if depth > Self.depthLimit {
                throw Refusal(.yamlTooDeep(limit: Self.depthLimit, at: place))
            }
        }
        switch node {
        case .scalar(let scalar):
            return Attribute(
                .scalar(clean(scalar.string, at: place, findings: &findings)), at: place)
        case .sequence(let sequence):
            try checkDepth()
            return Attribute(
                .list(
                    try sequence.map { try attribute($0, depth: depth + 1, findings: &findings) }),
                at: place)
        case .mapping(let mapping):
            try checkDepth()
            return Attribute(
                .mapping(try attributes(mapping, depth: depth, findings: &findings)), at: place)
        case .alias:
            throw Refusal(.yamlAnchor(at: place))
        }
    }

    /// Escapes in quoted text can spell characters that the file itself may not hold; tabs become
    /// spaces, as they do in prose.
    private func clean(
        _ text: String, at place: SourcePlace, findings: inout FindingList
    ) -> String {
        if let control = text.unicodeScalars.first(where: Self.isRefused) {
            findings.add(.controlCharacter(control, at: place))
        }
        return String(
            scalars: text.unicodeScalars.map {
                Self.isRefused($0) ? "\u{FFFD}" : $0 == "\t" ? " " : $0
            })
    }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && scalar.isControlCharacter
    }

    // MARK: Anchors and tags

    /// The parser's mark of a node is that of its anchor or tag, where it has one; nothing else
    /// can start with these characters.
    private func refuseProperties(of node: Node) throws {
        switch scalar(node.mark) {
        case "&", "*": throw Refusal(.yamlAnchor(at: place(node.mark)))
        case "!": throw Refusal(.yamlTag(at: place(node.mark)))
        default: break
        }
    }

    private func refuseAnchors(in node: Node) throws {
        if scalar(node.mark) == "&" { throw Refusal(.yamlAnchor(at: place(node.mark))) }
        switch node {
        case .sequence(let sequence): try sequence.forEach(refuseAnchors)
        case .mapping(let mapping):
            for (key, value) in mapping {
                try refuseAnchors(in: key)
                try refuseAnchors(in: value)
            }
        case .scalar, .alias: break
        }
    }

    private func scalar(_ mark: Mark?) -> Unicode.Scalar? {
        guard let mark, lines.indices.contains(mark.line - 1) else { return nil }
        let scalars = lines[mark.line - 1].scalars
        return scalars.indices.contains(mark.column - 1) ? scalars[mark.column - 1] : nil
    }

    // MARK: Places and errors

    /// The parser counts columns in scalars, and reports the end of the text behind its last line.
    private func place(_ mark: Mark?) -> SourcePlace {
        guard let mark, mark.line > 0 else { return start }
        guard mark.line <= lines.count else {
            return lines.last.map { $0.source.place($0.source.scalars.count) } ?? start
        }
        let line = lines[mark.line - 1]
        return line.source.place(mark.column - 1 + line.shift)
    }

    private func finding(_ error: YamlError) -> Finding {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            return .yamlProblem(sentence(problem, mark), at: place(mark))
        case .composer(_, let problem, let mark, _):
            return problem.contains("alias")
                ? .yamlAnchor(at: place(mark))
                : .yamlProblem(sentence(problem, mark), at: place(mark))
        case .duplicatedKeysInMapping(let keys, let context):
            let key = String(
                scalars: (keys.first ?? "").unicodeScalars.map { $0 == Self.harmless ? "*" : $0 })
            return .yamlDuplicate(key: key, at: placeOfSecond(key, firstAt: context.mark))
        default:
            return .yamlProblem("a character stands here that YAML does not allow", at: start)
        }
    }

    private func sentence(_ problem: String, _ mark: Mark) -> String {
        YAMLMending(
            lines: lines.map { String(scalars: $0.scalars) }, row: mark.line - 1,
            column: mark.column - 1, problem: problem
        ).sentence
    }

    /// The parser tells the first of two equal keys; the second stands below it in the same
    /// column, unless both are in braces on one line.
    private func placeOfSecond(_ key: String, firstAt mark: Mark) -> SourcePlace {
        let words = [key, "\"\(key)\"", "'\(key)'"].map { Array($0.unicodeScalars) }
        let second = lines.dropFirst(mark.line).first { line in
            let rest = line.scalars.dropFirst(mark.column - 1)
            return line.scalars.prefix(mark.column - 1).allSatisfy({ $0 == " " })
                && words.contains { word in
                    rest.starts(with: word)
                        && rest.dropFirst(word.count).first { !$0.isSpaceOrTab } == ":"
                }
        }
        return second.map { $0.source.place(mark.column - 1 + $0.shift) } ?? place(mark)
    }

    // MARK: Depth

    /// Where brackets or indents nest so deep that the parser's recursion would take much stack.
    ///
    /// A rough count, far above the limit that holds for the tree, because it takes brackets in
    /// quoted text for nesting; what it misses meets the parser's own limit of 1,000.
    private var placeBeyondSafeDepth: SourcePlace? {
        let limit = 8 * Self.depthLimit
        var brackets = 0
        var indents: [Int] = []
        for line in lines {
            var isLeading = true
            for (column, scalar) in line.scalars.enumerated() {
                switch scalar {
                case "[", "{": brackets += 1
                case "]", "}": brackets = max(0, brackets - 1)
                default: break
                }
                if isLeading, scalar != " " {
                    while let last = indents.last, last >= column { indents.removeLast() }
                    indents.append(column)
                    isLeading = scalar == "-" || scalar == "?" || scalar == ":"
                }
                if brackets > limit || indents.count > limit {
                    return line.source.place(column + line.shift)
                }
            }
        }
        return nil
    }
}
