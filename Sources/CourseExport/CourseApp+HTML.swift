import CourseContent
import CourseScreens
import CourseSession
import Lessons
import TerminalCanvas

/// The step as it opens, as a part of a page: prose as HTML with its figures computed, tables as
/// tables, pictures drawn.
extension CourseApp {
    /// The step on a page to take along. Text flows there, so that only pictures stand in columns.
    package var toldSheetScreen: ScreenSheet.Screen {
        var screen = wholeSheetScreen
        let (step, text) = (session.step, session.figureText)
        let prose = HTMLProse(
            figure: { step.figures[$0].flatMap(text) },
            target: { address in
                session.lesson.flatMap { session.course.target(of: address, in: $0) }
                    .map(Self.anchor)
            })
        let problems = step.problems.map { "<p><em>\($0.message.escapedForMarkup)</em></p>" }
        let words = (problems + [prose.text(step.prose)] + questionParts(prose))
            .filter { !$0.isEmpty }.joined(separator: "\n")
        screen.parts = [.html(words)] + step.widgets.map { .picture(pictureCanvas(of: $0)) }
        return screen
    }

    private func questionParts(_ prose: HTMLProse) -> [String] {
        guard let question = session.step.question else { return [] }
        var parts = ["<p><strong>\(prose.text(question.text.inlines))</strong></p>"]
        switch question.kind {
        case .number, .free: break
        case .choice(let choices):
            let items = choices.map { "<li>\(prose.text($0.text.inlines))</li>" }
            parts.append("<ul class=\"choices\">\n\(items.joined(separator: "\n"))\n</ul>")
        case .find(let header, let rows, _):
            parts.append(
                HTMLProse.table(
                    header: header.map { prose.text($0.inlines) },
                    rows: rows.map { $0.map { prose.text($0.inlines) } },
                    alignments: rows[0].map { _ in .left }))
        }
        return ["<div class=\"question\">\n\(parts.joined(separator: "\n"))\n</div>"]
    }
}
