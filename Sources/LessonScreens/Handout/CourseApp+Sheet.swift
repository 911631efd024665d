import AttentionEngine
import TerminalCanvas

/// A screen taken along: as a part of a sheet, with the line of shell that brings it back.
extension CourseApp {
    /// The line of shell that opens this lesson, step and setting anywhere, with everything in one
    /// line: "headroom learn gqa --step 3 --state l=96,b=1,…".
    public var command: String { commandWords.joined(separator: " ") }

    /// The same in lines of a width that a shell reads as one, where it does not fit in one line.
    func commandLines(width: Int) -> [String] {
        commandWords.reduce(into: []) { lines, word in
            guard let last = lines.last else { return lines = [word] }
            if columns(of: last) + 1 + columns(of: word) + 2 <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines[lines.count - 1] += " \\"
                lines.append(word)
            }
        }
    }

    private var commandWords: [String] {
        var words = ["headroom learn"]
        if let lesson { words += [lesson.id, "--step \(stepIndex + 1)"] }
        words.append("--state \(setting.text)")
        if let folder = course.folder { words.append("--lessons \(folder.quotedForShell)") }
        return words
    }

    /// The screen as it is, to be put on a sheet.
    public var sheetScreen: ScreenSheet.Screen { sheetScreen(canvas()) }

    /// The step without title and footer and with nothing scrolled out of view, as tall as that takes.
    public var wholeSheetScreen: ScreenSheet.Screen {
        var app = self
        while app.scrollLimit > 0, app.size.height < Self.greatestHeight {
            app.size.height = min(Self.greatestHeight, app.size.height + app.scrollLimit)
            app.updateLayout()
        }
        let screen = app.canvas()
        let body = StepLayout.body(of: app.size)
        let width = size.width
        let rows = (body.row..<body.endRow).last { row in
            (0..<width).contains { screen[$0, row].character != " " }
        }
        var canvas = Canvas(
            size: Size(width: width, height: (rows ?? body.row) - body.row + 1), glyphs: glyphs)
        canvas.copy(screen, rowsFrom: body.row, into: canvas.area)
        return sheetScreen(canvas)
    }

    /// Rows beyond which a step has gone wrong.
    private static let greatestHeight = 500

    private func sheetScreen(_ canvas: Canvas) -> ScreenSheet.Screen {
        ScreenSheet.Screen(
            canvas: canvas, id: "\(lesson?.id ?? "no-lesson")-\(step.id)",
            section: sectionTitle, title: step.title, command: command)
    }

    /// "5 Grouped-query attention".
    var sectionTitle: String { lesson.map { "\(lessonIndex + 1) \($0.title)" } ?? "Headroom" }
}

extension Course {
    /// Every step of a lesson, counted from 0, or of the whole course, as it opens.
    public func openings(ofLesson lesson: Int?, size: Size, glyphs: Glyphs) -> [CourseApp] {
        let chosen = lesson.map { [$0] } ?? Array(lessons.indices)
        return chosen.flatMap { lesson in
            lessons[lesson].steps.indices.map {
                CourseApp(course: self, size: size, glyphs: glyphs, lesson: lesson, step: $0)
            }
        }
    }
}

extension String {
    /// The text as one word of a POSIX shell.
    var quotedForShell: String {
        let isPlain =
            !isEmpty && !hasPrefix("-")
            && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
        if isPlain { return self }
        return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }
}
