import CourseContent
import CoursePlain
import CourseSession
import TerminalCanvas

/// The notebook as text to print.
extension Notebook {
    /// Running text for a terminal: nothing but printable characters.
    package func text(glyphs: Glyphs = .unicode, width: Int = 72) -> String {
        var passages: [Passage] = []
        for entry in entries {
            passages.append(.paragraph(ended(entry.heading)))
            passages += entry.lines.map { .row($0) }
            for note in entry.notes {
                passages.append(.paragraph("Note\(note.stamp), at \(note.placeText):"))
                passages += note.text.split(separator: "\n").map { .row(String($0), mark: "  ") }
            }
        }
        if !measurements.isEmpty { passages.append(.paragraph("Measured on this machine:")) }
        for measurement in measurements {
            passages.append(.paragraph(measurement.title + ":"))
            passages += measurement.rows.map { .row($0.text) }
        }
        if let proposal { passages.append(.paragraph("Your proposal: \(proposal).")) }
        return PlainText(width: width, glyphs: glyphs).lines(passages).joined(separator: "\n")
    }

    /// Markdown; what the learner typed is escaped, notes are as they were typed but for control
    /// characters.
    package var markdown: String {
        var blocks = ["# Notes on how attention heads share keys and values"]
        for entry in entries {
            blocks.append("## \(Self.escaped(entry.heading))")
            if !entry.lines.isEmpty { blocks.append(Self.items(entry.lines)) }
            for note in entry.notes {
                let setting = Glyphs.unicode.printable(note.placeText)
                blocks.append(
                    "*Note\(Self.escaped(note.stamp))*, at `\(setting.filter { $0 != "`" })`:")
                blocks.append(
                    note.text.split(separator: "\n", omittingEmptySubsequences: false)
                        .map { "> " + Glyphs.unicode.printable(String($0)) }
                        .joined(separator: "\n"))
            }
        }
        if !measurements.isEmpty { blocks.append("## Measured on this machine") }
        for measurement in measurements {
            blocks.append(Self.escaped(measurement.title) + ":")
            blocks.append(Self.items(measurement.rows.map(\.text)))
        }
        if let proposal { blocks.append("Your proposal: \(Self.escaped(proposal)).") }
        return blocks.joined(separator: "\n\n")
    }

    private static func items(_ lines: [String]) -> String {
        lines.map { "- " + escaped($0) }.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return String(
            Glyphs.unicode.printable(oneLine).flatMap { character -> [Character] in
                "\\`*_[]<>#|&".contains(character) ? ["\\", character] : [character]
            })
    }
}

extension Notebook.Entry {
    /// "5 Grouped-query attention, Half of g", or the ids of what is no longer in the course.
    var heading: String {
        guard let lessonTitle, let title else {
            let name = step.isEmpty ? lesson : StepID(lesson: lesson, part: step).description
            return "\(name) (no longer in the course)"
        }
        return "\(lessonTitle): \(title)"
    }

    /// The step's questions and its setting, a sentence each.
    fileprivate var lines: [String] {
        questions.map(\.line) + (setting.map { ["Left at \($0)."] } ?? [])
    }
}

extension Notebook.Question {
    /// "How large is it? 403 MB; guessed 500 MB, 25 % too much; right (2026-11-23 17:20)."
    fileprivate var line: String {
        let words =
            asked == nil || told != "answered in your own words"
            ? "" : guess.map { ": \($0)" } ?? ""
        return ended(
            "\(asked ?? id.description) \(answerBefore)\(told)\(words)\(again)"
                + (date.map { " (\($0))" } ?? ""))
    }
}

extension Note {
    /// " of 2026-11-23 17:20"
    fileprivate var stamp: String { date.map { " of \($0)" } ?? "" }
}
