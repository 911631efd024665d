@testable import Lessons

/// A lesson's text cut at the marks `«`, and where each mark stood.
struct MarkedText {
    let text: String
    let places: [SourcePlace]

    init(_ marked: String) {
        var text = ""
        var places: [SourcePlace] = []
        var line = 1
        var column = 1
        for character in marked {
            if character == "«" {
                places.append(SourcePlace(line: line, column: column))
                continue
            }
            text.append(character)
            (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        self.text = text
        self.places = places
    }
}

/// A finding without its wording.
struct Spot: Hashable, CustomStringConvertible {
    let rule: String
    let place: SourcePlace

    var description: String { "\(place.line):\(place.column) [\(rule)]" }
}

extension Finding {
    var spot: Spot { Spot(rule: rule, place: place) }
}

extension [Finding] {
    var spots: [Spot] { map(\.spot) }
}

/// What is found in a text, and what its marks say is to be found, all by one rule.
func spots(_ rule: TextRule, in marked: String) -> (found: [Spot], marked: [Spot]) {
    let marked = MarkedText(marked)
    return (
        Lesson.parse(marked.text, file: "1-x.md").findings.spots,
        marked.places.map { Spot(rule: rule.rawValue, place: $0) }
    )
}

/// A text as the body of a step; the body's first line is line 7.
func step(_ body: String) -> String {
    "---\ntitle: T\nsummary: S\n---\n\n## Step\n" + body + "\n"
}

/// A text as the body of a step that says something besides.
func stepWithText(_ body: String) -> String { step(body + "\n\nText.") }

/// The blocks of a text that stands alone, so that its first line is line 1.
func blocks(_ text: String) -> [Block] {
    var findings = FindingList()
    let lines = SourceText(text, findings: &findings).lines
    return BlockParser(lines[...], findings: findings).topBlocks.compactMap {
        if case .block(let block) = $0.content { block } else { nil }
    }
}

/// The inlines of a text that is one paragraph.
func inlines(_ text: String) -> [Inline] {
    if case .paragraph(let inlines, _) = blocks(text).first { inlines } else { [] }
}

func at(_ line: Int, _ column: Int) -> SourcePlace { SourcePlace(line: line, column: column) }

func text(_ text: String, _ line: Int, _ column: Int) -> Inline { .text(text, at(line, column)) }

/// A paragraph of one text.
func paragraph(_ string: String, _ line: Int, _ column: Int) -> Block {
    .paragraph([text(string, line, column)])
}

func scalar(_ text: String, _ line: Int, _ column: Int) -> Attribute {
    Attribute(.scalar(text), at: at(line, column))
}

func entry(_ key: String, _ line: Int, _ column: Int, _ value: Attribute) -> Attributes.Entry {
    Attributes.Entry(key: key, keyPlace: at(line, column), value: value)
}

func figure(_ written: String, _ address: String, _ line: Int, _ column: Int) -> Inline {
    Figure(address: address, written: written, place: at(line, column)).map(Inline.figure)
        ?? .lineBreak
}

/// Every text in a lesson.
extension Block {
    var strings: [String] {
        switch self {
        case .paragraph(let inlines, let words): inlines.strings + [words ?? ""]
        case .heading(_, let inlines): inlines.strings
        case .list(_, let items): items.flatMap { $0.flatMap(\.strings) }
        case .quote(let blocks): blocks.flatMap(\.strings)
        case .code(let language, let lines, let words): [language] + lines + [words ?? ""]
        case .table(let table):
            ([table.header] + table.rows).flatMap { $0.flatMap(\.strings) }
        case .directive(let directive): [directive.name] + directive.body.strings
        }
    }
}

extension [Inline] {
    var strings: [String] {
        flatMap { inline -> [String] in
            switch inline {
            case .text(let text, _), .code(let text, _): [text]
            case .emphasis(let inlines), .strong(let inlines): inlines.strings
            case .link(let inlines, let destination): inlines.strings + [destination]
            case .figure(let figure): [figure.written, figure.address]
            case .lineBreak: []
            }
        }
    }
}

extension Attributes {
    var strings: [String] { entries.flatMap { [$0.key] + $0.value.strings } }
}

extension Attribute {
    var strings: [String] {
        switch content {
        case .scalar(let text): [text]
        case .list(let attributes): attributes.flatMap(\.strings)
        case .mapping(let attributes): attributes.strings
        }
    }
}
