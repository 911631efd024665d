import Lessons
import TerminalCanvas

extension CourseLint {
    /// No character whose width terminals disagree on: columns would not stay straight.
    @Sendable static func widthRule(_ lesson: PreparedLesson) -> [Finding] {
        lesson.lesson.steps.flatMap { step in
            var findings: [Finding] = []
            for block in step.blocks { check(block, &findings) }
            findings += ambiguous(step.title, at: step.place)
            return findings
        }
    }

    private static func check(_ block: Block, _ findings: inout [Finding]) {
        for inline in block.inlines.flatMap(\.leaves) {
            switch inline {
            case .text(let text, let place), .code(let text, let place):
                findings += ambiguous(text, at: place)
            case .figure(let figure): findings += ambiguous(figure.written, at: figure.place)
            case .emphasis, .strong, .link, .lineBreak: break
            }
        }
        if case .directive(let directive) = block { check(directive.body, &findings) }
    }

    private static func check(_ attributes: Attributes, _ findings: inout [Finding]) {
        for entry in attributes.entries { check(entry.value, &findings) }
    }

    private static func check(_ attribute: Attribute, _ findings: inout [Finding]) {
        switch attribute.content {
        case .scalar(let text): findings += ambiguous(text, at: attribute.place)
        case .list(let items): for item in items { check(item, &findings) }
        case .mapping(let attributes): check(attributes, &findings)
        }
    }

    /// One finding a text, at its first such character; columns within one line.
    private static func ambiguous(_ text: String, at place: SourcePlace) -> [Finding] {
        guard let offset = text.firstIndex(where: hasAmbiguousWidth) else { return [] }
        let character = text[offset]
        let codes = character.unicodeScalars.map { "U+" + String($0.value, radix: 16).uppercased() }
            .joined(separator: " ")
        return [
            Finding(
                rule: "ambiguous-width", place: place,
                message: "'\(character)' (\(codes)) takes one column in some terminals and two in "
                    + "others; write it in ASCII")
        ]
    }
}

extension Inline {
    /// The pieces that hold text themselves.
    var leaves: [Inline] {
        switch self {
        case .emphasis(let inner), .strong(let inner), .link(let inner, _):
            inner.flatMap(\.leaves)
        case .text, .code, .figure, .lineBreak: [self]
        }
    }
}
