import CourseContent
import Lessons
import TerminalCanvas

extension CourseLint {
    /// No character whose width terminals disagree on: columns would not stay straight.
    @Sendable static func widthRule(_ lesson: PreparedLesson) -> [Finding] {
        let steps = lesson.lesson.steps.flatMap { step in
            step.blocks.flatMap { texts(of: $0, in: step) } + [(step.title, step.place)]
        }
        return (lesson.lesson.frontMatter.texts + steps).compactMap {
            ambiguous($0.text, at: $0.place)
        }
    }

    private typealias Text = (text: String, place: SourcePlace)

    private static func texts(of block: Block, in step: Step) -> [Text] {
        switch block {
        case .directive(let directive): directive.body.texts
        // Lines of code do not know their place; the step's is near enough.
        case .code(_, let lines, let words):
            [((lines + [words ?? ""]).joined(separator: "\n"), step.place)]
        case .list(_, let items):
            block.inlines.flatMap(\.texts)
                + items.flatMap { $0 }.flatMap { inner in
                    if case .code = inner { texts(of: inner, in: step) } else { [Text]() }
                }
        case .paragraph(_, let words):
            block.inlines.flatMap(\.texts) + [(words ?? "", step.place)]
        case .heading, .quote, .table: block.inlines.flatMap(\.texts)
        }
    }

    /// One finding a text, at its first such character; columns within one line. U+FFFD stands for
    /// what was found to be no text at all.
    private static func ambiguous(_ text: String, at place: SourcePlace) -> Finding? {
        text.first { $0 != "\u{FFFD}" && hasAmbiguousWidth($0) }.map { character in
            let codes = character.unicodeScalars
                .map { "U+" + String($0.value, radix: 16).uppercased() }.joined(separator: " ")
            return Finding(
                // A letter may be the language's own; other signs have a spelling in ASCII.
                rule: "ambiguous-width", severity: character.isLetter ? .warning : .error,
                place: place,
                message: "'\(character)' (\(codes)) takes one column in some terminals and two in "
                    + "others; write it in ASCII")
        }
    }
}
