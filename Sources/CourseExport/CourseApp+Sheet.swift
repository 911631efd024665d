import CourseContent
import CoursePlain
import CourseScreens
import CourseSession
import TerminalCanvas

/// A screen taken along: as a part of a sheet, with the line of shell that brings it back.
extension CourseApp {
    /// The screen as it is, to be put on a sheet.
    package var sheetScreen: ScreenSheet.Screen { sheetScreen(canvas()) }

    /// The step without title and footer and with nothing scrolled out of view, as tall as that
    /// takes.
    package var wholeSheetScreen: ScreenSheet.Screen {
        var app = self
        while app.stepLayout.scrollLimit > 0, app.size.height < Self.greatestHeight {
            app.size.height = min(Self.greatestHeight, app.size.height + app.stepLayout.scrollLimit)
        }
        let (body, screen) = (app.body, app.canvas())
        let last = (body.row..<body.endRow).last { row in
            (0..<size.width).contains { !screen[$0, row].isSpace }
        }
        let height = (last ?? body.row) - body.row + 1
        var canvas = Canvas(size: Size(width: size.width, height: height), glyphs: glyphs)
        canvas.copy(screen, rowsFrom: body.row, into: canvas.area)
        return sheetScreen(canvas)
    }

    /// Rows beyond which a step has gone wrong.
    private static let greatestHeight = 500

    private func sheetScreen(_ canvas: Canvas) -> ScreenSheet.Screen {
        ScreenSheet.Screen(
            canvas: canvas,
            id: Self.anchor(
                StepID(lesson: session.lesson?.id ?? "no-lesson", part: session.step.id)),
            section: sectionTitle, title: session.step.title, command: command, words: pictureWords)
    }

    /// Where a sheet has a step: a name that links lead to.
    static func anchor(_ id: StepID) -> String { "\(id.lesson)--\(id.part)" }

    /// The step's pictures in words, a line each.
    private var pictureWords: [String] {
        guard isStepSeen else { return [] }
        return PlainText(width: 10_000, glyphs: .unicode)
            .lines(session.step.widgets.flatMap { $0.words(scene) }).filter { !$0.isEmpty }
    }

    /// "5 Grouped-query attention".
    var sectionTitle: String {
        session.lesson.map { "\(session.lessonIndex + 1) \($0.title)" } ?? "Headroom"
    }
}

extension Course {
    /// Every step of a lesson, counted from 0, or of the whole course, as it opens, but without
    /// its pauses.
    package func openings(ofLesson lesson: Int?, size: Size, glyphs: Glyphs) -> [CourseApp] {
        let chosen = lesson.map { [$0] } ?? Array(lessons.indices)
        return chosen.flatMap { lesson in
            lessons[lesson].steps.indices.map {
                var session = Session(course: self, at: (lesson, $0))
                session.showWhole()
                return CourseApp(session, size: size, glyphs: glyphs)
            }
        }
    }
}
