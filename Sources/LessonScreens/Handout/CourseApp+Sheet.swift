import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// A screen taken along: as a part of a sheet, with the line of shell that brings it back.
extension CourseApp {
    /// The line of shell that opens this lesson, step and setting anywhere, the setting whole:
    /// "headroom learn gqa --step 3 --state l=96,b=1,…".
    package var command: ShellLine {
        var parts = ["headroom learn"]
        if let lesson { parts += [lesson.id, "--step \(stepIndex + 1)"] }
        if isExploring { parts.append("--explore") }
        if let model, model != lessonStep?.model { parts.append("--model \(model.id)") }
        parts.append("--state \(setting.text)")
        if let folder = course.folder { parts.append("--lessons \(ShellLine.word(folder))") }
        return ShellLine(parts)
    }

    /// Frees all sliders.
    package mutating func explore() {
        if !isExploring { toggleExplore() }
        updateLayout()
    }

    /// Takes the values of a model, as `m` does; says why it has none.
    package mutating func apply(_ model: Model) -> String? {
        if let obstacle = model.noSetting { return "\(model.name) has no sliders: \(obstacle)" }
        defer { updateLayout() }
        take(model)
        notice = nil
        return self.model == model ? nil : "\(model.name) is too large for this step's values"
    }

    /// Sets what a text asks for, as `command` writes it: a setting that names everything each
    /// setting has stands for itself, any other changes the step's. Nothing changes where that throws.
    package mutating func apply(text: String) throws(SettingError) {
        let changes = try CacheSetting.changes(text: text)
        guard Self.always.allSatisfy({ changes[$0] != nil }) else { return try apply(changes) }
        try take(CacheSetting(text: text))
    }

    private static let always: [Parameter] = [
        .layers, .batch, .queryHeads, .keyValueHeads, .headDimension, .tokens, .bytesPerNumber,
    ]

    /// The screen as it is, to be put on a sheet.
    package var sheetScreen: ScreenSheet.Screen { sheetScreen(canvas()) }

    /// The step without title and footer and with nothing scrolled out of view, as tall as that takes.
    package var wholeSheetScreen: ScreenSheet.Screen {
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
            canvas: canvas, id: "\(lesson?.id ?? "no-lesson")--\(step.id)",
            section: sectionTitle, title: step.title, command: command, words: pictureWords)
    }

    /// The step's pictures in words, a line each.
    private var pictureWords: [String] {
        guard overlay == nil else { return [] }
        return PlainText(width: 10_000, glyphs: .unicode)
            .lines(step.widgets.flatMap { $0.widget.words(scene: scene) }).filter { !$0.isEmpty }
    }

    /// "5 Grouped-query attention".
    var sectionTitle: String { lesson.map { "\(lessonIndex + 1) \($0.title)" } ?? "Headroom" }
}

extension Course {
    /// Every step of a lesson, counted from 0, or of the whole course, as it opens.
    package func openings(ofLesson lesson: Int?, size: Size, glyphs: Glyphs) -> [CourseApp] {
        let chosen = lesson.map { [$0] } ?? Array(lessons.indices)
        return chosen.flatMap { lesson in
            lessons[lesson].steps.indices.map {
                CourseApp(course: self, size: size, glyphs: glyphs, lesson: lesson, step: $0)
            }
        }
    }
}
