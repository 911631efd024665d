import CourseContent
import Lessons
import TerminalCanvas

extension CourseLint {
    /// No character whose width terminals disagree on: columns would not stay straight. None that
    /// is written from right to left: some terminals turn such words around and others do not.
    @Sendable static func widthRule(_ lesson: PreparedLesson) -> [Finding] {
        let steps = lesson.lesson.steps.flatMap { step in
            step.blocks.flatMap { texts(of: $0, in: step) } + [(step.title, step.place)]
        }
        let all = lesson.lesson.frontMatter.texts + steps
        return all.compactMap { ambiguous($0.text, at: $0.place) }
            + all.compactMap { rightToLeft($0.text, at: $0.place) }
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

    /// One finding a text, at its first letter that is written from right to left.
    private static func rightToLeft(_ text: String, at place: SourcePlace) -> Finding? {
        text.unicodeScalars.first(where: isRightToLeft).map { scalar in
            Finding(
                rule: "right-to-left", severity: .warning, place: place,
                message: "'\(scalar)' is written from right to left, which some terminals do and "
                    + "others do not: words may stand in the wrong order; write them in Latin "
                    + "letters where the order matters")
        }
    }

    /// Letters of the blocks of Hebrew, Arabic and other scripts that run from right to left
    /// (Unicode's DerivedBidiClass, R and AL).
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF,
            0x1E800...0x1EFFF:
            scalar.properties.isAlphabetic
        default: false
        }
    }
}
