import CourseContent
import CourseScreens
import Lessons
import TerminalCanvas

/// The step as a document: prose as Markdown with its figures computed, pictures as blocks of code.
extension CourseApp {
    /// The step under a heading of a level, its command at the end. An open page, such as that of
    /// a figure's factors, stands in place of the step.
    package func markdown(headingLevel level: Int = 2) -> String {
        var parts = [MarkdownText.heading(level, MarkdownText.escaped(session.step.title))]
        if let page {
            parts.append(Self.block([page.title, ""] + page.lines.map { $0.map(\.text).joined() }))
        } else {
            parts += stepParts(headingLevel: level + 1)
        }
        parts.append(MarkdownText.code([command.text], language: "sh"))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func block(_ lines: [String]) -> String {
        MarkdownText.code(lines, language: "text")
    }

    private func stepParts(headingLevel: Int) -> [String] {
        let (step, text) = (session.step, session.figureText)
        let markdown = MarkdownText(
            figure: { step.figures[$0].flatMap(text) }, headingLevel: headingLevel)
        let problems = step.problems.map {
            MarkdownText.escaped(
                "\(session.lesson?.lesson.file ?? ""):\($0.place.line): \($0.message)")
        }
        return problems + [markdown.text(step.prose)] + questionParts(markdown)
            + step.widgets.map(picture)
    }

    /// The rows that a picture likes to have at the most among prose.
    private static let pictureRows = 20

    private func picture(_ spec: WidgetSpec) -> String {
        Self.block(
            pictureCanvas(of: spec).text.split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init))
    }

    /// A picture alone, without the blank rows around it.
    func pictureCanvas(of spec: WidgetSpec) -> Canvas {
        let width = Self.pictureWidth
        let widget = spec.widget(width: width, scene: scene, glyphs: glyphs)
        let heights = widget.heights
        let most = min(heights.upperBound, max(heights.lowerBound, Self.pictureRows))
        let height = widget.height(within: most)
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        widget.draw(in: canvas.area, on: &canvas)
        let lines = canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.firstIndex { !$0.isEmpty } ?? 0
        let last = lines.lastIndex { !$0.isEmpty } ?? 0
        var cut = Canvas(size: Size(width: width, height: last - first + 1), glyphs: glyphs)
        cut.copy(canvas, rowsFrom: first, into: cut.area)
        return cut
    }

    private static let pictureWidth = 78

    // MARK: The question

    private func questionParts(_ markdown: MarkdownText) -> [String] {
        guard let question = session.step.question else { return [] }
        let record = session.record
        func text(_ words: Words?) -> String { words.map { markdown.text($0.inlines) } ?? "" }
        func cell(_ words: Words) -> String { markdown.inTable.text(words.inlines) }
        var parts = session.earlierAnswer.map { [MarkdownText.escaped($0)] } ?? []
        parts.append("**\(text(question.text))**")
        if session.isHintShown { parts.append("Hint: " + text(question.hint)) }
        let isRevealed = record?.isRevealed == true
        switch question.kind {
        case .number: if isRevealed { parts.append("It is \(session.answer?.text ?? "?").") }
        case .choice(let choices):
            let items = choices.map { choice in
                let because = isRevealed ? text(choice.because) : ""
                let mark = isRevealed && choice.isRight ? "Right: " : ""
                return mark + text(choice.text) + (because.isEmpty ? "" : " " + because)
            }
            parts.append(items.map { MarkdownText.item("- ", $0) }.joined(separator: "\n"))
        case .free:
            parts += record.map { [MarkdownText.quoted(MarkdownText.escaped($0.given))] } ?? []
        case .find(let header, let rows, let mistakes):
            let columns = rows[0].indices
            parts.append(
                MarkdownText.table(
                    header: header.isEmpty ? columns.map { _ in "" } : header.map(cell),
                    rows: rows.map { $0.map(cell) }, alignments: columns.map { _ in .left }))
            if isRevealed {
                let told = mistakes.map {
                    "- Row \($0.row + 1), column \($0.column + 1): " + text($0.because)
                }
                parts.append(told.joined(separator: "\n"))
            }
        }
        if isRevealed { parts.append(text(question.because)) }
        return parts
    }
}

/// For whom a hand-out is.
package enum HandoutEdition: String, CaseIterable, Sendable {
    /// Without answers.
    case student
    /// With answers and their reasons, hints, notes and minutes.
    case teacher
}

/// Steps as one document with a heading for each lesson.
package func markdownHandout(
    title: String, author: String? = nil, steps: [CourseApp], edition: HandoutEdition
) -> String {
    var parts = [MarkdownText.heading(1, MarkdownText.escaped(title))]
    if let author { parts.append(MarkdownText.escaped(author)) }
    var section = ""
    for app in steps {
        if app.sectionTitle != section {
            section = app.sectionTitle
            parts.append(MarkdownText.heading(2, MarkdownText.escaped(section)))
        }
        parts.append(app.markdown(headingLevel: 3))
        if edition == .teacher {
            let remarks = app.session.step.teacherRemarks.map {
                MarkdownText.quoted("**\($0.label):** " + MarkdownText.escaped($0.text))
            }
            if !remarks.isEmpty { parts.append(remarks.joined(separator: "\n>\n")) }
        }
    }
    return parts.joined(separator: "\n\n")
}
