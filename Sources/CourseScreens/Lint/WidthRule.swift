import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

extension CourseLint {
    /// No character whose width terminals disagree on: columns would not stay straight.
    @Sendable static func widthRule(_ lesson: PreparedLesson) -> [Finding] {
        var findings: [Finding] = []
        check(lesson.lesson.frontMatter, &findings)
        for step in lesson.lesson.steps {
            for block in step.blocks { check(block, at: step.place, &findings) }
            findings += ambiguous(step.title, at: step.place)
        }
        return findings
    }

    private static func check(
        _ block: Block, at step: SourcePlace, _ findings: inout [Finding]
    ) {
        for inline in block.inlines.flatMap(\.leaves) {
            switch inline {
            case .text(let text, let place), .code(let text, let place):
                findings += ambiguous(text, at: place)
            case .figure(let figure): findings += ambiguous(figure.written, at: figure.place)
            case .emphasis, .strong, .link, .lineBreak: break
            }
        }
        switch block {
        case .directive(let directive): check(directive.body, &findings)
        // Lines of code do not know their place; the step's is near enough.
        case .code(_, let lines, let words):
            findings += ambiguous((lines + [words ?? ""]).joined(separator: "\n"), at: step)
        case .list(_, let items):
            for case let code in items.flatMap({ $0 }) {
                if case .code = code { check(code, at: step, &findings) }
            }
        case .paragraph, .heading, .quote, .table: break
        }
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

    /// One finding a text, at its first such character; columns within one line. U+FFFD stands for
    /// what was found to be no text at all.
    private static func ambiguous(_ text: String, at place: SourcePlace) -> [Finding] {
        guard let offset = text.firstIndex(where: { $0 != "\u{FFFD}" && hasAmbiguousWidth($0) })
        else { return [] }
        let character = text[offset]
        let codes = character.unicodeScalars.map { "U+" + String($0.value, radix: 16).uppercased() }
            .joined(separator: " ")
        return [
            Finding(
                // A letter may be the language's own; other signs have a spelling in ASCII.
                rule: "ambiguous-width", severity: character.isLetter ? .warning : .error,
                place: place,
                message: "'\(character)' (\(codes)) takes one column in some terminals and two in "
                    + "others; write it in ASCII")
        ]
    }
}
