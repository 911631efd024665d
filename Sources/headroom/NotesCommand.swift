import ArgumentParser
import CourseContent
import CourseExport
import CourseSession
import CursesTerminal
import TerminalCanvas

/// `headroom notes`: the learner's lab notebook, printed.
struct NotesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notes",
        abstract: "Print your notes, guesses, answers, settings and measurements.",
        discussion: """
            Everything you noted (n in the course), guessed and measured, in the
            course's order. A setting opens its screen again with --state, or from
            the list of notes in the course (N).

            EXAMPLES
              headroom notes
              headroom notes --format markdown > notebook.md
              headroom notes --format json
            """)

    @Option(help: "How they are printed.")
    var format = Format.text

    @Flag(help: "Write with plain ASCII.")
    var ascii = false

    @OptionGroup var folder: CourseFolderOption

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, markdown, json
    }

    func run() throws {
        let files = try folder.files()
        let file = ProgressFile(files)
        let races = RaceStore()
        let book = Notebook(
            course: files.course,
            progress: try file.progress(),
            races: races.load())
        switch format {
        case .text:
            print(
                book.isEmpty
                    ? "No notes, guesses or measurements yet."
                    : book.text(glyphs: LineTerminal.glyphs(ascii: ascii)))
        case .markdown: print(book.markdown)
        case .json: print(book.json.text)
        }
        if !file.isKept { writeErrorLine(ProgressFile.noPlace) }
        for warning in races.warnings { writeErrorLine(warning) }
    }
}

extension Notebook {
    /// The notebook as `JSONReference.notes` describes it.
    var json: JSON {
        .object([
            ("entries", .array(entries.map(\.json))),
            ("measurements", .array(measurements.map(\.json))),
            ("proposal", .text(proposal)), ("steps_seen", .int(seen)), ("steps", .int(steps)),
        ])
    }
}

extension Notebook.Entry {
    fileprivate var json: JSON {
        .object([
            ("lesson", .string(lesson)), ("step", .string(step)), ("title", .text(title)),
            ("setting", .text(setting)), ("questions", .array(questions.map(\.json))),
            ("notes", .array(notes.map(\.json))),
        ])
    }
}

extension Notebook.Question {
    fileprivate var json: JSON {
        .object([
            ("id", .string(id.description)), ("question", .text(asked)), ("guess", .text(guess)),
            ("off", .text(off)), ("answer", .text(answer)), ("tries", .int(tries)),
            ("right", .bool(isRight)), ("missed", .bool(isMissed)), ("date", .text(date)),
            (
                "review",
                review.map {
                    .object([
                        ("times", .int($0.times)), ("right", .bool($0.isRight)),
                        ("setting", .text($0.setting)), ("guess", .string($0.given)),
                        ("date", .text($0.date)),
                    ])
                } ?? .null
            ),
        ])
    }
}

extension Note {
    fileprivate var json: JSON {
        .object([
            ("text", .string(text)), ("setting", .string(position.text)),
            ("model", .text(position.subject?.model?.id)),
            ("exploring", .bool(position.isExploring)), ("date", .text(date)),
            ("own_model", .text(ownModel)), ("words", .text(words)),
        ])
    }
}

extension KeptMeasurement {
    fileprivate var json: JSON {
        .object([
            ("what", .string(what)), ("date", .text(date)),
            (
                "results",
                .array(
                    rows.map {
                        .object([("name", .string($0.name)), ("result", .string($0.result))])
                    })
            ),
        ])
    }
}

extension JSON {
    /// A string, or null where there is none.
    fileprivate static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}
